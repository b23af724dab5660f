"""Checks that each name stands for the entity that the splits that stand say."""

from __future__ import annotations

from collections.abc import Iterator

from communique.ledger.entities.models import Name
from communique.ledger.resolution.models import Split


def split_off() -> dict[tuple[int, str], int]:
    """Return whom names stand for that were split off, by who had them: the last split has it."""
    standing = Split.objects.filter(until=None).order_by("pk")
    told = standing.values_list("names", "other_id")
    return {(pk, surface): other for names, other in told for pk, surface in names}


def faults() -> Iterator[str]:
    """Yield what is wrong, a sentence a fault."""
    wanted = split_off()
    named = Name.objects.filter(stands_for__isnull=False).values_list("entity_id", "surface", "stands_for_id")
    for entity, surface, other in named:
        if wanted.pop((entity, surface), None) != other:
            yield f"“{surface}” of entity {entity} stands for {other}, but no split that stands says so"
    for (entity, surface), other in wanted.items():
        yield f"“{surface}” of entity {entity} does not stand for {other}, as a split says"
