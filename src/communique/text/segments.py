"""Segments: the tiles of the text, a sentence or a line each, with role, language and what became of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from communique.model import Coverage, Role, Segment
from communique.text.head import Mark
from communique.text.heading import is_heading
from communique.text.imprint import read_dateline
from communique.text.language import Guess, guess
from communique.text.lines import is_bullet, marker_end, marker_level
from communique.text.page import Sentence
from communique.text.sentences import split_sentences
from communique.text.wrapping import Paragraph

READ_LANGUAGES = frozenset({"en"})
_NOT_SENTENCES: frozenset[Role] = frozenset({"title", "byline", "dateline", "furniture", "heading"})
_READ_AT_ONCE: frozenset[Role] = frozenset({"title", "byline", "dateline", "heading"})
_DATELINE_PARAGRAPHS = 4
_FOREIGN_TAIL_LINE, _FOREIGN_TAIL = 25, 150
_QUOTED = re.compile(r"""["“][^"“”]+["”][.!?]?$""")


@dataclass(frozen=True, slots=True)
class Tiling:
    """The tiles of a text and its sentences, and the place that the first paragraph names, if any."""

    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]
    place: str | None = None
    byline: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language of a paragraph, and why it is not read where it is not."""

    language: str | None
    why: str | None = None
    furniture: bool = False


def tile(
    text: str,
    paragraphs: Sequence[Paragraph],
    marks: dict[int, Mark],
    main: str | None,
    *,
    datelines: bool,
    scanned: bool,
) -> Tiling:
    """Cut paragraphs into segments and sentences. ``marks``: what is known, by where a line starts."""
    known = [marks.get(p.start) for p in paragraphs]
    tongues = find_tongues(text, paragraphs, known, main, scanned=scanned)
    roles = [_role(text, paragraphs, known, i) for i in range(len(paragraphs))]
    segments: list[Segment] = []
    sentences: list[Sentence] = []
    found = Tiling((), ())
    waiting = _DATELINE_PARAGRAPHS if datelines else 0
    for i, paragraph in enumerate(paragraphs):
        start = paragraph.start
        if waiting and roles[i] in ("body", "quotation") and known[i] is None:
            waiting -= 1
            imprint = read_dateline(text[start : min(paragraph.end, start + 200)])
            if imprint is not None:
                end = start + len(text[start : start + imprint.end].rstrip())
                segments.append(Segment(start, end, "dateline", main, "read"))
                waiting = 0
                found = Tiling((), (), imprint.place, imprint.byline, imprint.published)
                start += imprint.end
        for segment, at in _segments(text, start, paragraph.end, roles[i], known[i], tongues[i]):
            segments.append(segment)
            if segment.role not in _NOT_SENTENCES and segment.why is None:
                sentences.append(Sentence(len(sentences), at, segment.end, segment.role, paragraph.number))
    return Tiling(tuple(segments), tuple(sentences), found.place, found.byline, found.published)


def _segments(
    text: str, start: int, end: int, role: Role, mark: Mark | None, tongue: Tongue
) -> Iterator[tuple[Segment, int]]:
    """Yield a paragraph's segments, each with where its words begin: after the marker of a list item."""
    if mark is not None and mark.why is not None:
        yield Segment(start, end, "furniture", tongue.language, "set_aside", mark.why), start
        return
    if tongue.furniture:
        yield Segment(start, end, "furniture", tongue.language, "set_aside", tongue.why), start
        return
    if role in _READ_AT_ONCE:
        yield (
            Segment(start, end, role, tongue.language, "unread" if tongue.why else "read", tongue.why),
            start,
        )
        return
    words = marker_end(text, start, end)
    whole = words == end or role == "caption"
    spans = [(start, end)] if whole else split_sentences(text, words, end)
    for n, (low, high) in enumerate(spans):
        yield _sentence(text, start if n == 0 else low, low, high, role, tongue), low


def _sentence(text: str, start: int, low: int, high: int, role: Role, tongue: Tongue) -> Segment:
    quoted = role == "body" and text[low] in '"“' and _QUOTED.match(text[low:high]) is not None
    return Segment(start, high, "quotation" if quoted else role, tongue.language, "unread", tongue.why)


# --- roles ---


def _role(text: str, paragraphs: Sequence[Paragraph], known: Sequence[Mark | None], i: int) -> Role:
    mark, paragraph = known[i], paragraphs[i]
    if mark is not None:
        return mark.role
    told = paragraph.lines[0].role
    if told is not None and told != "body":
        return told
    words = text[paragraph.start : paragraph.end]
    if told is None and not words.endswith(":") and _heads(text, paragraphs, known, i):
        return "heading"
    marker = words[: marker_end(text, paragraph.start, paragraph.end) - paragraph.start]
    if marker and (is_bullet(marker) or _is_item(words, marker)):
        return "list_item"
    return "body"


def _heads(text: str, paragraphs: Sequence[Paragraph], known: Sequence[Mark | None], i: int) -> bool:
    """Say whether a paragraph heads the next: not where its neighbour has such a marker too, as items do."""
    paragraph = paragraphs[i]
    following = _following(text, paragraphs, i)
    if not following or not is_heading(
        text[paragraph.start : min(paragraph.end, paragraph.start + 250)], following
    ):
        return False
    if marker_end(text, paragraph.start, paragraph.end) == paragraph.start:
        return True
    beside = [paragraphs[n] for n in (i - 1, i + 1) if 0 <= n < len(paragraphs) and known[n] is None]
    level = marker_level(text, paragraph.start, paragraph.end)
    return not any(marker_level(text, p.start, p.end) == level and p.end - p.start < 250 for p in beside)


def _following(text: str, paragraphs: Sequence[Paragraph], i: int) -> str:
    if i + 1 == len(paragraphs):
        return ""
    after = paragraphs[i + 1]
    return text[after.start : min(after.end, after.start + 300)]


def _is_item(words: str, marker: str) -> bool:
    """Say whether a numbered paragraph is an item of a list, in a text that numbers its paragraphs or not."""
    return "." in marker.strip(". )") or marker.strip()[-1:] == ")" or not words.endswith((".", ".”", '."'))


# --- languages ---


def find_tongues(
    text: str,
    paragraphs: Sequence[Paragraph],
    known: Sequence[Mark | None],
    main: str | None,
    *,
    scanned: bool,
) -> list[Tongue]:
    """Tell each paragraph's language; short foreign lines before or after the text are furniture."""
    if main is not None and main not in READ_LANGUAGES:
        return [Tongue(main, None if m is not None and m.why else not_read(main)) for m in known]
    guesses = [_guess(text, p, m, scanned=scanned) for p, m in zip(paragraphs, known, strict=True)]
    foreign = _settle(guesses)
    tails = _tails(text, paragraphs, known, foreign)
    return [
        Tongue(main) if language is None else Tongue(language, *_why(language, furniture=i in tails))
        for i, language in enumerate(foreign)
    ]


def not_read(language: str) -> str:
    return f"language {language} is not read"


def _why(language: str, *, furniture: bool) -> tuple[str, bool]:
    return (
        f"page furniture in another language ({language})" if furniture else not_read(language)
    ), furniture


def _guess(text: str, paragraph: Paragraph, mark: Mark | None, *, scanned: bool) -> Guess:
    if mark is not None and mark.role != "furniture":
        return Guess(None, sure=True)
    found = guess(text[paragraph.start : min(paragraph.end, paragraph.start + 600)], scanned=scanned)
    return found if mark is None or found.sure else Guess(None, sure=True)


def _settle(guesses: Sequence[Guess]) -> list[str | None]:
    """Return the foreign language of each paragraph: sure by itself, or unsure beside a sure one."""
    settled = [g.language if g.sure and g.language != "en" else None for g in guesses]
    for order in (range(1, len(guesses)), range(len(guesses) - 2, -1, -1)):
        step = order.step
        for i in order:
            if settled[i] is None and settled[i - step] is not None and not guesses[i].sure:
                settled[i] = settled[i - step]
    return settled


def _tails(
    text: str, paragraphs: Sequence[Paragraph], known: Sequence[Mark | None], foreign: Sequence[str | None]
) -> frozenset[int]:
    """Return the foreign paragraphs before or after the text that are short enough for furniture."""
    found: set[int] = set()
    for order in (range(len(foreign)), range(len(foreign) - 1, -1, -1)):
        run: list[int] = []
        for i in order:
            mark = known[i]
            if foreign[i] is not None:
                run.append(i)
            elif mark is None or (mark.role != "furniture" and not run):
                break
        counts = [text[paragraphs[i].start : paragraphs[i].end].count(" ") + 1 for i in run]
        if sum(counts) <= _FOREIGN_TAIL and max(counts, default=0) <= _FOREIGN_TAIL_LINE:
            found.update(run)
    return frozenset(found)


# --- what became of them ---


def settle_dispositions(segments: Sequence[Segment], spans: Sequence[tuple[int, int]]) -> tuple[Segment, ...]:
    """Mark as read the unread segments that one of the spans touches: those that a finding rests on."""
    ordered = _merged(spans)
    starts = [start for start, _ in ordered]
    return tuple(
        msgspec.structs.replace(s, disposition="read", why=None)
        if s.disposition == "unread" and _touched(s, ordered, starts)
        else s
        for s in segments
    )


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _touched(segment: Segment, ordered: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    i = bisect_left(starts, segment.end) - 1
    return i >= 0 and ordered[i][1] > segment.start


def coverage(segments: Sequence[Segment]) -> Coverage:
    """Count the characters of segments read, set aside and unread."""
    count = {"read": 0, "set_aside": 0, "unread": 0}
    for segment in segments:
        count[segment.disposition] += segment.end - segment.start
    return Coverage(read=count["read"], set_aside=count["set_aside"], unread=count["unread"])
