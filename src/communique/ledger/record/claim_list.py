"""Lists of claims: of one entity or of all, narrowed by what is asked, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from communique.ledger.claims.models import STANDING, Claim, Link
from communique.ledger.design.cards import Card
from communique.ledger.record.cards import cards
from communique.ledger.record.paging import SIZE, Key, Rows, Slice, Turn, cut
from communique.ledger.record.sight import Sight

MOST_COUNTED = 1000
"""Lists are counted up to here: nobody reads on, and counting on would take long."""
_UNREAD = ("document__text", "document__text_hash", "document__key", "document__sha256")


@dataclass(frozen=True, slots=True)
class Beside:
    """Entities that a claim must be about, too, in one of some roles (none named: any)."""

    entities: tuple[int, ...]
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims a list holds. What is empty narrows nothing."""

    entities: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    """Of those entities; named wherever there are entities."""
    kinds: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    first: date | None = None
    """No claim on an earlier day."""
    last: date | None = None
    """No claim on a later one."""
    beside: tuple[Beside, ...] = ()
    documents: tuple[int, ...] = ()
    due: Q = field(default_factory=Q)
    """What is asked of the day on which a commitment is due."""
    on: Q = field(default_factory=Q)
    """What is asked of their topic."""

    def in_year(self, year: int | None) -> Wanted:
        """Return the same within one year."""
        if year is None:
            return self
        return replace(self, first=date(year, 1, 1), last=date(year, 12, 31))


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """A page of a list of claims, and how many there are."""

    claims: tuple[Claim, ...]
    cards: tuple[Card, ...]
    count: int
    older: Turn | None = None
    newer: Turn | None = None
    uncounted: bool = field(default=False)
    """There are more than were counted."""


def page(sight: Sight, wanted: Wanted, turn: Turn | None = None, size: int = SIZE) -> ClaimPage:
    """Return a page of claims with their cards, the newest first, those without a day last."""
    found = cut(_sources(sight, wanted), turn, size)
    told = load(sight, found.pks)
    whole = found.older is None and found.newer is None
    number = len(told) if whole else count(sight, wanted)
    return ClaimPage(
        claims=told,
        cards=tuple(cards(told, sight)),
        count=min(number, MOST_COUNTED),
        older=found.older,
        newer=found.newer,
        uncounted=number > MOST_COUNTED,
    )


def newest(sight: Sight, wanted: Wanted, most: int) -> tuple[Claim, ...]:
    """Return the newest claims, at most so many."""
    return load(sight, cut(_sources(sight, wanted), None, most).pks)


@dataclass(frozen=True, slots=True)
class Few:
    """The first claims of a list, for a section of a page."""

    claims: tuple[Claim, ...]
    cards: tuple[Card, ...]
    more: bool


def few(sight: Sight, lists: Mapping[str, Wanted], size: int) -> dict[str, Few]:
    """Return the newest claims of several lists, read together."""
    cuts = {name: cut(_sources(sight, wanted), None, size) for name, wanted in lists.items()}
    told = load(sight, list(dict.fromkeys(pk for found in cuts.values() for pk in found.pks)))
    shown = {claim.pk: (claim, card) for claim, card in zip(told, cards(told, sight), strict=True)}
    return {name: _few(found, shown) for name, found in cuts.items()}


def _few(found: Slice, shown: Mapping[int, tuple[Claim, Card]]) -> Few:
    known = [shown[pk] for pk in found.pks if pk in shown]
    return Few(tuple(claim for claim, _ in known), tuple(card for _, card in known), found.older is not None)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """As much of a claim as figures are made of."""

    pk: int
    day: date | None
    kind: str
    act: str
    state: str

    @property
    def checked(self) -> bool:
        """Whether a person found it right."""
        return self.state in STANDING


def glimpses(sight: Sight, wanted: Wanted, most: int) -> list[Glimpse]:
    """Return the newest claims of a list, at most so many, without their words."""
    pks = cut(_sources(sight, wanted), None, most).pks
    rows = sight.claims().filter(pk__in=pks).values_list("pk", "day", "kind", "act", "state")
    return [Glimpse(*row) for row in rows]


def every(sight: Sight, wanted: Wanted, batch: int = 500) -> Iterator[Sequence[Claim]]:
    """Yield all claims of a list, some at a time."""
    turn: Turn | None = None
    while True:
        found = cut(_sources(sight, wanted), turn, batch)
        if found.pks:
            yield load(sight, found.pks)
        if found.older is None:
            return
        turn = found.older


def load(sight: Sight, pks: Sequence[int]) -> tuple[Claim, ...]:
    """Return claims by their ids, in that order, with their documents but for the texts."""
    held = sight.claims().filter(pk__in=pks).select_related("document").defer(*_UNREAD)
    by_pk = {claim.pk: claim for claim in held}
    return tuple(by_pk[pk] for pk in pks if pk in by_pk)


def count(sight: Sight, wanted: Wanted, most: int = MOST_COUNTED) -> int:
    """Return how many claims a list holds; one more than ``most`` where there are more."""
    claims = narrowed(sight.claims(), wanted)
    if not wanted.entities:
        return claims[: most + 1].count()
    linked = Q(links__entity_id__in=wanted.entities, links__role__in=wanted.roles)
    ids = claims.filter(linked & _between("links__day", wanted)).values("pk")
    several = len(wanted.entities) * len(wanted.roles) > 1
    return (ids.distinct() if several else ids)[: most + 1].count()


def narrowed(claims: QuerySet[Claim], wanted: Wanted) -> QuerySet[Claim]:
    """Return those of the claims that are wanted; whose they are and of which days is looked at elsewhere."""
    if wanted.documents:  # the index of their claims is to be read, not that of the kind
        claims = claims.alias(sort=Concat("kind", Value(""))).filter(document__in=wanted.documents)
    if wanted.kinds:
        claims = claims.filter(**{"sort__in" if wanted.documents else "kind__in": wanted.kinds})
    if wanted.acts:
        claims = claims.filter(act__in=wanted.acts)
    if wanted.stages:
        claims = claims.filter(stage__in=wanted.stages)
    if wanted.states:
        claims = claims.filter(state__in=wanted.states)
    if wanted.due:
        claims = claims.filter(wanted.due)
    if wanted.on:
        claims = claims.filter(wanted.on)
    for beside in wanted.beside:
        links = Link.objects.filter(claim=OuterRef("pk"), entity__in=beside.entities)
        claims = claims.filter(Exists(links.filter(role__in=beside.roles) if beside.roles else links))
    return claims if wanted.entities else claims.filter(_between("day", wanted))


def states_of(name: str) -> tuple[str, ...]:
    """Return the states meant by a filter: ``accepted`` means corrected ones, too."""
    return {"accepted": tuple(STANDING), "proposed": ("proposed", "unsure")}.get(name, ())


def _sources(sight: Sight, wanted: Wanted) -> list[Rows]:
    """Return a list for each entity and role: each is read along its index, and no further than needed."""
    claims = narrowed(sight.claims(), wanted)
    if not wanted.entities:
        return [_rows(claims, Q(), wanted, "day", "pk")]
    return [
        _rows(claims, Q(links__entity_id=pk, links__role=role), wanted, "links__day", "links__claim_id")
        for pk in wanted.entities
        for role in wanted.roles
    ]


def _rows(claims: QuerySet[Claim], linked: Q, wanted: Wanted, day: str, pk: str) -> Rows:
    """Return what reads one list from a place on. (All that is asked of a link stands in one filter: in two, it
    would be asked of two links.)"""
    only_dated = wanted.first is not None or wanted.last is not None
    between = linked & _between(day, wanted)

    def rows(turn: Turn | None, most: int) -> Iterable[Key]:
        back = turn is not None and turn.back
        order = (day, pk) if back else (f"-{day}", f"-{pk}")
        parts = [_dated(day, pk, turn), None if only_dated else _undated(day, pk, turn)]
        found: list[Key] = []
        for part in reversed(parts) if back else parts:
            if part is not None and len(found) < most:
                some = claims.filter(between & part).order_by(*order).values_list(day, pk)
                found += some[: most - len(found)]
        return found

    return rows


def _dated(day: str, pk: str, turn: Turn | None) -> Q | None:
    """Return the condition of having a day, and of coming after a turn; None where the turn is beyond all days."""
    dated = Q(**{f"{day}__isnull": False})
    if turn is None:
        return dated
    of, at = turn.key
    if of is None:
        return dated if turn.back else None
    far, near = ("gt", "gte") if turn.back else ("lt", "lte")
    return Q(**{f"{day}__{near}": of}) & (Q(**{f"{day}__{far}": of}) | Q(**{f"{pk}__{far}": at}))


def _undated(day: str, pk: str, turn: Turn | None) -> Q | None:
    """Return the condition of having no day, and of coming after a turn; None where that comes before them."""
    undated = Q(**{f"{day}__isnull": True})
    if turn is None:
        return undated
    of, at = turn.key
    if of is not None:
        return None if turn.back else undated
    return undated & Q(**{f"{pk}__{'gt' if turn.back else 'lt'}": at})


def _between(day: str, wanted: Wanted) -> Q:
    bounds = {f"{day}__gte": wanted.first, f"{day}__lte": wanted.last}
    return Q(**{name: bound for name, bound in bounds.items() if bound is not None})
