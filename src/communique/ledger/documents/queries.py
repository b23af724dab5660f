"""Reads documents: those a viewer may see, their versions, copies, arrivals, and lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet, Sum

from communique.ledger.documents.copies import copies
from communique.ledger.documents.models import Arrival, Document, Reading

IN_LISTS = ("id", "title", "name", "url", "publisher", "kind", "day", "language", "taken_in", "taken_in_by")
"""The fields that lists show: the text stays where it is."""
_MOST = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of documents is narrowed to."""

    kind: str = ""
    publisher: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A stretch of a list, and where the next one starts (None: this was the last)."""

    documents: Sequence[Document]
    before: int | None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a source among its versions, the first being number 1."""

    pk: int
    number: int
    taken_in: datetime


@dataclass(frozen=True, slots=True)
class Covered:
    """How many documents were read, and how much of them, in characters."""

    documents: int
    read: int
    set_aside: int
    unread: int

    @property
    def share(self) -> float | None:
        """Share of what was to be read that was; None where there was nothing to read."""
        total = self.read + self.unread
        return self.read / total if total else None

    @property
    def percent(self) -> int:
        """The share in parts of a hundred: what is not quite all never rounds up to it."""
        return int(100 * (self.share or 0))


def leaf(among: QuerySet[Document], wanted: Wanted, *, before: int | None = None, size: int = _MOST) -> Leaf:
    """Return the newest of some documents; ``before`` is the last of the leaf before."""
    found = among.filter(_matching(wanted), withdrawn=False)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.only(*IN_LISTS).order_by("-id")[: size + 1])
    return Leaf(rows[:size], rows[size - 1].pk if len(rows) > size else None)


def publishers(among: QuerySet[Document], most: int = 200) -> list[str]:
    """Return who publishes some documents, by name."""
    named = among.exclude(publisher="").order_by("publisher").values_list("publisher", flat=True)
    return list(named.distinct()[:most])


def versions(document: Document, among: QuerySet[Document]) -> list[Version]:
    """Return the versions of a document's source among some documents, from the first, and itself; withdrawn ones
    are left out.
    """
    if document.source_id is None:
        return [Version(document.pk, 1, document.taken_in)]
    shown = among.filter(withdrawn=False).values("pk")
    versions = Document.objects.filter(source=document.source_id)
    rows = versions.filter(Q(pk__in=shown) | Q(pk=document.pk)).order_by("id").values_list("pk", "taken_in")
    return [Version(pk, number, at) for number, (pk, at) in enumerate(rows, start=1)]


def before(document: Document, among: QuerySet[Document]) -> Document | None:
    """Return the version of a document's source that came before it, of some documents."""
    if document.source_id is None:
        return None
    return among.filter(source=document.source_id, pk__lt=document.pk).order_by("pk").last()


def elsewhere(document: Document, among: QuerySet[Document], most: int = 20) -> list[Document]:
    """Return the same text on other sites, of some documents."""
    return list(copies(document).filter(pk__in=among.values("pk")).only(*IN_LISTS).order_by("-id")[:most])


def arrivals(document: Document, as_of: datetime | None = None, most: int = 50) -> list[Arrival]:
    """Return the times that a document had come by a moment (None: by now), the first first."""
    came = Arrival.objects.filter(document=document)
    if as_of is not None:
        came = came.filter(at__lte=as_of)
    return list(came.order_by("id")[:most])


def reading(document: Document, as_of: datetime | None = None) -> Reading | None:
    """Return the reading of a document that was current at a moment (None: now)."""
    found = Reading.objects.filter(document=document)
    found = found.filter(current=True) if as_of is None else found.filter(at__lte=as_of)
    last = found.order_by("-number").first()
    if last is not None:
        last.document = document
    return last


def covered() -> Covered:
    """Return how much of all documents was read."""
    told = Reading.objects.filter(current=True).aggregate(
        read=Sum("read"), set_aside=Sum("set_aside"), unread=Sum("unread")
    )
    count = Reading.objects.filter(current=True).count()
    return Covered(count, told["read"] or 0, told["set_aside"] or 0, told["unread"] or 0)


def _matching(wanted: Wanted) -> Q:
    matching = Q()
    if wanted.kind:
        matching &= Q(kind=wanted.kind)
    if wanted.publisher:
        matching &= Q(publisher=wanted.publisher)
    if wanted.year is not None:
        matching &= Q(day__gte=date(wanted.year, 1, 1), day__lte=date(wanted.year, 12, 31))
    return matching
