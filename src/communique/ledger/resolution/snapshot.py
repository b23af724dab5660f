"""How judgements on who is who stand, as JSON: what the log keeps, and what is compared with the log.

Their subjects are ``apart:<low>-<high>`` and ``suggestion:<low>-<high>`` (ids of two entities, the smaller first)
and ``split:<id>``.
"""

from __future__ import annotations

from typing import Any

from communique.ledger.entities.models import Entity
from communique.ledger.resolution.models import Apart, Split, Suggestion

PERSON = "person"
"""The reason of a suggestion that a person made."""
Snapshot = dict[str, Any]


def apart_snapshot(apart: Apart) -> Snapshot:
    """Return the judgement that two entities are not one."""
    return {"one": _key(apart.low), "other": _key(apart.high), "by": apart.by, "why": apart.why}


def suggestion_snapshot(suggestion: Suggestion) -> Snapshot:
    """Return what a person suggested."""
    return {
        "one": _key(suggestion.low),
        "other": _key(suggestion.high),
        "by": suggestion.by,
        "why": suggestion.told,
    }


def split_snapshot(split: Split) -> Snapshot:
    """Return the judgement that some claims are about another entity."""
    told = {
        "entity": _key(split.entity),
        "other": _key(split.other),
        "moved": split.moved,
        "by": split.by,
        "why": split.why,
    }
    return told | ({"names": split.names} if split.names else {})


def apart_now(pk: str) -> Snapshot | None:
    """Return how two entities are held apart; None where nobody holds them so."""
    low, high = pair(pk)
    apart = Apart.objects.filter(low=low, high=high, until=None).select_related("low", "high").first()
    return None if apart is None else apart_snapshot(apart)


def suggestion_now(pk: str) -> Snapshot | None:
    """Return what a person suggested of two entities; None where nobody did."""
    low, high = pair(pk)
    made = Suggestion.objects.filter(low=low, high=high, reason=PERSON).select_related("low", "high").first()
    return None if made is None else suggestion_snapshot(made)


def split_now(pk: str) -> Snapshot | None:
    """Return how a split stands; None where it was taken back."""
    split = Split.objects.filter(pk=pk, until=None).select_related("entity", "other").first()
    return None if split is None else split_snapshot(split)


def pair(pk: str) -> tuple[int, int]:
    """Return the two ids of a subject."""
    low, _, high = pk.partition("-")
    return int(low), int(high)


def _key(entity: Entity) -> list[str]:
    return [entity.kind, entity.key]
