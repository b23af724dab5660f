"""How an entity's name and its merging stand, as JSON: what the log keeps, and what is compared with the log."""

from __future__ import annotations

from typing import Any

from communique.ledger.entities.models import Entity, Merge

Snapshot = dict[str, Any]


def entity_snapshot(entity: Entity) -> Snapshot:
    """Return what of an entity an act can change, and what it is known by."""
    return {"kind": entity.kind, "key": entity.key, "name": entity.name}


def merge_snapshot(merge: Merge) -> Snapshot:
    """Return a merge: which entity was held to be which, by whom and why."""
    return {
        "loser": [merge.loser.kind, merge.loser.key],
        "winner": [merge.winner.kind, merge.winner.key],
        "by": merge.by,
        "why": merge.why,
    }


def entity_now(pk: str) -> Snapshot | None:
    """Return how the entity of ``entity:<pk>`` stands; None where there is none."""
    entity = Entity.objects.filter(pk=pk).first()
    return None if entity is None else entity_snapshot(entity)


def merge_now(pk: str) -> Snapshot | None:
    """Return what the entity of ``merge:<pk>`` is merged into; None where it is not."""
    merge = Merge.objects.filter(loser=int(pk), until=None).select_related("loser", "winner").first()
    return None if merge is None else merge_snapshot(merge)
