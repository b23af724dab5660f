"""The way in: from the bytes of a file to the text of each document in it."""

from __future__ import annotations

from collections.abc import Iterator

from communique.errors import UnreadableDocument
from communique.formats.registry import choose, formats
from communique.formats.source import Format, Source
from communique.model import Text

__all__ = ["Format", "formats", "read_bytes", "sniff"]

LONGEST = 5_000_000
"""Characters of one document: some 1,600 printed pages. What is longer is no document but a collection."""


def sniff(data: bytes, path: str, *, media_type: str | None = None) -> str:
    """Return the media type of a file: by its content, then as it was declared, then by its ending.

    Raises UnreadableDocument where it is empty or of a kind that can't be read.
    """
    return choose(_source(data, path, media_type), media_type).media_type


def read_bytes(
    data: bytes, *, path: str, media_type: str | None = None
) -> Iterator[Text | UnreadableDocument]:
    """Yield the documents of a file, and in its place each one that could not be read.

    Raises UnreadableDocument where the file as a whole can't be read. ``path`` names it in errors, and its
    ending helps where the content leaves open what it is; ``media_type`` is what its bearer said, such as an
    HTTP header.
    """
    source = _source(data, path, media_type)
    format_ = choose(source, media_type)
    if len(data) > format_.limit:
        raise source.unreadable(
            f"larger than {format_.limit // 1_000_000} MB", hint="split it into smaller files"
        )
    found = False
    for document in format_.read(source):
        found = True
        yield _within_bounds(document, source)
    if not found:
        raise source.unreadable("holds no documents")


def _within_bounds(document: Text | UnreadableDocument, source: Source) -> Text | UnreadableDocument:
    if isinstance(document, UnreadableDocument):
        return document
    if not document.content.strip():
        raise source.unreadable("holds no text")
    if len(document.content) > LONGEST:
        return source.unreadable(
            f"one document of {len(document.content):,} characters", hint=f"at most {LONGEST:,} can be read"
        )
    return document


def _source(data: bytes, path: str, media_type: str | None) -> Source:
    _, _, charset = (media_type or "").partition("charset=")
    return Source(data, path, charset.partition(";")[0].strip(" \"'") or None)
