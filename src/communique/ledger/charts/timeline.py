"""Events on their days, a lane for each sort. Marks that would overlap become one with their number in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.utils.safestring import SafeString

from communique.ledger.charts import svg
from communique.ledger.charts.scale import Days, days
from communique.ledger.writing.dates import marked, written

_WIDTH = 760.0
_MARGIN = 18.0
_LANE = 52.0
_LINE = 34.0
"""How far below the top of its lane a mark stands: above it is the name of the lane."""
_AXIS = 26.0
_APART = 25.0
"""Marks closer than this become one: each is a target of 24 units."""

Between: TypeAlias = Callable[[str, date, date], str]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day, and where its quotes are."""

    day: date | None
    """None where no document says when: it is in the table, and not on the line."""
    label: str
    lane: str
    href: str
    kind: str = ""
    """Kind of claim: statement, meeting …"""
    proposed: bool = False
    """Nobody has looked at it yet: its mark is hollow."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """An event with its place on the line, and that in the table."""

    event: Event
    day: date
    x: float
    row: str


class _Run:
    """Events so close that they are one mark."""

    def __init__(self, first: _Placed) -> None:
        self.events = [first]
        self._total = first.x

    @property
    def middle(self) -> float:
        """Its place: the mean of theirs."""
        return self._total / len(self.events)

    def join(self, other: _Run) -> None:
        """Take in the run after this one."""
        self.events += other.events
        self._total += other._total


def timeline(
    events: Iterable[Event],
    *,
    key: str,
    title: str,
    between: Between | None = None,
    today: date | None = None,
) -> SafeString:
    """Draw events on their days, lanes in the order they first come; nothing where there is no event.

    ``between(lane, first, last)`` gives the address of the quotes of a mark that stands for several events;
    without it such a mark leads to the first of them in the table.
    """
    told = sorted(events, key=lambda event: event.day or date.max)
    if not told:
        return svg.EMPTY
    missing = sum(event.day is None for event in told)
    note = f"{missing} without a date, in the table only." if missing else ""
    drawing = _drawing(key, told, between, today) if missing < len(told) else svg.EMPTY
    return svg.figure(key, "timeline", title, note, drawing, _table(key, told))


def _drawing(key: str, events: Sequence[Event], between: Between | None, today: date | None) -> SafeString:
    line = days((event.day for event in events if event.day), width=_WIDTH - 2 * _MARGIN)
    lanes: dict[str, list[_Placed]] = {}
    for number, event in enumerate(events):
        if event.day is not None:
            placed = _Placed(event, event.day, _MARGIN + line.at(event.day), _anchor(key, number))
            lanes.setdefault(event.lane, []).append(placed)
    height = len(lanes) * _LANE + _AXIS
    parts = [*_axis(line, height), *_today(line, height, today)]
    for number, (lane, placed_events) in enumerate(lanes.items()):
        parts += _lane(lane, number * _LANE, placed_events, between)
    return svg.drawing(key, _WIDTH, height, parts)


def _axis(line: Days, height: float) -> Iterator[SafeString]:
    yield svg.line(_MARGIN, height - _AXIS + 4, _WIDTH - _MARGIN, height - _AXIS + 4, "axis")
    for tick in line.ticks():
        x = _MARGIN + tick.at
        yield svg.line(x, 0 if tick.strong else height - _AXIS + 4, x, height - _AXIS + 9, "tick")
        yield svg.text(x + 4, height - 6, tick.label, "strong" if tick.strong else "")


def _today(line: Days, height: float, today: date | None) -> Iterator[SafeString]:
    if today is not None and line.first <= today < line.end:
        x = _MARGIN + line.at(today)
        yield svg.line(x, 0, x, height - _AXIS + 4, "today")


def _lane(lane: str, top: float, events: Sequence[_Placed], between: Between | None) -> Iterator[SafeString]:
    yield svg.text(_MARGIN + 4, top + 14, svg.shortened(lane, 100), "lane")
    yield svg.line(_MARGIN, top + _LINE, _WIDTH - _MARGIN, top + _LINE, "rule")
    for run in _runs(events):
        yield _mark(run, top + _LINE, between)


def _runs(events: Sequence[_Placed]) -> list[_Run]:
    """Return events in runs whose middles are far enough apart to be told and hit."""
    runs: list[_Run] = []
    for event in events:
        runs.append(_Run(event))
        while len(runs) > 1 and runs[-1].middle - runs[-2].middle < _APART:
            last = runs.pop()
            runs[-1].join(last)
    return runs


def _mark(run: _Run, y: float, between: Between | None) -> SafeString:
    first, last, x = run.events[0], run.events[-1], run.middle
    classes = _classes([placed.event for placed in run.events])
    if first is last:
        parts = [svg.circle(x, y, 12, "hit"), svg.circle(x, y, 5.5, "dot")]
        return svg.link(first.event.href, _said(first.event), classes, parts)
    label = f"{len(run.events)} of {first.event.lane}, {written(f'{first.day}/{last.day}')}"
    href = between(first.event.lane, first.day, last.day) if between else f"#{first.row}"
    count = str(len(run.events))
    parts = [
        svg.circle(x, y, 12, "dot"),
        svg.text(x, y + 4, count, "number" if len(count) < 3 else "number long"),
    ]
    return svg.link(href, label, f"{classes} many", parts)


def _classes(events: Sequence[Event]) -> str:
    """Return the classes of a mark: its kind where it has one, hollow where nobody looked at any of it."""
    kinds = {event.kind for event in events}
    kind = f" kind-{kinds.pop()}" if len(kinds) == 1 and "" not in kinds else ""
    return f"mark{kind}{' proposed' if all(event.proposed for event in events) else ''}"


def _said(event: Event) -> str:
    words = f"{written(event.day)}: {event.label}" if event.day else event.label
    return f"{words} (proposed)" if event.proposed else words


def _anchor(key: str, number: int) -> str:
    """Return the name of an event's row."""
    return f"{key}-{number + 1}"


def _table(key: str, events: Sequence[Event]) -> SafeString:
    rows = [
        svg.Row(
            (
                svg.Cell(marked(event.day) if event.day else "not said"),
                svg.Cell(event.lane),
                svg.Cell(event.label, event.href),
                svg.Cell("proposed" if event.proposed else ""),
            ),
            _anchor(key, number),
        )
        for number, event in enumerate(events)
    ]
    return svg.table(("Day", "What", "Event", "State"), rows, label=f"The same as a table ({len(rows)})")
