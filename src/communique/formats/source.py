"""What a format is given, and what a format is: to add a format, add a module that names a `FORMAT`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from communique.errors import UnreadableDocument
from communique.formats.encoding import decode
from communique.model import Text

LOOKED_AT = 4096
"""Bytes at the start of a file by which its format is recognised."""

LONGEST = 5_000_000
"""Characters of one document: some 1,600 printed pages. What is longer is no document but a collection."""

Reading = Iterator[Text | UnreadableDocument]


@dataclass(frozen=True)
class Source:
    """A file's bytes, the name it goes by, and the character set its bearer declared for it."""

    data: bytes
    path: str
    charset: str | None = None

    @cached_property
    def head(self) -> str:
        """The first characters, without the white space that may stand before a document starts."""
        return decode(self.data[:LOOKED_AT], charset=self.charset).lstrip()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def unreadable(self, why: str, *, hint: str | None = None) -> UnreadableDocument:
        return UnreadableDocument(self.path, why, hint=hint)


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: its media type, its names, how it is recognised, and how it is read.

    ``recognises`` says yes only where the content itself leaves no doubt; where no format does, the media
    type that came with the file decides, then the file ending. ``limit`` is in bytes.
    """

    media_type: str
    endings: tuple[str, ...]
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Reading]
    also: tuple[str, ...] = ()
    limit: int = 100_000_000


def bounded(source: Source, text: str) -> str:
    """Return a text of a length that documents have. Raises UnreadableDocument where it is longer."""
    if len(text) > LONGEST:
        raise source.unreadable(
            f"one document of {len(text):,} characters", hint=f"at most {LONGEST:,} can be read"
        )
    return text
