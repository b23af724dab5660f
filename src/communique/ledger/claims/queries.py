"""The one door to claims: those held at a moment, as far as a viewer may see them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from communique.ledger.accounts.viewer import Viewer
from communique.ledger.claims.models import STANDING, Claim, Published
from communique.ledger.documents.models import Document


def held(viewer: Viewer, as_of: datetime | None = None) -> QuerySet[Claim]:
    """Return the claims held now, or ``as_of`` an earlier moment, one version each.

    Who may not see proposals sees what people accepted or corrected, and not who did. Claims of withdrawn
    documents are left out.
    """
    if viewer.sees_proposals:
        return Claim.objects.filter(moment(as_of), document__withdrawn=False)
    return Published.objects.filter(moment(as_of), document__withdrawn=False, state__in=STANDING)


def visible(viewer: Viewer, as_of: datetime | None = None) -> QuerySet[Document]:
    """Return the documents that a viewer may see now, or as of an earlier moment: who sees no proposals sees those
    that had an accepted claim then.
    """
    documents = Document.objects.all()
    if not viewer.may("withdraw"):
        documents = documents.filter(withdrawn=False)
    if not viewer.sees_proposals:
        accepted = Claim.objects.filter(moment(as_of), document=OuterRef("pk"), state__in=STANDING)
        documents = documents.filter(Exists(accepted))
    if as_of is not None:
        documents = documents.filter(taken_in__lte=as_of)
    return documents


def moment(as_of: datetime | None, prefix: str = "") -> Q:
    """Return the condition that a version is held at a moment (None: now); ``prefix`` leads to the claim."""
    until = f"{prefix}until"
    if as_of is None:
        return Q(**{until: None})
    return Q(**{f"{prefix}since__lte": as_of}) & (Q(**{until: None}) | Q(**{f"{until}__gt": as_of}))
