"""From one row of the input to rows of the tables: decoding, reading, and what went wrong."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import PurePath
from traceback import extract_tb
from typing import Any, Protocol, cast

import msgspec
from msgspec.structs import replace

from communique.bulk.items import Item
from communique.bulk.plan import Columns, Options
from communique.bulk.tables import Rows, rows, unread
from communique.errors import DEFECTS, UnreadableDocument
from communique.events import read_coded
from communique.formats import read_bytes
from communique.formats.encoding import clean, decode
from communique.formats.moments import iso_moment
from communique.formats.source import LONGEST
from communique.model import Struct, Text


class Read(Struct, frozen=True):
    """What came of one document: its rows, and whether it could be read."""

    rows: Rows
    is_document: bool
    words: int


class _Line(Protocol):
    """A line of JSON: what it must and may hold, whatever the columns are called."""

    text: str
    id: str | int | None
    title: str | None
    date: str | int | None
    url: str | None
    media_type: str | None
    publisher: str | None
    byline: str | None
    language: str | None


def read_item(item: Item, options: Options) -> tuple[Read, ...]:
    """Read a row of the input, whatever happens: one document, or several where it is a feed."""
    found: list[Read] = []
    try:
        for text, id_ in _texts(item, options):
            source = item.source if not found else f"{item.source}:{len(found) + 1}"
            found.append(_read(text, id_, source, options))
    except UnreadableDocument as error:
        found.append(_refused("unreadable", str(error), item.id, item.source))
    except DEFECTS as defect:
        found.append(_refused("failed", _told(defect), item.id, item.source))
    return tuple(found)


def lost(item: Item, code: str, message: str) -> tuple[Read, ...]:
    """Return what is kept of a row whose reader was lost with it."""
    return (_refused(code, message, item.id, item.source),)


def _read(text: Text | UnreadableDocument, id_: str | None, source: str, options: Options) -> Read:
    if isinstance(text, UnreadableDocument):
        return _refused("unreadable", str(text), id_, source)
    try:
        coded = read_coded(text, document=id_ or source, gate=options.gate)
    except DEFECTS as defect:
        return _refused("failed", _told(defect), id_, source)
    made = rows(coded, document=id_ or source, source=source)
    return Read(made, True, len(coded.record.document.text.split()))


def _refused(code: str, message: str, id_: str | None, source: str) -> Read:
    return Read(unread(code, message, document=id_ or source, source=source), False, 0)


def _told(defect: BaseException) -> str:
    frame = extract_tb(defect.__traceback__)[-1]
    where = f"{PurePath(frame.filename).name}:{frame.lineno}"
    return f"the reader failed: {type(defect).__name__} at {where} (please report it)"


def _texts(item: Item, options: Options) -> Iterator[tuple[Text | UnreadableDocument, str | None]]:
    if item.refused is not None:
        raise UnreadableDocument(item.source, item.refused)
    if item.what == "line":
        yield from _of_line(item, options.columns)
    elif item.what == "row" and item.is_text and _is_plain(item.media_type):
        said = Text(clean(item.data.decode()), "text/plain", _sha256(item.data), item.title)
        yield _bounded(replace(said, published=iso_moment(item.date), url=item.url), item.source), item.id
    else:
        yield from ((text, item.id) for text in _of_bytes(item))


def _of_line(item: Item, columns: Columns) -> Iterator[tuple[Text | UnreadableDocument, str | None]]:
    """Read a line as ``communique read`` does; one that says what its text is, as that."""
    try:
        line = cast(_Line, msgspec.json.decode(decode(item.data), type=_line_type(columns)))
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        why = f"not a document in JSON: {error}"
        raise UnreadableDocument(item.source, why, hint=f'expected {{"{columns.text}": "…"}}') from error
    id_ = None if line.id is None else str(line.id)
    date = None if line.date is None else str(line.date)
    if not line.text.strip():
        yield UnreadableDocument(item.source, "the text is empty"), id_
    elif _is_plain(line.media_type):
        text = Text(
            clean(line.text),
            "application/jsonl",
            _sha256(item.data),
            title=line.title,
            byline=line.byline,
            publisher=line.publisher,
            published=iso_moment(date),
            language=line.language,
            url=line.url,
        )
        yield _bounded(text, item.source), id_
    else:
        said = Item(
            item.source, "row", line.text.encode(), id_, line.title, date, line.url, line.media_type, True
        )
        try:
            yield from ((text, id_) for text in _of_bytes(said))
        except UnreadableDocument as error:
            yield error, id_


def _of_bytes(item: Item) -> Iterator[Text | UnreadableDocument]:
    """Read data in the format that they are in; what the row says beside them wins."""
    data = codecs.BOM_UTF8 + item.data if item.is_text else item.data
    for text in read_bytes(data, path=item.source, media_type=item.media_type):
        if isinstance(text, UnreadableDocument):
            yield text
            continue
        yield replace(
            text,
            sha256=_sha256(item.data) if item.is_text else text.sha256,
            title=text.title if item.title is None else item.title,
            published=iso_moment(item.date) or text.published,
            url=text.url if item.url is None else item.url,
        )


def _bounded(text: Text, source: str) -> Text | UnreadableDocument:
    if not text.content.strip():
        return UnreadableDocument(source, "holds no text")
    if len(text.content) <= LONGEST:
        return text
    why = f"one document of {len(text.content):,} characters"
    return UnreadableDocument(source, why, hint=f"at most {LONGEST:,} can be read")


def _is_plain(media_type: str | None) -> bool:
    return (media_type or "").partition(";")[0].strip().lower() in ("", "text/plain")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@cache
def _line_type(columns: Columns) -> type[msgspec.Struct]:
    said = str | None
    beside = ("publisher", "byline", "language")
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = [
        ("text", str),
        ("id", str | int | None, None),
        ("title", said, None),
        ("date", str | int | None, None),
        ("url", said, None),
        ("media_type", said, None),
        *((name, said, None) for name in beside),
    ]
    return msgspec.defstruct("Line", fields, rename=msgspec.structs.asdict(columns), frozen=True)
