"""The words by which money and goods are given, from ``giving.toml``, each verb in all its forms."""

from __future__ import annotations

from functools import cache
from typing import Literal

from communique.model import Struct
from communique.vocab.inflection import forms
from communique.vocab.loading import load

Stage = Literal["pledge", "announce", "pay", "give", "spend", "plan", "invest"]


class _Against(Struct, frozen=True):
    nouns: frozenset[str]
    verbs: tuple[str, ...]
    asking: tuple[str, ...]
    receivers: frozenset[str]
    aims: frozenset[str]
    measuring: tuple[str, ...]
    compounds: frozenset[str]
    subjects: frozenset[str]


class _Recipient(Struct, frozen=True):
    placing: tuple[str, ...]
    sharing: frozenset[str]
    to: frozenset[str]
    weak: frozenset[str]
    phrases: frozenset[str]
    way: frozenset[str]
    besides: frozenset[str]
    remark: frozenset[str]
    measure: frozenset[str]
    helping: tuple[str, ...]
    opposing: tuple[str, ...]
    aiming: frozenset[str]
    between: frozenset[str]
    time: frozenset[str]


class _Goods(Struct, frozen=True):
    nouns: frozenset[str]
    not_counted: frozenset[str]
    verbs: tuple[str, ...]
    giving: frozenset[str]


class _Giver(Struct, frozen=True):
    onlooking: tuple[str, ...]
    deciding: frozenset[str]
    including: tuple[str, ...]
    partial: frozenset[str]
    group: frozenset[str]
    issuer: frozenset[str]
    speakers: frozenset[str]


class _Giving(Struct, frozen=True):
    verbs: dict[Stage, tuple[str, ...]]
    leading: dict[Stage, tuple[str, ...]]
    nouns: dict[Stage, tuple[str, ...]]
    programme: frozenset[str]
    against: _Against
    recipient: _Recipient
    goods: _Goods
    giver: _Giver


class Giving(Struct, frozen=True):
    """Words of giving, lower case; verbs in every form, mapped to the stage of a gift that they tell."""

    verbs: dict[str, Stage]
    leading: dict[str, Stage]
    nouns: dict[str, Stage]
    programme: frozenset[str]
    against_nouns: frozenset[str]
    against_verbs: frozenset[str]
    asking: frozenset[str]
    against_receivers: frozenset[str]
    measuring: frozenset[str]
    aims: frozenset[str]
    compounds: frozenset[str]
    subjects: frozenset[str]
    sharing: frozenset[str]
    placing: frozenset[str]
    to: frozenset[str]
    weak: frozenset[str]
    recipient_phrases: frozenset[str]
    way: frozenset[str]
    besides: frozenset[str]
    remark: frozenset[str]
    measure: frozenset[str]
    helping: frozenset[str]
    opposing: frozenset[str]
    aiming: frozenset[str]
    between: frozenset[str]
    time: frozenset[str]
    goods: frozenset[str]
    not_counted: frozenset[str]
    goods_verbs: frozenset[str]
    goods_giving: frozenset[str]
    including: frozenset[str]
    deciding: frozenset[str]
    onlooking: frozenset[str]
    for_issuer: frozenset[str]
    partial: frozenset[str]
    group: frozenset[str]
    for_speakers: frozenset[str]


def _inflected(lemmas: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f for lemma in lemmas for f in forms(lemma))


def _by_form(stages: dict[Stage, tuple[str, ...]]) -> dict[str, Stage]:
    return {f: stage for stage, lemmas in stages.items() for f in _inflected(lemmas)}


@cache
def giving() -> Giving:
    """Return the words of giving."""
    data = load("money/giving.toml", _Giving)
    return Giving(
        verbs=_by_form(data.verbs),
        leading=_by_form(data.leading),
        nouns={noun: stage for stage, nouns in data.nouns.items() for noun in nouns},
        programme=data.programme,
        against_nouns=data.against.nouns,
        against_verbs=_inflected(data.against.verbs),
        asking=_inflected(data.against.asking),
        against_receivers=data.against.receivers,
        aims=data.against.aims,
        measuring=_inflected(data.against.measuring),
        compounds=data.against.compounds,
        subjects=data.against.subjects,
        sharing=data.recipient.sharing,
        placing=_inflected(data.recipient.placing),
        to=data.recipient.to,
        weak=data.recipient.weak,
        recipient_phrases=data.recipient.phrases,
        way=data.recipient.way,
        besides=data.recipient.besides,
        remark=data.recipient.remark,
        measure=data.recipient.measure,
        helping=_inflected(data.recipient.helping),
        opposing=_inflected(data.recipient.opposing),
        aiming=data.recipient.aiming,
        between=data.recipient.between,
        time=data.recipient.time,
        goods=data.goods.nouns,
        not_counted=data.goods.not_counted,
        goods_verbs=_inflected(data.goods.verbs),
        goods_giving=data.goods.giving,
        including=_inflected(data.giver.including),
        onlooking=_inflected(data.giver.onlooking),
        deciding=data.giver.deciding,
        for_issuer=data.giver.issuer,
        partial=data.giver.partial,
        group=data.giver.group,
        for_speakers=data.giver.speakers,
    )
