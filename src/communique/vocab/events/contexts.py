"""The matters in which events happen, by the words that show them, and the registers of news that hold no events."""

from __future__ import annotations

from functools import cache

from communique.model import Struct
from communique.vocab.loading import load


class Context(Struct, frozen=True):
    """One of PLOVER's contexts. ``words`` may be phrases; each is looked for whole, in any case."""

    name: str
    definition: str
    words: tuple[str, ...]


class _Contexts(Struct, frozen=True):
    contexts: tuple[Context, ...]
    accidents: frozenset[str]
    violence: frozenset[str]
    sure: frozenset[str]
    unsure: frozenset[str]


@cache
def _file() -> _Contexts:
    return load("events/contexts.toml", _Contexts)


@cache
def contexts() -> tuple[Context, ...]:
    return _file().contexts


@cache
def accidents() -> frozenset[str]:
    """Return the words of what destroys and kills without anybody's doing: storms, crashes, fires."""
    return _file().accidents


@cache
def violence() -> frozenset[str]:
    """Return the words that show that somebody killed or wrecked, where nobody is named who did."""
    return _file().violence


@cache
def elsewhere() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of sport, stage, markets and science, in which no events happen: the sure and the unsure."""
    return _file().sure, _file().unsure
