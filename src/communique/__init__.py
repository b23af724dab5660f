"""Communiqué: from a document to a record that quotes every word it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.errors import CommuniqueError, UnreadableDocument
from communique.model import Record

if TYPE_CHECKING:
    from communique.reading import read, read_all

__all__ = ["CommuniqueError", "Record", "UnreadableDocument", "__version__", "read", "read_all"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import the reader when it is first asked for: help and errors should not wait for it."""
    if name not in ("read", "read_all"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from communique import reading

    return getattr(reading, name)
