"""What the act of a reading vouches for: the claims it proposed, and those it ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from communique.ledger.claims.snapshot import digest
from communique.ledger.claims.versions import New
from communique.ledger.documents.models import Reading


def vouched(
    reading: Reading, fresh: Iterable[New], ended: Iterable[str], *, since: datetime
) -> dict[str, Any]:
    """Return what is kept of a reading in its act: what it was, a digest of what it proposed, what it ended,
    and what of its proposals was held before.

    All it proposed is held from ``since`` on: by that and the reading the rows are found again.
    """
    fresh = list(fresh)
    proposals = [n.snapshot() for n in fresh]
    return {
        "reading": reading.pk,
        "record": reading.sha256,
        "version": reading.version,
        "lexicon": reading.lexicon,
        "since": moment(since),
        "claims": len(proposals),
        "digest": digest(proposals),
        "ended": sorted(ended),
        "again": sorted(n.claim.uid for n in fresh if n.claim.version > 1),
    }


def moment(at: datetime) -> str:
    """Return a moment as acts keep it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
