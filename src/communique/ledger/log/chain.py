"""The hash of an act over its words and the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC

from communique.ledger.log.models import Act

FIRST = "0" * 64


def hash_of(act: Act) -> str:
    """Return the SHA-256 of an act, in hexadecimal: its fields as canonical JSON, chained to the hash before."""
    words = json.dumps(
        [
            act.previous,
            act.seq,
            act.at.astimezone(UTC).isoformat(timespec="microseconds"),
            act.by,
            act.verb,
            act.subject,
            act.before,
            act.after,
            act.why,
            act.undoes,
        ],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def faults(acts: Iterable[Act]) -> Iterator[str]:
    """Yield what is wrong with a chain given from its first act on, a sentence a fault."""
    previous, seq = FIRST, 0
    for act in acts:
        if act.seq != seq + 1:
            yield f"act {seq + 1} is missing: after {seq} comes {act.seq}"
        if act.previous != previous:
            yield f"act {act.seq} is not chained to the act before it"
        if act.hash != hash_of(act):
            yield f"act {act.seq} was altered: its words no longer have its hash"
        previous, seq = act.hash, act.seq
