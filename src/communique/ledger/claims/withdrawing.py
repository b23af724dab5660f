"""Takes the taking in of a document back, unless decisions would go with it."""

from __future__ import annotations

from typing import Any

from communique.errors import CommuniqueError
from communique.ledger.claims.carrying import decided
from communique.ledger.claims.models import Claim
from communique.ledger.documents import snapshot as documents
from communique.ledger.log.models import Act


class HoldsDecisions(CommuniqueError):
    """A version of a source to which decisions were carried from the version before it."""


def restore(pk: str, before: Any, /, *, by: str, undoes: int, why: str = "") -> Act:
    """Let a document stand as it did. Undo comes through here.

    Raises HoldsDecisions where it was not there before, and decisions made on an earlier version now stand on it.
    """
    if before is None:
        here = Claim.objects.filter(decided(), document=int(pk), until=None).values("uid")
        carried = (
            Claim.objects.filter(uid__in=here).exclude(document=int(pk)).values("uid").distinct().count()
        )
        if carried:
            raise HoldsDecisions(
                f"{carried} decisions made on the version before stand on this document now",
                hint="take back that they were carried, then this",
            )
    return documents.restore(pk, before, by=by, undoes=undoes, why=why)
