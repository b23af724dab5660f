"""Everything the document page shows, gathered once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from communique.ledger.accounts.viewer import Viewer
from communique.ledger.assignments import queries as assignments
from communique.ledger.assignments.models import Assignment
from communique.ledger.claims.kinds import Kind
from communique.ledger.claims.models import Claim
from communique.ledger.documents import queries as documents
from communique.ledger.documents.models import Arrival, Document, Reading
from communique.ledger.review.cards import Card, card
from communique.ledger.review.marking import places, text_html
from communique.ledger.review.queries import claims_on, visible


@dataclass(frozen=True, slots=True)
class Covered:
    """A document's coverage, in characters and in parts of a hundred that add up to one."""

    read: int
    set_aside: int
    unread: int

    @property
    def total(self) -> int:
        return self.read + self.set_aside + self.unread

    @property
    def read_share(self) -> int:
        """What is not quite all never rounds up to it."""
        return int(100 * self.read / self.total) if self.total else 0

    @property
    def unread_share(self) -> int:
        """What is there at all never rounds down to nothing."""
        return max(1, int(100 * self.unread / self.total)) if self.unread else 0

    @property
    def set_aside_share(self) -> int:
        return 100 - self.read_share - self.unread_share if self.total else 0

    @property
    def set_aside_from(self) -> int:
        """Where the bar of what was set aside begins."""
        return self.read_share + self.unread_share


@dataclass(frozen=True, slots=True)
class Versions:
    """A document's place among the versions of its source."""

    number: int
    count: int
    previous: int | None
    next: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """A document as a viewer sees it."""

    document: Document
    reading: Reading | None
    covered: Covered | None
    text: SafeString
    cards: tuple[Card, ...]
    kinds: tuple[tuple[str, int], ...]
    versions: Versions
    copies: tuple[Document, ...]
    arrivals: tuple[Arrival, ...]
    assignment: Assignment | None
    """Who is to look at it."""

    @property
    def open(self) -> int:
        """How many of its claims need a person."""
        return sum(not c.is_decided for c in self.cards)

    @property
    def decided(self) -> int:
        """How many do not."""
        return len(self.cards) - self.open

    @property
    def heaviest(self) -> Claim | None:
        """Its claim that stands first in the queue."""
        waiting = [c.claim for c in self.cards if not c.is_decided]
        return max(waiting, key=lambda c: (c.weight, c.pk), default=None)


def page(document: Document, viewer: Viewer, as_of: datetime | None = None) -> Page:
    """Return what the page of a document shows."""
    reading, seen = documents.reading(document, as_of), visible(viewer, as_of)
    claims = claims_on(document, viewer, as_of)
    counted = Counter(c.kind for c in claims)
    return Page(
        document=document,
        reading=reading,
        covered=None if reading is None else Covered(reading.read, reading.set_aside, reading.unread),
        text=text(document, claims, reading),
        cards=tuple(card(c) for c in claims),
        kinds=tuple((kind.value, counted[kind]) for kind in Kind if counted[kind]),
        versions=_versions(document, seen),
        copies=tuple(documents.elsewhere(document, seen)),
        arrivals=tuple(documents.arrivals(document, as_of)),
        assignment=next(iter(assignments.on((document.pk,), ())), None) if viewer.sees_proposals else None,
    )


def text(document: Document, claims: list[Claim], reading: Reading | None) -> SafeString:
    """Return the text of a document with its claims marked."""
    segments = () if reading is None else reading.decoded().segments
    return text_html(document.text, segments, places(claims), language=document.language)


def _versions(document: Document, among: QuerySet[Document]) -> Versions:
    found = documents.versions(document, among)
    at = next(i for i, v in enumerate(found) if v.pk == document.pk)
    return Versions(
        number=at + 1,
        count=len(found),
        previous=found[at - 1].pk if at else None,
        next=found[at + 1].pk if at + 1 < len(found) else None,
    )
