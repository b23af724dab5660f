"""How a version of a claim stands, as JSON: what the log keeps of it, and what is compared with the log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from communique.ledger.claims.models import Claim

Snapshot = dict[str, Any]


def snapshot(claim: Claim, links: Iterable[tuple[str, str, str]] | None = None) -> Snapshot:
    """Return everything of a version that an act can change. ``links`` are (role, kind, key), if at hand."""
    told = links if links is not None else claim.links.values_list("role", "entity__kind", "entity__key")
    return {
        "version": claim.version,
        "document": claim.document_id,
        "kind": claim.kind,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "value": claim.value,
        "as_read": claim.as_read,
        "state": claim.state,
        "challenge": claim.challenge,
        "why": claim.why,
        "by": claim.by,
        "links": sorted(list(link) for link in told),
    }


def digest(snapshots: Iterable[Snapshot]) -> str:
    """Return the SHA-256 over snapshots, in the order of their quotes, kinds and values."""
    lines = sorted(
        json.dumps(s, sort_keys=True, separators=(",", ":"), ensure_ascii=False) for s in snapshots
    )
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()


def current(uid: str) -> Snapshot | None:
    """Return how a claim stands now; None where it is not held."""
    claim = Claim.objects.filter(uid=uid, until=None).first()
    return None if claim is None else snapshot(claim)
