"""How a document stands, as JSON: what the log keeps of it, and what is compared with the log."""

from __future__ import annotations

import hashlib
from typing import Any

from communique.ledger.documents.models import Document


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


def now(pk: str) -> dict[str, Any] | None:
    """Return how a document stands; None where there is none."""
    document = Document.objects.filter(pk=pk).first()
    return None if document is None else snapshot(document)
