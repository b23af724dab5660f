"""Who acts in events beyond the parties of diplomacy: places, armed groups, peoples, leaders, and words for roles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from communique.model import Struct
from communique.vocab.events import number_forms
from communique.vocab.loading import load


class Group(Struct, frozen=True):
    """Groups of one state (or of none) that news names without it; the first name is the one they go by."""

    code: str
    names: tuple[str, ...]
    role: str | None = None


class ActorWords(Struct, frozen=True):
    """The words for those who act; see ``actors.toml``."""

    organs: tuple[str, ...]
    people: tuple[str, ...]
    endings: tuple[str, ...]
    things: frozenset[str]
    private: tuple[str, ...]
    roles: dict[str, tuple[str, ...]]
    codes: dict[str, str]


class _Groups(Struct, frozen=True):
    groups: tuple[Group, ...]


class _Seas(Struct, frozen=True):
    phrases: tuple[str, ...]


class _Places(Struct, frozen=True):
    places: dict[str, tuple[str, ...]]
    seas: _Seas


class Leaders(Struct, frozen=True):
    """Heads of state and government, and a few who led otherwise, by the code of their state."""

    leaders: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for: a code with a role, a place in a state, or (no code) nothing at all."""

    code: str | None
    role: str | None = None
    is_place: bool = False


@cache
def actor_words() -> ActorWords:
    return load("events/actors.toml", ActorWords)


@cache
def groups() -> tuple[Group, ...]:
    return load("events/groups.toml", _Groups).groups


@cache
def places() -> dict[str, tuple[str, ...]]:
    return load("events/places.toml", _Places).places


@cache
def leaders() -> dict[str, tuple[str, ...]]:
    return load("events/leaders.toml", Leaders).leaders


@cache
def known_names() -> dict[str, Known]:
    """Index every name by what it stands for; a group's name wins over a leader's, a leader's over a place's."""
    out = {name: Known(None) for name in load("events/places.toml", _Places).seas.phrases}
    for group in groups():
        for name in group.names:
            out.setdefault(name, Known(group.code, group.role))
    for code, names in leaders().items():
        for name in names:
            for written in _called(name):
                out.setdefault(written, Known(code, "GOV"))
    for code, names in places().items():
        for name in names:
            out.setdefault(name, Known(code, None, True))
    return out


def _called(name: str) -> tuple[str, ...]:
    """Return the full name and, where it is marked as telling alone, the part of it after the mark: "Idi *Amin"."""
    given, _, family = name.partition("*")
    return (given + family, family) if family else (given,)


@cache
def roles_by_word() -> dict[str, str]:
    """Index the roles by each form of their words."""
    out: dict[str, str] = {}
    for role, words in actor_words().roles.items():
        for word in words:
            for form in number_forms(word):
                out.setdefault(form, role)
    return out


@cache
def organ_words() -> frozenset[str]:
    return frozenset(f for w in actor_words().organs for f in number_forms(w))


@cache
def people_words() -> frozenset[str]:
    return frozenset(f for w in actor_words().people for f in number_forms(w))


@cache
def private_words() -> frozenset[str]:
    return frozenset(f for w in actor_words().private for f in number_forms(w))


@cache
def leaders_by_family() -> dict[str, str]:
    """Index the leaders' last names, which tell whom a post before them means; one that two states share tells none."""
    out: dict[str, str] = {}
    shared: set[str] = set()
    for code, names in leaders().items():
        for name in names:
            family = name.partition("*")[2] or name.split(" ")[-1]
            if out.setdefault(family, code) != code:
                shared.add(family)
    return {family: code for family, code in out.items() if family not in shared}
