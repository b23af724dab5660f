"""The numbers and bullets of a Word list: Word keeps them as rules, and shows "1.2.3" where the text says
nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts: ``kind`` as Word names it, ``shape`` such as ``%1.%2.``"""

    kind: str
    shape: str
    start: int


class Numbers:
    """Counts the items of a document's lists as Word does, paragraph by paragraph."""

    def __init__(self, document: Any) -> None:
        self._levels = _levels(document)
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)

    def marker(self, paragraph: Any, style: Any | None) -> str | None:
        """Return what stands before a paragraph, such as ``1.2. `` or ``- ``; None if it is no item of a
        list.
        """
        place = _place(paragraph.pPr) or (_place(style.element.pPr) if style is not None else None)
        if place is None:
            return None
        key, depth = place
        levels = self._levels.get(key)
        if levels is None or depth not in levels:
            return None
        return self._count(key, depth, levels)

    def _count(self, key: str, depth: int, levels: dict[int, _Level]) -> str:
        counts, level = self._counts[key], levels[depth]
        before = counts[depth]
        counts[depth] = level.start if before is None else before + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        if level.kind in ("bullet", "none"):
            return "- " if level.kind == "bullet" else ""
        shown = _PLACE.sub(lambda m: self._shown(counts, levels, int(m[1]) - 1), level.shape)
        return f"{shown} " if shown.strip() else ""

    @staticmethod
    def _shown(counts: list[int | None], levels: dict[int, _Level], depth: int) -> str:
        level = levels.get(depth)
        if level is None:
            return ""
        count = counts[depth]
        return _written(level.start if count is None else count, level.kind)


def _written(number: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr(ord("a" if kind == "lowerLetter" else "A") + number - 1)
    if kind in ("lowerRoman", "upperRoman") and 1 <= number < 100:
        roman = _roman(number)
        return roman if kind == "lowerRoman" else roman.upper()
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, letters in (
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        while number >= value:
            out, number = out + letters, number - value
    return out


def _place(properties: Any | None) -> tuple[str, int] | None:
    """Return the list and the level that a paragraph's or a style's properties put it in."""
    found = properties.find(f"{_WORD}numPr") if properties is not None else None
    if found is None:
        return None
    key, depth = _value(found, "numId"), _value(found, "ilvl") or "0"
    usable = key not in (None, "0") and depth.isascii() and depth.isdigit() and int(depth) < _LEVELS
    return (str(key), int(depth)) if usable else None


def _levels(document: Any) -> dict[str, dict[int, _Level]]:
    """Read how each list of the document counts; a document without lists has no part for them."""
    part = next(
        (r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None
    )
    root = getattr(part, "element", None)
    if root is None:
        return {}
    shapes = {a.get(f"{_WORD}abstractNumId"): _shapes(a) for a in root.iter(f"{_WORD}abstractNum")}
    out: dict[str, dict[int, _Level]] = {}
    for num in root.iter(f"{_WORD}num"):
        shape = shapes.get(_value(num, "abstractNumId"))
        if shape is not None:
            out[str(num.get(f"{_WORD}numId"))] = shape
    return out


def _shapes(abstract: Any) -> dict[int, _Level]:
    out: dict[int, _Level] = {}
    for level in abstract.iter(f"{_WORD}lvl"):
        depth, start = level.get(f"{_WORD}ilvl") or "", _value(level, "start") or "1"
        if depth.isdigit() and start.isascii() and start.isdigit():
            shape = _value(level, "lvlText") or ""
            out[int(depth)] = _Level(_value(level, "numFmt") or "decimal", shape, int(start))
    return out


def _value(element: Any, name: str) -> str | None:
    child = element.find(f"{_WORD}{name}")
    value = child.get(f"{_WORD}val") if child is not None else None
    return str(value) if value is not None else None
