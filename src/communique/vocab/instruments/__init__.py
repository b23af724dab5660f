"""What is known of instruments: head nouns of each kind, known names, the words around them."""

from __future__ import annotations

from functools import cache

from communique.model import InstrumentKind, Struct
from communique.vocab.loading import load


class Kind(Struct, frozen=True):
    """A kind of instrument, and the nouns that head its name, capitalised (`names`) and in running words."""

    kind: InstrumentKind
    names: tuple[str, ...]
    plain: tuple[str, ...] = ()


class Known(Struct, frozen=True):
    """An instrument with a name of its own, and the other ways to write it. ``to`` is the year it runs to."""

    name: str
    kind: InstrumentKind
    variants: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    to: str | None = None


class Words(Struct, frozen=True):
    """The words that stand around an instrument's name."""

    general: frozenset[str]
    openers: frozenset[str]
    first_words: frozenset[str]
    regions: frozenset[str]
    links_left: frozenset[str]
    links_right: frozenset[str]
    bodies: frozenset[str]
    not_instruments: tuple[str, ...]
    set_up: frozenset[str]
    need_modifiers: frozenset[str]
    making: frozenset[str]
    about: tuple[str, ...]
    not_with: frozenset[str]
    not_modifiers: frozenset[str]
    subject_ends: tuple[str, ...]


class _Kinds(Struct, frozen=True):
    kind: tuple[Kind, ...]


class _KnownOnes(Struct, frozen=True):
    instrument: tuple[Known, ...]


@cache
def kinds() -> tuple[Kind, ...]:
    return load("instruments/kinds.toml", _Kinds).kind


@cache
def known() -> tuple[Known, ...]:
    return load("instruments/known.toml", _KnownOnes).instrument


@cache
def words() -> Words:
    return load("instruments/words.toml", Words)
