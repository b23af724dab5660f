"""Hard-wrapped text: which lines are one paragraph. Scans end every line, sometimes twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.text import abbreviations
from communique.text.lines import Line, marker_end

_WINDOW = 8
_WIDEST = 120
_TERMINAL = re.compile(r"""[.!?…][)\]}"'”’»*]*$""")
_PAUSE = re.compile(r"[:;][\"'”’]?$")
# A year that ends its sentence, taken for the number of a list and set on a line of its own: "… of July⏎⏎2024. The"
_YEAR = re.compile(r"(?:1[89]|20)\d\d[.,](?=\s|$)")
# eats "REAFFIRMING their", "DESIRING to": a recital begins its own paragraph, whatever ends the one before
_RECITAL = re.compile(r"[A-Z]{4,}ING\b")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a line's first and last characters tell of the lines before and after it.

    ``hanging``: its last word ends nothing. ``marked``: how long its list marker is. ``stray``: that marker
    stands before a lower-case word, and may be a speck that a scanner took for a bullet. ``prose``: most
    words are in lower case, too many for a heading. ``year``: it begins with a year that ends a
    sentence. ``recital``: with a participle in capitals.
    """

    terminal: bool
    pause: bool
    comma: bool
    hanging: bool
    lower: bool
    capitals: bool
    marked: int
    stray: bool
    prose: bool
    year: bool
    recital: bool
    first: int


def shape_of(text: str, line: Line) -> Shape:
    """Look at how a line begins and ends."""
    words = text[line.start : line.end]
    last = words.rsplit(None, 1)[-1]
    ends = _TERMINAL.search(words[-8:]) is not None
    short = ends and abbreviations.is_abbreviation(last)
    bare = last.rstrip(",").casefold()
    marked = marker_end(text, line.start, line.end) - line.start
    return Shape(
        terminal=ends and not short,
        pause=_PAUSE.search(words[-3:]) is not None,
        comma=last.endswith(",") or last in "-–—&",
        hanging=short or (bare in abbreviations.hanging() and not last.endswith((".", ":", ";"))),
        lower=_begins_lower(words),
        capitals=is_capitals(words),
        marked=marked,
        stray=marked > 0 and words[0] in "*•·-" and words[marked : marked + 1].islower(),
        prose=line.length <= _WIDEST and _is_prose(words),
        year=_YEAR.match(words) is not None,
        recital=_RECITAL.match(words) is not None,
        first=len(words.split(None, 1)[0]),
    )


def _begins_lower(words: str) -> bool:
    head = words[:24].lstrip("\"'“‘([")
    return head[:1].islower() or words[:1] in ",;)&"


def _is_prose(words: str) -> bool:
    found = words.split()
    return len(found) >= 6 and sum(w[0].islower() for w in found) * 2 >= len(found)


def is_capitals(words: str) -> bool:
    """Say whether a line is set in capitals: a heading in most releases."""
    return len(words) < 200 and words.isupper() and len(_LETTER.findall(words)) >= 4


@dataclass(frozen=True, slots=True)
class Wrapping:
    """For each line the width it was wrapped at (0: it was not), and the usual gap between lines there."""

    width: tuple[int, ...]
    gap: int


def find_wrapping(lines: Sequence[Line], shapes: Sequence[Shape]) -> Wrapping:
    """Tell for each line whether it stands among hard-wrapped lines: short, and going on in the next."""
    flows = [_flows(a, b) for a, b in pairwise(shapes)] + [False]
    gaps = [line.gap for line, flow in zip(lines[1:], flows, strict=False) if flow]
    width = tuple(_width(lines, flows, i) for i in range(len(lines)))
    return Wrapping(width, 1 if gaps and sum(g > 0 for g in gaps) * 2 > len(gaps) else 0)


def _flows(a: Shape, b: Shape) -> bool:
    return b.lower and not b.marked and not (a.terminal or a.pause or a.capitals)


def _width(lines: Sequence[Line], flows: Sequence[bool], i: int) -> int:
    low, high = max(i - _WINDOW, 0), min(i + _WINDOW + 1, len(lines))
    if sum(flows[low:high]) * 5 < high - low:
        return 0
    lengths = sorted(line.length for line in lines[low:high])
    width = lengths[(len(lengths) * 4) // 5 - (len(lengths) < 5)]
    return width if width <= _WIDEST else 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that run on: one paragraph, or a part of one."""

    lines: tuple[Line, ...]
    number: int

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end


def join_lines(
    lines: Sequence[Line], shapes: Sequence[Shape], wrapping: Wrapping, apart: frozenset[int]
) -> list[Paragraph]:
    """Put lines together that run on; those whose index is in ``apart`` stay alone."""
    groups: list[list[Line]] = []
    for i, line in enumerate(lines):
        alone = i == 0 or i in apart or i - 1 in apart
        if not alone and runs_on(lines, shapes, wrapping, i):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Paragraph(tuple(group), n) for n, group in enumerate(groups)]


def runs_on(lines: Sequence[Line], shapes: Sequence[Shape], wrapping: Wrapping, i: int) -> bool:
    """Say whether a line goes on with what the line before it says."""
    before, line, a, b = lines[i - 1], lines[i], shapes[i - 1], shapes[i]
    if before.block != line.block or (b.recital and line.gap > 0):
        return False
    if a.marked == before.length:
        return True
    if b.year and not (a.terminal or a.pause or a.capitals) and before.length >= 25:
        return True
    width = wrapping.width[i - 1] if wrapping.width[i - 1] else wrapping.width[i]
    full = width > 0 and (before.length + 1 + b.first) * 100 > width * 85
    stray = b.stray and full and not (a.terminal or a.pause or a.capitals)
    if (b.marked and not stray) or _is_heading_step(a, b, full=full):
        return False
    if a.terminal:
        return full and line.gap <= wrapping.gap
    if a.pause:
        return full and b.lower
    return _continues(before, line, a, b, width=width, full=full)


def _is_heading_step(a: Shape, b: Shape, *, full: bool) -> bool:
    """Say whether a line in capitals and one that isn't meet: a heading and its text."""
    if a.capitals == b.capitals or a.hanging:
        return False
    return a.capitals or a.terminal or not full


def _continues(before: Line, line: Line, a: Shape, b: Shape, *, width: int, full: bool) -> bool:
    if a.capitals and b.capitals:
        return False
    if b.lower:
        return width > 0 or before.length >= (25 if line.gap == 0 else 40)
    if a.hanging:
        return width > 0 or before.length >= 25
    if width > 0 and a.prose and not b.capitals:
        return True
    return full or (a.comma and (width > 0 or before.length >= 80))
