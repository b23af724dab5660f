"""The input of a job: which files there are, how they are cut into parts, and the rows of a part."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from communique.bulk.items import Item
from communique.bulk.plan import Columns, InputFile, Kind, Slice
from communique.errors import CommuniqueError
from communique.formats import formats

_COLLECTIONS: dict[str, Kind] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonl.gz": "jsonl",
    ".ndjson.gz": "jsonl",
    ".parquet": "parquet",
    ".parq": "parquet",
    ".warc": "warc",
    ".warc.gz": "warc",
}
_BLOCK = 1 << 20


class Cutter(Protocol):
    """What each kind of file offers: cutting it, and reading a slice."""

    def cut(self, file: InputFile, columns: Columns, rows: int, size: int, staging: Path) -> Iterator[Slice]:
        """Cut a file into slices of at most so many rows and, about, bytes; ``staging`` is a folder for copies."""

    def read(self, piece: Slice, columns: Columns) -> Iterator[Item]:
        """Yield the rows of a slice. Raises InputChanged where the file is not what it was."""


class InputChanged(CommuniqueError):
    """A file of the input is no longer what it was when the job was planned."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: changed since the job was planned",
            hint="start over with --again, or put the file back as it was",
        )


def cutter(kind: Kind) -> Cutter:
    """Return the module for a kind of file."""
    return cast(Cutter, import_module(f"{__name__}.{kind}"))


def find_files(given: Path) -> Iterator[tuple[str, Path, Kind]]:
    """Yield name, path and kind of each file of an input: the file itself, or those of a folder at any depth.

    Hidden files and those that begin with an underscore don't count, as elsewhere in Spark's world. Raises
    CommuniqueError where there is nothing to read.
    """
    if not given.exists():
        raise CommuniqueError(f"{given}: no such file or folder")
    if not given.is_dir():
        kind = _kind(given)
        if kind is None:
            raise CommuniqueError(
                f"{given}: not a kind of file that can be read",
                hint="JSON Lines, Parquet or WARC, or a folder",
            )
        yield given.name, given, kind
        return
    found = False
    for path in _walk(given):
        kind = _kind(path)
        if kind is not None:
            found = True
            yield path.relative_to(given).as_posix(), path, kind
    if not found:
        raise CommuniqueError(f"{given}: the folder holds no file of a kind that can be read")


def fingerprint(name: str, path: Path, kind: Kind) -> InputFile:
    """Say what a file is: its size, when it was changed, the hash of its bytes."""
    try:
        known, digest = path.stat(), sha256()
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise CommuniqueError(f"{path}: {error.strerror or error}") from error
    return InputFile(name, str(path.resolve()), kind, known.st_size, known.st_mtime_ns, digest.hexdigest())


def check(file: InputFile) -> Path:
    """Return the path of a file that is as it was. Raises InputChanged, also where it is gone."""
    path = Path(file.path)
    try:
        known = path.stat()
    except OSError as error:
        raise InputChanged(file.name) from error
    if (known.st_size, known.st_mtime_ns) != (file.size, file.modified) and fingerprint(
        file.name, path, file.kind
    ).sha256 != file.sha256:
        raise InputChanged(file.name)
    return path


def _kind(path: Path) -> Kind | None:
    name = path.name.lower()
    collection = next((kind for ending, kind in _COLLECTIONS.items() if name.endswith(ending)), None)
    if collection is not None:
        return collection
    known = {ending for format_ in formats() for ending in format_.endings}
    return "file" if path.suffix.lower() in known else None


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        yield from (Path(place, name) for name in sorted(files) if not name.startswith((".", "_")))
