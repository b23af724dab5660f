"""Reads what the document page shows: the document as a viewer may see it, its claims, its next neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from communique.ledger.accounts.viewer import Viewer
from communique.ledger.claims.models import Claim, State
from communique.ledger.claims.queries import held
from communique.ledger.claims.queries import visible as visible
from communique.ledger.documents.models import Document
from communique.ledger.log.models import Act

_LATELY = 200  # acts of one's own that are looked through for the one to take back
UNDOABLE = ("accept", "reject", "doubt", "reopen", "correct", "add")

OPEN = Q(state__in=(State.PROPOSED, State.UNSURE)) | Q(challenge__isnull=False)
"""What needs a person: undecided, or challenged since it was decided."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many claims a document has, and how many of them need a person."""

    claims: int
    open: int


def claims_on(document: Document, viewer: Viewer, as_of: datetime | None = None) -> list[Claim]:
    """Return the claims held on a document, in the order of its words."""
    if document.withdrawn:
        return []
    found = list(held(viewer, as_of).filter(document=document).order_by("start", "-end", "id"))
    for claim in found:
        claim.document = document
    return found


def standing(documents: Sequence[Document]) -> dict[int, Standing]:
    """Return how each document stands, by its id."""
    rows = (
        Claim.objects.filter(document__in=[d.pk for d in documents], until=None)
        .values("document")
        .annotate(claims=Count("id"), open=Count("id", filter=OPEN))
        .order_by()
    )
    return {row["document"]: Standing(row["claims"], row["open"]) for row in rows}


def last_act(by: str, document: int | None = None) -> Act | None:
    """Return the last decision of somebody that was not taken back, on one document where that is named."""
    mine = list(
        Act.objects.filter(by=by, subject__startswith="claim:", verb__in=UNDOABLE)
        .order_by("-seq")
        .only("seq", "subject", "verb")[:_LATELY]
    )
    taken_back = set(Act.objects.filter(undoes__in=[a.seq for a in mine]).values_list("undoes", flat=True))
    standing = [a for a in mine if a.seq not in taken_back]
    if document is None:
        return standing[0] if standing else None
    uids = {a.subject.partition(":")[2] for a in standing}
    here = set(Claim.objects.filter(uid__in=uids, document=document).values_list("uid", flat=True))
    return next((a for a in standing if a.subject.partition(":")[2] in here), None)
