"""The way in: from the bytes of a file to the text of each document in it."""

from __future__ import annotations

from collections.abc import Iterator

from communique.errors import UnreadableDocument
from communique.formats.registry import choose, formats
from communique.formats.source import Format, Source, bounded
from communique.model import Text

__all__ = ["Format", "formats", "read_bytes", "sniff"]

_ALL_BAD = 1_000
"""Documents of a file that may be bad, one after the other from its start, before the file itself is."""


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
    good, bad = 0, 0
    for document in format_.read(source):
        checked = _within_bounds(document, source)
        good, bad = good + isinstance(checked, Text), bad + isinstance(checked, UnreadableDocument)
        if bad >= _ALL_BAD and not good:
            raise source.unreadable(f"none of its first {bad:,} documents can be read: {checked}")
        yield checked
    if not good and not bad:
        raise source.unreadable("holds no documents")


def _within_bounds(document: Text | UnreadableDocument, source: Source) -> Text | UnreadableDocument:
    if isinstance(document, UnreadableDocument):
        return document
    if not document.content.strip():
        raise source.unreadable("holds no text")
    try:
        bounded(source, document.content)
    except UnreadableDocument as error:
        return error
    return document


def _source(data: bytes, path: str, media_type: str | None) -> Source:
    _, _, charset = (media_type or "").partition("charset=")
    return Source(data, path, charset.partition(";")[0].strip(" \"'") or None)
