"""How a document stands, as JSON: what the log keeps of it, and what is compared with the log."""

from __future__ import annotations

import hashlib
from typing import Any

from communique.ledger.documents.models import Document
from communique.ledger.log.actions import acting
from communique.ledger.log.actions import record as log
from communique.ledger.log.models import Act


def snapshot(document: Document) -> dict[str, Any]:
    """Return what of a document its act of taking in vouches for, and whether it was withdrawn since."""
    return {
        "key": document.key,
        "sha256": document.sha256,
        "text": hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "title": document.title,
        "url": document.url,
        "published": document.published,
        "previous": document.previous_id,
        "withdrawn": document.withdrawn,
    }


def set_withdrawn(
    document: Document, withdrawn: bool, *, by: str, why: str = "", undoes: int | None = None
) -> Act:
    """Withdraw a document with all its claims from every page, or bring it back."""
    with acting():
        now = Document.objects.select_for_update().get(pk=document.pk)
        before = snapshot(now)
        now.withdrawn = document.withdrawn = withdrawn
        now.save(update_fields=["withdrawn"])
        verb = "withdraw" if withdrawn else "bring back"
        return log(
            verb if undoes is None else "undo",
            f"document:{now.pk}",
            before=before,
            after=snapshot(now),
            by=by,
            why=why,
            undoes=undoes,
        )


def restore(pk: str, before: dict[str, Any] | None, *, by: str, undoes: int, why: str = "") -> Act:
    """Let a document stand as it did: one that was not there before is withdrawn."""
    withdrawn = True if before is None else bool(before["withdrawn"])
    return set_withdrawn(Document.objects.get(pk=pk), withdrawn, by=by, why=why, undoes=undoes)


def now(pk: str) -> dict[str, Any] | None:
    """Return how a document stands; None where there is none."""
    document = Document.objects.filter(pk=pk).first()
    return None if document is None else snapshot(document)
