"""Figures by year or by name: bars side by side or upon each other, on one axis of one unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from communique.ledger.charts import svg
from communique.ledger.charts.scale import rounded_steps
from communique.ledger.writing.money import digits, number

Look: TypeAlias = Literal["full", "hollow", "hatched", "pale"]

_WIDTH = 760.0
_PLOT = 168.0
_TOP = 14.0
_AXIS = 28.0
_MARGIN = 12.0
_LETTER = 6.6
"""About as wide as a letter of the labels is."""
_TARGET = 25.0
_WIDEST = 40.0
_ROOMY = 96.0
"""As much as a column gets where there are few."""


@dataclass(frozen=True, slots=True)
class Series:
    """One sort of figure, and how its bars look: told apart without colour."""

    name: str
    look: Look = "full"


@dataclass(frozen=True, slots=True)
class Column:
    """The figures at one place of the axis, one for each series (None: nothing is known), and where they lead."""

    label: str
    values: tuple[Decimal | None, ...]
    hrefs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars. Values are never below 0."""

    title: str
    series: tuple[Series, ...]
    columns: tuple[Column, ...]
    along: str = "Year"
    """What the columns are."""
    stacked: bool = False
    """Upon each other, where the figures are parts of one whole; else side by side."""
    note: str = ""
    written: Callable[[Decimal], str] = number
    """How a value is written on the axis."""
    exactly: Callable[[Decimal], str] = digits
    """How it is written in the table and when a bar is pointed at."""


def bars(of: Bars, *, key: str) -> SafeString:
    """Draw a chart of bars; nothing where no value is above 0.

    Raises ValueError where a value is below 0, or a column has not one value for each series.
    """
    for column in of.columns:
        if len(column.values) != len(of.series) or len(column.hrefs) not in (0, len(of.series)):
            raise ValueError(f"{column.label}: {len(of.series)} values are wanted")
        if any(value is not None and value < 0 for value in column.values):
            raise ValueError(f"{column.label}: a value is below 0")
    if not any(value for column in of.columns for value in column.values):
        return svg.EMPTY
    return svg.figure(key, "bars", of.title, of.note, _drawing(of, key), _table(of), _legend(of))


def _drawing(of: Bars, key: str) -> SafeString:
    steps = rounded_steps(max(_height(of, column) for column in of.columns))
    gutter = _MARGIN + _LETTER * max(len(of.written(step)) for step in steps)
    beside = 1 if of.stacked else len(of.series)
    longest = max(len(column.label) for column in of.columns)
    room = max(
        min((_WIDTH - gutter - _MARGIN) / len(of.columns), _ROOMY),
        _TARGET * beside + 10,
        _LETTER * min(longest, 16) + 8,
    )
    width = gutter + room * len(of.columns) + _MARGIN
    base = _TOP + _PLOT
    parts = [svg.EMPTY]
    for step in steps:
        y = base - _PLOT * float(step / steps[-1])
        parts.append(svg.line(gutter, y, width - _MARGIN, y, "axis" if step == 0 else "grid"))
        parts.append(svg.text(gutter - 6, y + 4, of.written(step), "end"))
    for place, column in enumerate(of.columns):
        left = gutter + place * room
        parts.append(svg.text(left + room / 2, base + 18, svg.shortened(column.label, 16), "middle"))
        parts += _column(of, column, key, left, room, base, steps[-1])
    return svg.drawing(key, width, base + _AXIS, [_hatch(key), *parts])


def _height(of: Bars, column: Column) -> Decimal:
    values = [value or Decimal(0) for value in column.values]
    return sum(values, Decimal(0)) if of.stacked else max(values)


def _column(
    of: Bars, column: Column, key: str, left: float, room: float, base: float, highest: Decimal
) -> Iterator[SafeString]:
    """Yield the bars of a column, those that there are, in the middle of its room."""
    hrefs = column.hrefs or ("",) * len(of.series)
    known = [known for known in zip(of.series, column.values, hrefs, strict=True) if known[1]]
    each = min(_WIDEST, (room - 10) / max(1 if of.stacked else len(known), 1))
    x = left + (room - each * (1 if of.stacked else len(known))) / 2
    for series, value, href in known:
        assert value is not None
        height = max(1.5, _PLOT * float(value / highest))
        hatch = f"url(#{key}-hatch)" if series.look == "hatched" else ""
        bar = svg.rect(x + 1, base - height, each - 2, height, f"bar {series.look}", hatch)
        # side by side, each can be hit over the whole height of the chart
        hit = svg.EMPTY if of.stacked else svg.rect(x, _TOP, each, _PLOT, "hit")
        yield svg.link(href, f"{column.label}, {series.name}: {of.exactly(value)}", "mark", [hit, bar])
        if of.stacked:
            base -= height
        else:
            x += each


def _hatch(key: str) -> SafeString:
    return format_html(
        '<defs><pattern id="{}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="6" height="6" class="hatch-ground"/><line x1="0" y1="0" x2="0" y2="6" class="hatch-line"/>'
        "</pattern></defs>",
        key,
    )


def _legend(of: Bars) -> SafeString:
    return format_html(
        '<ul class="chart-legend">{}</ul>',
        format_html_join(
            "",
            '<li><span class="swatch {}"></span>{}</li>',
            ((series.look, series.name) for series in of.series),
        ),
    )


def _table(of: Bars) -> SafeString:
    rows = [
        svg.Row(
            (
                svg.Cell(column.label),
                *(
                    svg.Cell(
                        "–" if value is None else of.exactly(value),
                        column.hrefs[place] if column.hrefs and value else "",
                        number=True,
                    )
                    for place, value in enumerate(column.values)
                ),
            )
        )
        for column in of.columns
    ]
    return svg.table((of.along, *(series.name for series in of.series)), rows, label="The same as a table")
