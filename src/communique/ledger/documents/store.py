"""Keeps bytes by their hash, in files that are written once."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from communique.ledger.outages import Outage


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
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UnstorableBytes(
            f"{path.parent}: {error.strerror}; nothing was taken in", hint="free some space, and try again"
        ) from error
    return digest


def fetch(digest: str) -> bytes:
    """Return the bytes with this hash. Raises FileNotFoundError where they are not kept."""
    return path_of(digest).read_bytes()


def path_of(digest: str) -> Path:
    """Return the file that bytes with this hash are kept in."""
    return Path(settings.BYTES) / digest[:2] / digest


def kept() -> Iterator[str]:
    """Yield the hashes of all bytes kept."""
    for folder in sorted(Path(settings.BYTES).iterdir()):
        if folder.is_dir():
            yield from sorted(file.name for file in folder.iterdir() if not file.name.endswith(".part"))
