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
_MEND = "communique reindex makes it anew"


def refill() -> None:
    """Forget the index, and add every version of every claim and every passage. Call it in a transaction that acts."""
    index.clear()
    index.add(_of_claims())
    index.add(_of_passages())


def faults() -> Iterator[str]:
    """Yield what is wrong with the index, a sentence a fault."""
    kept, indexed = Claim.objects.count() + Passage.objects.count(), index.size()
    if indexed != kept:
        yield f"the search index has {indexed:,} entries of {kept:,} versions of claims and passages: {_MEND}"
    elif not _is_of_today():
        yield f"the search index is that of an earlier version: {_MEND}"


def _is_of_today() -> bool:
    """Say whether the first passage and the first claim are found by the facets that they have today."""
    passage = Passage.objects.order_by("pk").select_related("document").first()
    first = [entries(passage.document, [passage])[0]] if passage is not None else []
    links = Prefetch("links", queryset=Link.objects.select_related("entity").order_by("role", "entity_id"))
    claim = Claim.objects.order_by("pk").prefetch_related(links).first()
    first += [entry(claim, [(k.role, k.entity) for k in claim.links.all()])] if claim is not None else []
    return all(_is_found(one) for one in first)


def _is_found(one: Entry) -> bool:
    asked = index.Asked(facets=tuple((facet,) for facet in one.facets), past=True)
    return index.Hit(one.key) in index.match(asked, before=one.key + 1, limit=1)


def _of_claims() -> Iterator[Entry]:
    links = Prefetch("links", queryset=Link.objects.select_related("entity").order_by("role", "entity_id"))
    for claim in Claim.objects.order_by("pk").prefetch_related(links).iterator(chunk_size=_AT_ONCE):
        yield entry(claim, [(link.role, link.entity) for link in claim.links.all()])


def _of_passages() -> Iterator[Entry]:
    found = Passage.objects.order_by("document", "start").select_related("document")
    for _, passages in groupby(found.iterator(chunk_size=_AT_ONCE), key=lambda p: p.document_id):
        some = list(passages)
        yield from entries(some[0].document, some)
