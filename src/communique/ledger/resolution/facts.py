"""What is known of entities beside their names, read for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Min

from communique.ledger.claims.kinds import Kind as ClaimKind
from communique.ledger.claims.models import Claim, Link
from communique.ledger.entities.models import Entity, Kind

_MOST = 20_000  # links looked at in one go: what an entity is known by shows in fewer
_YEARS = 366 * 2


@dataclass(slots=True)
class Facts:
    """What the claims say of one entity."""

    first: date | None = None
    last: date | None = None
    documents: set[int] = field(default_factory=set)
    beside: set[int] = field(default_factory=set)
    """Parties of the same claims."""
    posts: set[str] = field(default_factory=set)

    def together(self, other: Facts, days: int = _YEARS) -> bool:
        """Say whether the two are spoken of within some days of each other."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return False
        gap = max((other.first - self.last).days, (self.first - other.last).days)
        return gap <= days

    def shares(self, other: Facts) -> bool:
        """Say whether the two stand in one document or beside one party."""
        return bool(self.documents & other.documents or self.beside & other.beside)


def facts(entities: Iterable[int]) -> dict[int, Facts]:
    """Return what is known of each."""
    wanted = set(entities)
    known: dict[int, Facts] = defaultdict(Facts)
    held = Link.objects.filter(entity__in=wanted, claim__until=None)
    for row in held.values("entity").annotate(first=Min("day"), last=Max("day")).order_by():
        known[row["entity"]].first, known[row["entity"]].last = row["first"], row["last"]
    rows = list(held.values_list("entity_id", "claim_id", "claim__document_id")[:_MOST])
    claims: dict[int, list[int]] = defaultdict(list)
    for entity, claim, document in rows:
        known[entity].documents.add(document)
        claims[claim].append(entity)
    beside = Link.objects.filter(claim__in=list(claims), entity__kind=Kind.PARTY)
    for claim, party in beside.values_list("claim_id", "entity__canonical_id"):
        for entity in claims[claim]:
            if party is not None and party != entity:
                known[entity].beside.add(party)
    said = Claim.objects.filter(pk__in=list(claims), kind=ClaimKind.POST)
    for claim, value in said.values_list("pk", "value"):
        for entity in claims[claim]:
            known[entity].posts.add(str(value.get("post", "")).casefold())
    return known


def belongs_to(entity: Entity) -> int | None:
    """Return the party that an entity belongs to, wherever that party is found now; None where nobody says."""
    return None if entity.parent is None else entity.parent.canonical_id
