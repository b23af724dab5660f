"""The way of a document into the ledger: bytes, text, record, claims; all of one document in one transaction."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from django.db import IntegrityError, transaction
from django.utils import timezone

from communique.errors import UnreadableDocument
from communique.formats import read_bytes
from communique.ledger.claims.carrying import Carried, carry
from communique.ledger.claims.derive import drafts
from communique.ledger.claims.versions import proposed, write
from communique.ledger.claims.vouching import vouched
from communique.ledger.documents import copies, store
from communique.ledger.documents.models import Arrival, Document, Sketch, Source
from communique.ledger.documents.passages import keep_passages
from communique.ledger.documents.readings import keep_reading
from communique.ledger.documents.snapshot import snapshot
from communique.ledger.log.actions import record as log
from communique.ledger.search import index
from communique.model import Record, Text
from communique.reading import read_text


@dataclass(frozen=True, slots=True)
class Arriving:
    """Bytes that came, and how."""

    data: bytes
    name: str = ""
    url: str = ""
    media_type: str | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a document that arrived: ``new`` where the ledger did not have it."""

    document: Document
    new: bool


def take_in(
    arriving: Arriving, *, only: Container[int] | None = None
) -> Iterator[Taken | UnreadableDocument]:
    """Take in every document that the bytes hold, and yield what became of each; ``only`` names entries of a
    feed or list by their places.

    An entry of a feed or list that can't be read is yielded as the error that says why. Raises
    UnreadableDocument where the bytes as a whole can't be read, UnstorableBytes where there is no room.
    """
    sha256 = store.sha256(arriving.data)
    known = Document.objects.filter(key=sha256).first()
    if known is not None:
        yield Taken(_again(known, arriving, sha256), new=False)
        return
    name = arriving.name or arriving.url or "text"
    texts = iter(read_bytes(arriving.data, path=name, media_type=arriving.media_type))
    first = next(texts, None)
    if first is None:
        raise UnreadableDocument(name, "holds no document")
    store.keep(arriving.data)
    second = next(texts, None)
    if second is None and only is None:
        if isinstance(first, UnreadableDocument):
            raise first
        yield _one(first, arriving, sha256, key=sha256, entry=None)
        return
    for entry, text in enumerate(_all(first, second, texts)):
        if only is not None and entry not in only:
            continue
        if isinstance(text, UnreadableDocument):
            yield text
        else:
            yield _one(text, arriving, sha256, key=entry_key(text), entry=entry)


def entry_key(text: Text) -> str:
    """Return what makes an entry of a feed or list one document: its address and words."""
    return store.sha256(f"{text.url or ''}\n{text.title or ''}\n{text.content}".encode("utf-8", "replace"))


def storable(text: Text) -> Text:
    """Return a text without the characters that no database keeps, each replaced by one: offsets stay."""
    if "\0" not in text.content and text.content.isprintable():
        return text
    clean = "".join("\ufffd" if c == "\0" or 0xD800 <= ord(c) < 0xE000 else c for c in text.content)
    return text if clean == text.content else msgspec.structs.replace(text, content=clean)


def _all(
    first: Text | UnreadableDocument,
    second: Text | UnreadableDocument | None,
    rest: Iterator[Text | UnreadableDocument],
) -> Iterator[Text | UnreadableDocument]:
    yield first
    if second is not None:
        yield second
        yield from rest


def _one(text: Text, arriving: Arriving, sha256: str, *, key: str, entry: int | None) -> Taken:
    known = Document.objects.filter(key=key).first()
    if known is not None:
        return Taken(_again(known, arriving, sha256), new=False)
    if arriving.url and text.url is None:
        text = msgspec.structs.replace(text, url=arriving.url)
    record = read_text(storable(text))
    try:
        with transaction.atomic():
            return keep(record, arriving, sha256, key, entry)
    except IntegrityError:
        known = Document.objects.filter(key=key).first()  # another worker took the same in meanwhile
        if known is None:
            raise
        return Taken(_again(known, arriving, sha256), new=False)


def keep(record: Record, arriving: Arriving, sha256: str, key: str, entry: int | None) -> Taken:
    """Keep what was read of a document, in the transaction around it. Raises IntegrityError where ``key`` is kept
    already.
    """
    now = timezone.now()
    said = copies.sentences(record)
    same = copies.text_hash(said)
    source = _source(record.document.url, now)
    before = Document.objects.filter(source=source, next=None).order_by("-id").first() if source else None
    if before is not None and before.text_hash == same:
        return Taken(_again(before, arriving, sha256), new=False)
    document = _document(record, arriving, sha256, key, entry, now)
    document.source, document.previous, document.text_hash = source, before, same
    document.save(force_insert=True)
    _arrived(document, arriving, sha256, now)
    Sketch.objects.bulk_create([Sketch(document=document, hash=h) for h in copies.sketch(said)])
    reading = keep_reading(record, document, at=now)
    new = proposed(drafts(record, key), document, reading, at=now)
    carried = Carried(tuple(new), ()) if before is None else carry(before, document, new, at=now)
    write(carried.fresh)
    index.add(keep_passages(document, record))
    after = snapshot(document) | vouched(reading, carried.fresh, carried.ended, since=now)
    log("take in", f"document:{document.pk}", before=None, after=after, by=arriving.by)
    return Taken(document, new=True)


def _again(document: Document, arriving: Arriving, sha256: str) -> Document:
    """Note that a document came once more, where it came from somewhere new or in other bytes."""
    seen = Arrival.objects.filter(document=document, url=arriving.url, name=arriving.name, sha256=sha256)
    if not seen.exists():
        with transaction.atomic():
            _arrived(document, arriving, sha256, timezone.now())
    return document


def _arrived(document: Document, arriving: Arriving, sha256: str, at: datetime) -> None:
    Arrival.objects.create(
        document=document, at=at, by=arriving.by, name=arriving.name, url=arriving.url, sha256=sha256
    )


def _source(url: str | None, at: datetime) -> Source | None:
    if not url or not url.startswith(("http://", "https://")) or len(url) > 2000:
        return None
    return Source.objects.get_or_create(url=url, defaults={"made": at})[0]


def _document(
    record: Record, arriving: Arriving, sha256: str, key: str, entry: int | None, now: datetime
) -> Document:
    told = record.document
    return Document(
        key=key,
        sha256=sha256,
        entry=entry,
        media_type=told.media_type,
        size=len(arriving.data),
        name=arriving.name[:500],
        url=(told.url or "")[:2000],
        text=told.text,
        title=told.title or "",
        publisher=(told.publisher or "")[:300],  # what is longer names nobody, and no index holds it
        kind=told.kind,
        language=told.language or "",
        published=told.published or "",
        day=date.fromisoformat(told.published[:10]) if told.published and len(told.published) >= 10 else None,
        taken_in=now,
        taken_in_by=arriving.by,
    )
