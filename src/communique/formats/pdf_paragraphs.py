"""From the lines of pages to paragraphs. Lines are joined only where nothing speaks against it: a line that
starts lower, further in, in another size, after a short one or with a list marker starts a paragraph of its
own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from communique.model import Role

_MARKER = re.compile(
    r"""(?: (?P<bullet>[*•·▪●○■➢✓]) | [-–—o] | \d{1,3}(?:\.\d{1,3}){0,3}[.)]
        | \d{1,2}(?:\.\d{1,2}){1,3}(?=\s+[A-Z]) | \(?[a-z]\) | \(?[ivx]{1,5}\) ) \s+ (?=\S)""",
    re.X,
)  # eats "• ", "12. ", "1.1.2 Trade", "(a) "; leaves "6.5 million", "2022 "
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—\s]*\d{1,4}[-–—\s]*(?:(?:of|/)\s*\d{1,4})?", re.I)
_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
_LEADS_UP = re.compile(r"(?:[.,:;!?]|\band|\bor)[\"'”’)\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"(?P<head>[^\W\d_]+)-$")
_TAIL = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its words, its edges, its baseline and letter size, all in points from the lower
    left.
    """

    words: str
    left: float
    right: float
    base: float
    size: float
    hyphen: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    words: str
    role: Role | None = None
    marker: str = ""


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is usual on the pages: the distance between lines, the size of letters, and the margins."""

    step: float
    size: float
    left: float
    right: float


def join_lines(pages: list[list[Line]]) -> Iterator[Paragraph]:
    """Yield the paragraphs of all pages in order; page numbers at the edges are left out."""
    shape = _shape(pages)
    words = Counter(w.casefold() for page in pages for line in page for w in _WORD.findall(line.words))
    gathered: list[Line] = []
    for page in pages:
        for number, line in enumerate(_without_number(page)):
            goes_on = _over_the_page(gathered, line) if number == 0 else _same(gathered, line, shape)
            if gathered and not goes_on:
                yield _paragraph(gathered, shape, words)
                gathered = []
            gathered.append(line)
    if gathered:
        yield _paragraph(gathered, shape, words)


def _shape(pages: list[list[Line]]) -> _Shape:
    lines = [line for page in pages for line in page]
    steps = [above.base - line.base for page in pages for above, line in pairwise(page)]
    usual = [s for s in steps if 2 < s < 60]
    lefts = Counter(round(line.left) for line in lines)
    rights = sorted(line.right for line in lines)
    return _Shape(
        step=median(usual) if usual else 14.0,
        size=median(line.size for line in lines) if lines else 12.0,
        left=float(lefts.most_common(1)[0][0]) if lefts else 0.0,
        right=rights[int(len(rights) * 0.9)] if rights else 0.0,
    )


def _without_number(page: list[Line]) -> list[Line]:
    edges = {0, len(page) - 1}
    return [
        line
        for i, line in enumerate(page)
        if not (i in edges and len(page) > 1 and _PAGE_NUMBER.fullmatch(line.words))
    ]


def _same(before: list[Line], line: Line, shape: _Shape) -> bool:
    """Say whether a line goes on the paragraph before it."""
    if not before:
        return False
    last = before[-1]
    step = last.base - line.base
    if abs(step) < last.size * 0.5:
        return True
    if step < 0 or step > shape.step * 1.35 or abs(last.size - line.size) > 0.1 * max(last.size, 1):
        return False
    short = last.right < shape.right - 0.2 * (shape.right - shape.left)
    if _starts_item(last, line, short):
        return False
    indented = line.left > last.left + line.size and len(before) > 1
    listed = _MARKER.match(before[0].words) is not None
    if listed and line.left < before[0].left + 1 and len(before) > 1 and before[-1].left > line.left + 3:
        return False
    return not indented and not (short and (_ENDS.search(last.words) is not None or line.words[:1].isupper()))


def _starts_item(last: Line, line: Line, short: bool) -> bool:
    """Say whether a line opens an item; a dash or a number may also stand there by chance."""
    match = _MARKER.match(line.words)
    if match is None:
        return False
    return bool(match["bullet"]) or short or _LEADS_UP.search(last.words) is not None


def _over_the_page(before: list[Line], line: Line) -> bool:
    """Say whether a page goes on in the middle of the sentence in which the one before it ended."""
    return (
        bool(before)
        and line.words[:1].islower()
        and not _ENDS.search(before[-1].words)
        and not _MARKER.match(line.words)
    )


def _paragraph(lines: list[Line], shape: _Shape, known: Counter[str]) -> Paragraph:
    words = lines[0].words
    for line in lines[1:]:
        words = _joined(words, line.words, known)
    if lines[0].size > shape.size * 1.15 and len(words) < 300:
        return Paragraph(words, "heading")
    match = _MARKER.match(words)
    if match is None:
        return Paragraph(words)
    return Paragraph(words[match.end() :], "list_item", words[: match.end()])


def _joined(words: str, more: str, known: Counter[str]) -> str:
    """Join two lines; a hyphen at the end goes only if the document has the word without it elsewhere."""
    head, tail = _BROKEN.search(words), _TAIL.match(more)
    if head is None or tail is None:
        return f"{words} {more}"
    whole, parted = (head["head"] + tail[0]).casefold(), f"{head['head']}-{tail[0]}".casefold()
    if more[:1].islower() and known[whole] and not known[parted]:
        return words[:-1] + more
    return words + more
