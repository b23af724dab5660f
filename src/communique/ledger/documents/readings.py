"""Stores what a reader made of a document."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from communique.ledger.documents import store
from communique.ledger.documents.models import Document, Reading, pack
from communique.model import Record


def first_reading(record: Record, document: Document, *, at: datetime) -> Reading:
    """Store a record as the first reading of its document."""
    return _kept(record, document, 1, at)


def keep_reading(record: Record, document: Document, *, at: datetime) -> Reading:
    """Store a record as the current reading of its document."""
    last = Reading.objects.filter(document=document).aggregate(last=Max("number"))["last"] or 0
    Reading.objects.filter(document=document, current=True).update(current=False)
    return _kept(record, document, last + 1, at)


def _kept(record: Record, document: Document, number: int, at: datetime) -> Reading:
    encoded, packed = pack(record)
    return Reading.objects.create(
        document=document,
        number=number,
        packed=packed,
        sha256=store.sha256(encoded),
        version=record.reader.version,
        lexicon=record.reader.lexicon,
        at=at,
        read=record.coverage.read,
        set_aside=record.coverage.set_aside,
        unread=record.coverage.unread,
    )
