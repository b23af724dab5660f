"""The versions of a source, in the order in which they came, and the one that stands: the last not withdrawn."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from communique.ledger.documents.models import Document


def newest(source: int | None) -> Document | None:
    """Return the version of a source that came last, withdrawn or not."""
    return None if source is None else _of(source).first()


def standing(source: int | None) -> Document | None:
    """Return what a source says now: its last version, those withdrawn left out."""
    return None if source is None else _of(source).filter(withdrawn=False).first()


def is_superseded(document: Document) -> bool:
    """Say whether a later version of the same source stands."""
    if document.source_id is None:
        return False
    return _of(document.source_id).filter(pk__gt=document.pk, withdrawn=False).exists()


def superseded() -> Exists:
    """Return the condition that a later version of the same source stands."""
    return Exists(Document.objects.filter(source=OuterRef("source"), pk__gt=OuterRef("pk"), withdrawn=False))


def _of(source: int) -> QuerySet[Document]:
    return Document.objects.filter(source=source).order_by("-id")
