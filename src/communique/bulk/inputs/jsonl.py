"""JSON Lines, compressed or not, cut between lines.

A compressed file can be read from its beginning only: its lines are put into compressed files of their own, one for
each slice, which are removed when the job is done.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from communique.bulk.inputs import InputChanged, check
from communique.bulk.items import Item
from communique.bulk.plan import Columns, InputFile, Slice
from communique.errors import CommuniqueError
from communique.formats.source import LONGEST

_LONGEST_LINE = 12 * LONGEST
"""Bytes: each character may take six, escaped, and what stands beside the text some more."""


def cut(file: InputFile, columns: Columns, rows: int, size: int, staging: Path) -> Iterator[Slice]:
    """Cut a file; the first line shows whether the columns are called so."""
    packed = file.path.endswith(".gz")
    with _open(Path(file.path)) as lines:
        number, start, looked = 1, 0, False
        while True:
            try:
                taken, piece = _take(lines, rows, size, keep=packed)
            except (EOFError, gzip.BadGzipFile, zlib.error) as error:
                why = f"{file.name}: damaged after line {number - 1:,}: {error}"
                raise CommuniqueError(why, hint="unpack what can be unpacked first") from error
            if not taken.lines:
                return
            if not looked and taken.first:
                _look(file, taken.first, columns)
                looked = True
            staged = _stage(staging, f"{file.sha256[:16]}-{number}", piece) if packed else None
            if taken.rows:
                yield Slice(file, start, start + taken.size, number, taken.rows, taken.size, staged)
            number, start = number + taken.lines, start + taken.size


def read(piece: Slice, columns: Columns) -> Iterator[Item]:
    """Yield the lines that hold something, each with its number in the file."""
    path = check(piece.file) if piece.staged is None else Path(piece.staged)
    left = piece.end - piece.start
    number = piece.first - 1
    with _open(path) as lines:
        if piece.staged is None:
            lines.seek(piece.start)
        while left > 0:
            line = lines.readline(min(left, _LONGEST_LINE))
            if not line:
                raise InputChanged(piece.file.name)
            number, left = number + 1, left - len(line)
            source = f"{piece.file.name}:{number}"
            if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
                left -= _skip(lines)
                yield Item(source, "line", b"", refused=f"one line of more than {_LONGEST_LINE:,} bytes")
            elif line := line.strip():
                yield Item(source, "line", line)


class _Taken(msgspec.Struct):
    """How much of a file is in a slice."""

    lines: int = 0
    rows: int = 0
    size: int = 0
    first: bytes = b""


def _take(lines: BinaryIO, rows: int, size: int, *, keep: bool) -> tuple[_Taken, list[bytes]]:
    taken, kept = _Taken(), list[bytes]()
    while taken.rows < rows and taken.size < size:
        holds_something = ended = False
        while not ended and (stretch := lines.readline(_LONGEST_LINE)):
            taken.size += len(stretch)
            ended = stretch.endswith(b"\n")
            if not holds_something and stretch.strip():
                holds_something = True
                taken.first = taken.first or stretch
            if keep:
                kept.append(stretch)
        taken.lines += holds_something or ended
        taken.rows += holds_something
        if not ended:
            break
    return taken, kept


def _stage(staging: Path, name: str, lines: list[bytes]) -> str:
    path = staging / f"{name}.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.writelines(lines)
    return str(path)


def _skip(lines: BinaryIO) -> int:
    """Go to the end of a line that is too long to be held; return how far that is."""
    gone = 0
    while line := lines.readline(1 << 20):
        gone += len(line)
        if line.endswith(b"\n"):
            break
    return gone


def _look(file: InputFile, line: bytes, columns: Columns) -> None:
    """Raise CommuniqueError where the first line has no text: the column has another name, or all is in vain."""
    try:
        first = msgspec.json.decode(line)
    except msgspec.MsgspecError:
        return  # one bad line is a problem of its own
    names = list(first) if isinstance(first, dict) else []
    if columns.text not in names:
        has = f"it has {', '.join(map(repr, names))}" if names else "it holds no object"
        raise CommuniqueError(
            f"{file.name}: the first line has no {columns.text!r}; {has}", hint="name the column with --text"
        )


def _open(path: Path) -> BinaryIO:
    if path.suffix != ".gz":
        return path.open("rb")
    return cast(BinaryIO, gzip.open(path, "rb"))
