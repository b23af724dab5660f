"""From dates as documents give them to the first and the last day they may be."""

from __future__ import annotations

import calendar
from datetime import date

Days = tuple[date | None, date | None]


def days(edtf: str | None) -> Days:
    """Return first and last day of a date in EDTF level 0, or of the day of a moment; none where it is open.

    `2022-06` is all of June; `2019/2023` runs from the first day of the one to the last day of the other.
    """
    if edtf is None:
        return None, None
    first, _, last = edtf.partition("/")
    return _first(first), _last(last or first)


def _first(written: str) -> date | None:
    match _numbers(written):
        case [year]:
            return _day(year, 1, 1)
        case [year, month]:
            return _day(year, month, 1)
        case [year, month, day]:
            return _day(year, month, day)
    return None


def _last(written: str) -> date | None:
    match _numbers(written):
        case [year]:
            return _day(year, 12, 31)
        case [year, month] if 1 <= month <= 12 and year >= 1:
            return _day(year, month, calendar.monthrange(year, month)[1])
        case [year, month, day]:
            return _day(year, month, day)
    return None


def _numbers(written: str) -> list[int]:
    parts = written.partition("T")[0].split("-")
    return [int(part) for part in parts] if all(part.isdecimal() for part in parts) else []


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
