"""The closed classes of words that the grammar of events turns on, from ``events/grammar.toml``."""

from __future__ import annotations

from functools import cache

from communique.model import Struct
from communique.vocab.loading import load


class EventGrammar(Struct, frozen=True):
    """Word classes, lower case but for ``worldwide``. See the comments in ``events/grammar.toml``."""

    would: frozenset[str]
    possible: frozenset[str]
    owed: frozenset[str]
    having: frozenset[str]
    perfect: frozenset[str]
    due: frozenset[str]
    denying: frozenset[str]
    conditions: frozenset[str]
    pronouns: frozenset[str]
    reflexive: frozenset[str]
    speaking: frozenset[str]
    resuming: frozenset[str]
    numbering: frozenset[str]
    quantities: frozenset[str]
    counts: frozenset[str]
    texts: frozenset[str]
    plans: frozenset[str]
    states: frozenset[str]
    backed: frozenset[str]
    siding: frozenset[str]
    prefixes: frozenset[str]
    worldwide: frozenset[str]
    joining: frozenset[str]
    prepositions: frozenset[str]
    doers: tuple[str, ...]
    concerning: frozenset[str]
    borders: frozenset[str]
    suffering: frozenset[str]
    striking: frozenset[str]
    locating: frozenset[str]
    otherwise: frozenset[str]
    enumerating: frozenset[str]
    seated: frozenset[str]
    living: frozenset[str]
    apart: frozenset[str]


@cache
def event_grammar() -> EventGrammar:
    return load("events/grammar.toml", EventGrammar)
