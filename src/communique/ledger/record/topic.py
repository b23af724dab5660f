"""What a list of claims is on: words that stand in their quotes, or an issue, area or plan of that name."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from communique.ledger.claims.models import Link
from communique.ledger.entities.models import Entity, Kind
from communique.ledger.entities.resolve import key_of
from communique.ledger.record.sight import Sight
from communique.ledger.search import index
from communique.ledger.search.index import Asked, Facet
from communique.ledger.search.query import parse

_NAMED = (Kind.ISSUE, Kind.AREA, Kind.INSTRUMENT, Kind.FUND)


def on(sight: Sight, typed: str, kinds: tuple[str, ...]) -> Q:
    """Return what is asked of claims on a topic, written as in a search. Raises UnclearQuery, with the reason."""
    query = parse(typed)
    if query is None:
        return Q()
    facets: list[tuple[Facet, ...]] = [(("of", "claim"),)]
    if kinds:
        facets.append(tuple(("kind", kind) for kind in kinds))
    quoted = index.rows(Asked(query, tuple(facets), past=sight.as_of is not None))
    # names given to what was merged lead to all that it was held to be the same as
    named = Entity.objects.filter(kind__in=_NAMED, key=key_of(typed)).values_list("pk", flat=True)
    tops = {sight.merged.get(pk, pk) for pk in named}
    if not tops:
        return Q(pk__in=quoted)
    same = [*tops, *(loser for loser, top in sight.merged.items() if top in tops)]
    return Q(pk__in=quoted) | Q(Exists(Link.objects.filter(claim=OuterRef("pk"), entity__in=same)))
