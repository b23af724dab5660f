"""What the reader doubts about its own findings, told as problems: nothing ambiguous passes in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.find.contributions import tables
from communique.find.dates import find_misspelt_dates
from communique.model import Instrument, Meeting, Problem, Statement
from communique.text.page import Page


def find_doubts(
    page: Page,
    statements: Sequence[Statement],
    meetings: Sequence[Meeting],
    instruments: Sequence[Instrument],
) -> Iterator[Problem]:
    """Yield a problem for each unnamed speaker, misspelt date, miswritten instrument, sentence passed over."""
    for statement in statements:
        if not statement.speakers:
            yield Problem(
                "speaker/unknown",
                f"the text does not say who speaks: {statement.quote[:60]!r}",
                statement.start,
                statement.end,
            )
    for meeting in meetings:
        yield from _misspelt(page, meeting)
    for instrument in instruments:
        if any(s.rule == "instruments/variant" for s in instrument.supports):
            message = f"written {instrument.surface!r}, meant is {instrument.name!r}"
            yield Problem("instrument/miswritten", message, instrument.start, instrument.end)
    yield from _passed_over(page)


def _passed_over(page: Page) -> Iterator[Problem]:
    """Tell of what is no sentence any more, and was not read for contributions."""
    for sentence in tables(page):
        message = "so many sums in one sentence that none was read as a contribution"
        yield Problem("sentence/table", message, sentence.start, sentence.end)


def _misspelt(page: Page, meeting: Meeting) -> Iterator[Problem]:
    for support in meeting.supports:
        if support.field != "date" or support.start is None or support.end is None:
            continue
        yield from find_misspelt_dates(page.text, support.start, support.end, published=page.published)
