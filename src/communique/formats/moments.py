"""When a document was published, as ISO 8601: ``2022-07-05``, or ``2022-07-05T11:43:00+07:00`` where a time
is given.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from email.utils import parsedate_to_datetime

_LONGEST = 64
_ISO = re.compile(
    r"""(?P<day>\d{4}-\d{2}-\d{2})
        (?: [T\s]\s? (?P<time>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)
            \s? (?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})? )? """,
    re.X | re.I,
)  # eats "2022-09-01", "2022-09-01 21:41:21-04:00", "2022-07-05T04:43Z"
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.I)
_WRITTEN = ("%d %B %Y", "%B %d %Y", "%d %b %Y", "%b %d %Y", "%Y/%m/%d", "%Y%m%d")
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.I)


def iso_moment(written: str | None) -> str | None:
    """Return the day or the moment that is written, or None where it is none that can be told without
    guessing.
    """
    written = (written or "").strip()
    if not written or len(written) > _LONGEST:
        return None
    if match := _ISO.fullmatch(written):
        return _from_iso(match["day"], match["time"], match["zone"])
    return _from_words(written) or _from_mail(written)


def _from_iso(day: str, clock: str | None, zone: str | None) -> str | None:
    stamp = day
    if clock is not None:
        hours, rest = clock.replace(",", ".").split(":", 1)
        stamp += f"T{hours.zfill(2)}:{rest}"
        stamp += "+00:00" if (zone or "").upper() in {"Z", "UTC", "GMT"} else _offset(zone or "")
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return day if clock is None else _written_out(moment)


def _offset(zone: str) -> str:
    digits = zone.replace(":", "")
    return f"{digits[:3]}:{digits[3:] or '00'}" if digits else ""


def _written_out(moment: datetime) -> str:
    """Write a moment to the second; midnight without an offset is a day for which no time was known."""
    if moment.tzinfo is None and moment.time() == time():
        return moment.date().isoformat()
    return moment.replace(microsecond=0).isoformat()


def _from_words(written: str) -> str | None:
    """Read a day in figures or with the month's name; an open order of day and month is left alone."""
    words = _ORDINAL.sub("", _WEEKDAY.sub("", written)).replace(",", " ").replace(".", " ")
    words = " ".join(words.split())
    for form in _WRITTEN:
        try:
            return datetime.strptime(words, form).date().isoformat()
        except ValueError:
            continue
    return None


def _from_mail(written: str) -> str | None:
    try:
        return _written_out(parsedate_to_datetime(written))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
