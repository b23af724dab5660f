"""How far a bulk job is, in words: a bar where somebody watches, a line now and then where nobody does."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from communique.bulk.job import Standing

_SHORTEST = 0.1  # seconds
_BETWEEN = 30.0  # seconds between two lines where nobody watches


@contextmanager
def watching() -> Iterator[Callable[[Standing], None]]:
    """Yield what a job tells how far it is."""
    if sys.stderr.isatty():
        yield from _bar()
    else:
        yield _Lines().tell


class _Lines:
    """Says how far it is, now and then."""

    def __init__(self) -> None:
        self._pace: _Pace | None = None
        self._said = time.monotonic()

    def tell(self, now: Standing) -> None:
        if self._pace is None:
            self._pace = _Pace(now)
            if not now.done:
                typer.echo(begins(now), err=True)
        elif time.monotonic() - self._said >= _BETWEEN:
            self._said = time.monotonic()
            typer.echo(self._pace.told(now), err=True)


def _bar() -> Iterator[Callable[[Standing], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    with Progress(
        TextColumn("Reading"), BarColumn(), TextColumn("{task.description}"), console=Console(stderr=True),
        transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task("", total=None)
        paces: list[_Pace] = []

        def tell(now: Standing) -> None:
            if not paces:
                paces.append(_Pace(now))
            bar.update(task, total=now.job.rows, completed=now.counts.rows, description=paces[0].told(now))

        yield tell


class _Pace:
    """The rate, and what it promises: counted from the first part that this run commits, since Spark takes its time."""

    def __init__(self, first: Standing) -> None:
        self._first, self._began = first, time.monotonic()
        self._is_going = False

    def told(self, now: Standing) -> str:
        """Say how far it is; the rate from the second part on."""
        said = f"{now.counts.rows:,} of {now.job.rows:,}"
        if now.parts == self._first.parts:
            return said
        if not self._is_going:
            self._first, self._began, self._is_going = now, time.monotonic(), True
            return said
        passed = max(time.monotonic() - self._began, _SHORTEST)
        rows = now.counts.rows - self._first.counts.rows
        words = now.counts.words - self._first.counts.words
        left = (now.job.rows - now.counts.rows) * passed / rows
        return f"{said}, {rows / passed:,.1f} documents/s, {words / passed:,.0f} words/s, {span(left)} to go"


def begins(now: Standing) -> str:
    """Say what there is to do."""
    left = now.job.rows - now.counts.rows
    kept = f"; {now.counts.rows:,} are read already" if now.counts.rows else ""
    return f"{left:,} documents to read, in {now.job.parts - now.parts:,} parts{kept}"


def summary(now: Standing, output: Path) -> Iterator[str]:
    """Say what a job holds, line by line."""
    counts = now.counts
    if not now.done:
        yield f"{counts.rows:,} of {now.job.rows:,} rows read, {now.parts:,} of {now.job.parts:,} parts; not done"
    more = f" and {counts.more:,} more documents of feeds" if counts.more else ""
    sums = "adds up" if counts.adds_up else "does NOT add up"
    yield (
        f"{counts.rows:,} rows{more} in; {counts.documents:,} documents and {counts.unread:,} problems out: {sums}"
    )
    for table, rows in sorted(now.tables.items(), key=lambda entry: -entry[1]):
        yield f"  {rows:>12,}  {table}"
    if now.done:
        yield f"The tables are in {output}"


def span(seconds: float) -> str:
    """Write a time as people say it: 45 s, 12 min, 3 h 20 min, 2 days 4 h."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    if minutes < 90:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min"
    return f"{hours // 24} days {hours % 24} h"
