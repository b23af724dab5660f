"""Keeps bytes by their hash, in files that are written once."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from communique.ledger.outages import Outage

_ABANDONED = 3600.0  # seconds after which nobody is writing a file any more


class UnstorableBytes(Outage):
    """The bytes of a document could not be kept."""


def sha256(data: bytes) -> str:
    """Return the hash that bytes are kept by, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes) -> str:
    """Store bytes and return their hash; what is stored already stays as it is.

    When this returns they are on the disk. Raises UnstorableBytes where the disk is full or refuses.
    """
    digest = sha256(data)
    path = path_of(digest)
    if path.exists():
        return digest
    part = path.with_name(f"{digest}.{secrets.token_hex(6)}.part")
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            _sync(path.parent.parent)
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync(path.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise UnstorableBytes(
            f"{path.parent}: {error.strerror}; nothing was taken in", hint="free some space, and try again"
        ) from error
    return digest


def sweep() -> int:
    """Remove what was being stored when a process was killed, and return how many files that were."""
    swept = 0
    for part in Path(settings.BYTES).glob("*/*.part"):
        with suppress(FileNotFoundError):
            if time.time() - part.stat().st_mtime > _ABANDONED:
                part.unlink()
                swept += 1
    return swept


def fetch(digest: str) -> bytes:
    """Return the bytes with this hash. Raises FileNotFoundError where they are not kept."""
    return path_of(digest).read_bytes()


def _sync(folder: Path) -> None:
    """Let the names in a folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def path_of(digest: str) -> Path:
    """Return the file that bytes with this hash are kept in."""
    return Path(settings.BYTES) / digest[:2] / digest


def kept() -> Iterator[str]:
    """Yield the hashes of all bytes kept."""
    for folder in sorted(Path(settings.BYTES).iterdir()):
        if folder.is_dir():
            yield from sorted(file.name for file in folder.iterdir() if not file.name.endswith(".part"))
