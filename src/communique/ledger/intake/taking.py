"""The way of a document into the ledger: bytes, text, record, claims; all of one document in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Protocol

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
from communique.ledger.documents.readings import first_reading
from communique.ledger.documents.snapshot import snapshot
from communique.ledger.documents.versions import newest, standing
from communique.ledger.log.actions import record as log
from communique.ledger.log.actions import wait
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


class Settle(Protocol):
    """Keeps what became of a document beside it; ``last``: the bytes hold no more."""

    def __call__(self, outcome: Taken | UnreadableDocument, /, *, last: bool) -> None: ...


def unsettled(outcome: Taken | UnreadableDocument, /, *, last: bool) -> None:
    """Keep nothing."""


def take_in(
    arriving: Arriving, *, only: Container[int] | None = None, settle: Settle = unsettled
) -> Iterator[Taken | UnreadableDocument]:
    """Take in every document that the bytes hold, and yield what became of each; ``only`` names entries of a
    feed or list by their places.

    ``settle`` is called in the transaction that keeps a document, so that what it writes is kept with it or
    not at all. An entry of a feed or list that can't be read is yielded as the error that says why. Raises
    UnreadableDocument where the bytes as a whole can't be read, UnstorableBytes where there is no room.
    """
    sha256 = store.sha256(arriving.data)
    key, known = _came(sha256, arriving)
    if known is not None:
        yield _again(known, arriving, sha256, partial(settle, last=True))
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
        yield _new(first, arriving, sha256, key, None, partial(settle, last=True))
        return
    settled = partial(settle, last=False)
    for entry, text in enumerate(_all(first, second, texts)):
        if only is not None and entry not in only:
            continue
        if isinstance(text, UnreadableDocument):
            settled(text)
            yield text
            continue
        key = entry_key(text)
        known = _known(key)
        if known is not None:
            yield _again(known, arriving, sha256, settled)
        else:
            yield _new(text, arriving, sha256, key, entry, settled)


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


def _known(key: str) -> Document | None:
    return Document.objects.filter(key=key).first()


def _came(key: str, arriving: Arriving) -> tuple[str, Document | None]:
    """Return the document that bytes are, if the ledger has it, and what makes them one.

    Bytes that their address gave before, and gives again after it said something else, are a new version of it.
    """
    known = _known(key)
    if known is None or known.withdrawn or not _is_from_its_source(known, arriving):
        return key, known
    last = newest(known.source_id)
    for version in (standing(known.source_id), last):
        if version is not None and version.text_hash == known.text_hash:
            return key, version
    return store.sha256(f"{key}\nafter {last.key if last is not None else ''}".encode()), None


def _is_from_its_source(known: Document, arriving: Arriving) -> bool:
    """Say whether bytes were fetched from where they came from before: a file may be of any time."""
    if known.source is None or not arriving.url:
        return False
    first = known.arrivals.order_by("id").first()
    return arriving.url == known.source.url or (first is not None and arriving.url == first.url)


def _new(
    text: Text,
    arriving: Arriving,
    sha256: str,
    key: str,
    entry: int | None,
    settle: Callable[[Taken], None],
) -> Taken:
    """Read a text and keep it; where another worker took the same in meanwhile, it came once more."""
    if arriving.url and text.url is None:
        text = msgspec.structs.replace(text, url=arriving.url)
    record = read_text(storable(text))
    try:
        with transaction.atomic():
            taken = keep(record, arriving, sha256, key, entry)
            settle(taken)
            return taken
    except IntegrityError:
        known = _known(key)
        if known is None:
            raise
    return _again(known, arriving, sha256, settle)


def _again(document: Document, arriving: Arriving, sha256: str, settle: Callable[[Taken], None]) -> Taken:
    """Note that a document came once more."""
    with transaction.atomic():
        _note(document, arriving, sha256, timezone.now())
        taken = Taken(document, new=False)
        settle(taken)
        return taken


def keep(record: Record, arriving: Arriving, sha256: str, key: str, entry: int | None) -> Taken:
    """Keep what was read of a document, in the transaction around it. Raises IntegrityError where ``key`` is kept
    already.
    """
    now = timezone.now()
    said = copies.sentences(record)
    same = copies.text_hash(said)
    source = _source(record.document.url, now)
    last = before = newest(source.pk) if source is not None else None
    if source is not None and last is not None:
        wait()  # decisions on the version before are carried over: nobody takes another meanwhile
        now = timezone.now()
        before = standing(source.pk) or last
        for version in (before, last):
            if version.text_hash == same:
                _note(version, arriving, sha256, now)
                return Taken(version, new=False)
    document = _document(record, arriving, sha256, key, entry, now)
    document.source, document.previous, document.text_hash = source, last, same
    document.save(force_insert=True)
    _arrived(document, arriving, sha256, now)
    Sketch.objects.bulk_create([Sketch(document=document, hash=h) for h in copies.sketch(said)])
    reading = first_reading(record, document, at=now)
    new = proposed(drafts(record, key), document, reading, at=now)
    carried = Carried(tuple(new), ()) if before is None else carry(before, document, new, at=now)
    write(carried.fresh)
    index.add(keep_passages(document, record))
    after = snapshot(document) | vouched(reading, carried.fresh, carried.ended, since=now)
    log("take in", f"document:{document.pk}", before=None, after=after, by=arriving.by)
    return Taken(document, new=True)


def _note(document: Document, arriving: Arriving, sha256: str, at: datetime) -> None:
    """Keep that a document came once more, where it came from somewhere new or in other bytes."""
    seen = Arrival.objects.filter(
        document=document, url=arriving.url[:2000], name=arriving.name[:500], sha256=sha256
    )
    if not seen.exists():
        _arrived(document, arriving, sha256, at)


def _arrived(document: Document, arriving: Arriving, sha256: str, at: datetime) -> None:
    Arrival.objects.create(
        document=document,
        at=at,
        by=arriving.by,
        name=arriving.name[:500],
        url=arriving.url[:2000],
        sha256=sha256,
    )


def _source(url: str | None, at: datetime) -> Source | None:
    """Return where a document comes from, kept for this transaction: its versions come one after the other."""
    if not url or not url.startswith(("http://", "https://")) or len(url) > 2000:
        return None
    found = Source.objects.filter(key=Source.key_of(url)).select_for_update()
    known = found.first()
    if known is not None:
        return known
    Source.objects.bulk_create([Source(key=Source.key_of(url), url=url, made=at)], ignore_conflicts=True)
    return found.get()


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
