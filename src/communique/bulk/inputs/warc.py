"""WARC, as web archives keep pages, cut between records: each answer with status 200, and each resource, is a row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from communique.bulk.inputs import InputChanged, check
from communique.bulk.items import Item
from communique.bulk.plan import Columns, InputFile, Slice

_KINDS = WarcRecordType.response | WarcRecordType.resource
_LARGEST = 100_000_000


def cut(file: InputFile, columns: Columns, rows: int, size: int, staging: Path) -> Iterator[Slice]:
    """Cut a file where records begin: in a compressed one, where each is compressed by itself, as is usual."""
    first, start, count = 1, 0, 0
    for number, record in enumerate(_records(Path(file.path), 0), 1):
        here = record.stream_pos
        if count and start < here < file.size and (count >= rows or here - start >= size):
            yield Slice(file, start, here, first, count, here - start)
            first, start, count = number, here, 0
        count += 1
    if count:
        yield Slice(file, start, file.size, first, count, file.size - start)


def read(piece: Slice, columns: Columns) -> Iterator[Item]:
    """Yield the records of a slice."""
    number = piece.first - 1
    for record in _records(check(piece.file), piece.start):
        number += 1
        yield _item(f"{piece.file.name}:{number}", record)
        if number == piece.first - 1 + piece.rows:
            return
    raise InputChanged(piece.file.name)


def _records(path: Path, start: int) -> Iterator[WarcRecord]:
    with path.open("rb") as file:
        file.seek(start)
        for record in ArchiveIterator(file, record_types=_KINDS, parse_http=True, auto_decode="all"):
            if record.http_headers is None or record.http_headers.status_code == 200:
                yield record


def _item(source: str, record: WarcRecord) -> Item:
    url = record.headers.get("WARC-Target-URI")
    said = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    charset = record.http_charset if record.is_http else None
    kind = f"{said}; charset={charset}" if said and charset else said
    if record.content_length > _LARGEST:
        return Item(source, "row", b"", record.record_id, url=url, refused=f"larger than {_LARGEST:,} bytes")
    data = record.reader.read()
    return Item(source, "row", data, record.record_id, date=None, url=url, media_type=kind)
