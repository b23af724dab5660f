"""Where things of the record are found: one page an entity, one a claim, one place in a document."""

from __future__ import annotations

from functools import cache

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
    before, after = _around(PAGES[kind])
    return f"{before}{pk}{after}"


def claim_page(uid: str) -> str:
    """Return the path of a claim's own page."""
    before, after = _around("record:claim")
    return f"{before}{uid}{after}"


def in_document(claim: Claim, sight: Sight) -> str:
    """Return the way to the words of a claim in their document."""
    before, after = _around("review:document")
    return sight.at(f"{before}{claim.document_id}{after}", f"c-{claim.uid}")


@cache
def _around(name: str) -> tuple[str, str]:
    """Return what stands before and after the number in the path of a page: pages hold hundreds of them."""
    before, _, after = reverse(name, args=(0,)).rpartition("0")
    return before, after
