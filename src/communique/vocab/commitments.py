"""What binds, from ``commitments.toml``."""

from __future__ import annotations

from functools import cache

from communique.model import Act, Struct
from communique.vocab.loading import load


class CommitmentWords(Struct):
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
    passives: frozenset[str]


@cache
def commitment_words() -> CommitmentWords:
    return load("commitments.toml", CommitmentWords)
