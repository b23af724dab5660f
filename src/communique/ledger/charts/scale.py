"""Where values and days fall on a line, and the ticks that a person would choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_ROOM = 12
"""As many ticks of years as stand beside each other without crowding."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and what stands at it."""

    at: float
    label: str
    strong: bool = False
    """The first of a year among months."""


@dataclass(frozen=True, slots=True)
class Days:
    """A line of days from the first of a year to the last of a year."""

    first: date
    end: date
    """The day after its last."""
    width: float

    def at(self, day: date) -> float:
        """Return the place of a day, from 0 to the width."""
        return self.width * (day - self.first).days / (self.end - self.first).days

    def ticks(self) -> list[Tick]:
        """Return ticks at months, quarters, or years, whichever are few enough to read."""
        years = self.end.year - self.first.year
        if years <= 3:
            every = 1 if years == 1 else 3
            return [
                Tick(self.at(date(year, month, 1)), _month(year, month), strong=month == 1)
                for year in range(self.first.year, self.end.year)
                for month in range(1, 13, every)
            ]
        step = next(step for step in _STEPS if years <= step * _ROOM)
        start = -(-self.first.year // step) * step
        return [
            Tick(self.at(date(year, 1, 1)), str(year), strong=True)
            for year in range(start, self.end.year, step)
        ]


def days(of: Iterable[date], *, width: float) -> Days:
    """Return the line of whole years that holds these days (one at least)."""
    years = sorted(day.year for day in of)
    return Days(date(years[0], 1, 1), date(min(years[-1] + 1, date.max.year), 1, 1), width)


def _month(year: int, month: int) -> str:
    return f"{_MONTHS[month - 1]} {year}" if month == 1 else _MONTHS[month - 1]


def rounded_steps(highest: Decimal, *, about: int = 4) -> list[Decimal]:
    """Return steps from 0 to the first round number not below ``highest``: 0, 2, 4, 6 for 5.3.

    Steps are 1, 2, 2.5 or 5 times a power of ten; whole numbers where the highest is one of a few.
    """
    if highest <= 0:
        return [Decimal(0), Decimal(1)]
    whole = highest == highest.to_integral_value()
    power = Decimal(10) ** ((highest / about).adjusted())
    step = next(
        step
        for step in (power * factor for factor in (1, 2, Decimal("2.5"), 5, 10))
        if step * about >= highest and (not whole or step == step.to_integral_value())
    )
    count = int((highest / step).to_integral_value(rounding=ROUND_CEILING))
    return [step * n for n in range(count + 1)]
