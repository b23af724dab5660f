"""Makes the search index anew, from what the ledger holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.db.models import Prefetch

from communique.ledger.claims.models import Claim, Link
from communique.ledger.claims.search_entries import entry
from communique.ledger.documents.models import Passage
from communique.ledger.documents.passages import entries
from communique.ledger.search import index
from communique.ledger.search.index import Entry

_AT_ONCE = 1000


def refill() -> None:
    """Forget the index, and add every version of every claim and every passage. Call it in a transaction."""
    index.clear()
    index.add(_of_claims())
    index.add(_of_passages())


def faults() -> Iterator[str]:
    """Yield what is wrong with the index, a sentence a fault."""
    kept, indexed = Claim.objects.count() + Passage.objects.count(), index.size()
    if indexed != kept:
        yield f"the search index has {indexed:,} entries of {kept:,} versions of claims and passages"


def _of_claims() -> Iterator[Entry]:
    links = Prefetch("links", queryset=Link.objects.select_related("entity").order_by("role", "entity_id"))
    for claim in Claim.objects.order_by("pk").prefetch_related(links).iterator(chunk_size=_AT_ONCE):
        yield entry(claim, [(link.role, link.entity) for link in claim.links.all()])


def _of_passages() -> Iterator[Entry]:
    found = Passage.objects.order_by("document", "start").select_related("document")
    for _, passages in groupby(found.iterator(chunk_size=_AT_ONCE), key=lambda p: p.document_id):
        some = list(passages)
        yield from entries(some[0].document, some)
