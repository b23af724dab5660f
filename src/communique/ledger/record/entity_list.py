"""Lists of entities: all parties, all funds … narrowed by first letters, sort and year, with what is known of each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, TypeAlias, TypedDict, TypeVar

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.db.models.lookups import IsNull
from django.http import QueryDict

from communique.ledger.claims.models import STANDING, Claim, Link
from communique.ledger.entities.models import Entity, Kind, Name
from communique.ledger.entities.queries import standing
from communique.ledger.entities.resolve import key_of
from communique.ledger.record.called import Called, called
from communique.ledger.record.sight import Sight
from communique.ledger.record.subject import ROLES
from communique.ledger.record.wordings import told

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

E = TypeVar("E", bound=Entity)
_Listed: TypeAlias = "WithAnnotations[Entity, _Sorted]"

SIZE = 50
MOST_TALLIED = 200
"""As many links of each entity are looked at to count its claims."""
_BY_NAME = frozenset({Kind.PARTY, Kind.PERSON})
"""Kinds whose keys are codes: they are listed by name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of entities is narrowed to."""

    letters: str = ""
    detail: str = ""
    year: int | None = None
    after: tuple[str, int] | None = None
    """Sort key and id of the last one on the page before."""
    before: tuple[str, int] | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """Return what an address asks for; what can't be is not asked for."""
        return cls(
            letters=_stored(query.get("letters", "")).strip()[:100],
            detail=_stored(query.get("kind", ""))[:40],
            year=year_asked(query),
            after=_place(query.get("after", "")),
            before=_place(query.get("before", "")),
        )

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.letters or self.detail or self.year)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims are about something, among those looked at."""

    accepted: int = 0
    proposed: int = 0
    more: bool = False
    """There are more than were looked at."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.accepted + other.accepted, self.proposed + other.proposed, self.more or other.more)


@dataclass(frozen=True, slots=True)
class Line:
    """One entity of a list."""

    shown: Called
    tally: Tally
    parent: Called | None = None

    @property
    def sort(self) -> str:
        """What sort of its kind it is, in words."""
        return "" if self.shown.detail in ("", "other", self.shown.kind) else told(self.shown.detail)


@dataclass(frozen=True, slots=True)
class EntityPage:
    """A page of a list of entities."""

    lines: tuple[Line, ...]
    after: str = ""
    """Where the next page starts; empty on the last."""
    before: str = ""


def page(sight: Sight, kinds: tuple[str, ...], asked: Asked, size: int = SIZE) -> EntityPage:
    """Return a page of the entities of some kinds that anything shown is about."""
    back = asked.before is not None
    found = list(_from(_matching(sight, kinds, asked), asked)[: size + 1])
    more, found = len(found) > size, found[:size]
    if back and not more:
        return page(sight, kinds, replace(asked, before=None), size)
    if back:
        found.reverse()
    if not found:
        return EntityPage(())
    first, last = (f"{pk}.{by}" for pk, by in (found[0], found[-1]))
    return EntityPage(
        lines=tuple(lines(sight, [pk for pk, _ in found])),
        after=last if more or back else "",
        before=first if asked.after is not None or back else "",
    )


def every(sight: Sight, kinds: tuple[str, ...], asked: Asked) -> Iterator[Line]:
    """Yield all entities of a list."""
    asked = replace(asked, before=None, after=None)
    while True:
        found = list(_from(_matching(sight, kinds, asked), asked)[:500])
        yield from lines(sight, [pk for pk, _ in found])
        if len(found) < 500:
            return
        pk, by = found[-1]
        asked = replace(asked, after=(by, pk))


def lines(sight: Sight, pks: Sequence[int]) -> Iterator[Line]:
    """Yield how entities are shown, in the order of their ids."""
    shown = called(sight, pks)
    parents = called(sight, (one.parent for one in shown.values() if one.parent is not None))
    counted = tallies(sight, pks)
    for pk in pks:
        one = shown[pk]
        yield Line(one, counted.get(pk, Tally()), parents.get(one.parent) if one.parent else None)


def tallies(sight: Sight, pks: Sequence[int]) -> Mapping[int, Tally]:
    """Return how many claims are about each entity and all that was held to be the same."""
    losers = [loser for loser, top in sight.merged.items() if top in set(pks)]
    looked = Link.objects.filter(entity=OuterRef("pk")).values("claim_id")[:MOST_TALLIED]
    outer = Link.objects.filter(entity=OuterRef(OuterRef("pk"))).values("claim_id")[:MOST_TALLIED]
    claims = sight.claims().filter(pk__in=outer).values("pk")
    rows = (
        Entity.objects.filter(pk__in=[*pks, *losers])
        .annotate(
            looked=_Counted(looked),
            accepted=_Counted(claims.filter(state__in=STANDING)),
            proposed=_Counted(claims.exclude(state__in=STANDING)),
        )
        .values_list("pk", "accepted", "proposed", "looked")
    )
    found: dict[int, Tally] = {}
    for pk, accepted, proposed, looked_at in rows:
        top = sight.merged.get(pk, pk)
        found[top] = found.get(top, Tally()) + Tally(accepted, proposed, looked_at == MOST_TALLIED)
    return found


def year_asked(query: QueryDict) -> int | None:
    """Return the year that an address asks for, or None."""
    told = query.get("year", "")
    return (
        int(told) if told.isascii() and told.isdigit() and len(told) < 5 and 1 <= int(told) <= 9998 else None
    )


class _Sorted(TypedDict):
    """What an entity is listed by."""

    sorted_by: str


class _Counted(Subquery):
    """How many rows a query that refers to the row outside has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _sorted(found: QuerySet[Entity], kinds: tuple[str, ...]) -> QuerySet[_Listed]:
    """Give each entity what it is listed by: its name, or the key made of it."""
    return found.annotate(sorted_by=Lower("name") if _BY_NAME & set(kinds) else F("key"))


def _matching(sight: Sight, kinds: tuple[str, ...], asked: Asked) -> QuerySet[_Listed]:
    found = _sorted(Entity.objects.filter(kind__in=kinds), kinds).exclude(
        pk__in=standing(sight.as_of).values("loser")
    )
    if asked.detail:
        found = found.filter(detail=asked.detail)
    if asked.letters:
        found = found.filter(_beginning(kinds, asked.letters))
    return visible(sight, found, kinds, asked.year)


def visible(sight: Sight, found: QuerySet[E], kinds: tuple[str, ...], year: int | None = None) -> QuerySet[E]:
    """Return those entities that anything shown is about, under this or another name, in a year if one is named."""
    roles = tuple(dict.fromkeys(role for kind in kinds for role in ROLES[kind]))
    linked = _linked(sight, roles, year)
    tops = _tops(sight, linked)
    return found.filter(_any(linked) | Q(pk__in=tops)) if tops else found.filter(_any(linked))


def _any(linked: QuerySet[Claim]) -> Q:
    """Return the condition that there is such a claim, asked entity by entity.

    PostgreSQL would make a join over all claims of EXISTS, however few entities a page has.
    """
    return Q(IsNull(Subquery(linked.values("pk")[:1]), False))


def _linked(sight: Sight, roles: tuple[str, ...], year: int | None) -> QuerySet[Claim]:
    """Return the claims about the entity outside, of one year where one is asked for."""
    link = Q(links__entity=OuterRef("pk"), links__role__in=roles)
    if year is not None:
        link &= Q(links__day__gte=date(year, 1, 1), links__day__lte=date(year, 12, 31))
    return sight.claims().filter(link)


def _tops(sight: Sight, linked: QuerySet[Claim]) -> list[int]:
    """Return the entities that something is about under another name."""
    losers = Entity.objects.filter(pk__in=standing(sight.as_of).values("loser"))
    seen = losers.filter(_any(linked)).values_list("pk", flat=True) if sight.merged else []
    return sorted({sight.merged.get(pk, pk) for pk in seen})


def _beginning(kinds: tuple[str, ...], letters: str) -> Q:
    """Return the condition that a name begins so, as first written or as anybody writes it."""
    if not _BY_NAME & set(kinds):
        return Q(key__startswith=key_of(letters))
    written = {letters, unicodedata.normalize("NFC", letters), letters.upper(), letters.capitalize()}
    named = reduce(or_, (Q(name__istartswith=w) for w in written))
    surface = reduce(or_, (Q(surface__istartswith=w) for w in written))
    return named | Q(Exists(Name.objects.filter(surface, entity=OuterRef("pk"))))


def _from(found: QuerySet[_Listed], asked: Asked) -> QuerySet[_Listed, tuple[int, str]]:
    """Return the entities from a place on, in the order of the list or back: id, and what each is listed by."""
    back = asked.before is not None
    ordered = found.order_by("-sorted_by", "-pk") if back else found.order_by("sorted_by", "pk")
    place = asked.before or asked.after
    if place is not None:
        by, pk = place
        far = "lt" if back else "gt"
        beyond = Q(**{f"sorted_by__{far}": by}) | Q(**{f"pk__{far}": pk})
        ordered = ordered.filter(beyond, **{f"sorted_by__{far}e": by})
    return ordered.values_list("pk", "sorted_by")


def _stored(told: str) -> str:
    """Return words without the character that no database looks for."""
    return told.replace("\0", "")


def _place(told: str) -> tuple[str, int] | None:
    pk, dot, name = _stored(told).partition(".")
    return (name[:600], int(pk)) if dot and pk.isascii() and pk.isdigit() and len(pk) < 19 else None
