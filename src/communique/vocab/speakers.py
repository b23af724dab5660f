"""How documents name those who speak without naming them, from ``speakers.toml``."""

from __future__ import annotations

from functools import cache

from communique.model import Struct
from communique.vocab.loading import load


class SpeakerWords(Struct, frozen=True):
    """Word classes, lower case. See the comments in ``speakers.toml``."""

    human: frozenset[str]
    collective: frozenset[str]
    events: frozenset[str]
    plain: frozenset[str]
    private: frozenset[str]
    private_before: frozenset[str]
    turn_titles: frozenset[str]
    askers: frozenset[str]
    first: frozenset[str]
    they: frozenset[str]
    one: frozenset[str]


@cache
def speaker_words() -> SpeakerWords:
    return load("speakers.toml", SpeakerWords)
