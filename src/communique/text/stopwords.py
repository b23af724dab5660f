"""Small words of English, and what they tell of a line."""

from __future__ import annotations

from functools import cache

from communique.model import Struct
from communique.vocab.loading import load


class _Words(Struct, frozen=True):
    english: tuple[str, ...]
    shared: tuple[str, ...]
    small: tuple[str, ...]
    short: tuple[str, ...]


@cache
def _words() -> _Words:
    return load("en/stopwords.toml", _Words, package="communique.lang")


@cache
def telling() -> frozenset[str]:
    """Words that only English has."""
    return frozenset(_words().english) - frozenset(_words().shared)


@cache
def common() -> frozenset[str]:
    """Words that English has, its neighbours' too."""
    return frozenset(_words().english) | frozenset(_words().shared)


@cache
def small() -> frozenset[str]:
    """Words that headings do not capitalise."""
    return frozenset(_words().small)


@cache
def short() -> frozenset[str]:
    """Words of one to three letters that are no scanning debris."""
    return frozenset(_words().short)
