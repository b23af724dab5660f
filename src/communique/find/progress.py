"""Finds reports of progress on earlier plans: what was done, under which instrument, in which areas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from communique.find.areas import areas_in, fields_at
from communique.find.instruments import instrument_in
from communique.model import Area, Instrument, Progress, Statement
from communique.text.page import Page

_DONE = re.compile(
    r"\b(?:ha(?:s|ve|d) (?:also |already |now )?been (?:successfully )?(?:carried out|implemented|conducted"
    r"|completed|undertaken|organi[sz]ed|achieved|established|delivered|fulfilled|launched)"
    r"|progress (?:made|achieved|has been|in|on|of|towards?|through|under|since)\b"
    r"|(?:significant|substantial|good|steady|great|further|tangible|considerable|historic) progress\b"
    r"|(?:effective|successful|timely|full|smooth) implementation of|implementation rate"
    r"|(?:achievements|milestones) (?:made|under|of|in|since))",
    re.I,
)
_FORWARD = frozenset({"commit", "plan", "pledge", "agree", "urge", "request", "support"})
_LOOK_AHEAD = re.compile(
    r"\b(?:will|shall|would|look(?:s|ed)? forward|need for|importance of|call(?:s|ed)? (?:for|on)|urged?)\b",
    re.I,
)


def find_progress(
    page: Page, statements: Sequence[Statement], instruments: Sequence[Instrument]
) -> Iterator[Progress]:
    """Find the statements, and the sentences without one, that report what was done under an earlier plan."""
    covered: list[tuple[int, int]] = []
    for statement in statements:
        if statement.inside is None and _reports(page, statement):
            covered.append((statement.start, statement.end))
            yield _progress(page, statement.start, statement.end, instruments)
    for sentence in page.sentences:
        if any(a < sentence.end and sentence.start < b for a, b in covered):
            continue
        done = _DONE.search(page.text, sentence.start, sentence.end)
        if (
            done
            and done[0].lower().startswith("ha")
            and _is_about_plan(page, sentence.start, sentence.end, instruments)
        ):
            yield _progress(page, sentence.start, sentence.end, instruments)


def _reports(page: Page, statement: Statement) -> bool:
    if statement.act == "report-progress":
        return True
    if statement.act in _FORWARD:
        return False
    done = _DONE.search(page.text, statement.start, statement.end)
    return done is not None and _LOOK_AHEAD.search(page.text, statement.start, done.start()) is None


def _is_about_plan(page: Page, start: int, end: int, instruments: Sequence[Instrument]) -> bool:
    words = page.text[start:end]
    return re.search(r"activit|project|measure|action line|programme", words, re.I) is not None or (
        instrument_in(instruments, start, end) is not None
    )


def _progress(page: Page, start: int, end: int, instruments: Sequence[Instrument]) -> Progress:
    named = instrument_in(instruments, start, end)
    name = named.name if named else _plan_before(instruments, start)
    areas = tuple(dict.fromkeys(a.name for a in [*areas_in(page, start, end), *_done_in(page, start, end)]))
    return Progress(quote=page.text[start:end], start=start, end=end, instrument=name, areas=areas)


# eats "carried out in ", "completed in the fields of "
_DONE_IN = re.compile(
    r"\bbeen (?:\w+ly )?(?:carried out|implemented|conducted|completed|undertaken|organi[sz]ed) in "
    r"(?:the )?(?:(?:fields?|areas?|sectors?) of )?(?=[a-z])"
)


def _done_in(page: Page, start: int, end: int) -> Iterator[Area]:
    """Find the fields that are listed after what was done in them: "carried out in public health and tourism"."""
    done = _DONE_IN.search(page.text, start, end)
    return iter(()) if done is None else fields_at(page, done.end(), end)


def _plan_before(instruments: Sequence[Instrument], start: int) -> str | None:
    """Name the plan of action that was mentioned last before a sentence, if any."""
    before = [
        (m.start, i.name)
        for i in instruments
        if i.kind == "plan_of_action"
        for m in i.mentions
        if m.start < start
    ]
    return max(before)[1] if before else None
