"""Finds the places, groups and leaders that events are told of and that the gazetteer of parties leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from communique.events.telling import Side
from communique.vocab.events.actors import Known, known_names
from communique.vocab.gazetteer import party_name


@dataclass(frozen=True, slots=True)
class Place:
    """A name at its place in the text, and the side it stands for."""

    start: int
    end: int
    side: Side
    is_place: bool


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...], tuple[Known, ...]]:
    known = known_names()
    return AhoCorasick(list(known), matchkind=MatchKind.LeftmostLongest), tuple(known), tuple(known.values())


def find_places(text: str, start: int, end: int) -> Iterator[Place]:
    """Yield the names known between two offsets, whole words only."""
    automaton, names, known = _automaton()
    words = text[start:end]
    for index, first, last in automaton.find_matches_as_indexes(words):
        if (first and words[first - 1].isalnum()) or (last < len(words) and words[last].isalnum()):
            continue
        found = known[index]
        if found.code is not None:
            side = Side(
                found.code, found.role, None if found.is_place else names[index], name_of(found, names[index])
            )
            yield Place(start + first, start + last, side, found.is_place)


def name_of(known: Known, written: str) -> str | None:
    """Return what the side is called: its state where it is a place, the name itself where it is of none."""
    if known.code in ("IGO", "NGO", "IMG"):
        return written
    return party_name(known.code or "") or written
