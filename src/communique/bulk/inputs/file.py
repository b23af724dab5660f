"""A file that is one document, or a feed of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from communique.bulk.inputs import check
from communique.bulk.items import Item
from communique.bulk.plan import Columns, InputFile, Slice

_LARGEST = 100_000_000


def cut(file: InputFile, columns: Columns, rows: int, size: int, staging: Path) -> Iterator[Slice]:
    """Leave the file whole."""
    yield Slice(file, 0, file.size, first=1, rows=1, size=file.size)


def read(piece: Slice, columns: Columns) -> Iterator[Item]:
    """Yield the file."""
    path = check(piece.file)
    name = piece.file.name
    if piece.file.size > _LARGEST:
        why = f"larger than {_LARGEST // 1_000_000} MB"
        yield Item(name, "file", b"", refused=why)
    else:
        yield Item(name, "file", path.read_bytes())
