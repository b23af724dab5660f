"""Takes in what a feed brings: the entries that hold a whole document, and the pages that the others link to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from communique.errors import UnreadableDocument
from communique.fetch import fetch
from communique.formats import feed, read_bytes, sniff
from communique.formats.source import Source
from communique.ledger.documents.models import Arrival, Document
from communique.ledger.intake.taking import Arriving, Settle, Taken, entry_key, take_in, unsettled
from communique.model import Text

WHOLE = 1_200
"""An entry with fewer characters, and a link, is a summary: the page it links to is the document."""
PAUSE = 1.0
"""Seconds between two pages of one host: a feed names many at once."""
MOST = 200
"""Pages fetched at a time, whatever a feed names."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed: its place, its text, and where it links to."""

    number: int
    text: Text | UnreadableDocument
    link: str | None

    @property
    def is_whole(self) -> bool:
        """Whether the entry itself is the document, not the page it links to."""
        return self.link is None or (isinstance(self.text, Text) and len(self.text.content) >= WHOLE)


def is_feed(arriving: Arriving) -> bool:
    """Say whether bytes are a feed. Raises UnreadableDocument where nobody can say what they are."""
    path = arriving.name or arriving.url
    return sniff(arriving.data, path, media_type=arriving.media_type) == feed.FORMAT.media_type


def arrived(arriving: Arriving, *, settle: Settle = unsettled) -> Iterator[Taken | UnreadableDocument]:
    """Take in what an address gave: the entries of a feed, or the document itself."""
    return take_in_feed(arriving, settle=settle) if is_feed(arriving) else take_in(arriving, settle=settle)


def new_entries(arriving: Arriving) -> list[Entry]:
    """Return the entries of a feed whose documents the ledger does not have. Raises UnreadableDocument."""
    return [entry for entry in _entries(arriving) if _known(entry) is None]


def take_in_feed(arriving: Arriving, *, settle: Settle = unsettled) -> Iterator[Taken | UnreadableDocument]:
    """Take in what a feed brings, and yield what became of each entry; ``settle`` as in ``take_in``.

    Raises UnreadableDocument where the feed as a whole can't be read, UnstorableBytes where there is no room.
    """

    def settled(outcome: Taken | UnreadableDocument, /, *, last: bool) -> None:
        settle(outcome, last=False)

    new: list[Entry] = []
    for entry in _entries(arriving):
        known = _known(entry)
        if known is None:
            new.append(entry)
        else:
            seen = Taken(known, new=False)
            settle(seen, last=False)
            yield seen
    whole = frozenset(e.number for e in new if e.is_whole)
    if whole:
        yield from take_in(arriving, only=whole, settle=settled)
    pages = [e.link for e in new if not e.is_whole and e.link is not None]
    yield from _pages(pages[:MOST], arriving.by, settled)
    if len(pages) > MOST:
        told = f"{len(pages) - MOST:,} more pages are linked to"
        left = UnreadableDocument(arriving.url, told, hint="take the feed in once more")
        settle(left, last=False)
        yield left


def _entries(arriving: Arriving) -> list[Entry]:
    """Return the entries of a feed, each link once."""
    path = arriving.url or arriving.name
    texts = list(read_bytes(arriving.data, path=path, media_type=arriving.media_type))
    links = feed.links(Source(arriving.data, path))
    links += [None] * (len(texts) - len(links))
    first: dict[str | int, Entry] = {}
    for number, (text, link) in enumerate(zip(texts, links, strict=False)):
        first.setdefault(link or number, Entry(number, text, link))
    return list(first.values())


def _pages(links: list[str], by: str, settle: Settle) -> Iterator[Taken | UnreadableDocument]:
    asked: dict[str, float] = {}
    for link in links:
        host = urlsplit(link).netloc
        wait = asked.get(host, 0.0) + PAUSE - time.monotonic() if host in asked else 0.0
        time.sleep(max(wait, 0.0))
        try:
            yield from _page(link, by, settle)
        except UnreadableDocument as error:
            settle(error, last=False)
            yield error
        asked[host] = time.monotonic()


def _page(link: str, by: str, settle: Settle) -> Iterator[Taken | UnreadableDocument]:
    """Take in the page that an entry links to; how the feed called it is kept where it redirects elsewhere."""
    got = fetch(link, allow_private=settings.FETCH_PRIVATE, limit=settings.UPLOAD_LIMIT)
    name = link if link != got.url else ""
    arriving = Arriving(got.data, name=name[:500], url=got.url, media_type=got.media_type, by=by)
    return take_in(arriving, settle=settle)


def _known(entry: Entry) -> Document | None:
    """Return the document that an entry was taken in as: the page it links to, or, whole, the same words."""
    if isinstance(entry.text, Text):
        same = Document.objects.filter(key=entry_key(entry.text)).first()
        if same is not None or entry.link is None:
            return same
    if entry.link is None:
        return None
    there = Document.objects.filter(url=entry.link[:2000])
    if entry.is_whole:
        return there.filter(entry=None).order_by("-id").first()
    named = Q(url=entry.link[:2000]) | Q(name=entry.link[:500])
    came = Arrival.objects.filter(named).select_related("document").order_by("-id").first()
    return there.order_by("-id").first() or (came.document if came is not None else None)
