"""The table for the terminal: headline and source, then what was found, with the quote under each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from communique.export import Part, Screen
from communique.export.entries import Entry, Group, coverage, groups, headline, source
from communique.export.terminal import Terminal
from communique.export.visible import one_line
from communique.model import Record

SUFFIX = ".txt"
MEDIA_TYPE = "text/plain"

_COLOURS = {
    "meetings": "blue",
    "commitments": "magenta",
    "contributions": "green",
    "statements": "cyan",
    "instruments": "yellow",
    "problems": "red",
}
_ON_ONE_LINE = {"issues", "areas", "parties"}  # a name says enough: no quote below it


def part(record: Record, screen: Screen) -> Part:
    """Draw one record, as wide as the screen."""
    console = Terminal(screen)
    _head(console, record)
    for group in groups(record):
        if group.entries:
            _group(console, group)
    return Part(headline(record), console.drawn)


def whole(parts: Iterable[Part], *, several: bool) -> Iterator[str]:
    for i, drawn in enumerate(parts):
        yield "\n\n" + drawn.content if i else drawn.content


def _head(console: Console, record: Record) -> None:
    console.print(Text(one_line(headline(record)), style="bold"))
    where = Text(one_line(source(record)), style="dim")
    console.print(where)
    if record.document.url:
        console.print(Text(one_line(record.document.url), style="dim", overflow="fold"))
    console.print(Text(coverage(record), style="dim"))


def _group(console: Console, group: Group) -> None:
    colour = _COLOURS.get(group.kind, "")
    title = Text(f"\n{group.title.upper()}", style=f"bold {colour}".strip())
    console.print(title.append(f"  {len(group.entries)}", style="not bold dim"))
    for under, entries in group.sections.items():
        by = 2 if under is None else 4
        if under is not None:
            _indent(console, Text(one_line(under), style="bold"), 2)
        if group.kind in _ON_ONE_LINE:
            names = dict.fromkeys(one_line(e.headline) for e in entries)
            _indent(console, Text(" · ".join(names)), by)
            continue
        for entry in entries:
            _entry(console, entry, by, colour)


def _entry(console: Console, entry: Entry, by: int, colour: str) -> None:
    head = _quoted(entry) if entry.quote_says_it else Text(one_line(entry.headline), style=colour)
    facts = Text(" · ".join(map(one_line, entry.facts)), style="dim")
    if facts and by + len(head) + 3 + len(facts) <= console.width:
        head, facts = head + Text(" · ", style="dim") + facts, Text()
    _indent(console, head, by)
    if facts:
        _indent(console, facts, by + 2)
    for note in entry.brief_notes:
        _indent(console, Text(one_line(note), style="dim"), by + 2)
    if entry.quote and not entry.quote_says_it:
        _indent(console, _quoted(entry), by + 2)


def _quoted(entry: Entry) -> Text:
    return Text(f"“{one_line(entry.quote or '')}”", style="italic")


def _indent(console: Console, text: Text, by: int) -> None:
    console.print(Padding(text, (0, 0, 0, by)))
