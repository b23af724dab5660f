"""Finds claims and passages: the index says which, and only those held at the moment, and to be seen, are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, TextField, Value
from django.db.models.functions import Greatest, Substr

from communique.ledger.claims.models import STANDING, Claim, State
from communique.ledger.claims.queries import held, moment, visible
from communique.ledger.documents.models import Document, Passage
from communique.ledger.entities.models import Entity
from communique.ledger.entities.queries import members
from communique.ledger.record.search.wanted import ENTITIES, ONE_OF, Wanted
from communique.ledger.record.sight import Sight
from communique.ledger.search import index
from communique.ledger.search.index import Asked, Facet, Hit, Of

PAGE = 20
LOOKED_AT = 1_000
"""How many of the newest results are looked at one by one, and counted with what they are about."""
_CONTEXT = 180  # characters before and after a quote
_BLOCK = 500  # entries taken from the index at once, where many may not be shown
_TURNS = 10


@dataclass(frozen=True, slots=True)
class Total:
    """How many were found; ``more`` where there are more than were counted."""

    number: int
    more: bool

    @property
    def told(self) -> str:
        """The number, as it is read."""
        return f"{self.number:,}"


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest of what was found, which the numbers beside a list are counted from."""

    hits: tuple[Hit, ...]
    total: Total
    end: int | None
    """The last entry looked at, where there are more; None: these are all."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the index is asked, for whom, and of which day."""

    asked: Asked
    of: Of
    sight: Sight

    @property
    def is_exact(self) -> bool:
        """Whether all that the index finds may be shown. It knows what is held now, and in what state."""
        return self.sight.as_of is None and (self.of == "claim" or self.sight.viewer.sees_proposals)


def look(wanted: Wanted, sight: Sight) -> Look:
    """Return how to look for what is wanted."""
    withdrawn = Document.objects.filter(withdrawn=True).values_list("pk", flat=True)
    without: list[Facet] = [("document", str(pk)) for pk in withdrawn]
    if wanted.of == "claim" and not wanted.values("state"):
        without.append(("state", State.REJECTED))
    asked = Asked(
        query=wanted.query,
        facets=tuple(_groups(wanted, sight)),
        without=tuple(without),
        years=tuple(int(year) for year in wanted.values("year")),
        past=sight.as_of is not None,
    )
    return Look(asked, wanted.of, sight)


def newest(look: Look) -> Newest:
    """Return the newest of what is looked for, and how much there is in all."""
    hits = index.match(look.asked, limit=LOOKED_AT + 1)
    shown = _shown(hits[:LOOKED_AT], look)
    more = len(hits) > LOOKED_AT
    return Newest(shown, Total(len(shown), more), hits[LOOKED_AT - 1].key if more else None)


def first(found: Newest, size: int = PAGE) -> tuple[tuple[Hit, ...], int | None]:
    """Return the first page of the newest, and the last entry before the next."""
    more = len(found.hits) > size
    return found.hits[:size], found.hits[size - 1].key if more else found.end


def older(look: Look, before: int | None, size: int = PAGE) -> tuple[tuple[Hit, ...], int | None]:
    """Return the page after an entry, and the last entry before the next; None where there is none."""
    found: list[Hit] = []
    block = size + 1 if look.is_exact else _BLOCK
    for _ in range(_TURNS):
        hits = index.match(look.asked, before=before, limit=block)
        found += _shown(hits, look)
        if len(found) > size:
            return tuple(found[:size]), found[size - 1].key
        if len(hits) < block:
            return tuple(found), None
        before = hits[-1].key
    return tuple(found), before


def claims(hits: Sequence[Hit], sight: Sight) -> list[Claim]:
    """Return the claims that were found, with their documents (without text) and the words around each quote."""
    start = Greatest(F("start") - _CONTEXT, Value(0))
    seen = held(sight.viewer, sight.as_of).select_related("document").defer("document__text")
    around = seen.annotate(
        said_before=Substr("document__text", start + 1, F("start") - start, output_field=TextField()),
        said_after=Substr("document__text", F("end") + 1, _CONTEXT, output_field=TextField()),
    )
    found = {claim.pk: claim for claim in around.filter(pk__in=[hit.row for hit in hits])}
    return [found[hit.row] for hit in hits if hit.row in found]


def passages(hits: Sequence[Hit], sight: Sight) -> list[Passage]:
    """Return the passages that were found, with their documents (without text), their own words, and whether a
    newer version of the document came since.
    """
    seen = Passage.objects.filter(pk__in=_visible([hit.row for hit in hits], sight))
    newer = visible(sight.viewer, sight.as_of).filter(
        source=OuterRef("document__source"), pk__gt=OuterRef("document"), withdrawn=False
    )
    said = (
        seen.select_related("document")
        .defer("document__text")
        .annotate(
            said=Substr("document__text", F("start") + 1, F("end") - F("start"), output_field=TextField()),
            is_earlier=Exists(newer),
        )
    )
    found = {passage.pk: passage for passage in said}
    return [found[hit.row] for hit in hits if hit.row in found]


def _groups(wanted: Wanted, sight: Sight) -> Iterator[tuple[Facet, ...]]:
    yield (("of", wanted.of),)
    for name in (*ONE_OF, "document"):
        if values := wanted.values(name):
            yield tuple((name, value) for value in values)
    if wanted.of == "claim" and not sight.viewer.sees_proposals:
        yield tuple(("state", state) for state in STANDING)
    for name in ENTITIES:
        for value in wanted.values(name):
            yield _all_members(name, int(value), sight)


def _all_members(kind: str, pk: int, sight: Sight) -> tuple[Facet, ...]:
    """Return the facets of all entities that are held to be one with this."""
    entity = Entity.objects.filter(pk=pk).first()
    if entity is None:
        return ((kind, str(pk)),)
    kinds = Entity.objects.filter(pk__in=members(entity, sight.as_of)).values_list("kind", "pk")
    return tuple((known, str(one)) for known, one in kinds)


def _shown(hits: Sequence[Hit], look: Look) -> tuple[Hit, ...]:
    """Return those of the hits that may be shown."""
    if look.is_exact or not hits:
        return tuple(hits)
    pks = [hit.row for hit in hits]
    if look.of == "claim":
        known = set(Claim.objects.filter(moment(look.sight.as_of), pk__in=pks).values_list("pk", flat=True))
    else:
        known = _visible(pks, look.sight)
    return tuple(hit for hit in hits if hit.row in known)


def _visible(pks: Sequence[int], sight: Sight) -> set[int]:
    """Return those passages whose documents may be seen."""
    of = dict(Passage.objects.filter(pk__in=pks).values_list("pk", "document_id"))
    seen = visible(sight.viewer, sight.as_of).filter(withdrawn=False, pk__in=set(of.values()))
    known = set(seen.values_list("pk", flat=True))
    return {pk for pk, document in of.items() if document in known}
