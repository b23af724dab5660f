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
    """Yield the rows of a slice; where the file is damaged, each row from there on is refused."""
    path, number = check(piece.file), piece.start
    try:
        for row in _rows(path, piece, msgspec.structs.asdict(columns)):
            number += 1
            yield _item(f"{piece.file.name}:{number}", row)
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        for n in range(number + 1, piece.end + 1):
            yield Item(f"{piece.file.name}:{n}", "row", b"", refused="the file is damaged there")


def _rows(path: Path, piece: Slice, named: dict[str, str]) -> Iterator[dict[str, object]]:
    """Yield rows, with our names for their columns."""
    with pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20) as file:
        wanted = [name for name in named.values() if name in file.schema_arrow.names]
        groups, number = _groups(file, piece)
        for batch in file.iter_batches(batch_size=_ROWS, row_groups=groups, columns=wanted):
            first, number = number, number + batch.num_rows
            if number > piece.start:
                skipped = max(0, piece.start - first)
                for row in batch.slice(skipped, piece.end - first - skipped).to_pylist():
                    yield {ours: row.get(theirs) for ours, theirs in named.items()}
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
    """Raise CommuniqueError where a column is not there that must be, or that somebody named."""
    usual = msgspec.structs.asdict(Columns())
    for ours, theirs in msgspec.structs.asdict(columns).items():
        if theirs not in schema.names and (ours == "text" or theirs != usual[ours]):
            raise CommuniqueError(
                f"{file.name}: no column is called {theirs!r}; there are {', '.join(map(repr, schema.names))}",
                hint=f"name the column with --{ours.replace('_', '-')}",
            )
