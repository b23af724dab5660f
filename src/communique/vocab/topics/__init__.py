"""What documents talk about: words that introduce issues and areas, nouns that are fields, how lists are split."""

from __future__ import annotations

from functools import cache

from communique.model import Struct
from communique.vocab.loading import load


class Enumerations(Struct):
    """How enumerations are split."""

    pairs: tuple[str, ...]
    shared_heads: frozenset[str]
    openers: tuple[str, ...]
    joiners: tuple[str, ...]


@cache
def enumerations() -> Enumerations:
    return load("topics/lists.toml", Enumerations)
