"""Reads a visit as a meeting, where the document tells of talks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.find.dates import When, find_dates, first_day
from communique.find.meeting_completing import LEAD
from communique.find.meeting_mentions import Seen
from communique.find.meeting_names import core_of
from communique.find.meeting_titles import visit_name
from communique.find.meeting_verbs import VISITS, Told
from communique.find.spacing import spaced
from communique.model import Support
from communique.text.page import Page, Sentence


def visit_told(page: Page, told: Sequence[Told]) -> list[Seen]:
    """Read a visit as a meeting where the text tells of talks."""
    name = visit_name(page.document.title)
    talks = spaced(
        r"\b(?:meet|met|meeting|meetings|talks|discuss\w*|consultations|host|welcome|dialogue|guests?|invitation|"
        r"(?:official|[Ss]tate)\svisit)\b"
    )
    early = [t for t in told if t.sentence.index < 3]
    tells = next((t for t in early if t.verb in VISITS), early[0] if early else None)
    start, end, when = (tells.start, tells.end, tells.when) if tells else (0, 0, None)
    if when is not None and _is_of_a_paper(page.text, when):
        when = None
    announced = when is not None and when.rule == "day/published" and tells is not None and tells.planned
    if (when is None or len(when.edtf) < 10 or announced) and (dated := _dated_visit(page)) is not None:
        when = dated[1]
        start, end = (start, end) if tells else (dated[0].start, dated[0].end)
    if name is None or end == 0 or not talks.search(page.text):
        return []
    ahead = tells is not None and tells.planned
    if when is not None and page.published is not None:
        later = first_day(when.edtf) > page.published
        ahead = later if len(when.edtf) >= 10 else ahead or later
    supports = (Support("name", "title"),)
    return [
        Seen(
            start,
            end,
            name,
            core_of(name),
            "visit",
            "planned" if ahead else "held",
            True,
            when=when,
            supports=supports,
        )
    ]


_VISITING = spaced(r"\b(?:visit\w*|travel\w*|trip|tour|delegation|welcome|guest)\b", re.I)


_PAPER = spaced(
    r"\b(?:release|letter|statement|announcement|message|communiqu[eé]|speech|report)s?\s(?:of|on|dated)\s(?:the\s)?$"
)
_ARRIVING = spaced(r"\barriv\w+\b", re.I)
_LEAVING = spaced(r"\b(?:leav\w+|depart\w*|return\w*)\b", re.I)


def _is_of_a_paper(text: str, when: When) -> bool:
    """Say whether a date is that of a paper: "in my media release of 10 September"."""
    return _PAPER.search(text, max(0, when.start - 40), when.start) is not None


def _dated_visit(page: Page) -> tuple[Sentence, When] | None:
    """Return the first sentence that tells of a visit with its days: those of arrival and departure together."""
    for s in page.sentences[:LEAD]:
        stay = _ARRIVING.search(page.text, s.start, s.end)
        if stay is None and _VISITING.search(page.text, s.start, s.end) is None:
            continue
        dates = find_dates(page.text, s.start, s.end, published=page.published)
        days = [w for w in dates if len(w.edtf) >= 10 and w.rule != "day/published"]
        days = [w for w in days if not _is_of_a_paper(page.text, w)]
        if len(days) > 1 and stay is not None and _stay(page.text, stay.end(), days) is not None:
            return s, _stay(page.text, stay.end(), days) or days[0]
        if days:
            return s, days[0]
    return _month_of_visit(page)


def _month_of_visit(page: Page) -> tuple[Sentence, When] | None:
    """Return the first sentence that says in what month or week a visit is to be made."""
    for s in page.sentences[:LEAD]:
        if (
            _VISITING.search(page.text, s.start, s.end) is None
            or _AHEAD.search(page.text, s.start, s.end) is None
        ):
            continue
        dates = find_dates(page.text, s.start, s.end, published=page.published)
        if dates and dates[0].rule != "day/published" and not _is_of_a_paper(page.text, dates[0]):
            return s, dates[0]
    return None


_AHEAD = spaced(
    r"\b(?:will|shall|plans?\sto|(?:is|are|am|been)\s(?:to|invited\sto)|invitation|accepted|going)\b"
)


def _stay(text: str, arriving: int, days: Sequence[When]) -> When | None:
    """Join the day of arrival and that of departure into an interval."""
    first = next((w for w in days if w.start >= arriving), None)
    last = next((w for w in days if first is not None and w.start > first.end), None)
    if first is None or last is None or "/" in first.edtf + last.edtf or not first.edtf < last.edtf:
        return None
    if _LEAVING.search(text, first.end, last.start) is None:
        return None
    return When(first.start, last.end, f"{first.edtf}/{last.edtf}", first.rule)
