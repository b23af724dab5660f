"""Abbreviations of English: where a full stop ends no sentence."""

from __future__ import annotations

import re
from functools import cache

from communique.model import Struct
from communique.vocab.loading import load

# Initials: "E.", "E. G.", "J.F.", and letters with stops: "U.S.", "p.m."
_INITIALS = re.compile(r"""[("'“‘]*(?:[^\W\d_]\.[-–]?){1,5}$""")


class _Words(Struct, frozen=True):
    before: tuple[str, ...]
    either: tuple[str, ...]
    hanging: tuple[str, ...]
    starters: tuple[str, ...]
    places: tuple[str, ...]
    posts: tuple[str, ...]


@cache
def _words() -> _Words:
    return load("en/abbreviations.toml", _Words, package="communique.lang")


@cache
def before() -> frozenset[str]:
    """Abbreviations that belong to the word after them."""
    return frozenset(_words().before)


@cache
def either() -> frozenset[str]:
    """Abbreviations that a sentence can end with."""
    return frozenset(_words().either)


@cache
def hanging() -> frozenset[str]:
    """Words that no sentence and no heading ends with."""
    return frozenset(_words().hanging)


@cache
def starters() -> frozenset[str]:
    """Words that begin a sentence after an abbreviation that a sentence can end with."""
    return frozenset(_words().starters)


@cache
def posts() -> frozenset[str]:
    """Words of posts that begin a sentence after a place, but belong to an abbreviation such as "U.S."."""
    return frozenset(_words().posts)


def is_place(word: str) -> bool:
    """Say whether an abbreviation ends the name of a place: "Washington, D.C." """
    return word.strip("(\"'“‘").rstrip(".") in _words().places


def is_abbreviation(word: str) -> bool:
    """Say whether a word with a full stop belongs to what follows: "Mr.", "No.", "E." """
    if not word.endswith("."):
        return False
    bare = word.strip("(\"'“‘").rstrip(".")
    return bare in before() or (len(bare) == 1 and bare.isalpha() and bare != "I")


def is_title(word: str) -> bool:
    """Say whether a word belongs to what follows even where that could begin a sentence."""
    return word.strip("(\"'“‘").rstrip(".") in before()


def may_end_sentence(word: str) -> bool:
    """Say whether a word is an abbreviation after which a sentence may or may not end: "U.S.", "p.m.", "ASEAN-U.S." """
    whole = word.strip("(\"'“‘").rstrip(".")
    return any(
        bare in either() or (bare not in before() and "." in bare and _INITIALS.match(f"{bare}.") is not None)
        for bare in (whole, whole.rpartition("-")[2])
    )
