"""What becomes of the claims on a source's earlier version when a changed one comes in.

A decision on words that still stand goes with them to the new version. A decision on words that are gone stays
with the old version and is re-opened. What nobody decided gives way to what the new version says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from communique.ledger.claims.actions import challenge
from communique.ledger.claims.models import Claim, Origin, State
from communique.ledger.claims.snapshot import snapshot
from communique.ledger.claims.versions import New, end, linked, write
from communique.ledger.documents.models import Document
from communique.ledger.log.actions import record as log

SOURCE_CHANGED = "source/changed"
"""The challenge to a decision whose words are gone from the page they stood on."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What is left to propose on the new version, and the claims that ended with the old one."""

    fresh: tuple[New, ...]
    ended: tuple[str, ...]


def decided() -> Q:
    """Return the condition that a person decided on a claim or added it."""
    return ~Q(state=State.PROPOSED) | ~Q(by="")


def carry(before: Document, document: Document, new: Sequence[New], *, at: datetime) -> Carried:
    """Carry decisions from one version of a source to the next; ``new`` is what the reading proposes on it."""
    old = list(Claim.objects.filter(document=before, until=None).order_by("start", "id"))
    kept = list(Claim.objects.filter(decided(), document=before, until=None).order_by("start", "id"))
    undecided = [c for c in old if c not in kept]
    end(undecided, at=at)
    taken: set[str] = set()
    for claim in kept:
        twin = _twin(claim, (n for n in new if n.claim.uid not in taken))
        place = _place(claim, document, twin)
        if place is None:
            challenge(
                claim,
                SOURCE_CHANGED,
                "The source was changed, and these words are no longer in it.",
                None,
            )
            continue
        if twin is not None:
            taken.add(twin.claim.uid)
        _move(claim, document, place, at)
    return Carried(tuple(n for n in new if n.claim.uid not in taken), tuple(c.uid for c in undecided))


def bare(value: dict[str, Any]) -> dict[str, Any]:
    """Return a value without the places its parts were derived from: they shift with the text."""
    return {name: part for name, part in value.items() if name not in ("supports", "mentions", "inside")}


def _twin(claim: Claim, new: Iterable[New]) -> New | None:
    """Return what the new reading makes of the same words."""
    read = claim.as_read["value"] if claim.as_read is not None else claim.value
    same = [n for n in new if n.claim.kind == claim.kind and n.claim.quote == claim.quote]
    return next((n for n in same if bare(n.claim.value) == bare(read)), same[0] if same else None)


def _place(claim: Claim, document: Document, twin: New | None) -> int | None:
    if twin is not None:
        return twin.claim.start
    at = document.text.find(claim.quote)
    return at if at >= 0 else None


def _move(claim: Claim, document: Document, start: int, at: datetime) -> None:
    """Let a decided claim stand on the same words of the new version."""
    before, links = snapshot(claim), linked(claim)
    copied = {f.attname: getattr(claim, f.attname) for f in Claim._meta.concrete_fields if not f.primary_key}
    moved = Claim(**copied)
    moved.version, moved.origin = claim.version + 1, Origin.ACT
    moved.document, moved.since, moved.until = document, at, None
    moved.start, moved.end = start, start + len(claim.quote)
    moved.value = _without_places(claim.value)
    end([claim], at=at)
    new = New(moved, links)
    write([new])
    log("carry", f"claim:{claim.uid}", before=before, after=new.snapshot(), by="")


def _without_places(value: dict[str, Any]) -> dict[str, Any]:
    left: dict[str, Any] = {name: [] for name in ("supports", "mentions") if name in value}
    return value | left | ({"inside": None} if "inside" in value else {})
