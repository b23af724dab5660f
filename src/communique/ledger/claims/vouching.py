"""What the act of a reading vouches for: the claims it proposed, and those it ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from communique.ledger.claims.snapshot import digest
from communique.ledger.claims.versions import New
from communique.ledger.documents.models import Reading


def vouched(reading: Reading, fresh: Iterable[New], ended: Iterable[str]) -> dict[str, Any]:
    """Return what is kept of a reading in its act: what it was, a digest of what it proposed, what it ended."""
    proposals = [n.snapshot() for n in fresh]
    return {
        "reading": reading.pk,
        "record": reading.sha256,
        "version": reading.version,
        "lexicon": reading.lexicon,
        "claims": len(proposals),
        "digest": digest(proposals),
        "ended": sorted(ended),
    }
