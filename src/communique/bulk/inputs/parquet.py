"""Parquet, cut by rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec.structs import replace

from communique.bulk.inputs import check
from communique.bulk.items import Item
from communique.bulk.plan import Columns, InputFile, Slice
from communique.errors import CommuniqueError

_ROWS = 64
"""Rows decoded at once: articles are long, and a part needs only a few at a time."""


def cut(file: InputFile, columns: Columns, rows: int, size: int, staging: Path) -> Iterator[Slice]:
    """Cut a file into rows, as many as make up so many bytes if all are of one length."""
    try:
        opened = pq.ParquetFile(file.path)
    except (pa.ArrowException, OSError) as error:
        raise CommuniqueError(f"{file.name}: not readable as Parquet: {error}") from error
    with opened:
        _look(file, opened.schema_arrow, columns)
        count = opened.metadata.num_rows
        total = sum(
            opened.metadata.row_group(i).total_byte_size for i in range(opened.metadata.num_row_groups)
        )
    each = max(1, min(rows, int(size * count / max(total, 1))))
    for start in range(0, count, each):
        end = min(start + each, count)
        yield Slice(file, start, end, start + 1, end - start, total * (end - start) // count)


def read(piece: Slice, columns: Columns) -> Iterator[Item]:
    """Yield the rows of a slice. A row without a text is refused, with the rest of it."""
    named = msgspec.structs.asdict(columns)
    with pq.ParquetFile(check(piece.file), pre_buffer=False, buffer_size=1 << 20) as file:
        wanted = [name for name in named.values() if name in file.schema_arrow.names]
        groups, before = _groups(file, piece)
        number = before
        for batch in file.iter_batches(batch_size=_ROWS, row_groups=groups, columns=wanted):
            first, number = number, number + batch.num_rows
            if number <= piece.start:
                continue
            kept = batch.slice(max(0, piece.start - first), piece.end - max(first, piece.start))
            for n, row in enumerate(kept.to_pylist(), max(first, piece.start) + 1):
                yield _item(f"{piece.file.name}:{n}", {k: row.get(v) for k, v in named.items()})
            if number >= piece.end:
                return


def _groups(file: pq.ParquetFile, piece: Slice) -> tuple[list[int], int]:
    """Return the row groups that hold a slice, and how many rows stand before them."""
    groups, before, row = [], 0, 0
    for i in range(file.metadata.num_row_groups):
        following = row + file.metadata.row_group(i).num_rows
        if following <= piece.start:
            before = following
        elif row < piece.end:
            groups.append(i)
        row = following
    return groups, before


def _item(source: str, row: dict[str, object]) -> Item:
    text = row["text"]
    item = Item(
        source,
        "row",
        b"",
        _said(row["id"]),
        _said(row["title"]),
        _said(row["date"]),
        _said(row["url"]),
        _said(row["media_type"]),
    )
    if isinstance(text, str):
        return replace(item, data=text.encode("utf-8", "replace"), is_text=True)
    if isinstance(text, bytes):
        return replace(item, data=text)
    return replace(item, refused="the text is empty")


def _said(value: object) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _look(file: InputFile, schema: pa.Schema, columns: Columns) -> None:
    if columns.text not in schema.names:
        has = ", ".join(map(repr, schema.names))
        raise CommuniqueError(
            f"{file.name}: no column is called {columns.text!r}; there are {has}",
            hint="name the column with --text",
        )
