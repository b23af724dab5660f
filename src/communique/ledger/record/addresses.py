"""Where things of the record are found: one page an entity, one a claim, one place in a document."""

from __future__ import annotations

from django.urls import reverse

from communique.ledger.claims.models import Claim
from communique.ledger.entities.models import Kind
from communique.ledger.record.sight import Sight

PAGES: dict[str, str] = {
    Kind.PARTY: "record:party",
    Kind.PERSON: "record:person",
    Kind.SERIES: "record:meeting",
    Kind.MEETING: "record:meeting",
    Kind.INSTRUMENT: "record:instrument",
    Kind.FUND: "record:fund",
    Kind.ISSUE: "record:issue",
    Kind.AREA: "record:area",
}
"""The name of the page of each kind of entity."""


def entity_page(kind: str, pk: int) -> str:
    """Return the path of an entity's page."""
    return reverse(PAGES[kind], args=(pk,))


def claim_page(uid: str) -> str:
    """Return the path of a claim's own page."""
    return reverse("record:claim", args=(uid,))


def in_document(claim: Claim, sight: Sight) -> str:
    """Return the way to the words of a claim in their document."""
    return sight.at(reverse("review:document", args=(claim.document_id,)), f"c-{claim.uid}")
