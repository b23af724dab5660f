"""What the first page shows: what came in, what needs the viewer, and what went silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from communique.ledger.accounts.viewer import Viewer
from communique.ledger.claims.models import Claim
from communique.ledger.claims.queries import held
from communique.ledger.claims.waiting import ACCEPTED
from communique.ledger.documents import queries as documents
from communique.ledger.documents.models import Document
from communique.ledger.review import visits
from communique.ledger.review.cards import Card, card
from communique.ledger.review.queries import Standing, standing, visible
from communique.ledger.review.queue import MANY, News, Wanted, news, queue, waiting

_CAME = 8
_FIRST = 5


@dataclass(frozen=True, slots=True)
class Came:
    """A document that came in, and how its claims stand (None: who looks sees no proposals)."""

    document: Document
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Silent:
    """A commitment whose deadline is past."""

    card: Card
    due: date
    claim: Claim


@dataclass(frozen=True, slots=True)
class Lately:
    """What the first page shows."""

    came: tuple[Came, ...]
    covered: documents.Covered
    first: tuple[Card, ...]
    waiting: str
    mine: int
    news: News | None
    silent: tuple[Silent, ...]


def lately(viewer: Viewer, today: date | None = None) -> Lately:
    """Return what the first page shows a viewer."""
    came = documents.leaf(visible(viewer), documents.Wanted(), size=_CAME).documents
    told = standing(came) if viewer.sees_proposals else {}
    decides = viewer.may("decide") and viewer.account is not None
    seen: datetime | None = visits.here(viewer.account) if decides and viewer.account else None
    count = waiting(viewer, Wanted()) if decides else 0
    return Lately(
        came=tuple(Came(d, told.get(d.pk)) for d in came),
        covered=documents.covered(),
        first=tuple(card(c) for c in queue(viewer, Wanted(), size=_FIRST).claims) if decides else (),
        waiting=f"{count:,}" if count <= MANY else f"more than {MANY:,}",
        mine=waiting(viewer, Wanted(mine=True)) if decides else 0,
        news=news(viewer, seen) if seen is not None else None,
        silent=tuple(_silent(viewer, today or timezone.now().date())),
    )


def _silent(viewer: Viewer, today: date) -> list[Silent]:
    """Return accepted commitments whose deadline is past, the last first."""
    late = held(viewer).filter(ACCEPTED, due__isnull=False, due__lt=today)  # none but commitments are due
    found = late.select_related("document").defer("document__text").order_by("-due", "-id")[:_FIRST]
    return [Silent(card(claim), claim.due, claim) for claim in found if claim.due is not None]
