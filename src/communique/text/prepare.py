"""From the text a format gives to what finders read: metadata, segments and sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from communique.errors import CommuniqueError
from communique.model import Document, PartyRef, Problem, Segment, Text
from communique.text.furniture import Signs, is_debris, is_edge, is_end_mark, is_head, signs_of, why_furniture
from communique.text.head import Head, Mark, read_head
from communique.text.imprint import closing_dateline
from communique.text.kinds import kind_of
from communique.text.language import language_of_document
from communique.text.lines import Line, read_lines, trim
from communique.text.page import Sentence
from communique.text.segments import READ_LANGUAGES, Tiling, not_read, tile
from communique.text.wrapping import Shape, Wrapping, find_wrapping, join_lines, shape_of
from communique.vocab.publishers import Publisher, publisher_at

_SCANNED_SHARE = 0.3
_TAIL_LINES = 3
# What a scan leaves behind a sentence: "restraint. t'Vi", "region. 000---".
_DEBRIS = re.compile(r"(?P<word>\S{1,40}[.!?]['\"”’)]?)\s+(?P<rest>\S{1,10}(?:\s\S{1,4})?)$")
_TITLE_SUFFIX = re.compile(r"\s+[|–—-]\s+(?P<site>[^|–—]{2,60})$")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be read; ``problems`` are what was wrong with it so far."""

    document: Document
    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]
    published: date | None
    issuer: PartyRef | None
    issuer_post: str | None
    problems: tuple[Problem, ...]


def prepare(
    text: Text, *, published: str | None = None, title: str | None = None, language: str | None = None
) -> Prepared:
    """Cut a text into segments and sentences, and read its metadata; what the caller gives wins."""
    problems: list[Problem] = []
    given = _checked(published) if published is not None else _stated(text.published, problems)
    publisher = publisher_at(text.url, text.publisher, text.content)
    main = _language(text, language)
    stated = title if title is not None else _without_site(text.title, publisher)
    head, tiling = _cut(text, publisher, stated, main)
    document = _document(text, head, tiling, publisher, published=given, language=main)
    problems += _language_problems(tiling.segments)
    return Prepared(
        document=document,
        segments=tiling.segments,
        sentences=tiling.sentences,
        published=_day(document.published),
        issuer=None if publisher is None else publisher.issuer,
        issuer_post=None if publisher is None else publisher.post,
        problems=tuple(problems),
    )


def _cut(text: Text, publisher: Publisher | None, title: str | None, main: str | None) -> tuple[Head, Tiling]:
    content = text.content
    lines = read_lines(content, text.blocks)
    shapes = [shape_of(content, line) for line in lines]
    wrapping = find_wrapping(lines, shapes)
    scanned = _is_scanned(text, wrapping)
    if scanned:
        lines, shapes, wrapping = _without_debris(content, lines, shapes)
    marks = _furniture(content, lines, shapes, signs_of(publisher), scanned=scanned)
    head = read_head(content, lines, shapes, wrapping, marks, title, main)
    paragraphs = join_lines(lines, shapes, wrapping, frozenset(head.marks))
    by_offset = {lines[i].start: mark for i, mark in head.marks.items()}
    return head, tile(content, paragraphs, by_offset, main, datelines=head.place is None, scanned=scanned)


def _is_scanned(text: Text, wrapping: Wrapping) -> bool:
    wrapped = sum(w > 0 for w in wrapping.width)
    return text.media_type == "application/pdf" or wrapped > len(wrapping.width) * _SCANNED_SHARE


def _without_debris(
    content: str, lines: Sequence[Line], shapes: Sequence[Shape]
) -> tuple[list[Line], list[Shape], Wrapping]:
    """Cut what a scan ran into the end of a line, so that it becomes a line of its own."""
    cut: list[Line] = []
    for i, line in enumerate(lines):
        goes_on = i + 1 < len(lines) and shapes[i + 1].lower
        at = (
            None
            if goes_on
            else _debris_at(content[line.start : line.end], last=i >= len(lines) - _TAIL_LINES)
        )
        cut += [line] if at is None else _cut_line(content, line, line.start + at)
    new = [shape_of(content, line) for line in cut]
    return cut, new, find_wrapping(cut, new)


def _debris_at(words: str, *, last: bool) -> int | None:
    found = _DEBRIS.search(words[-60:])
    if found is not None and _is_debris_after(found["word"], found["rest"]):
        return len(words) - len(found["rest"])
    return closing_dateline(words) if last else None


def _is_debris_after(word: str, rest: str) -> bool:
    if is_end_mark(rest):
        return True
    if rest[0] in "$€£“\"'(" or rest.isdigit() or rest.rstrip(".").replace(".", "").isupper():
        return False
    return len(word.rstrip(".!?")) > 3 and is_debris(rest)


def _cut_line(content: str, line: Line, at: int) -> list[Line]:
    head, tail = trim(content, line.start, at), trim(content, at, line.end)
    if head is None or tail is None:
        return [line]
    return [
        Line(*head, gap=line.gap, block=line.block, role=line.role),
        Line(*tail, gap=0, block=line.block, role=line.role),
    ]


def _furniture(
    content: str, lines: Sequence[Line], shapes: Sequence[Shape], signs: Signs, *, scanned: bool
) -> dict[int, Mark]:
    marks: dict[int, Mark] = {}
    for i, line in enumerate(lines):
        if line.role == "furniture":
            marks[i] = Mark("furniture", "marked as page furniture by the format")
        elif line.length <= 600 and not _within_sentence(shapes, marks, i):
            words = content[line.start : line.end]
            why = why_furniture(words, signs, head=is_head(i), edge=is_edge(i, len(lines)), scanned=scanned)
            if why is not None:
                marks[i] = Mark("furniture", why)
    return marks


def _within_sentence(shapes: Sequence[Shape], marks: dict[int, Mark], i: int) -> bool:
    """Say whether a line goes on with the sentence of the line before it."""
    if i == 0 or i - 1 in marks:
        return False
    before = shapes[i - 1]
    return shapes[i].lower and not (before.terminal or before.pause or before.capitals)


# --- what the document says about itself ---


def _document(
    text: Text,
    head: Head,
    tiling: Tiling,
    publisher: Publisher | None,
    *,
    published: str | None,
    language: str | None,
) -> Document:
    byline = next((b for b in (text.byline, head.byline, tiling.byline) if b is not None), None)
    place = head.place if head.place is not None else tiling.place
    dated = next((p for p in (published, head.published, tiling.published) if p is not None), None)
    is_news = tiling.place is not None or byline is not None
    return Document(
        text=text.content,
        sha256=text.sha256,
        media_type=text.media_type,
        kind=kind_of(head.title, _opening(text, tiling), publisher=publisher, is_news=is_news),
        title=head.title,
        publisher=text.publisher if text.publisher is not None else _by_letterhead(text),
        byline=byline,
        dateline_place=place,
        published=dated,
        language=language,
        url=text.url,
    )


def _by_letterhead(text: Text) -> str | None:
    """Return the publisher that the text's own letterhead names."""
    found = publisher_at(None, None, text.content)
    return None if found is None else found.name


def _opening(text: Text, tiling: Tiling) -> str:
    first = next((s for s in tiling.segments if s.role not in ("furniture", "byline", "dateline")), None)
    return "" if first is None else text.content[first.start : first.end]


def _without_site(title: str | None, publisher: Publisher | None) -> str | None:
    """Return a title without what the site adds to it: "Joint Statement | The White House"."""
    found = None if title is None else _TITLE_SUFFIX.search(title)
    if title is None or found is None or publisher is None:
        return title
    names = {n.casefold() for n in (publisher.name, *publisher.names, *publisher.suffixes)}
    return title[: found.start()] if found["site"].strip().casefold() in names else title


def _language(text: Text, given: str | None) -> str | None:
    """Return the main language: as the caller says, as the text shows, as the format says."""
    if given is not None:
        return given.split("-")[0].casefold()
    found = language_of_document(text.content)
    stated = None if text.language is None else re.split(r"[-_]", text.language)[0].casefold()
    return found if found is not None else stated


def _language_problems(segments: Sequence[Segment]) -> list[Problem]:
    """Name each language that is not read, once, at its first place."""
    first: dict[str, Segment] = {}
    for s in segments:
        if s.disposition == "unread" and s.why is not None and s.language not in (None, *READ_LANGUAGES):
            first.setdefault(str(s.language), s)
    return [Problem("language/unsupported", not_read(code), s.start, s.end) for code, s in first.items()]


def _checked(published: str) -> str:
    """Return a day or moment that a caller gave, or refuse it."""
    try:
        return _iso(published)
    except ValueError as error:
        raise CommuniqueError(f"published: {published!r} is no date", hint="ISO 8601: 2022-07-05") from error


def _stated(published: str | None, problems: list[Problem]) -> str | None:
    if published is None:
        return None
    try:
        return _iso(published)
    except ValueError:
        problems.append(
            Problem("date/unreadable", f"the document's own date {published!r} is no ISO 8601 date")
        )
        return None


def _iso(published: str) -> str:
    words = published.strip()
    if len(words) == 10:
        return date.fromisoformat(words).isoformat()
    return datetime.fromisoformat(words).isoformat()


def _day(published: str | None) -> date | None:
    return None if published is None else datetime.fromisoformat(published).date()
