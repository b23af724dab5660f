"""What a list of claims is narrowed to by its address, and the addresses of its neighbours."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase, QueryDict

from communique.ledger.accounts.viewer import Request
from communique.ledger.claims.models import Link
from communique.ledger.design.cards import Card
from communique.ledger.record import downloads, paging
from communique.ledger.record.called import called, shown_to
from communique.ledger.record.claim_list import Beside, ClaimPage, Wanted, glimpses, page, states_of
from communique.ledger.record.claim_rows import claims_file
from communique.ledger.record.entity_list import year_asked
from communique.ledger.record.sight import Sight
from communique.ledger.record.topic import on
from communique.ledger.record.wordings import ACTS
from communique.ledger.search.query import UnclearQuery, parse

STATES = (("accepted", "checked by a person"), ("proposed", "not checked yet"))
_LOOKED_AT = 400
_MOST_CHOICES = 40
_LONGEST = 200  # characters of a topic
_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_KEPT = ("as_of", "side", "stage", "as")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is asked of a list beyond whose it is."""

    act: str = ""
    topic: str = ""
    year: int | None = None
    state: str = ""
    beside: int | None = None
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Narrowing:
        """Return what an address asks for; what can't be is not asked for."""
        act, state, beside = query.get("act", ""), query.get("state", ""), query.get("with", "")
        return cls(
            act=act if act in ACTS else "",
            topic=query.get("on", "").strip()[:_LONGEST],
            year=year_asked(query),
            state=state if states_of(state) else "",
            beside=int(beside) if beside.isascii() and beside.isdigit() and len(beside) < 19 else None,
            first=_day(query.get("from", "")),
            last=_day(query.get("to", ""), end=True),
        )

    def of_list(self, wanted: Wanted, sight: Sight, who: Who | None = None) -> Wanted:
        """Return a list with this asked of it; ``who`` says in which roles it is narrowed to somebody."""
        wanted = replace(wanted, first=self.first, last=self.last).in_year(self.year)
        if self.act:
            wanted = replace(wanted, acts=(self.act,))
        if self.state:
            wanted = replace(wanted, states=states_of(self.state))
        if self.beside is not None:
            members = members_of(sight, self.beside)
            wanted = replace(wanted, beside=(*wanted.beside, Beside(members, who.roles if who else ())))
        if self.unclear:
            return replace(wanted, on=Q(pk__in=()))
        return replace(wanted, on=on(sight, self.topic, wanted.kinds)) if self.topic else wanted

    @property
    def unclear(self) -> str:
        """Why the topic can't be read; empty where it can."""
        try:
            parse(self.topic)
        except UnclearQuery as why:
            return str(why)
        return ""

    @property
    def since(self) -> str:
        """The first day, as the form has it."""
        return _written(self.first if self.year is None else date(self.year, 1, 1), whole=(1, 1))

    @property
    def until(self) -> str:
        """The last day, as the form has it."""
        return _written(self.last if self.year is None else date(self.year, 12, 31), whole=(12, 31))

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self != Narrowing()


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a list can be narrowed to: those who stand in some roles, and how the choice is labelled."""

    roles: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a list can be narrowed to."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Asks:
    """What the form above a list offers."""

    acts: tuple[Choice, ...] = ()
    states: tuple[Choice, ...] = ()
    who: tuple[Choice, ...] = ()
    who_label: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A list of claims on a page: its part to be seen, the ways on, the form above it, the files of it."""

    page: ClaimPage
    narrowing: Narrowing
    asks: Asks
    older: str
    newer: str
    all: str
    """The same list, narrowed to nothing."""
    files: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str], ...]
    """What the form sends along."""

    @property
    def cards(self) -> tuple[Card, ...]:
        """The claims of this page."""
        return self.page.cards


Answer: TypeAlias = Shown | HttpResponseBase


def shown(
    request: Request,
    sight: Sight,
    wanted: Wanted,
    *,
    name: str,
    acts: bool = False,
    who: Who | None = None,
) -> Answer:
    """Return the part of a list that the address asks for, or the file of it.

    ``name`` is what the file is called. ``acts`` offers to narrow by act, ``who`` to those in some roles.
    """
    narrowing = Narrowing.of(request.GET)
    narrowed = narrowing.of_list(wanted, sight, who)
    format = downloads.asked(request.GET)
    if format is not None and narrowing.unclear:
        return HttpResponse(narrowing.unclear, status=400, content_type="text/plain; charset=utf-8")
    if format is not None:
        return claims_file(request, sight, narrowed, name=name, format=format)
    found = page(sight, narrowed, paging.asked(request.GET))
    asks = Asks(
        acts=_acts(narrowing) if acts else (),
        states=_states(narrowing) if sight.viewer.sees_proposals else (),
        who=choices_of(sight, wanted, who.roles, narrowing.beside) if who else (),
        who_label=who.label if who else "",
    )
    return Shown(
        page=found,
        narrowing=narrowing,
        asks=asks,
        older=turned(request, older=found.older, newer=None) if found.older else "",
        newer=turned(request, newer=found.newer, older=None) if found.newer else "",
        all=sight.at(request.path),
        files=tuple((f.upper(), turned(request, format=f, older=None, newer=None)) for f in ("csv", "json")),
        kept=tuple((name, request.GET[name]) for name in _KEPT if name in request.GET),
    )


def turned(request: Request, **changes: object) -> str:
    """Return this address with some of what it asks for changed; None takes it away."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def members_of(sight: Sight, pk: int) -> tuple[int, ...]:
    """Return the ids of all that an entity was held to be the same as."""
    top = sight.merged.get(pk, pk)
    return (top, *(loser for loser, to in sight.merged.items() if to == top))


def _acts(narrowing: Narrowing) -> tuple[Choice, ...]:
    return tuple(Choice(act, act.replace("-", " "), act == narrowing.act) for act in ACTS)


def _states(narrowing: Narrowing) -> tuple[Choice, ...]:
    return tuple(Choice(state, label, state == narrowing.state) for state, label in STATES)


def choices_of(
    sight: Sight, wanted: Wanted, roles: tuple[str, ...], chosen: int | None = None
) -> tuple[Choice, ...]:
    """Return who stands in some roles among the newest claims of a list."""
    pks = [g.pk for g in glimpses(sight, wanted, _LOOKED_AT)]
    linked = Link.objects.filter(claim__in=pks, role__in=roles).values_list("entity_id", flat=True)
    found = called(sight, {*linked, *shown_to(sight, () if chosen is None else (chosen,))}).values()
    named = sorted({(one.name, one.pk) for one in found})[:_MOST_CHOICES]
    return tuple(Choice(str(pk), name, pk == chosen) for name, pk in named)


def _written(day: date | None, *, whole: tuple[int, int]) -> str:
    """Return a day as it is typed: the year alone where it is its first or last."""
    if day is None:
        return ""
    return f"{day.year:04}" if (day.month, day.day) == whole else day.isoformat()


def _day(told: str, *, end: bool = False) -> date | None:
    """Return the day that is told, the first or the last of a month or year; None for what is no day."""
    found = _DAY.fullmatch(told.strip())
    if found is None:
        return None
    year, month = int(found["year"]), int(found["month"] or (12 if end else 1))
    try:
        if found["day"]:
            return date(year, month, int(found["day"]))
        return date(year, month, monthrange(year, month)[1] if end else 1)
    except ValueError:
        return None
