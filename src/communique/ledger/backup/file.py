"""The file of a backup: a gzipped tar archive, written and read from one end to the other in little memory.

    communique-backup.json                  what it is: format, version, when, the shape of its tables
    bytes/<sha256>                          each document as it came
    tables/<nn>-<table>/<nnnnnn>.jsonl      the rows of each table, some thousands a member
    end.json                                how much there is, and the SHA-256 of each member of tables

Where the end is missing, or a checksum is another, the file is not whole, and nothing of it is restored.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import tarfile
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from communique.errors import CommuniqueError

FORMAT = 1
_HEAD, _END = "communique-backup.json", "end.json"
_CHUNK = 4_000_000  # characters of rows in one member
_FORGOTTEN = 3600.0  # seconds after which what a killed backup left is cleared away
_LARGEST = 2_000_000_000  # bytes of a member: what is larger is no backup of ours
_BYTES = re.compile(r"bytes/(?P<sha256>[0-9a-f]{64})")
_ROWS = re.compile(r"tables/\d\d-(?P<table>[a-z]+\.[a-z]+)/\d{6}\.jsonl")


class BackupFailed(CommuniqueError):
    """A backup could not be written; the ledger is as it was, and no file was left."""


class UnusableBackup(CommuniqueError):
    """A file is no backup, not whole, or not for this ledger."""


class Head(msgspec.Struct, frozen=True):
    """What a backup says of itself first."""

    format: int
    version: str
    made: str
    migrations: dict[str, str]
    tables: dict[str, tuple[str, ...]]
    """The columns of each table, in the order in which the tables come."""


class End(msgspec.Struct, frozen=True):
    """What a backup says of itself last."""

    bytes: int
    rows: dict[str, int]
    sha256: dict[str, str]


class Rows(msgspec.Struct, frozen=True):
    """Some rows of a table."""

    table: str
    lines: list[bytes]


class Bytes(msgspec.Struct, frozen=True):
    """A document as it came."""

    sha256: str
    data: bytes


class Writer:
    """Writes the members of a backup in their order."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self._at = int(time.time())
        self._bytes = 0
        self._rows: dict[str, int] = {}
        self._sha256: dict[str, str] = {}

    def head(self, head: Head) -> None:
        """Write what the backup is."""
        self._add(_HEAD, msgspec.json.format(msgspec.json.encode(head)))

    def keep(self, sha256: str, data: bytes) -> None:
        """Write a document as it came."""
        self._add(f"bytes/{sha256}", data)
        self._bytes += 1

    def table(self, number: int, name: str, rows: Iterable[bytes]) -> Iterator[int]:
        """Write the rows of a table, and yield after each member how many it holds."""
        self._rows[name] = 0
        for part, lines in enumerate(_parts(rows)):
            member = f"tables/{number:02}-{name}/{part:06}.jsonl"
            data = b"\n".join(lines) + b"\n"
            self._sha256[member] = hashlib.sha256(data).hexdigest()
            self._add(member, data)
            self._rows[name] += len(lines)
            yield len(lines)

    def end(self) -> None:
        """Write what says that the backup is whole."""
        end = End(self._bytes, self._rows, self._sha256)
        self._add(_END, msgspec.json.format(msgspec.json.encode(end)))

    def _add(self, name: str, data: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = len(data), self._at, 0o600
        self._archive.addfile(member, io.BytesIO(data))
        self._archive.members.clear()  # type: ignore[attr-defined]  # else it remembers them all


@contextmanager
def writing(path: Path, *, overwrite: bool) -> Iterator[Writer]:
    """Open a backup for writing. It gets its name when all of it is on the disk, and not if anything fails.

    Raises BackupFailed.
    """
    if path.is_dir() or (path.exists() and not overwrite):
        hint = "name another file, or give --overwrite" if path.is_file() else "name a file"
        raise BackupFailed(f"{path} is there already", hint=hint)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    _clear(path)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with (
                gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=1) as packed,
                tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
            ):
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise BackupFailed(
            f"{path}: {error.strerror or error}; no backup was written",
            hint="free some space, or name another place",
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Open a backup for reading. Raises UnusableBackup."""
    try:
        with (
            path.open("rb") as file,
            gzip.GzipFile(fileobj=file, mode="rb") as packed,
            tarfile.open(fileobj=packed, mode="r|") as archive,
        ):
            yield Reader(path, archive)
    except (EOFError, zlib.error, gzip.BadGzipFile, tarfile.TarError) as error:
        raise UnusableBackup(f"{path} is no backup, or not whole: {error}") from error
    except OSError as error:
        if error.filename != str(path):
            raise
        raise UnusableBackup(f"{path}: {error.strerror}") from error


class Reader:
    """Reads the members of a backup in their order, and checks each."""

    def __init__(self, path: Path, archive: tarfile.TarFile) -> None:
        self._path = path
        self._archive = archive
        name, data = next(self._members(), ("", b""))
        self.head = self._head(data) if name == _HEAD else self._refuse("it does not begin as one")

    def members(self) -> Iterator[Rows | Bytes]:
        """Yield what the backup holds. Raises UnusableBackup where it is not whole, at the latest at its end."""
        count, rows = 0, dict.fromkeys(self.head.tables, 0)
        sha256: dict[str, str] = {}
        for name, data in self._members():
            if name == _END:
                self._check(msgspec.json.decode(data, type=End), End(count, rows, sha256))
                return
            if found := _BYTES.fullmatch(name):
                if hashlib.sha256(data).hexdigest() != found["sha256"]:
                    self._refuse(f"{name} was altered")
                count += 1
                yield Bytes(found["sha256"], data)
            elif (found := _ROWS.fullmatch(name)) and found["table"] in rows:
                lines = data.split(b"\n")[:-1]
                rows[found["table"]] += len(lines)
                sha256[name] = hashlib.sha256(data).hexdigest()
                yield Rows(found["table"], lines)
            else:
                self._refuse(f"nobody knows what {name} is")
        self._refuse("its end is missing")

    def _members(self) -> Iterator[tuple[str, bytes]]:
        while (member := self._archive.next()) is not None:
            file = self._archive.extractfile(member) if member.size <= _LARGEST else None
            if file is None:
                self._refuse(f"{member.name} does not belong in it")
            yield member.name, file.read()
            self._archive.members.clear()  # type: ignore[attr-defined]  # else it remembers them all

    def _head(self, data: bytes) -> Head:
        try:
            found = msgspec.json.decode(data, type=dict[str, Any])
            if found.get("format") != FORMAT:
                self._refuse(f"it is of format {found.get('format')}, and this version reads {FORMAT}")
            return msgspec.convert(found, Head)
        except msgspec.MsgspecError as error:
            raise UnusableBackup(f"{self._path} is no backup: {error}") from error

    def _check(self, told: End, met: End) -> None:
        if told != met:
            wrong = [n for n in told.sha256 if told.sha256[n] != met.sha256.get(n)]
            self._refuse(f"{wrong[0]} was altered or is missing" if wrong else "something of it is missing")

    def _refuse(self, why: str) -> NoReturn:
        raise UnusableBackup(f"{self._path} can't be restored: {why}")


def _parts(rows: Iterable[bytes]) -> Iterator[list[bytes]]:
    lines: list[bytes] = []
    size = 0
    for row in rows:
        lines.append(row)
        size += len(row)
        if size >= _CHUNK:
            yield lines
            lines, size = [], 0
    if lines:
        yield lines


def _clear(path: Path) -> None:
    """Remove what backups to the same file left that were killed."""
    with suppress(OSError):
        for part in path.parent.glob(f"{path.name}.*.part"):
            if time.time() - part.stat().st_mtime > _FORGOTTEN:
                part.unlink()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
