"""Documents marked by hand: what a person found in a text, in the format that ``docs/marking.md`` describes.

Only the fields that are compared are read; whatever else a marker noted beside them is let be.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from communique.errors import CommuniqueError
from communique.model import Text


class Marks(msgspec.Struct, frozen=True):
    """Base of all marks. ``optional``: a careful marker may leave it out, so it costs nothing either way."""

    optional: bool = False


class Words(msgspec.Struct, frozen=True):
    """A place in the text: the exact words, and where about they start."""

    quote: str
    start: int | None = None


class MarkedStatement(Marks, frozen=True, kw_only=True):
    quote: str
    class_: str = msgspec.field(name="class")
    speakers: tuple[str, ...]
    start: int | None = None
    alt_classes: tuple[str, ...] = ()
    alt_speakers: tuple[str | tuple[str, ...], ...] = ()
    alt_quotes: tuple[Words, ...] = ()


class MarkedCommitment(Marks, frozen=True, kw_only=True):
    quote: str
    debtors: tuple[str, ...]
    start: int | None = None
    alt_debtors: tuple[str | tuple[str, ...], ...] = ()
    alt_quotes: tuple[Words, ...] = ()


class MarkedContribution(Marks, frozen=True, kw_only=True):
    quote: str
    donor: str | None = None
    amount: int | float | str | None = None
    currency: str | None = None
    recipient: str | None = None
    alt_recipients: tuple[str, ...] = ()
    start: int | None = None


class MarkedChair(msgspec.Struct, frozen=True):
    name: str
    party: str | None = None


class MarkedMeeting(Marks, frozen=True, kw_only=True):
    """``mention`` says why it isn't the meeting reported (earlier, future); such a one is optional."""

    name: str
    series: str | None = None
    alt_names: tuple[str, ...] = ()
    ordinal: int | None = None
    date: str | None = None
    place: str | None = None
    chairs: tuple[MarkedChair, ...] = ()
    mention: str | None = None


class MarkedInstrument(Marks, frozen=True, kw_only=True):
    name: str
    surface: str | None = None
    kind: str = "other"
    alt_kinds: tuple[str, ...] = ()
    period: tuple[str | int | None, ...] | None = None
    alt_periods: tuple[tuple[str | int | None, ...] | None, ...] = ()


class MarkedTopic(Marks, frozen=True, kw_only=True):
    topic: str


class MarkedParty(Marks, frozen=True, kw_only=True):
    name: str
    forms: tuple[str, ...] = ()


class Marked(msgspec.Struct, frozen=True):
    """One marked document. ``file`` is its text, relative to the parent of the folder the marks are in."""

    id: str
    file: str
    title: str | None = None
    byline: str | None = None
    dateline_place: str | None = None
    published: str | None = None
    statements: tuple[MarkedStatement, ...] = ()
    commitments: tuple[MarkedCommitment, ...] = ()
    contributions: tuple[MarkedContribution, ...] = ()
    meetings: tuple[MarkedMeeting, ...] = ()
    instruments: tuple[MarkedInstrument, ...] = ()
    issues: tuple[MarkedTopic | str, ...] = ()
    areas: tuple[MarkedTopic | str, ...] = ()
    parties: tuple[MarkedParty, ...] = ()
    issues_optional: tuple[str, ...] = ()
    areas_optional: tuple[str, ...] = ()

    def topics(self, kind: str) -> list[MarkedTopic]:
        """List issues or areas in one shape, the optional ones last."""
        marked = [t if isinstance(t, MarkedTopic) else MarkedTopic(topic=t) for t in getattr(self, kind)]
        return marked + [MarkedTopic(topic=t, optional=True) for t in getattr(self, f"{kind}_optional")]


class _Header(msgspec.Struct, frozen=True):
    """The first line of a text file, where it is JSON: what the text itself doesn't say."""

    title: str | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A marked document with its text, ready to be read."""

    marked: Marked
    text: Text


def load_examples(folder: Path) -> list[Example]:
    """Load every ``*.json`` of a folder with its text. Raises CommuniqueError, naming file and fault."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise CommuniqueError(f"{folder}: holds no marked documents", hint="it should hold *.json files")
    return [_example(path) for path in paths]


def _example(path: Path) -> Example:
    try:
        marked = msgspec.json.decode(path.read_bytes(), type=Marked)
    except msgspec.MsgspecError as error:
        raise CommuniqueError(f"{path}: {error}", hint="docs/marking.md describes the format") from error
    file = path.parent.parent / marked.file
    try:
        return Example(marked, _text(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise CommuniqueError(f"{path}: its text {marked.file} cannot be read: {error}") from error


def _text(content: str) -> Text:
    first, _, rest = content.partition("\n")
    try:
        header, body = msgspec.json.decode(first, type=_Header), rest
    except msgspec.MsgspecError:
        header, body = _Header(), content
    return Text(
        content=body,
        media_type="text/plain",
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        title=header.title,
        published=_moment(header.date),
        url=header.url,
    )


def _moment(written: str | None) -> str | None:
    """Write a header's date as ISO 8601 where it is one, with or without the ``T``."""
    if not written:
        return None
    if len(written) == len("2022-07-05"):
        return written
    try:
        return datetime.fromisoformat(written).isoformat()
    except ValueError:
        return None
