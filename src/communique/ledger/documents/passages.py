"""Cuts a text into the passages that it is searched by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.ledger.documents.models import Document, Passage
from communique.ledger.search.index import Entry
from communique.model import Record

_LONGEST = 3000  # characters, about 500 words


def keep_passages(document: Document, record: Record) -> list[Entry]:
    """Store the passages of a document's text, page furniture left out, and return their index entries."""
    made = Passage.objects.bulk_create(
        [Passage(document=document, start=start, end=end) for start, end in cut(record)]
    )
    return entries(document, made)


def entries(document: Document, passages: Iterable[Passage]) -> list[Entry]:
    """Return the index entries of a document's passages, the first of which its title is found by, too."""
    return [
        Entry(
            row=p.pk,
            of="passage",
            day=document.day,
            text=document.text[p.start : p.end] if number else _opening(document, p),
            facets=(("document", str(document.pk)),),
            current=True,
        )
        for number, p in enumerate(passages)
    ]


def _opening(document: Document, first: Passage) -> str:
    """Return the words of the first passage, and the title where it stands outside the text."""
    said = document.text[first.start : first.end]
    return said if document.title in said else f"{document.title}\n{said}"


def cut(record: Record) -> Iterator[tuple[int, int]]:
    """Yield where each passage starts and ends: whole segments, as many as fit; one too long is cut at a space."""
    start: int | None = None
    end = 0
    for first, last in _pieces(record):
        if start is not None and last - start > _LONGEST:
            yield start, end
            start = None
        start = first if start is None else start
        end = last
    if start is not None:
        yield start, end


def _pieces(record: Record) -> Iterator[tuple[int, int]]:
    text = record.document.text
    for segment in record.segments:
        if segment.disposition == "set_aside":
            continue
        at = segment.start
        while segment.end - at > _LONGEST:
            space = text.rfind(" ", at + 1, at + _LONGEST)
            end = space if space > at else at + _LONGEST
            yield at, end
            at = end
        yield at, segment.end
