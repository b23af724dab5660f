"""The inflected forms of an English verb, from its lemma: spelling rules, and the exceptions in ``verbs.toml``."""

from __future__ import annotations

from functools import cache

from communique.model import Struct
from communique.vocab.loading import load


class _Verbs(Struct, frozen=True):
    doubled: tuple[str, ...]
    irregular: dict[str, tuple[str, ...]]


@cache
def _verbs() -> _Verbs:
    return load("verbs.toml", _Verbs, package="communique.lang.en")


@cache
def forms(lemma: str) -> frozenset[str]:
    """Return every form of a verb, the lemma among them."""
    verbs = _verbs()
    stem = lemma + lemma[-1] if lemma in verbs.doubled else lemma
    past = verbs.irregular.get(lemma, (_past(stem),))
    return frozenset({lemma, _third(lemma), _gerund(stem), *past})


def _past(stem: str) -> str:
    if stem.endswith("e"):
        return stem + "d"
    if stem.endswith("y") and stem[-2] not in "aeiou":
        return stem[:-1] + "ied"
    return stem + "ed"


def _third(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _gerund(stem: str) -> str:
    return (
        stem[:-1]
        if (stem.endswith("e") and not stem.endswith(("ee", "be", "oe"))) or stem.endswith("ribe")
        else stem
    ) + "ing"
