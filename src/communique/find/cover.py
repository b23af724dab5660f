"""Which stretches of a text are taken."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Cover:
    """The stretches of a text that are taken; asking and adding cost little however many there are."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in spans:
            self.add(start, end)

    def overlaps(self, start: int, end: int) -> bool:
        """Say whether any of a span is taken."""
        i = bisect_right(self._ends, start)
        return i < len(self._starts) and self._starts[i] < end

    def add(self, start: int, end: int) -> None:
        """Take a span, as one with those that it overlaps."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        if first < last:
            start, end = min(start, self._starts[first]), max(end, self._ends[last - 1])
        self._starts[first:last] = [start]
        self._ends[first:last] = [end]
