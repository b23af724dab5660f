"""Lines: the text cut where its format and its line ends cut it, each without the white space around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communique.model import Block, Role

# Every character at which str.splitlines cuts.
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")
# What starts an item, with the white space after it: "- ", "• ", "(a) ", "1. ", "1.1.2 "; not "2025. "
_MARKER = re.compile(
    r"""(?: [-–—*•·▪▫◦‣⁃●○■□➢➤►✓o] (?=\s|$)
        |   [•▪◦‣●■➢➤►]
        |   \(\s?(?:[a-zA-Z]|[ivxIVX]{1,5}|\d{1,3})\s?\)
        |   \d{1,3}(?:\.\d{1,3}){1,4}\.? (?=\s+[^\W\d_]|\s*$)
        |   (?:\d{1,3}|[a-z]|[ivx]{2,5})[.)] (?=\s|$)
        |   [IVX]{1,5}[.)] (?=\s+[^\W\d_]{2}|\s*$)
        )\s*""",
    re.X,
)
_BULLETS = frozenset("-–—*•·▪▫◦‣⁃●○■□➢➤►✓o")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something: its place, the empty lines before it, the format's block it lies in."""

    start: int
    end: int
    gap: int = 0
    block: int | None = None
    role: Role | None = None

    @property
    def length(self) -> int:
        return self.end - self.start


def read_lines(text: str, blocks: Sequence[Block] = ()) -> list[Line]:
    """Cut a text into its lines; a line also ends where a block of the format begins or ends."""
    lines: list[Line] = []
    previous_end = 0
    for start, end, block in _cuts(text, blocks):
        trimmed = trim(text, start, end)
        if trimmed is None:
            continue
        gap = max(_breaks(text, previous_end, trimmed[0]) - 1, 0)
        role = None if block is None else blocks[block].role
        line = Line(*trimmed, gap=gap, block=block, role=role)
        if lines and _is_marker_of(text, lines[-1], line):
            line = replace(line, start=lines[-1].start, gap=lines[-1].gap)
            lines.pop()
        lines.append(line)
        previous_end = trimmed[1]
    return lines


def _is_marker_of(text: str, before: Line, line: Line) -> bool:
    """Say whether a line is the marker that a format left out of the item after it."""
    if before.block is not None or line.role != "list_item" or before.length > 12:
        return False
    same_line = _LINE.fullmatch(text, before.start, line.start) is not None
    return same_line and marker_end(text, before.start, before.end) == before.end


def _cuts(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, int | None]]:
    for start, end, block in _areas(len(text), blocks):
        for line in _LINE.finditer(text, start, end):
            yield line.start(), line.end(), block


def _areas(length: int, blocks: Sequence[Block]) -> Iterator[tuple[int, int, int | None]]:
    """Yield the blocks and what lies between them, in order; where two overlap, the later is cut short."""
    at = 0
    for i, block in sorted(enumerate(blocks), key=lambda numbered: numbered[1].start):
        start, end = max(block.start, at), min(block.end, length)
        if start >= end:
            continue
        if at < start:
            yield at, start, None
        yield start, end, i
        at = end
    if at < length:
        yield at, length, None


def _breaks(text: str, start: int, end: int) -> int:
    between = text[start:end]
    return between.count("\n") if "\n" in between else between.count("\r")


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without the white space at its ends, or None where it holds nothing else."""
    words = text[start:end]
    stripped = words.strip()
    if not stripped:
        return None
    start += len(words) - len(words.lstrip())
    return start, start + len(stripped)


def marker_end(text: str, start: int, end: int) -> int:
    """Return where the words begin after a list marker; ``start`` where there is none."""
    found = _MARKER.match(text, start, end)
    return start if found is None else found.end()


def is_bullet(marker: str) -> bool:
    """Say whether a marker is a bullet or a letter in brackets, and not the number of a paragraph."""
    mark = marker.strip()
    return mark[:1] in _BULLETS or not mark[:1].isdigit()


def marker_level(text: str, start: int, end: int) -> str:
    """Name the level of a list marker: "1" for "1.", "1.1" for "2.3", "a" for "(b)", "I" for "IV."."""
    mark = text[start : marker_end(text, start, end)].strip(" .()")
    if mark[:1].isdigit():
        return ".".join("1" for _ in mark.split("."))
    return "I" if mark.isupper() else "a" if mark.isalpha() else mark[:1]
