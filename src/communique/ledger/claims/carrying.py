"""What becomes of the claims on one version of a source when another takes its place.

That is a changed one that comes in, or an earlier one where the later is withdrawn. A decision on words that still
stand goes with them. A decision on words that are gone stays where it is and is re-opened, until they are back. What
nobody decided gives way to what the other version says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from communique.ledger.claims.actions import challenge
from communique.ledger.claims.judging import judged
from communique.ledger.claims.models import Claim, Origin, State
from communique.ledger.claims.snapshot import snapshot
from communique.ledger.claims.versions import New, end, linked, write
from communique.ledger.documents.models import Document
from communique.ledger.log.actions import record as log

SOURCE_CHANGED = "source/changed"
"""The challenge to a decision whose words are gone from the page they stood on."""
_GONE = "The source was changed, and these words are no longer in it."


@dataclass(frozen=True, slots=True)
class Carried:
    """What is left to propose on the new version, and the claims that ended with the old one."""

    fresh: tuple[New, ...]
    ended: tuple[str, ...]


def decided() -> Q:
    """Return the condition that a person decided on a claim or added it."""
    return ~Q(state=State.PROPOSED) | ~Q(by="")


def carry(before: Document, document: Document, new: Sequence[New], *, at: datetime) -> Carried:
    """Carry decisions to the version of a source that stands from now on, from the one that stood ``before`` and
    from others on which they waited for their words; ``new`` is what the reading proposes on it. A proposal that
    was judged to be about somebody else goes with its words as well.
    """
    held = _held_elsewhere(document)
    read = [c for c in held if not _is_decided(c)]
    moved = judged(c.uid for c in read)
    undecided = [c for c in read if c.uid not in moved or c.quote not in document.text]
    end(undecided, at=at)
    kept = [c for c in held if c.until is None] + _back(document)
    here = _last_here(document, kept)
    taken: set[str] = set()
    for claim in kept:
        twin = _twin(claim, (n for n in new if n.claim.uid not in taken))
        last = here.get(claim.uid)
        place = _place(claim, document, twin, last)
        if place is None:
            if claim.document_id == before.pk and not before.withdrawn:
                challenge(claim, SOURCE_CHANGED, _GONE, None)
            continue
        if twin is not None:
            taken.add(twin.claim.uid)
        _move(claim, document, place, last, at)
    return Carried(tuple(n for n in new if n.claim.uid not in taken), tuple(c.uid for c in undecided))


def waits_for_words(claim: Claim) -> bool:
    """Say whether a decision's words were gone from its source when that was changed."""
    return claim.challenge is not None and claim.challenge["code"] == SOURCE_CHANGED


def _is_decided(claim: Claim) -> bool:
    return claim.state != State.PROPOSED or bool(claim.by)


def _held_elsewhere(document: Document) -> list[Claim]:
    """Return what is held on the other versions of a document's source."""
    others = Document.objects.filter(source=document.source_id).exclude(pk=document.pk).values("pk")
    return list(Claim.objects.filter(document__in=others, until=None).order_by("start", "id"))


def _back(document: Document) -> list[Claim]:
    """Return the decisions on a document whose words were gone, and are not now that it stands again."""
    decisions = Claim.objects.filter(decided(), document=document, until=None).order_by("start", "id")
    return [claim for claim in decisions if waits_for_words(claim)]


def _last_here(document: Document, claims: Iterable[Claim]) -> dict[str, Claim]:
    """Return how claims last stood on a document, of those that did."""
    stood = Claim.objects.filter(document=document, uid__in=[c.uid for c in claims])
    return {claim.uid: claim for claim in stood.order_by("version")}


def bare(value: dict[str, Any]) -> dict[str, Any]:
    """Return a value without the places its parts were derived from: they shift with the text."""
    return {name: part for name, part in value.items() if name not in ("supports", "mentions", "inside")}


def _twin(claim: Claim, new: Iterable[New]) -> New | None:
    """Return what the new reading makes of the same words."""
    read = claim.as_read["value"] if claim.as_read is not None else claim.value
    same = [n for n in new if n.claim.kind == claim.kind and n.claim.quote == claim.quote]
    return next((n for n in same if bare(n.claim.value) == bare(read)), same[0] if same else None)


def _place(claim: Claim, document: Document, twin: New | None, last: Claim | None) -> int | None:
    if last is not None and last.quote == claim.quote:
        return last.start
    if twin is not None:
        return twin.claim.start
    at = document.text.find(claim.quote)
    return at if at >= 0 else None


def _move(claim: Claim, document: Document, start: int, last: Claim | None, at: datetime) -> None:
    """Let a decided claim stand on the same words of another version: that they were gone is past."""
    before, links = snapshot(claim), linked(claim)
    copied = {f.attname: getattr(claim, f.attname) for f in Claim._meta.concrete_fields if not f.primary_key}
    moved = Claim(**copied)
    moved.version, moved.origin = claim.version + 1, Origin.ACT
    moved.document, moved.since, moved.until = document, at, None
    moved.start, moved.end = start, start + len(claim.quote)
    same = last is not None and last.start == start and bare(last.value) == bare(claim.value)
    moved.value = last.value if last is not None and same else _without_places(claim.value)
    moved.challenge = None if waits_for_words(claim) else claim.challenge
    end([claim], at=at)
    new = New(moved, links)
    write([new])
    log("carry", f"claim:{claim.uid}", before=before, after=new.snapshot(), by="")


def _without_places(value: dict[str, Any]) -> dict[str, Any]:
    left: dict[str, Any] = {name: [] for name in ("supports", "mentions") if name in value}
    return value | left | ({"inside": None} if "inside" in value else {})
