"""What binds, from ``commitments.toml``."""

from __future__ import annotations

from functools import cache

from communique.model import Act, Struct
from communique.vocab.inflection import forms
from communique.vocab.loading import load


class CommitmentWords(Struct, frozen=True):
    """Word classes, lower case. See the comments in ``commitments.toml``."""

    nouns: frozenset[str]
    weak_nouns: frozenset[str]
    leads: frozenset[str]
    acts: frozenset[Act]
    plans: frozenset[str]
    orders: frozenset[str]
    unbinding: frozenset[str]
    intended: frozenset[str]
    done: frozenset[str]
    states: frozenset[str]
    courtesies: frozenset[str]
    passives: frozenset[str]


@cache
def _passives() -> frozenset[str]:
    return frozenset(form for lemma in commitment_words().passives for form in forms(lemma))


def is_owed_passive(verb: str) -> bool:
    """Tell whether a verb, in any form, owes also in the passive."""
    return verb in _passives()


@cache
def commitment_words() -> CommitmentWords:
    return load("commitments.toml", CommitmentWords)
