"""Stores what a reader made of a document."""

from __future__ import annotations

from datetime import datetime

from communique.ledger.documents import store
from communique.ledger.documents.models import Document, Reading, pack
from communique.model import Record


def keep_reading(record: Record, document: Document, *, at: datetime) -> Reading:
    """Store a record as the current reading of its document."""
    encoded, packed = pack(record)
    last = Reading.objects.filter(document=document).order_by("-number").first()
    Reading.objects.filter(document=document, current=True).update(current=False)
    return Reading.objects.create(
        document=document,
        number=last.number + 1 if last is not None else 1,
        packed=packed,
        sha256=store.sha256(encoded),
        version=record.reader.version,
        lexicon=record.reader.lexicon,
        at=at,
        read=record.coverage.read,
        set_aside=record.coverage.set_aside,
        unread=record.coverage.unread,
    )
