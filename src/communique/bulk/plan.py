"""What a job is: its input in parts, and the options on which its result hangs. All of it is written down."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from communique.model import Struct

Kind = Literal["jsonl", "parquet", "warc", "file"]


class Columns(Struct, frozen=True):
    """How the columns of JSON Lines and Parquet are called."""

    text: str = "text"
    id: str = "id"
    title: str = "title"
    date: str = "date"
    url: str = "url"
    media_type: str = "media_type"


class Options(Struct, frozen=True):
    """What changes the result of a job."""

    columns: Columns = Columns()
    gate: bool = True
    """Off: every sentence is parsed, which takes longer and finds the same."""
    seconds: int = 120
    """Processor seconds that one document may take."""
    megabytes: int = 4_000
    """Memory that reading it may take."""


class InputFile(Struct, frozen=True):
    """A file of the input, as it was when the job was planned."""

    name: str
    """As `source` calls it: its path inside the input folder."""
    path: str
    kind: Kind
    size: int
    modified: int
    """In nanoseconds."""
    sha256: str


class Slice(Struct, frozen=True):
    """A stretch of a file: bytes of JSON Lines or WARC, rows of Parquet; `first` is its first row, from 1."""

    file: InputFile
    start: int
    end: int
    first: int
    rows: int
    size: int
    """Bytes, or what comes near them."""
    staged: str | None = None
    """Where its bytes were put, for a file that can't be read from the middle."""


class Part(Struct, frozen=True):
    """What one worker reads and commits at once."""

    number: int
    slices: tuple[Slice, ...]

    @property
    def rows(self) -> int:
        return sum(s.rows for s in self.slices)

    @property
    def name(self) -> str:
        return f"{self.number:06}"


class Job(Struct, frozen=True):
    """A job as it was planned."""

    input: str
    files: tuple[InputFile, ...]
    options: Options
    version: str
    lexicon: str
    parts: int
    rows: int

    @property
    def key(self) -> str:
        """Name what the result hangs on: the same key, the same tables."""
        files = [(f.name, f.kind, f.size, f.sha256) for f in self.files]
        told = msgspec.json.encode([files, self.options, self.version, self.lexicon])
        return hashlib.sha256(told).hexdigest()[:16]


class Counts(Struct, frozen=True):
    """What came of rows: each is a document or a problem; a row that held several documents counts `more`."""

    rows: int = 0
    more: int = 0
    documents: int = 0
    unread: int = 0
    words: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, n) + getattr(other, n) for n in self.__struct_fields__))

    @property
    def adds_up(self) -> bool:
        """Whether nothing was lost and nothing doubled."""
        return self.rows + self.more == self.documents + self.unread


class Manifest(Struct, frozen=True):
    """What a committed part holds."""

    part: int
    counts: Counts
    tables: dict[str, int]
    """Rows by table."""
    sha256: str
    """Of what was read."""
    began: float
    """When it was begun, in seconds since 1970: its reader was loaded."""
    ended: float
    """When it was written."""
