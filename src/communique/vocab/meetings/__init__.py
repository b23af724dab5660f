"""The words of meetings: what they are called, how they are held, who presides, where."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from communique.model import Level, MeetingFormat
from communique.vocab.loading import load

HeadKind = Literal["event", "talk", "body"]


class Heads(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that name meetings, by kind, and meetings known by their letters."""

    heads: dict[str, HeadKind]
    acronyms: dict[str, str]


class Verbs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    held: frozenset[str]
    planned: tuple[str, ...]
    earlier: tuple[str, ...]
    edition: tuple[str, ...]
    edition_loose: tuple[str, ...]


class ChairWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    by: tuple[str, ...]
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    honorifics: tuple[str, ...]
    posts: frozenset[str]
    particles: frozenset[str]


class PlaceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sidelines: tuple[str, ...]
    not_places: frozenset[str]
    regions: frozenset[str]
    venues: tuple[str, ...]
    topics: tuple[str, ...]


class MeetingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All words by which the finders know a meeting; see `words.toml`."""

    modifiers: frozenset[str]
    openers: frozenset[str]
    linking: frozenset[str]
    before_of: frozenset[str]
    before_for: frozenset[str]
    companions: frozenset[str]
    beside: frozenset[str]
    verbs: Verbs
    formats: dict[MeetingFormat, tuple[str, ...]]
    levels: dict[Level, tuple[str, ...]]
    chairs: ChairWords
    places: PlaceWords


class NameWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by which names of meetings are read and told from one another; see `names.toml`."""

    generic: frozenset[str]
    hollow: frozenset[str]
    dropped: frozenset[str]
    loose: frozenset[str]
    uncounted: frozenset[str]
    events: frozenset[str]
    sure: frozenset[str]
    adjectives: frozenset[str]
    reach: frozenset[str]


Frame = Literal["meet", "convene", "speak", "call", "host", "welcome", "hold", "pay", "join"]


class VerbForms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    planned: frozenset[str]
    named: frozenset[str]
    visits: frozenset[str]


class VerbFrames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs of meeting by what must follow them; see `frames.toml`."""

    frames: dict[Frame, frozenset[str]]
    forms: VerbForms


@cache
def heads() -> Heads:
    return load("meetings/heads.toml", Heads)


@cache
def words() -> MeetingWords:
    return load("meetings/words.toml", MeetingWords)


@cache
def name_words() -> NameWords:
    return load("meetings/names.toml", NameWords)


@cache
def verb_frames() -> VerbFrames:
    return load("meetings/frames.toml", VerbFrames)
