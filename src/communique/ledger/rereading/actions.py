"""Reads a document again, and settles what that changes: a person's decision is never touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
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
from communique.ledger.documents.models import Document, Reading
from communique.ledger.documents.readings import keep_reading
from communique.ledger.documents.versions import is_superseded, superseded
from communique.ledger.log.actions import acting
from communique.ledger.log.actions import record as log
from communique.model import Record, Text
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
    return _of_today().filter(document=document).exists()


def to_read_again() -> QuerySet[Document]:
    """Return the documents that an older reader read: of each source the version that stands."""
    standing = Document.objects.filter(~superseded(), withdrawn=False).order_by("pk")
    return standing.exclude(pk__in=_of_today().values("document"))


def _of_today() -> QuerySet[Reading]:
    return Reading.objects.filter(current=True, version=__version__, lexicon=lexicon_hash())


def _unsettled(outcome: Reread, /) -> None:
    """Keep nothing."""


def reread(pk: int, *, by: str, settle: Callable[[Reread], None] = _unsettled) -> Reread:
    """Read one document again with the reader of today. The same reader changes nothing, and a document that has
    a later version is left as it was.

    ``settle`` is called in the transaction that keeps the reading. Raises Document.DoesNotExist.
    """
    document = Document.objects.get(pk=pk)
    record = None if is_superseded(document) or is_newest(document) else read_text(text_of(document))
    with acting():  # what was decided is compared with the reading: nobody decides meanwhile
        if record is None or is_newest(document):
            outcome = Reread(documents=1, same=Claim.objects.filter(document=document, until=None).count())
        else:
            outcome = _kept(record, Document.objects.get(pk=pk), by)
        settle(outcome)
        return outcome


def _kept(record: Record, document: Document, by: str) -> Reread:
    now = timezone.now()
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
