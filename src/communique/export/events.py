"""Events as rows: a table for the terminal, CSV with the columns that tools agree on, JSON Lines with all of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from io import StringIO

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from communique.events import STATELESS, Event
from communique.export import Screen
from communique.export.terminal import Terminal
from communique.export.visible import one_line

COLUMNS = (
    "document",
    "date",
    "actor",
    "actor_role",
    "recipient",
    "recipient_role",
    "type",
    "mode",
    "contexts",
    "cameo",
    "amount",
    "currency",
    "quote",
    "start",
    "end",
)


def to_csv(events: Iterable[Event]) -> Iterator[str]:
    """Yield CSV, its header first; contexts are joined by semicolons, and an event's further quotes left out."""
    yield _csv_line(COLUMNS)
    for event in events:
        yield _csv_line([_cell(getattr(event, column)) for column in COLUMNS])


def to_json_lines(events: Iterable[Event]) -> Iterator[str]:
    """Yield one JSON object a line, with every field of an event."""
    for event in events:
        yield msgspec.json.encode(event).decode() + "\n"


def to_table(events: Iterable[Event], screen: Screen) -> Iterator[str]:
    """Yield a table for the terminal: what happened on one line, the words under it."""
    last: str | None = None
    for i, event in enumerate(events):
        console = Terminal(screen)
        if event.document != last or i == 0:
            last = event.document
            console.print(Text(("\n" if i else "") + one_line(last or "document"), style="bold"))
        _draw(console, event)
        yield console.drawn


def _draw(console: Console, event: Event) -> None:
    actor = _side(event.actor, event.actor_role, event.actor_name)
    recipient = (
        "–" if event.recipient is None else _side(event.recipient, event.recipient_role, event.recipient_name)
    )
    head = Text(f"{actor} {event.type} {recipient}", style="cyan")
    facts = [f for f in (event.mode, event.cameo, _sum(event), ", ".join(event.contexts)) if f]
    when = "" if event.date is None else f"{event.date}  "
    console.print(
        Padding(Text(when, style="dim") + head + Text("  " + " · ".join(facts), style="dim"), (0, 0, 0, 2))
    )
    console.print(Padding(Text(f"“{one_line(event.quote)}”", style="italic"), (0, 0, 0, 4)))
    for words in event.also:
        console.print(Padding(Text(f"“{one_line(words.quote)}”", style="italic dim"), (0, 0, 0, 4)))
    for support in event.supports:
        says = support.rule if support.quote is None else f"“{one_line(support.quote)}” ({support.rule})"
        console.print(Padding(Text(f"{support.field}: {says}", style="dim"), (0, 0, 0, 4)))


def _side(code: str, role: str | None, name: str | None) -> str:
    """Write a side as its code and role; the codes of those who are of no state say nothing without the name."""
    if code in STATELESS and name is not None:
        return f"{code} {one_line(name)}"
    return code if role is None or role == code else f"{code} {role}"


def _sum(event: Event) -> str:
    return "" if event.amount is None else f"{event.currency or ''} {event.amount:,}".strip()


def _csv_line(cells: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _cell(value: str | int | date | Decimal | tuple[str, ...] | None) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
