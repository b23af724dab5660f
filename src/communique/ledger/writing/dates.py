"""Dates as people write them: from days and EDTF to “27 June – 3 July 2022”."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_OPEN = ("", "..")
"""How EDTF writes an end that is not known, or not reached."""


def written(day: date | str) -> str:
    """Return a day, or EDTF level 0 (a day, a month, a year, ``first/last``), in words.

    What is none of these is returned as it is: a date that nobody understands is still what was read.
    """
    if isinstance(day, str):
        first, slash, last = day.partition("/")
        return (_span(first, last) if slash else _one(_parts(day))) or day
    return _one((day.year, day.month, day.day))


def marked(day: date | str) -> SafeString:
    """Return the same as HTML that machines understand, too."""
    if isinstance(day, datetime):
        day = day.astimezone(UTC).date()
    if isinstance(day, date) or "/" not in day:
        return format_html(
            '<time datetime="{}">{}</time>', day if isinstance(day, str) else day.isoformat(), written(day)
        )
    return format_html('<span class="nowrap">{}</span>', written(day))


def _parts(edtf: str) -> tuple[int, ...]:
    """Return year, month and day as far as they are given; nothing where it is no date."""
    try:
        parts = tuple(int(part) for part in edtf.split("-"))
    except ValueError:
        return ()
    if len(parts) > 3 or (len(parts) > 1 and not 1 <= parts[1] <= 12):
        return ()
    return parts


def _one(parts: tuple[int, ...]) -> str:
    match parts:
        case (year,):
            return f"{year}"
        case (year, month):
            return f"{_MONTHS[month - 1]} {year}"
        case (year, month, day):
            return f"{day} {_MONTHS[month - 1]} {year}"
    return ""


def _span(start: str, end: str) -> str:
    """Return an interval without saying twice what both its ends share; nothing where an end is no date."""
    first, last = _parts(start), _parts(end)
    if end in _OPEN:
        return f"from {_one(first)}" if first else ""
    if start in _OPEN:
        return f"until {_one(last)}" if last else ""
    if not first or not last:
        return ""
    if first == last:
        return _one(first)
    if len(first) == len(last) == 3 and first[:2] == last[:2]:
        return f"{first[2]}–{_one(last)}"
    if len(first) == len(last) == 1:
        return f"{first[0]}–{last[0]}"
    if len(first) == len(last) and first[0] == last[0]:
        return f"{_one(first).removesuffix(f' {first[0]}')} – {_one(last)}"
    return f"{_one(first)} – {_one(last)}"
