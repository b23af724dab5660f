"""Reads a document again, and settles what that changes: a person's decision is never touched."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from communique import __version__
from communique.errors import UnreadableDocument
from communique.formats import read_bytes
from communique.ledger.claims.derive import drafts
from communique.ledger.claims.models import Claim
from communique.ledger.claims.reconcile import reconcile
from communique.ledger.claims.versions import proposed
from communique.ledger.claims.vouching import vouched
from communique.ledger.documents import store
from communique.ledger.documents.models import Document
from communique.ledger.documents.readings import keep_reading
from communique.ledger.log.actions import record as log
from communique.model import Text
from communique.reading import read_text
from communique.vocab.loading import lexicon_hash


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading documents again changed, in numbers."""

    documents: int = 0
    proposed: int = 0
    """Claims that are new, or undecided and read otherwise now."""
    ended: int = 0
    """Undecided claims that are no longer read."""
    challenged: int = 0
    """Decisions that the newer reading speaks against; none was changed."""
    same: int = 0

    def __add__(self, other: Reread) -> Reread:
        return Reread(
            self.documents + other.documents,
            self.proposed + other.proposed,
            self.ended + other.ended,
            self.challenged + other.challenged,
            self.same + other.same,
        )


def is_newest(document: Document) -> bool:
    """Say whether the reader of today has read a document already."""
    return document.readings.filter(current=True, version=__version__, lexicon=lexicon_hash()).exists()


def reread(pk: int, *, by: str) -> Reread:
    """Read one document again with the reader of today. The same reader changes nothing.

    Raises Document.DoesNotExist, and UnreadableDocument where its bytes are gone or no longer read.
    """
    document = Document.objects.get(pk=pk)
    if is_newest(document):
        return Reread(documents=1, same=Claim.objects.filter(document=document, until=None).count())
    record = read_text(text_of(document))
    now = timezone.now()
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=pk)
        before = document.readings.get(current=True)
        reading = keep_reading(record, document, at=now)
        new = proposed(drafts(record, document.key), document, reading, at=now)
        old = list(Claim.objects.filter(document=document, until=None).order_by("start", "id"))
        outcome = reconcile(old, new, at=now)
        log(
            "read again",
            f"reading:{document.pk}",
            before={"reading": before.pk, "version": before.version, "lexicon": before.lexicon},
            after=vouched(reading, outcome.proposed, outcome.ended, since=now),
            by=by,
        )
    return Reread(1, len(outcome.proposed), len(outcome.ended), outcome.challenged, outcome.same)


def text_of(document: Document) -> Text:
    """Return a document's text as its format gives it; its characters are those kept, whatever the format gives
    today.
    """
    kept = Text(
        content=document.text,
        media_type=document.media_type,
        sha256=document.sha256,
        title=document.title or None,
        publisher=document.publisher or None,
        published=document.published or None,
        language=document.language or None,
        url=document.url or None,
    )
    try:
        texts = list(
            read_bytes(store.fetch(document.sha256), path=document.name, media_type=document.media_type)
        )
    except (UnreadableDocument, FileNotFoundError):
        return kept
    index = document.entry or 0
    today = texts[index] if index < len(texts) else kept
    return today if isinstance(today, Text) and today.content == document.text else kept
