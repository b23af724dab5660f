"""JSON lines: a document a line, with ``id`` and ``text``; if known ``title``, ``date`` and ``url`` too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec

from communique.errors import UnreadableDocument
from communique.formats.encoding import clean, decode
from communique.formats.moments import iso_moment
from communique.formats.source import Format, Reading, Source
from communique.model import Text


class Line(msgspec.Struct, frozen=True):
    """What a line must and may hold; keys beyond these are left alone."""

    text: str
    id: str | int | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None
    language: str | None = None


def read(source: Source) -> Reading:
    for number, raw in _lines(source.data):
        where = f"{source.path}:{number}"
        try:
            line = msgspec.json.decode(decode(raw, charset=source.charset), type=Line)
        except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
            yield UnreadableDocument(where, f"not a document in JSON: {error}", hint='expected {"text": "…"}')
            continue
        if not line.text.strip():
            yield UnreadableDocument(where, "the text is empty")
            continue
        yield _text(line, hashlib.sha256(raw).hexdigest())


def _text(line: Line, sha256: str) -> Text:
    return Text(
        clean(line.text),
        FORMAT.media_type,
        sha256,
        title=line.title,
        byline=line.byline,
        publisher=line.publisher,
        published=iso_moment(line.date),
        language=line.language,
        url=line.url,
        id=None if line.id is None else str(line.id),
    )


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that hold something, with their numbers, without a second copy of the file."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = decode(data).encode("utf-8", "replace")
    start, number = 0, 0
    while start < len(data):
        number += 1
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        if line := data[start:end].strip():
            yield number, line
        start = end + 1


def recognises(source: Source) -> bool:
    """Say whether the first line is an object with a text: cheap signs first, since the line may be long."""
    if not source.head.startswith("{"):
        return False
    first = next(_lines(source.data), None)
    try:
        return first is not None and bool(msgspec.json.decode(decode(first[1]), type=Line))
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return False


FORMAT = Format(
    "application/jsonl",
    (".jsonl", ".ndjson"),
    recognises,
    read,
    also=("application/x-ndjson", "application/json", "application/x-jsonlines"),
)
