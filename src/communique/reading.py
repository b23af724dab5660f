"""The whole way on one screen: bytes, text, sentences, findings, record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from communique import __version__
from communique.errors import UnreadableDocument
from communique.find.areas import find_areas
from communique.find.contributions import find_contributions
from communique.find.instruments import find_instruments
from communique.find.issues import find_issues
from communique.find.measures import find_measures
from communique.find.meetings import find_meetings
from communique.find.parties import find_named
from communique.find.progress import find_progress
from communique.formats import read_bytes
from communique.link.commitments import find_commitments
from communique.link.doubts import find_doubts
from communique.link.parties import party_list
from communique.link.performing import perform
from communique.link.speakers import Stage
from communique.link.statements import statements
from communique.link.voice import hear
from communique.model import Reader, Record, Support, Text
from communique.text.page import Page
from communique.text.prepare import prepare
from communique.text.segments import coverage, settle_dispositions
from communique.verify import refuse
from communique.vocab.loading import lexicon_hash


def read(
    source: str | Path | bytes,
    *,
    media_type: str | None = None,
    published: str | None = None,
    title: str | None = None,
    language: str | None = None,
) -> Record:
    """Read one document: a path, or the bytes themselves.

    ``published`` is ISO 8601, ``language`` ISO 639-1; what is given here wins over what the document says.
    Raises UnreadableDocument where nothing can be read, or where the source holds several documents (`read_all`).
    """
    records = read_all(source, media_type=media_type, published=published, title=title, language=language)
    first = next(records, None)
    if first is None:
        raise UnreadableDocument(_name(source), "holds no document")
    if isinstance(first, UnreadableDocument):
        raise first
    if next(records, None) is not None:
        raise UnreadableDocument(_name(source), "holds several documents", hint="use read_all")
    return first


def read_all(
    source: str | Path | bytes,
    *,
    media_type: str | None = None,
    published: str | None = None,
    title: str | None = None,
    language: str | None = None,
) -> Iterator[Record | UnreadableDocument]:
    """Read every document of a source, in order: a feed and a JSON Lines file hold many.

    An entry that can't be read is yielded as the UnreadableDocument that says why, and the others go on.
    Raises UnreadableDocument where the source as a whole can't be read.
    """
    for text in read_bytes(_bytes(source), path=_name(source), media_type=media_type):
        if isinstance(text, UnreadableDocument):
            yield text
        else:
            yield read_text(text, published=published, title=title, language=language)


@dataclass(frozen=True, slots=True)
class Reading:
    """A record, and the page it was read from: its sentences, who is named in them, and how they were parsed."""

    record: Record
    page: Page


def read_text(
    text: Text,
    *,
    published: str | None = None,
    title: str | None = None,
    language: str | None = None,
    gate: bool = True,
) -> Record:
    """Read a text as its format gives it. ``gate`` off parses every sentence: slower, with the same result."""
    return read_page(text, published=published, title=title, language=language, gate=gate).record


def read_page(
    text: Text,
    *,
    published: str | None = None,
    title: str | None = None,
    language: str | None = None,
    gate: bool = True,
) -> Reading:
    """Read a text as `read_text` does, for those who go on with its page: what is parsed is parsed once."""
    prepared = prepare(text, published=published, title=title, language=language)
    document = prepared.document
    named = find_named(
        document.text,
        prepared.sentences,
        title=document.title,
        published=prepared.published,
        issuer=prepared.issuer,
    )
    page = Page(
        document=document,
        segments=prepared.segments,
        sentences=prepared.sentences,
        named=named,
        published=prepared.published,
        issuer=prepared.issuer,
        issuer_post=prepared.issuer_post,
    )
    speaking = hear(page)
    stage = Stage(page, speaking)
    performed = perform(page, speaking, stage, gate=gate)
    said = statements(page, performed)
    instruments = tuple(find_instruments(page))
    commitments = find_commitments(page, performed, stage, instruments)
    contributions = tuple(find_contributions(page, said))
    meetings = tuple(find_meetings(page))
    issues = tuple(find_issues(page, said))
    areas = tuple(find_areas(page, said))
    progress = tuple(find_progress(page, said, instruments))
    measures = find_measures(page)
    author = speaking.i if speaking.voice == "I" else None
    record = Record(
        document=document,
        segments=prepared.segments,
        coverage=coverage(prepared.segments),
        parties=party_list(named, document.text, also=speaking.titled, author=author),
        meetings=meetings,
        statements=said,
        commitments=commitments,
        contributions=contributions,
        instruments=instruments,
        measures=measures,
        issues=issues,
        areas=areas,
        progress=progress,
        problems=(*prepared.problems, *find_doubts(page, said, meetings, instruments)),
        reader=Reader(version=__version__, lexicon=lexicon_hash()),
    )
    return Reading(_settled(refuse(record)), page)


def _settled(record: Record) -> Record:
    """Mark what the record's findings stand on as read: only now, when what words don't support is refused."""
    lists = (
        record.statements,
        record.commitments,
        record.contributions,
        record.meetings,
        record.instruments,
        record.issues,
        record.areas,
        record.progress,
        record.measures,
    )
    stood_on = [(f.start, f.end) for found in lists for f in found]
    stood_on += _grounds(f.supports for f in record.statements)
    stood_on += _grounds(f.supports for f in record.commitments)
    stood_on += _grounds(f.supports for f in record.meetings)
    segments = settle_dispositions(record.segments, stood_on)
    return replace(record, segments=segments, coverage=coverage(segments))


def _grounds(found: Iterable[Sequence[Support]]) -> Iterator[tuple[int, int]]:
    """Yield where the words stand on which findings rest beside their quotes: these were read too."""
    for support in chain.from_iterable(found):
        if support.start is not None and support.end is not None:
            yield support.start, support.end


def _name(source: str | Path | bytes) -> str:
    return "bytes" if isinstance(source, bytes) else str(source)


def _bytes(source: str | Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise UnreadableDocument(str(source), error.strerror or "can't be opened") from error
    except ValueError as error:
        raise UnreadableDocument(
            str(source), "is no path", hint="pass bytes to read a text itself"
        ) from error
