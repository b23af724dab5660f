"""Adds to a meeting what clauses around it tell: day, place, format, who took part and who presided."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from communique.find.chairs import Chaired, find_chairs
from communique.find.dates import When, find_dates, first_day
from communique.find.meeting_mentions import Seen
from communique.find.meeting_verbs import Told, find_format
from communique.find.places import find_place
from communique.find.spacing import spaced
from communique.model import Support
from communique.text.page import Page, Sentence
from communique.text.venue import is_clock
from communique.vocab.meetings import words

# So many sentences at the beginning tell what a document reports.
LEAD = 6
# The rule that dates remarks by the hour that stands above them.
HOUR = "hour/published"
# The rule that dates a meeting by the title.
TITLE = "title"
# A sentence longer than this is a table or a broken scan, and tells of no meeting.
LONGEST = 6000


def with_told(page: Page, seen: Seen, told: Told) -> Seen:
    """Take date, place, format and who took part from a clause."""
    supports = list(seen.supports)
    format_ = told.format
    if format_ is not None and told.format_words and not (seen.start <= told.format_words[0] < seen.end):
        supports.append(Support("format", "words", *told.format_words))
    if format_ is None and told.place is not None and seen.format is None:
        format_ = "in person"
        supports.append(Support("format", "place", *told.place))
    place = page.text[slice(*told.place)] if told.place else seen.place
    return replace(
        seen,
        when=told.when or seen.when,
        place=place,
        format=format_ or seen.format,
        attendees=_attendees(page, told),
        supports=tuple(supports),
    )


_THE_MEETING = spaced(
    r"\b(?:The|Both|This|the|both|this)\s(?:\w+\s)?(?:[Mm]eetings?|[Ss]ummit|[Dd]ialogue|"
    r"[Cc]onference|[Ff]orum|[Cc]all|[Ss]ession|[Tt]alks|[Vv]isit|[Rr]oundtable)\s(?:was|"
    r"were|is|took|will)\s(?:also\s)?(?:held|place|convened|hosted|chaired|co-chaired)\b"
)
_TODAY = spaced(
    r"\b(?:today|[Tt]oday[’']s|Today(?=,?\s(?:the|our)\s[^,.]{0,60}?\b(?:[Mm]eeting|[Ss]ummit|[Dd]ialogue|"
    r"[Cc]onference|[Ff]orum|[Ss]ession|[Rr]oundtable)\b))\b"
)
_LEADERS = spaced(
    r"\b(?:[Ll]eaders|[Mm]inisters|Presidents|[Mm]eeting|[Ss]ummit|Prime Ministers|"
    r"[Pp]articipants|[Dd]ialogue)\b"
)


def completed(page: Page, seen: Seen) -> Seen:
    """Add chairs, and a date or place that another sentence gives: "Both meetings were held at the
    Pentagon".
    """
    for s in page.sentences:
        if (m := _THE_MEETING.search(page.text, s.start, s.end)) is not None:
            seen = _from_sentence(page, seen, s, m.end())
    if seen.status == "held" and (seen.when is None or len(seen.when.edtf) == 4):
        seen = _dated_elsewhere(page, seen)
    seen = _by_dateline(page, _by_hour(page, seen))
    return _chaired(page, seen)


def _from_sentence(page: Page, seen: Seen, s: Sentence, at: int) -> Seen:
    if seen.place is None and (place := find_place(page.text, at, s.end)) is not None:
        supports = (*seen.supports, Support("place", "words", *place))
        if seen.format is None:
            supports = (*supports, Support("format", "place", *place))
        seen = replace(
            seen, place=page.text[slice(*place)], format=seen.format or "in person", supports=supports
        )
    if seen.when is None and (dates := find_dates(page.text, at, s.end, published=page.published)):
        seen = replace(seen, when=dates[0])
    if seen.format is None:
        format_, spot = find_format(page.text, at, s.end)
        if format_ and spot:
            seen = replace(seen, format=format_, supports=(*seen.supports, Support("format", "words", *spot)))
    return seen


def _dated_elsewhere(page: Page, seen: Seen) -> Seen:
    """Take the day from "today" in a sentence on what the leaders did; "today’s" must tell of the meeting."""
    for s in page.sentences:
        for m in _TODAY.finditer(page.text, s.start, s.end):
            if _LEADERS.search(page.text, max(s.start, m.start() - 60), min(s.end, m.end() + 40)) is None:
                continue
            dates = find_dates(page.text, m.start(), min(s.end, m.start() + 5), published=page.published)
            if dates:
                return replace(seen, when=dates[0])
    return seen


def dated_by_title(page: Page, seen: Seen) -> Seen:
    """Take the day or month that the title gives, where the text gives none: "…, Tokyo, 29 October, 1973"."""
    title = page.document.title or ""
    if seen.when is not None or page.published is None:
        return seen
    for when in find_dates(title, 0, len(title), published=page.published):
        days = (first_day(when.edtf) - page.published).days
        if when.rule == "stated" and len(when.edtf) >= 7 and days > -32:
            return replace(seen, when=When(0, 0, when.edtf, TITLE))
    return seen


_REMARKS = spaced(r"\bremarks\b", re.I)


def _by_hour(page: Page, seen: Seen) -> Seen:
    """Date remarks whose hour alone stands above them: they are of the day they were published."""
    if page.published is None or seen.when is not None or _REMARKS.search(page.document.title or "") is None:
        return seen
    for segment in page.segments:
        if segment.role == "dateline" and is_clock(page.text[segment.start : segment.end]):
            return replace(seen, when=When(segment.start, segment.end, str(page.published), HOUR))
    return seen


def _by_dateline(page: Page, seen: Seen) -> Seen:
    """Take day and place from the line above a joint statement: "Hiroshima, 20 May 2023"."""
    remarks = _REMARKS.search(page.document.title or "") is not None
    if page.document.kind not in {"joint_statement", "communique"} and not remarks:
        return seen
    for segment in page.segments:
        if segment.role != "dateline" or not page.document.dateline_place or seen.status != "held":
            continue
        dates = find_dates(page.text, segment.start, segment.end, published=page.published)
        if seen.when is None and dates:
            seen = replace(seen, when=replace(dates[0], rule="dateline"))
        place = page.document.dateline_place
        at = page.text.find(place, segment.start, segment.end) if place else -1
        if seen.place is None and place and at >= 0 and (dates or remarks):
            spot = (at, at + len(place))
            supports = (*seen.supports, Support("place", "dateline", *spot))
            if seen.format is None:
                supports = (*supports, Support("format", "place", *spot))
            seen = replace(seen, place=place, format=seen.format or "in person", supports=supports)
    return seen


_PRESIDING = re.compile(r"[Cc]hair|(?:hosted|convened|opened|led|headed) by|presided")


def _chaired(page: Page, seen: Seen) -> Seen:
    """Add who presided, from the first words that say so: in a heading above the text, or in a sentence."""
    above = page.sentences[0].start if page.sentences else 0
    headings = [
        (s.start, s.end)
        for s in page.segments
        if s.end <= above and s.role in {"heading", "byline", "dateline"}
    ]
    told = {
        s.index: (s.start, s.end)
        for m in _PRESIDING.finditer(page.text)
        if (s := page.sentence_at(m.start()))
    }
    for start, end in [*headings, *told.values()]:
        for chaired in find_chairs(page, start, end):
            if _of_this(page, start, end, chaired, seen):
                support = Support("chairs", chaired.cue, chaired.start, chaired.end)
                return replace(seen, chairs=chaired.chairs, supports=(*seen.supports, support))
    return seen


_BARE = spaced(
    r"\b(?:The|This|the|this)\s(?:[\w-]+\s)?(?:[Mm]eetings?|[Ss]ummit|[Dd]ialogue|"
    r"[Cc]onference|[Ff]orum|[Ss]ession|[Tt]alks|[Rr]oundtable|[Cc]onsultations)\b"
)


def _of_this(page: Page, start: int, end: int, chaired: Chaired, seen: Seen) -> bool:
    """Say whether chairs named in a sentence are those of this meeting: it names the meeting, or
    stands alone.
    """
    if seen.start < end and start < seen.end:
        return True
    early = len(page.sentences) <= LEAD or start < page.sentences[LEAD].start
    before = [w for w in page.text[start : chaired.start].split() if w.lower() != "the"]
    if len(before) <= 4 or "co-chairs" in chaired.cue:
        return early
    if seen.name in " ".join(page.text[start : chaired.start].split()):
        return True
    return _BARE.search(page.text, start, chaired.end) is not None and not any(
        c.name == c.party for c in chaired.chairs
    )


def chaired_here(page: Page, x: Seen) -> Seen:
    """Add the chairs that the sentence of a meeting named in passing gives right after it."""
    sentence = page.sentence_at(x.start)
    for chaired in find_chairs(page, sentence.start, sentence.end) if sentence else ():
        if 0 <= chaired.start - x.start < len(x.name) + 80:
            return replace(
                x,
                chairs=chaired.chairs,
                supports=(*x.supports, Support("chairs", chaired.cue, chaired.start, chaired.end)),
            )
    return x


def _attendees(page: Page, told: Told) -> tuple[str, ...]:
    """List who took part, as written: the subject, and each of those met."""
    itself = told.name is not None and told.subject[0] <= told.name.start < told.subject[1]
    spans = [None if itself else told.subject, told.object]
    written = [" ".join(page.text[slice(*span)].split()).strip(" ,–—") for span in spans if span]
    return tuple(
        w for part in written for w in _one_by_one(part) if w and not re.fullmatch(r"(?:We|I|They|He|She)", w)
    )


@cache
def _next_person() -> re.Pattern[str]:
    posts = "|".join(p.title() for p in sorted(words().chairs.posts) if p.isalpha())
    return spaced(rf",?\s(?:and\s)?(?=(?:the\s)?(?:{posts}|His|Her|Mr|Mrs|Ms|Dr)\b)")


_HONOURED = spaced(r",?\s(?:and\s)?(?=(?:H\.E\.|His\sExcellency|Her\sExcellency)\s)")


def _one_by_one(part: str) -> list[str]:
    """Split an enumeration of persons where a comma or "and" comes before a post or honorific."""
    pieces: list[str] = []
    at = 0
    for m in (_HONOURED if _HONOURED.search(part) else _next_person()).finditer(part):
        if m.group().strip() in {"", "the"}:
            continue
        pieces.append(part[at : m.start()])
        at = m.end()
    return [p.strip(" ,") for p in [*pieces, part[at:]]]
