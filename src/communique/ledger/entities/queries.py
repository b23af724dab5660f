"""Which entities are held to be one, now and on an earlier day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from communique.ledger.entities.models import Entity, Kind, Merge
from communique.ledger.log.models import Act


def members(entity: Entity, as_of: datetime | None = None) -> list[int]:
    """Return the ids of all entities held to be the same as this one, itself among them."""
    root = canonical(entity, as_of)
    if as_of is None:
        return sorted(Entity.objects.filter(canonical=root).values_list("pk", flat=True))
    found, layer = {root.pk}, {root.pk}
    while layer:
        below = standing(as_of).filter(winner__in=layer).values_list("loser_id", flat=True)
        layer = set(below) - found
        found |= layer
    return sorted(found)


def canonical(entity: Entity, as_of: datetime | None = None) -> Entity:
    """Return the entity at whose address this one is found: itself, where nobody merged it."""
    if as_of is None:
        root = Entity.objects.filter(members=entity.pk).first()
        return root if root is not None else entity
    top, seen = entity.pk, {entity.pk}
    while (
        above := standing(as_of).filter(loser=top).values_list("winner_id", flat=True).first()
    ) is not None:
        if above in seen:
            break
        seen.add(above)
        top = above
    return entity if top == entity.pk else Entity.objects.get(pk=top)


def standing(as_of: datetime | None = None) -> QuerySet[Merge]:
    """Return the merges that stand now, or stood at an earlier moment."""
    if as_of is None:
        return Merge.objects.filter(until=None)
    return Merge.objects.filter(Q(until=None) | Q(until__gt=as_of), since__lte=as_of)


def acting(key: str) -> Entity | None:
    """Return the party, or else the person, that is known by a key."""
    kinds = (Kind.PARTY, Kind.PERSON)
    return Entity.objects.filter(kind__in=kinds, key=key[:300]).order_by("kind").first()


def name(entity: Entity, as_of: datetime | None = None) -> str:
    """Return what an entity was called at a moment."""
    if as_of is None:
        return entity.name
    renamed = Act.objects.filter(subject=f"entity:{entity.pk}", at__gt=as_of).order_by("seq").first()
    return entity.name if renamed is None or renamed.before is None else str(renamed.before["name"])


def fold(merges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return where each merged entity is found, from (loser, winner) pairs; a circle is left where it closes."""
    into = dict(merges)
    found: dict[int, int] = {}
    for loser in into:
        top, seen = loser, {loser}
        while top in into and into[top] not in seen:
            top = into[top]
            seen.add(top)
        found[loser] = top
    return found
