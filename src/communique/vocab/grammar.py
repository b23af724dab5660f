"""The closed classes of words that the grammar of acts turns on, from ``grammar.toml``."""

from __future__ import annotations

from functools import cache

from communique.model import Struct
from communique.vocab.loading import load


class Grammar(Struct, frozen=True):
    """Word classes, lower case. See the comments in ``grammar.toml``."""

    be: frozenset[str]
    leading: frozenset[str]
    meeting: frozenset[str]
    met: frozenset[str]
    came: frozenset[str]
    receiving: frozenset[str]
    saying: frozenset[str]
    future: frozenset[str]
    conditional: frozenset[str]
    negation: frozenset[str]
    unnegated: frozenset[str]
    background: frozenset[str]
    giving: frozenset[str]
    aims: frozenset[str]
    working: frozenset[str]
    before_nouns: frozenset[str]
    participles: frozenset[str]
    promising: frozenset[str]


@cache
def grammar() -> Grammar:
    return load("grammar.toml", Grammar)
