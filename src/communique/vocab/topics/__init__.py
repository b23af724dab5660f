"""What documents talk about: words that introduce issues and areas, nouns that are fields, how lists part."""

from __future__ import annotations

from functools import cache

from communique.model import Struct
from communique.vocab.loading import load


class Enumerations(Struct, frozen=True):
    """How enumerations are split."""

    pairs: tuple[str, ...]
    shared_heads: frozenset[str]
    openers: tuple[str, ...]
    joiners: tuple[str, ...]


@cache
def enumerations() -> Enumerations:
    return load("topics/lists.toml", Enumerations)


class Phrases(Struct, frozen=True):
    """How the words of a statement are trimmed to the thing they are about."""

    frames: tuple[str, ...]
    own_frames: frozenset[str]
    frame_links: tuple[str, ...]
    verbs: tuple[str, ...]
    fillers: tuple[str, ...]
    general: frozenset[str]
    alone: frozenset[str]
    clause_words: tuple[str, ...]
    loose_links: tuple[str, ...]
    after_comma: tuple[str, ...]
    next_clause: tuple[str, ...]
    finite: tuple[str, ...]
    not_purpose: frozenset[str]
    tails: tuple[str, ...]
    links: frozenset[str]
    participles: frozenset[str]
    after_frames: frozenset[str]
    needs: frozenset[str]
    manner: frozenset[str]
    people: frozenset[str]
    company: frozenset[str]
    vague: frozenset[str]


class AreaWords(Struct, frozen=True):
    """How fields of cooperation are introduced, and which nouns are fields."""

    stems: tuple[str, ...]
    lists: tuple[str, ...]
    verbs: tuple[str, ...]
    heads: frozenset[str]
    not_fields: frozenset[str]
    places: frozenset[str]


class IssueWords(Struct, frozen=True):
    """How issues are introduced: what was discussed, or what a position was taken on."""

    plain_acts: frozenset[str]
    sifted_acts: frozenset[str]
    needed_acts: frozenset[str]
    problem_verbs: tuple[str, ...]
    heads: frozenset[str]
    named: tuple[str, ...]
    events: tuple[str, ...]
    same: tuple[tuple[str, ...], ...]
    not_issues: frozenset[str]
    talk_cues: tuple[str, ...]
    topics: tuple[str, ...]
    talks: tuple[str, ...]
    turns: tuple[str, ...]


@cache
def phrases() -> Phrases:
    return load("topics/phrases.toml", Phrases)


@cache
def area_words() -> AreaWords:
    return load("topics/areas.toml", AreaWords)


@cache
def issue_words() -> IssueWords:
    return load("topics/issues.toml", IssueWords)


def gerund(verb: str) -> str:
    """Return the "-ing" form of a verb of the vocabulary: "investing in" for "invest in"."""
    first, _, rest = verb.partition(" ")
    return f"{first.removesuffix('e')}ing{' ' if rest else ''}{rest}"
