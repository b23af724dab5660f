"""A place in a long list: pages are turned from there, however many rows come before it."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.http import QueryDict

SIZE = 25
_WRITTEN = re.compile(r"(?P<day>\d{4}-\d\d-\d\d|undated)\.(?P<pk>\d{1,18})")

Key: TypeAlias = tuple[date | None, int]
"""The day of a claim, and its id: lists go from the newest to the oldest, and end with what has no day."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a page starts: after a key on the way to older ones, or before it on the way back."""

    key: Key
    back: bool = False

    def __str__(self) -> str:
        day, pk = self.key
        return f"{'undated' if day is None else day.isoformat()}.{pk}"


def asked(query: QueryDict) -> Turn | None:
    """Return where the page asked for starts; None for the first, and for what is no place."""
    for name, back in (("older", False), ("newer", True)):
        told = _WRITTEN.fullmatch(query.get(name, ""))
        if told is None:
            continue
        try:
            day = None if told["day"] == "undated" else date.fromisoformat(told["day"])
        except ValueError:
            continue
        return Turn((day, int(told["pk"])), back)
    return None


@dataclass(frozen=True, slots=True)
class Slice:
    """The ids of one page, newest first, and where those before and after it start."""

    pks: tuple[int, ...]
    older: Turn | None = None
    newer: Turn | None = None


Rows: TypeAlias = Callable[[Turn | None, int], Iterable[Key]]
"""Gives at most so many keys from a place on, in the direction of the turn."""


def cut(sources: Sequence[Rows], turn: Turn | None, size: int = SIZE) -> Slice:
    """Return a page of several lists as one, each claim once."""
    back = turn is not None and turn.back
    merged = heapq.merge(*(rows(turn, size + 1) for rows in sources), key=_back_order if back else _order)
    found = list(_some(_once(merged), size + 1))
    more, found = len(found) > size, found[:size]
    if back and not more:
        return cut(sources, None, size)  # the way back has come to the first page
    if not found:
        return Slice(())
    if back:
        found.reverse()
    after, before = Turn(found[-1]), Turn(found[0], back=True)
    is_first = turn is None
    return Slice(tuple(pk for _, pk in found), after if more or back else None, None if is_first else before)


def _order(key: Key) -> tuple[bool, int, int]:
    day, pk = key
    return (day is None, -(day.toordinal() if day else 0), -pk)


def _back_order(key: Key) -> tuple[bool, int, int]:
    day, pk = key
    return (day is not None, day.toordinal() if day else 0, pk)


def _once(keys: Iterable[Key]) -> Iterator[Key]:
    last: Key | None = None
    for key in keys:
        if key != last:
            yield key
        last = key


def _some(keys: Iterator[Key], most: int) -> Iterator[Key]:
    for _, key in zip(range(most), keys, strict=False):
        yield key
