"""Finds dates, and says by which rule a relative one was counted from the day of publication."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import msgspec

from communique.find.spacing import any_of, spaced
from communique.model import Problem
from communique.vocab.loading import load


@dataclass(frozen=True, slots=True)
class When:
    """A date as the text gives it: ``edtf`` is level 0, a day, a month, a year, or an interval of these.

    ``rule`` is ``stated`` where the words hold all of it, else what it was counted from (``week/published``).
    ``meant`` is the phrase that was read where the text misspells it ("lasy weel": ``last week``).
    """

    start: int
    end: int
    edtf: str
    rule: str
    meant: str | None = None


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    future: tuple[str, ...]
    before_month: frozenset[str]
    before_month_as_adjective: frozenset[str]
    linking_months: frozenset[str]
    also_names: frozenset[str]
    whole_months: frozenset[str]
    before_year: frozenset[str]
    not_misspelt: frozenset[str]
    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, tuple[int, int]]
    days: dict[str, int]
    steps: dict[str, int]


class _Numbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cardinals: dict[str, int]
    ordinals: dict[str, int]
    tens: dict[str, int]


_WORDS = load("en/dates.toml", _Words, package="communique.lang")
_CARDINALS = load("en/numbers.toml", _Numbers, package="communique.lang").cardinals


# The names of months and their short forms, in small letters.
MONTHS = frozenset(_WORDS.months)

_YEAR = r"(?:1[89]|20)\d\d(?![\w%])(?![.,]\d)"
_DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th))?"
_TO = r"(?:\s?[-–—/]\s?|\s(?:to|and|until|through|&)\s(?:the\s)?)"
_MONTHS = any_of(_WORDS.months)
_WEEKDAYS = any_of(_WORDS.weekdays)
_SEASONS = any_of(_WORDS.seasons)
_STEPS = any_of(_WORDS.steps)

_MONTH = spaced(rf"\b(?P<month>{_MONTHS})\b\.?", re.I)
_DAYS_BEFORE = spaced(
    rf"(?<![\w.,$€£])(?:the\s)?(?P<day>{_DAY})(?:{_TO}(?:(?:{_WEEKDAYS}),?\s)?(?P<last>{_DAY}))?,?\s(?:of\s)?$",
    re.I,
)
_DAYS_AFTER = spaced(rf"\s(?:the\s)?(?P<day>{_DAY})(?![\w%:])(?:{_TO}(?P<last>{_DAY})(?!\w))?", re.I)
_YEAR_AFTER = spaced(rf",?\s(?:of\s|in\s)?(?P<year>{_YEAR})")
_WEEKDAY_BEFORE = spaced(rf"\b(?:{_WEEKDAYS}),?\s(?:the\s)?$", re.I)
# What is to take place on a day: the day is to come.
_WILL_BE_ON = spaced(
    r"\b(?:will|shall|is\sto|are\sto)\s(?:be|take|meet|open|begin|start|convene|arrive|leave|run)\s"
    r"(?:\w+\s){0,3}?(?:on|from|between)\s(?:the\s)?$"
)
# "late March and early April 1982"
_SHARED_YEAR = spaced(
    rf"(?:\sand\s|\sor\s|\sto\s|\s?[-–]\s?)(?:early\s|late\s|mid[-\s])?(?:{_MONTHS})\s(?P<year>{_YEAR})", re.I
)
_ISO = spaced(r"(?<![\w-])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\w-])")
_BARE_YEAR = spaced(
    rf"\b(?P<before>[A-Za-z]+)[\s-](?:the\syear\s)?(?P<year>{_YEAR})(?:\s?[-–]\s?(?P<last>{_YEAR}))?"
)
_SEASON = spaced(
    rf"\b(?:(?P<step>{_STEPS})\s(?P<season>{_SEASONS})|"
    rf"(?P<named>{_SEASONS}),?\s(?:of\s)?(?P<year>{_YEAR}))\b",
    re.I,
)
_PART = spaced(
    rf"\b(?P<part>first|second|third|fourth|last|final)\s(?P<unit>half|"
    rf"quarter)\sof\s(?P<year>{_YEAR}|the\syear|this\syear|next\syear)",
    re.I,
)
_NEAR_DAY = spaced(rf"\b(?:{any_of(_WORDS.days)})\b(?:\s(?:morning|afternoon|evening|night))?", re.I)
_STEP = spaced(rf"\b(?P<step>{_STEPS})\s(?P<unit>week|month|year|{_MONTHS}|{_WEEKDAYS})\b", re.I)
_YEAR_OUT = spaced(r"\bend\sof\s(?P<whole>the\s(?:calendar\s)?year)\b", re.I)
_AGO = spaced(rf"\b(?P<n>\d{{1,2}}|{any_of(_CARDINALS)})\s(?P<unit>day|week|month|year)s?\sago\b", re.I)
_WEEKDAY = spaced(rf"\b(?:on|since|by|until)\s(?P<day>(?:{_WEEKDAYS.title()}))\b")
_SPELT = spaced(r"\b(?P<step>[ln][a-z]{2,4})\s(?P<unit>[wmy][a-z]{2,5})\b")
_SPELT_MONTH = spaced(
    rf"(?P<before>\d{{1,2}}\s)?\b(?P<month>[A-Z][a-z]{{4,9}})\s(?=(?:\d{{1,2}},?\s)?{_YEAR})"
)
_ADJECTIVE = spaced(
    r"\s(?!(?:of|on|to|for|and|is|was|has|in)\b)[a-zA-Z]"
)  # "the May summit", not "the March of"
_PERIOD_OF = spaced(r"\b(?:end|close|start|beginning|middle|month|half) of$")
_WEEK_OF = spaced(r"\bweek\sof\s$", re.I)
_NOT_A_DATE = spaced(r"\s(?:attacks?|terror)")
_DEADLINE = spaced(
    r"\b(?:by|before|until|till|no\slater\sthan|not\slater\sthan|prior\sto|through)\s"
    r"(?P<close>(?:or\sat\s)?(?:the\s)?(?:end|close|conclusion)\sof\s)?"
    r"(?:(?:the\s)?(?:start|beginning|middle)\sof\s)?(?:the\syear\s)?(?:the\s)?(?:early|late|mid)?[\s-]?$",
    re.I,
)
_WITHIN = spaced(
    rf"\bwithin\s(?:the\snext\s)?(?P<n>\d{{1,2}}|{any_of(_CARDINALS)})\s(?P<unit>month|year)s?\b", re.I
)
_CUE = spaced(r"\bby\b|\bbefore\b|\buntil\b|\btill\b|\bthan\b|\bprior to\b|\bthrough\b|\bwithin\b", re.I)
_FUTURE = spaced(rf"\b(?:{any_of(_WORDS.future)})\b", re.I)
# A month that a relative clause puts in the future: "in February, through which officials will build on …".
_TO_COME = spaced(r"\w+,?\s(?:(?:\w+\s)?which|when|where)\s(?:[\w.&-]+\s){0,6}?(?:will|shall)\s")
_HINT = spaced(
    rf"\d\d|\b(?:{_MONTHS}|{_WEEKDAYS}|today|tonight|tomorrow|yesterday|this|next|year|ago|"
    rf"{_SEASONS}|coming|previous)\b|last|\b[ln][a-z]{{2,4}}\s[wmy]",
    re.I,
)


def find_dates(
    text: str, start: int, end: int, *, published: date | None, southern: bool = False
) -> list[When]:
    """List the dates between two offsets, in order. ``southern``: seasons are those of the southern half."""
    if not _HINT.search(text, start, end):
        return []
    finders = (
        _iso(text, start, end),
        _months(text, start, end, published),
        _parts(text, start, end, published),
        _seasons(text, start, end, published, southern),
        _near(text, start, end, published),
        _steps(text, start, end, published),
        _weekdays(text, start, end, published),
        _years(text, start, end),
        _misspelt(text, start, end, published),
    )
    return _joined(text, _settled([when for finder in finders for when in finder]))


def find_misspelt_dates(text: str, start: int, end: int, *, published: date | None) -> Iterator[Problem]:
    """Yield a problem for each date between two offsets that was read in spite of a slip in its spelling."""
    for when in _misspelt(text, start, end, published):
        written = text[when.start : when.end]
        yield Problem("date/misspelt", f"“{written}” was read as “{when.meant}”", when.start, when.end)


def deadline_in(text: str, start: int, end: int, *, published: date | None) -> When | None:
    """Return the day, month or year by which something is due between two offsets, if the words give one."""
    if not _CUE.search(text, start, end):
        return None
    if (within := _within(text, start, end, published)) is not None:
        return within
    for when in find_dates(text, start, end, published=published):
        due = _DEADLINE.search(text[max(start, when.start - 48) : when.start])
        if due is None:
            continue
        first = max(start, when.start - 48) + due.start()
        if due["close"] or _YEAR_OUT.search(text, first, when.end + 1):
            return When(first, when.end, last_day(when.edtf), "end/" + when.rule)
        return replace(when, start=first)
    return None


def first_day(edtf: str) -> date:
    """Return the first day of an EDTF level 0 date.

    >>> str(first_day("2024-06/2024-08"))
    '2024-06-01'
    """
    first = edtf.partition("/")[0]
    return date.fromisoformat(first + "-01-01"[len(first) - 10 :] if len(first) < 10 else first)


def last_day(edtf: str) -> str:
    """Return the last day of an EDTF level 0 date, as EDTF.

    >>> last_day("2023"), last_day("2024-02"), last_day("2022-06-27/2022-07-03")
    ('2023-12-31', '2024-02-29', '2022-07-03')
    """
    last = edtf.rpartition("/")[2]
    if len(last) == 4:
        return f"{last}-12-31"
    if len(last) == 7:
        return str(_month_after(int(last[:4]), int(last[5:])) - timedelta(days=1))
    return last


def _month_after(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


def _settled(found: list[When]) -> list[When]:
    """Keep the longer of dates that overlap, in order."""
    kept: list[When] = []
    starts: list[int] = []
    for when in sorted(found, key=lambda w: (w.start - w.end, w.start)):
        i = bisect_right(starts, when.start)
        if (i and kept[i - 1].end > when.start) or (i < len(kept) and kept[i].start < when.end):
            continue
        kept.insert(i, when)
        starts.insert(i, when.start)
    return kept


_BETWEEN = spaced(r"\bbetween\s(?:the\s)?$", re.I)
_AND = spaced(r"\sand\s(?:the\s)?")
_SPAN = spaced(r"\s?[-–—]\s?|\s(?:to|until|through)\s(?:the\s)?")


def _joined(text: str, found: list[When]) -> list[When]:
    """Join "28 June - 3 July 2022" and the like into one interval; the later date's year serves for both."""
    out: list[When] = []
    for when in found:
        before = out[-1] if out else None
        if before is not None and _makes_interval(text, before, when):
            first = before.edtf
            if before.rule == "year/published" and when.rule == "stated":
                first = when.edtf[:4] + first[4:]
            if first < when.edtf:
                rule = when.rule if before.rule == when.rule or when.rule == "stated" else before.rule
                out[-1] = When(before.start, when.end, f"{first}/{when.edtf}", rule)
                continue
        out.append(when)
    return out


def _makes_interval(text: str, a: When, b: When) -> bool:
    if _BETWEEN.search(text, max(0, a.start - 10), a.start) and _AND.fullmatch(text, a.end, b.start):
        return True
    if "/" in a.edtf or "/" in b.edtf or len(a.edtf) != len(b.edtf):
        return False
    return b.start - a.end < 12 and _SPAN.fullmatch(text, a.end, b.start) is not None


def _iso(text: str, start: int, end: int) -> Iterator[When]:
    for m in _ISO.finditer(text, start, end):
        if (day := _day(int(m["y"]), int(m["m"]), int(m["d"]))) is not None:
            yield When(m.start(), m.end(), str(day), "stated")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months(text: str, start: int, end: int, published: date | None) -> Iterator[When]:
    """Find all that hangs on the name of a month: days before or after it, and a year."""
    for m in _MONTH.finditer(text, start, end):
        if when := _month_at(
            text, start, end, m.start(), m.end(), _WORDS.months[m["month"].lower()], published
        ):
            yield when


def _month_at(
    text: str, start: int, end: int, first: int, last: int, month: int, published: date | None
) -> When | None:
    low = max(start, first - 36)
    before = _DAYS_BEFORE.search(text[low:first])
    days = before
    if before is not None:
        opens, closes = low + before.start(), last
    else:
        days = _DAYS_AFTER.match(text, last, end)
        opens, closes = first, days.end() if days else last
    if days is None and not _stands_as_month(text, start, first, last, end):
        return None
    year = _YEAR_AFTER.match(text, closes, end)
    weekday = _WEEKDAY_BEFORE.search(text[max(start, opens - 16) : opens])
    opens -= len(weekday.group()) if weekday else 0
    if _NOT_A_DATE.match(text, closes):
        return None
    closes = year.end() if year else closes
    span = (opens, closes)
    if days is None:
        return _of_month(text, start, span, month, year["year"] if year else None, published)
    return _of_days(text, start, span, month, days, year["year"] if year else None, published)


def _stands_as_month(text: str, start: int, first: int, last: int, end: int) -> bool:
    """Say whether a month's name without a day is a date: "in March", "June 2023"; not "may", "the march"."""
    name = text[first:last].rstrip(".")
    if _YEAR_AFTER.match(text, last, end):
        return name[0].isupper()
    if name.lower() not in _WORDS.whole_months or not name.istitle():
        return False
    words = text[max(start, first - 24) : first].replace("-", " ").lower().split()
    before = words[-1] if words else ""
    if before in _WORDS.before_month:
        return True
    if before in _WORDS.before_month_as_adjective:
        return _ADJECTIVE.match(text, last) is not None
    if before not in _WORDS.linking_months:
        return False
    return name.lower() not in _WORDS.also_names or _PERIOD_OF.search(" ".join(words)) is not None


def _of_month(
    text: str, start: int, span: tuple[int, int], month: int, year: str | None, published: date | None
) -> When | None:
    if year:
        return When(*span, f"{year}-{month:02}", "stated")
    if (shared := _SHARED_YEAR.match(text, span[1])) is not None:
        return When(*span, f"{shared['year']}-{month:02}", "year/shared")
    if published is None:
        return None
    return When(
        *span, f"{_year_of_month(text, start, span[0], month, published)}-{month:02}", "year/published"
    )


def _year_of_month(text: str, start: int, at: int, month: int, published: date) -> int:
    """Choose the year of a month named alone: the last one gone by, or the next where the words
    look ahead.
    """
    word = text[max(start, at - 6) : at].split()
    step = _WORDS.steps.get(word[-1].lower()) if word else None
    if step == 0:
        return published.year
    ahead = step == 1 or (step is None and _FUTURE.search(text, max(start, at - 90), at) is not None)
    if ahead or (step is None and _TO_COME.match(text, at, at + 90) is not None):
        return published.year + (month < published.month)
    return published.year - (month > published.month or (step == -1 and month == published.month))


def _of_days(
    text: str,
    start: int,
    span: tuple[int, int],
    month: int,
    days: re.Match[str],
    year: str | None,
    published: date | None,
) -> When | None:
    first, last = _number(days["day"]), _number(days["last"]) if days["last"] else None
    if not 1 <= first <= 31:
        return None
    rule = "stated"
    if year is None:
        if published is None:
            return None
        year, rule = str(_year_of_day(text, start, span[0], month, first, published)), "year/published"
    begins = _day(int(year), month, first)
    ends = _day(int(year), month, last) if last else None
    if begins is None or (last and (ends is None or ends <= begins)):
        return None
    if ends is None and _WEEK_OF.search(text, max(start, span[0] - 14), span[0]):
        monday = begins - timedelta(days=begins.weekday())
        return When(*span, f"{monday}/{monday + timedelta(days=6)}", "week" if rule == "stated" else rule)
    return When(*span, f"{begins}/{ends}" if ends else str(begins), rule)


def _number(written: str) -> int:
    return int(re.sub(r"\D", "", written))


def _year_of_day(text: str, start: int, at: int, month: int, day: int, published: date) -> int:
    """Choose the year that brings a day nearest; far off (over four months) the words' tense decides."""
    near = [d for y in (-1, 0, 1) if (d := _day(published.year + y, month, day)) is not None]
    if not near:
        return published.year
    best = min(near, key=lambda d: abs((d - published).days))
    if (published - best).days > 14 and _WILL_BE_ON.search(text, max(start, at - 50), at) is not None:
        best = min((d for d in near if d >= published), key=lambda d: abs((d - published).days), default=best)
    if abs((best - published).days) > 120:
        ahead = _FUTURE.search(text, max(start, at - 90), at) is not None
        sided = [d for d in near if (d >= published) == ahead]
        best = min(sided, key=lambda d: abs((d - published).days))
    return best.year


def _parts(text: str, start: int, end: int, published: date | None) -> Iterator[When]:
    for m in _PART.finditer(text, start, end):
        year, rule = m["year"], "stated"
        if not year.isdigit():
            if published is None:
                continue
            year, rule = str(published.year + ("next" in year.lower())), "year/published"
        size = 6 if m["unit"].lower() == "half" else 3
        number = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(m["part"].lower(), 12 // size - 1)
        first = number * size + 1
        if first < 12:
            yield When(m.start(), m.end(), f"{year}-{first:02}/{year}-{first + size - 1:02}", rule)


def _seasons(text: str, start: int, end: int, published: date | None, southern: bool) -> Iterator[When]:
    half = "southern" if southern else "northern"
    for m in _SEASON.finditer(text, start, end):
        first = _WORDS.seasons[(m["season"] or m["named"]).lower()][southern]
        if m["year"]:
            yield When(m.start(), m.end(), _season(int(m["year"]), first), f"season/{half}")
        elif published is not None:
            year = _year_of_season(_WORDS.steps[m["step"].lower()], first, published)
            yield When(m.start(), m.end(), _season(year, first), f"season/{half}/published")


def _season(year: int, first: int) -> str:
    last = _month_after(year, first + 1) if first < 12 else date(year + 1, 2, 1)
    return f"{year}-{first:02}/{last.year}-{last.month:02}"


def _year_of_season(step: int, first: int, published: date) -> int:
    if step > 0:
        return published.year + (published.month >= first)
    if step < 0:
        return published.year - (published.month <= first + 2)
    return published.year


def _near(text: str, start: int, end: int, published: date | None) -> Iterator[When]:
    if published is None:
        return
    for m in _NEAR_DAY.finditer(text, start, end):
        shift = next(n for w, n in _WORDS.days.items() if " ".join(m.group().lower().split()).startswith(w))
        yield When(m.start(), m.end(), str(published + timedelta(days=shift)), "day/published")
    for m in _AGO.finditer(text, start, end):
        n = int(m["n"]) if m["n"].isdigit() else _CARDINALS[m["n"].lower()]
        yield When(
            m.start(), m.end(), _counted(-n, m["unit"].lower(), published), f"{m['unit'].lower()}/published"
        )
    for m in _YEAR_OUT.finditer(text, start, end):
        yield When(m.start("whole"), m.end(), str(published.year), "year/published")


def _counted(n: int, unit: str, published: date) -> str:
    """Count units from the day of publication, as EDTF of the unit's own size; weeks run Monday to Sunday."""
    if unit == "day":
        return str(published + timedelta(days=n))
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=n)
        return f"{monday}/{monday + timedelta(days=6)}"
    if unit == "month":
        months = published.year * 12 + published.month - 1 + n
        return f"{months // 12}-{months % 12 + 1:02}"
    return str(published.year + n)


def _steps(text: str, start: int, end: int, published: date | None) -> Iterator[When]:
    if published is None:
        return
    for m in _STEP.finditer(text, start, end):
        if (read := _stepped(m["step"].lower(), m["unit"], published)) is not None:
            yield When(m.start(), m.end(), read[0], f"{read[1]}/published")


def _stepped(step: str, unit: str, published: date) -> tuple[str, str] | None:
    """Resolve "last week", "this November", "next Tuesday" against the day of publication."""
    n, word = _WORDS.steps[step], unit.lower()
    if word in {"week", "month", "year"}:
        return _counted(n, word, published), word
    if not unit[0].isupper():
        return None
    if word in _WORDS.weekdays:
        return str(_weekday_near(_WORDS.weekdays[word], published, ahead=n >= 0, same=n == 0)), "weekday"
    month = _WORDS.months[word]
    year = published.year
    if n < 0:
        year -= month >= published.month
    elif n > 0:
        year += month <= published.month
    return f"{year}-{month:02}", "year"


def _weekday_near(weekday: int, published: date, *, ahead: bool, same: bool) -> date:
    gap = (weekday - published.weekday()) % 7 if ahead else (published.weekday() - weekday) % 7
    gap = 7 if gap == 0 and not same else gap
    return published + timedelta(days=gap if ahead else -gap)


def _weekdays(text: str, start: int, end: int, published: date | None) -> Iterator[When]:
    if published is None:
        return
    for m in _WEEKDAY.finditer(text, start, end):
        ahead = _FUTURE.search(text, max(start, m.start() - 90), m.start()) is not None
        day = _weekday_near(_WORDS.weekdays[m["day"].lower()], published, ahead=ahead, same=True)
        yield When(m.start("day"), m.end(), str(day), "weekday/published")


def _years(text: str, start: int, end: int) -> Iterator[When]:
    for m in _BARE_YEAR.finditer(text, start, end):
        if m["before"].lower() in _WORDS.before_year:
            edtf = f"{m['year']}/{m['last']}" if m["last"] and m["last"] > m["year"] else m["year"]
            yield When(m.start("year"), m.end(), edtf, "stated")


def _misspelt(text: str, start: int, end: int, published: date | None) -> Iterator[When]:
    """Read "lasy weel" as "last week" and "14 Septmber 1989" as September, one slip in each word."""
    if published is not None:
        for m in _SPELT.finditer(text, start, end):
            meant = _meant_phrase(m["step"], m["unit"])
            if meant is not None and (read := _stepped(*meant, published)) is not None:
                yield When(m.start(), m.end(), read[0], f"{read[1]}/published", " ".join(meant))
    for m in _SPELT_MONTH.finditer(text, start, end):
        month = _meant_month(m["month"].lower())
        if month is None:
            continue
        when = _month_at(text, start, end, m.start("month"), m.end("month"), _WORDS.months[month], published)
        if when is not None:
            yield replace(when, meant=month.title())


@cache
def _meant_phrase(step: str, unit: str) -> tuple[str, str] | None:
    steps = [s for s in ("last", "next") if slip(step, s) <= 1]
    units = [u for u in ("week", "month", "year") if slip(unit, u) <= 1]
    if not steps or not units or (steps[0], units[0]) == (step, unit):
        return None
    for word, right in ((step, steps[0]), (unit, units[0])):
        if word != right and word in _WORDS.not_misspelt:
            return None
    return steps[0], units[0]


@cache
def _meant_month(word: str) -> str | None:
    if word in _WORDS.months:
        return None
    near = [m for m in _WORDS.months if len(m) > 5 and abs(len(m) - len(word)) < 3 and slip(word, m) <= 2]
    return near[0] if len(near) == 1 else None


def slip(a: str, b: str) -> int:
    """Count the slips (a letter more, less, other, or two swapped) that make one word of another."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def _within(text: str, start: int, end: int, published: date | None) -> When | None:
    m = _WITHIN.search(text, start, end)
    if m is None or published is None:
        return None
    n = int(m["n"]) if m["n"].isdigit() else _CARDINALS[m["n"].lower()]
    unit = m["unit"].lower()
    return When(m.start(), m.end(), _counted(n, unit, published), f"{unit}/published")
