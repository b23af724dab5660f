"""Checks that each entity is found where the merges that stand say."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from communique.ledger.entities.models import Entity
from communique.ledger.entities.queries import fold, standing


def faults() -> Iterator[str]:
    """Yield what is wrong, a sentence a fault."""
    into = dict(standing().values_list("loser_id", "winner_id"))
    found = fold(into.items())
    for loser, top in sorted(found.items()):
        if top in into:
            yield f"entity {loser} is merged in a circle"
    names = dict(Entity.objects.filter(pk__in=found).values_list("pk", "canonical_id"))
    for loser, top in sorted(found.items()):
        if names.get(loser) != top:
            yield f"entity {loser} leads to {names.get(loser)}, but its merges lead to {top}"
    for pk, at in (
        Entity.objects.exclude(pk__in=found).exclude(canonical=F("id")).values_list("pk", "canonical_id")
    ):
        yield f"entity {pk} leads to {at}, but no merge that stands says so"
