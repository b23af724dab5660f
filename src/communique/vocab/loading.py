"""Loads vocabulary files: TOML in this package, decoded into frozen structs that refuse unknown keys."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec

from communique.errors import VocabularyError

T = TypeVar("T")

_PACKAGES = ("communique.vocab", "communique.lang")


def load(path: str, type_: type[T], *, package: str = "communique.vocab") -> T:
    """Decode one vocabulary file, ``path`` relative to its package. Raises VocabularyError with file and field."""
    try:
        return msgspec.toml.decode(files(package).joinpath(path).read_bytes(), type=type_)
    except msgspec.MsgspecError as error:
        raise VocabularyError(f"{path}: {error}") from error


def names(folder: str, *, package: str = "communique.vocab") -> list[str]:
    """List the TOML files in a folder of the vocabulary, sorted, as paths that `load` takes."""
    entries = files(package).joinpath(folder).iterdir()
    return sorted(f"{folder}/{e.name}" for e in entries if e.name.endswith(".toml"))


@cache
def lexicon_hash() -> str:
    """Hash every vocabulary file: two readings with the same hash were made with the same words."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for name, content in sorted(_contents(files(package), "")):
            digest.update(f"{package}/{name}\0".encode() + content)
    return digest.hexdigest()[:16]


def _contents(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    out: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            out += _contents(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".toml"):
            out.append((prefix + entry.name, entry.read_bytes()))
    return out
