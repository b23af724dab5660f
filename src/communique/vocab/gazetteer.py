"""Who can be named: states, organisations with their members, people in office, and the words of
posts and bodies.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from communique.model import PartyKind, PartyRef, Struct
from communique.vocab.loading import load

Form = Literal["name", "demonym", "capital", "group", "block"]


class State(Struct, frozen=True):
    """A state, or a territory that diplomats name as a party. ``doubtful`` names need company to count."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    doubtful: Literal["place", "person"] | None = None


class Membership(Struct, frozen=True):
    """States (or organisations) that joined and left together; None where the day isn't known or
    never came.
    """

    ids: tuple[str, ...]
    joined: str | None = None
    left: str | None = None

    def holds(self, on: date | None) -> bool:
        """Say whether the membership holds on a day; without a day, whether it holds still."""
        if on is None:
            return self.left is None
        return within(on, self.joined, self.left)


class Organisation(Struct, frozen=True):
    """An organisation, a group of states, or a body of ``party``. ``doubtful`` names count only alone."""

    id: str
    name: str
    kind: Literal["organisation", "group", "body"]
    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    party: str | None = None
    doubtful: tuple[str, ...] = ()
    members: tuple[Membership, ...] = ()


class Term(Struct, frozen=True):
    """A post held for a party from a day to a day."""

    post: str
    party: str
    since: str | None = None
    until: str | None = None


class Person(Struct, frozen=True):
    """A public person: ``family`` is the part of the name that stands alone after a post."""

    name: str
    family: str
    aliases: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def id(self) -> str:
        return slug(self.name)

    def term_on(self, on: date | None) -> Term | None:
        """Return the term that holds on a day; without a day, or out of office, the last one begun by
        then.
        """
        if on is None:
            return self.terms[-1] if self.terms else None
        held = [t for t in self.terms if within(on, t.since, t.until)]
        begun = [t for t in self.terms if within(on, t.since, None)]
        fitting = held or begun
        return fitting[-1] if fitting else None


class Honorifics(Struct, frozen=True):
    words: frozenset[str]
    sure: frozenset[str]
    wives: frozenset[str]
    sovereign: frozenset[str]
    ranks: frozenset[str]
    rank_ends: frozenset[str]


class NameWords(Struct, frozen=True):
    particles: frozenset[str]
    suffixes: frozenset[str]
    kept: frozenset[str]
    never: frozenset[str]
    common: frozenset[str]


class Posts(Struct, frozen=True):
    """The words of posts, and of what stands around the names of people."""

    heads: frozenset[str]
    lower_heads: frozenset[str]
    words: frozenset[str]
    joints: frozenset[str]
    sent: frozenset[str]
    offices: frozenset[str]
    own: tuple[str, ...]
    vague: frozenset[str]
    same: dict[str, str]
    honorifics: Honorifics
    names: NameWords


class Bodies(Struct, frozen=True):
    """The words that make a capitalised name the name of a body."""

    heads: frozenset[str]
    open: frozenset[str]
    weak: frozenset[str]
    instruments: frozenset[str]
    joints: frozenset[str]
    never_first: frozenset[str]
    never: frozenset[str]
    terms: frozenset[str]
    governments: frozenset[str]
    government_of: tuple[str, ...]


class Region(Struct, frozen=True):
    id: str
    words: tuple[str, ...]


class Groups(Struct, frozen=True):
    """The words after an organisation's name that mean its members."""

    members: tuple[str, ...]
    leaders: tuple[str, ...]
    envoys: tuple[str, ...]
    regimes: tuple[str, ...]
    regions: tuple[Region, ...]


class Blocks(Struct, frozen=True):
    """Phrases that hold a state's name and mean none, and the words that tell a seat from a place."""

    phrases: tuple[str, ...]
    currencies: frozenset[str]
    locative: frozenset[str]
    acting: frozenset[str]


class _States(Struct, frozen=True):
    states: tuple[State, ...]


class _Organisations(Struct, frozen=True):
    organisations: tuple[Organisation, ...]


class _People(Struct, frozen=True):
    people: tuple[Person, ...]


class Entry(Struct, frozen=True):
    """What one written form stands for. ``naming`` is the name that it gives a party in a document."""

    id: str
    name: str
    kind: PartyKind
    form: Form
    naming: str | None = None
    party: str | None = None
    doubtful: str | None = None


@cache
def states() -> dict[str, State]:
    return {s.id: s for s in load("parties/states.toml", _States).states}


@cache
def organisations() -> dict[str, Organisation]:
    return {o.id: o for o in load("parties/organisations.toml", _Organisations).organisations}


@cache
def people() -> tuple[Person, ...]:
    return load("parties/people.toml", _People).people


@cache
def posts() -> Posts:
    return load("parties/posts.toml", Posts)


@cache
def bodies() -> Bodies:
    return load("parties/bodies.toml", Bodies)


@cache
def groups() -> Groups:
    return load("parties/groups.toml", Groups)


@cache
def blocks() -> Blocks:
    return load("parties/blocks.toml", Blocks)


def members(id: str, on: date | None = None) -> tuple[str, ...]:
    """List the ids of an organisation's members on a day (today's, as far as the vocabulary knows,
    without one).
    """
    organisation = organisations().get(id)
    if organisation is None:
        return ()
    return tuple(i for m in organisation.members if m.holds(on) for i in m.ids)


@cache
def _states_by_name() -> dict[str, PartyRef]:
    return {s.name: PartyRef(s.id, s.name) for s in states().values()}


def state_named(name: str) -> PartyRef | None:
    """Return the state whose name this is, as the vocabulary writes it."""
    return _states_by_name().get(name)


def party_name(id: str) -> str | None:
    """Return the name of a state or organisation, None where the vocabulary doesn't know the id."""
    known = states().get(id) or organisations().get(id)
    return known.name if known else None


@cache
def party_ids(name: str | None) -> frozenset[str]:
    """List the ids of the states and organisations that bear a full name."""
    found = {s.id for s in states().values() if name in (s.name, *s.names)}
    return frozenset(found | {o.id for o in organisations().values() if name in (o.name, *o.names)})


def within(on: date, since: str | None, until: str | None) -> bool:
    """Say whether a day lies between two days, months or years written in ISO 8601, both taken in."""
    day = on.isoformat()
    return (since is None or day[: len(since)] >= since) and (until is None or day[: len(until)] <= until)


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """Fold case, accents, dots, hyphens and apostrophes away, so that spellings of a person's name
    can be compared.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[\s\-‐‑–.,]+", " ", plain.replace("’", "").replace("'", "").replace("ø", "o")).strip()


def slug(name: str) -> str:
    """Make a person's or body's key of a name: lower case, no accents, hyphens for spaces."""
    return re.sub(r"[^a-z0-9+]+", "-", fold(name)).strip("-")


@cache
def people_by_name() -> dict[str, Person]:
    """Index people by folded full name and alias. A spelling shared by two people names neither."""
    return {fold(n): p for p in people() for n in (p.name, *p.aliases)}


@cache
def people_by_family() -> dict[str, tuple[Person, ...]]:
    """Index people by folded family name."""
    out: dict[str, list[Person]] = {}
    for person in people():
        out.setdefault(fold(person.family), []).append(person)
    return {family: tuple(found) for family, found in out.items()}


@cache
def written_forms() -> dict[str, Entry]:
    """Index every written form of a state, organisation or region, its apostrophes straight.

    A name wins over a demonym ("Laos"); capitals of headlines ("AUSTRALIA") and newspapers' acronyms
    ("Asean") are forms too.
    """
    out: dict[str, Entry] = {}
    for form, entry in (*_block_forms(), *_names(), *_demonyms(), *_regions()):
        out.setdefault(form, entry)
    for form, entry in list(out.items()):
        for variant in _variants(form):
            out.setdefault(variant, entry)
    return out


def _names() -> Iterator[tuple[str, Entry]]:
    for state in states().values():
        for name in (state.name, *state.names):
            yield name, Entry(state.id, state.name, "state", "name", naming=name, doubtful=state.doubtful)
        alias = Entry(state.id, state.name, "state", "name")
        yield from ((name, alias) for name in state.aliases)
    for body in organisations().values():
        for name in (body.name, *body.names):
            doubtful = "person" if name in body.doubtful else None
            named = Entry(
                body.id, body.name, body.kind, "name", naming=name, party=body.party, doubtful=doubtful
            )
            yield name, named
        alias = Entry(body.id, body.name, body.kind, "name", party=body.party)
        yield from ((name, alias) for name in body.aliases)


def _demonyms() -> Iterator[tuple[str, Entry]]:
    for state in states().values():
        for adjective in state.adjectives:
            implied = next((n for n in state.names if adjective.startswith(n)), None)
            people_of = Entry(state.id, state.name, "state", "demonym", naming=implied)
            yield adjective, people_of
            if not adjective.endswith(("s", "h", "e")):
                yield adjective + "s", people_of
        seat = Entry(state.id, state.name, "state", "capital")
        yield from ((name, seat) for name in state.seats)


def _regions() -> Iterator[tuple[str, Entry]]:
    for region in groups().regions:
        body = organisations()[region.id]
        for words in region.words:
            yield words, Entry(body.id, body.name, body.kind, "group")


def _block_forms() -> Iterator[tuple[str, Entry]]:
    nothing = Entry("", "", "state", "block")
    yield from ((phrase, nothing) for phrase in blocks().phrases)


def _variants(form: str) -> Iterator[str]:
    if len(form) >= 4 and form != form.upper():
        yield form.upper()
    if len(form) >= 4 and form.isalpha() and form.isupper():
        yield form.capitalize()
