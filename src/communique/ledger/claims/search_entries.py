"""What of a claim goes into the search index: its words, and the facets it is found by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.ledger.claims.models import Claim
from communique.ledger.entities.models import Entity
from communique.ledger.search.index import Entry


def entry(claim: Claim, links: Iterable[tuple[str, Entity]]) -> Entry:
    """Return the entry of a version of a claim."""
    return Entry(
        row=claim.pk,
        of="claim",
        day=claim.day,
        text=claim.quote,
        facets=tuple(dict.fromkeys(_facets(claim, links))),
        current=claim.until is None,
    )


def _facets(claim: Claim, links: Iterable[tuple[str, Entity]]) -> Iterator[tuple[str, str]]:
    yield "kind", claim.kind
    yield "state", claim.state
    yield "document", str(claim.document_id)
    if claim.act:
        yield "act", claim.act
    for _, entity in links:
        yield entity.kind, str(entity.pk)
