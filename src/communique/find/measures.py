"""Reads plans of action into their numbered measures, with the headings they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from communique.model import Measure
from communique.text.page import Page

_Style = Literal["decimal", "roman", "upper", "arabic", "arabic)", "lower", "lower-roman"]

_MARKER = re.compile(
    r"""
    ^[ \t]{0,12}
    (?: (?P<decimal>\d{1,2}(?:\.\d{1,2}){1,4})\.?
      | (?P<roman>[IVX]{1,6})[.)]
      | (?P<upper>[A-Z])[.)]
      | (?P<arabic>\d{1,3})\.
      | \(?(?P<arabic_bracket>\d{1,3})\)
      | \(?(?P<lower_roman>[ivx]{1,6})\)
      | \(?(?P<lower>[a-z])[.)]
    )
    [ \t]+(?=[^\s\d]|\d{1,4}\s?[a-z])
    """,
    re.X | re.M,
)
_PLAN = re.compile(
    r"\b(?:plan of action|action plan|road ?map|work ?plan|programme? of (?:action|work)|blueprint)\b",
    re.I,
)
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class _Marked:
    """A numbered line: where its marker and text start, its end, its number and style."""

    start: int
    begin: int
    end: int
    number: str
    style: _Style


def find_measures(page: Page) -> tuple[Measure, ...]:
    """Read the numbered measures of a plan of action, headings too; nothing where there is no such plan."""
    marked = list(_marked(page))
    if not _is_plan(page, marked):
        return ()
    return tuple(_placed(page.text, marked))


def _marked(page: Page) -> Iterator[_Marked]:
    text = page.text
    furniture = {s.start for s in page.segments if s.role == "furniture"}
    found = [m for m in _MARKER.finditer(text) if m.start(m.lastgroup or 0) not in furniture]
    last: str | None = None
    for n, m in enumerate(found):
        limit = found[n + 1].start() if n + 1 < len(found) else len(text)
        end = _end(text, m.end(), min(limit, m.end() + _LONGEST))
        number, style = _number(m, last)
        if end > m.end():
            last = number if style in ("lower", "upper") else last
            yield _Marked(m.end() - len(m[0].lstrip()), m.end(), end, number, style)


def _number(m: re.Match[str], last: str | None) -> tuple[str, _Style]:
    """Return a marker's number and style; "i" after "h" is a letter, and else a Roman one."""
    group = m.lastgroup or ""
    number = m[group]
    if group == "roman" and len(number) == 1 and last is not None and ord(last[0]) == ord(number) - 1:
        return number, "upper"
    if group == "lower_roman" and len(number) == 1 and last is not None and ord(last[0]) == ord(number) - 1:
        return number, "lower"
    styles: dict[str, _Style] = {
        "decimal": "decimal",
        "roman": "roman",
        "upper": "upper",
        "arabic": "arabic",
        "arabic_bracket": "arabic)",
        "lower_roman": "lower-roman",
        "lower": "lower",
    }
    return number, styles[group]


def _end(text: str, begin: int, limit: int) -> int:
    """Return where a measure's text ends: at the next marker, or a blank line that it does not run across."""
    for gap in re.finditer(r"\n[ \t]*\n\s*", text[begin:limit]):
        before, after = (
            text[begin : begin + gap.start()].rstrip(),
            text[begin + gap.end() : begin + gap.end() + 1],
        )
        if before and not (after.islower() and before[-1:] not in ".;:"):
            return begin + len(before)
    return begin + len(text[begin:limit].rstrip())


def _is_plan(page: Page, marked: Sequence[_Marked]) -> bool:
    """Say whether a page is a plan of action: it says so, or numbers its measures on two levels."""
    decimals = [m for m in marked if m.style == "decimal"]
    if len(decimals) >= 4:
        return True
    opening = f"{page.document.title or ''} {page.text[:400]}"
    says_so = page.document.kind == "plan_of_action" or _PLAN.search(opening) is not None
    styles = {m.style for m in marked}
    return says_so and len(marked) >= 3 and (len(styles) > 1 or page.document.kind == "plan_of_action")


def _placed(text: str, marked: Sequence[_Marked]) -> Iterator[Measure]:
    """Give each measure its number as written, and the number of the one that it stands under."""
    stack: list[tuple[str, str]] = []  # level and number of the measures that this one stands under
    for m in marked:
        level = f"{m.style}{m.number.count('.')}" if m.style == "decimal" else m.style
        depths = [name for name, _ in stack]
        if level in depths:
            stack = stack[: depths.index(level)]
        parent = _prefix(m, stack) or (stack[-1][1] if stack else None)
        stack.append((level, m.number))
        yield Measure(start=m.start, end=m.end, number=m.number, text=text[m.begin : m.end], parent=parent)


def _prefix(m: _Marked, stack: Sequence[tuple[str, str]]) -> str | None:
    """Return the number that a decimal one extends, where it stands above: 1.1 for 1.1.2."""
    above = m.number.rpartition(".")[0] if m.style == "decimal" else ""
    return next((number for _, number in reversed(stack) if number == above), None)
