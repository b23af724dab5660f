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
    talks = spaced(r"\b(?:meet|met|meeting|meetings|talks|discuss\w*|consultations|host|welcome)\b")
    early = [t for t in told if t.sentence.index < 3]
    tells = next((t for t in early if t.verb in VISITS), early[0] if early else None)
    start, end, when = (tells.start, tells.end, tells.when) if tells else (0, 0, None)
    if when is None and (dated := _dated_visit(page)) is not None:
        when = dated[1]
        start, end = (start, end) if tells else (dated[0].start, dated[0].end)
    if name is None or end == 0 or not talks.search(page.text):
        return []
    ahead = (
        first_day(when.edtf) > page.published
        if when is not None and page.published is not None and len(when.edtf) >= 10
        else tells is not None and tells.planned
    )
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


def _dated_visit(page: Page) -> tuple[Sentence, When] | None:
    """Return the first sentence that tells of a visit with its days."""
    for s in page.sentences[:LEAD]:
        if _VISITING.search(page.text, s.start, s.end):
            dates = find_dates(page.text, s.start, s.end, published=page.published)
            days = [w for w in dates if len(w.edtf) >= 10 and w.rule != "day/published"]
            if days:
                return s, days[0]
    return None
