"""Finds the meetings that a document names, with the date and place that stand beside the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from communique.find.dates import When, find_dates, last_day
from communique.find.meeting_names import GENERIC, MeetingName
from communique.find.meeting_verbs import find_format
from communique.find.places import find_place, find_sidelines
from communique.find.spacing import any_of, spaced
from communique.model import Chair, MeetingFormat, MeetingStatus, Support
from communique.text.page import Page, Sentence
from communique.vocab.meetings import name_words, words


@dataclass(frozen=True, slots=True)
class Seen:
    """A meeting as some words tell of it. ``evident`` says that the words mean one meeting, not a series."""

    start: int
    end: int
    name: str
    core: frozenset[str]
    head: str
    status: MeetingStatus
    evident: bool
    ordinal: int | None = None
    when: When | None = None
    place: str | None = None
    format: MeetingFormat | None = None
    chairs: tuple[Chair, ...] = ()
    attendees: tuple[str, ...] = ()
    supports: tuple[Support, ...] = ()


_WORD = spaced(r"[\w’'.&-]+|[^\w\s]")
_EL = re.compile(r"(?:el|al|es|ul)-[A-Z]")
_JOIN_BEFORE = spaced(r",?\s(?:at|for|during|’s|'s)?\s?(?:the|our|their|its|a|an)?\s?$")
_CALL_FOR = spaced(r"(?!\s(?:with|between|on\s[A-Z\d]|in\s[A-Z])|[’']s)")
_THEIRS = spaced(r"\b(?:their|our|its|my|his|her|leaders[’']|two\s\w+)\s(?:[\w-]+\s){0,2}$", re.I)
_THIS = spaced(r"\b[Tt]h(?:is|ese)\s$")
_COMMA = spaced(r",\s(?:the\s)?")
# A body with officers of its own is no meeting: "President of the Italian Episcopal Conference".
_OFFICE = spaced(
    r"\b(?:[Pp]resident|[Cc]hair(?:man|woman|person)?|[Ss]ecretary[\s-][Gg]eneral|[Dd]irector(?:[\s-][Gg]eneral)?|"
    r"[Mm]embers?|[Ss]ecretariat|[Hh]ead)\sof\s(?:the\s)?$"
)
# What somebody has for the first time is described, not named: "the Commonwealth's first summit for the new century".
_FIRST_OF = spaced(r".+[’']s?\s(?:first|second|third|next|last|own)\s\w+$")
_ALSO = spaced(r"\s(?:annually|regularly|biennially|every\s(?:year|two\syears)|on\sa\sregular\sbasis)\b")


def find_mentions(page: Page, sentence: Sentence, names: Sequence[MeetingName]) -> Iterator[Seen]:
    """Yield what a sentence tells of each meeting that it names."""
    if not names:
        return
    whens = find_dates(page.text, sentence.start, sentence.end, published=page.published)
    for i, name in enumerate(names):
        if _beside(page.text, sentence, name):
            continue
        stop = names[i + 1].start if i + 1 < len(names) else sentence.end
        reach = _reach(page.text, name.end, min(stop, sentence.end), whens)
        dated = [w for w in whens if name.end <= w.start and w.end <= reach]
        if len(dated) > 1 and _plural(page.text, name):
            yield from _several(page, sentence, name, dated, reach)
        else:
            yield _one(page, sentence, name, whens, dated, reach)


@cache
def _edge() -> re.Pattern[str]:
    return spaced(rf"\b(?:{any_of(words().beside)})\sof\s(?:the\s|this\s)?(?:\w+\s)?$")


def _beside(text: str, sentence: Sentence, name: MeetingName) -> bool:
    """Say whether a name only tells where something stands: "on the sidelines of the NATO Summit"."""
    return _edge().search(text, max(sentence.start, name.start - 40), name.start) is not None


def _plural(text: str, name: MeetingName) -> bool:
    if name.head.endswith("s"):
        return True
    return re.search(rf"{re.escape(name.head)}s\b", name.text, re.I) is not None


def _reach(text: str, at: int, end: int, whens: Sequence[When]) -> int:
    """Return how far after a name the words still tell when and where it is held."""
    last = at
    for m in _WORD.finditer(text, at, min(end, at + 200)):
        word = m.group()
        dated = any(w.start <= m.start() < w.end for w in whens)
        if not (
            dated
            or word[0].isupper()
            or word[0].isdigit()
            or _EL.match(word)
            or word.lower() in name_words().reach
            or word in ",()"
        ):
            break
        last = m.end()
    return last


def _one(
    page: Page, sentence: Sentence, name: MeetingName, whens: list[When], dated: list[When], reach: int
) -> Seen:
    text = page.text
    inside = [w for w in whens if w.start < name.end and name.start < w.end]
    edition = _edition_year(text, name) if not any(len(w.edtf) > 4 for w in [*inside, *dated]) else []
    before = [w for w in whens if w.end <= name.start and _joins(text, w, name)]
    this_year = _of_year(page, sentence, name)
    when = next(iter([*inside, *dated, *edition, *before[-1:], *this_year]), None)
    dates = tuple((w.start, w.end) for w in whens)
    place = find_place(text, name.end, min(reach + 1, sentence.end), avoid=dates) or find_sidelines(
        text, name.end, min(reach + 60, sentence.end)
    )
    if place is not None and place[0] > reach:
        place = None
    spans = [(name.start, name.end), *([(when.start, when.end)] if when else []), *([place] if place else [])]
    status = _status(page, sentence, name, when, reach)
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    format_, format_words = find_format(text, name.start, max(end, reach))
    return Seen(
        start,
        end,
        name.text,
        name.core,
        name.head,
        status,
        _evident(text, sentence, name, when, place, reach),
        name.ordinal,
        when,
        text[place[0] : place[1]] if place else None,
        format_,
        supports=(Support("format", "words", *format_words),)
        if format_words and format_words[1] > end
        else (),
    )


_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def _edition_year(text: str, name: MeetingName) -> list[When]:
    """Read the year in a name as its date: "CHOGM 2011", "2023 North American Leaders’ Summit"."""
    m = _YEAR.search(text, name.start, name.end)
    return [When(m.start(), m.end(), m.group(), "stated")] if m else []


def _joins(text: str, when: When, name: MeetingName) -> bool:
    """Say whether a date right before a name is its date: "in June at the Summit"; not "Today, the
    Commission".
    """
    if _JOIN_BEFORE.fullmatch(text, when.end, name.start) is None:
        return False
    return when.rule != "day/published" or _COMMA.fullmatch(text, when.end, name.start) is None


def _several(
    page: Page, sentence: Sentence, name: MeetingName, dated: list[When], reach: int
) -> Iterator[Seen]:
    """Read "the Summits held on May 14, 2015 in Camp David, and on April 21, 2016 in Riyadh" as one
    meeting each.
    """
    text = page.text
    singular = re.sub(rf"({name.head})s\b", r"\1", name.text, flags=re.I)
    for i, when in enumerate(dated):
        after = [
            find_place(text, w.end, dated[j + 1].start if j + 1 < len(dated) else reach)
            for j, w in enumerate(dated)
        ]
        place = next((p for p in after[i:] if p is not None), None)
        end = max(when.end, place[1] if place else 0)
        yield Seen(
            name.start,
            end,
            singular,
            name.core,
            name.head,
            _status(page, sentence, name, when, reach),
            True,
            None,
            when,
            text[place[0] : place[1]] if place else None,
        )


_MET = spaced(
    r"\s(?:\([^)]*\)\s)?(?:(?:last|recently|also)\s)?(?:met|convened|gathered|held\sits|"
    r"was\sheld|took\splace)\b"
)
_YEAR_OF = spaced(r"\b(?P<which>last|this|next)\syear[’']s\s(?:\w+\s)?$", re.I)


def _of_year(page: Page, sentence: Sentence, name: MeetingName) -> list[When]:
    """Read "last year’s" before a name."""
    low = max(sentence.start, name.start - 30)
    m = _YEAR_OF.search(page.text[low : name.start])
    if m is None:
        return []
    return find_dates(page.text, low + m.start(), low + m.end(), published=page.published)


def _status(
    page: Page, sentence: Sentence, name: MeetingName, when: When | None, reach: int
) -> MeetingStatus:
    text, published = page.text, page.published
    if _WAS_HELD.match(text, name.end, sentence.end):
        return "mentioned"
    if when is not None and published is not None and len(when.edtf) >= 10:
        return "planned" if when.edtf[:10] > str(published) else "mentioned"
    if when is not None and published is not None and last_day(when.edtf) < str(published):
        return "mentioned"
    ahead = _planned().search(text, max(sentence.start, name.start - 60), name.start)
    if ahead or _WILL_BE.match(text, name.end, sentence.end):
        return "planned"
    if when is not None and published is not None and when.edtf[:7] > str(published)[: len(when.edtf[:7])]:
        return "planned"
    return "mentioned"


_WAS_HELD = spaced(
    r"\s(?:\([^)]{1,40}\)\s)?(?:met|convened|took\splace|(?:was|were)\s(?:held|convened|hosted)|concluded)\b"
)
_WILL_BE = spaced(r",?\s(?:\([^)]{1,40}\),?\s)?(?:(?:which|that)\s)?(?:will|to\sbe|is\sto)\b")


@cache
def _planned() -> re.Pattern[str]:
    return spaced(rf"\b(?:{any_of(words().verbs.planned)})\b", re.I)


@cache
def _edition() -> tuple[re.Pattern[str], re.Pattern[str]]:
    verbs = words().verbs
    tail = (
        r"\s(?:(?:the|a|an|our|their|its|his|her|this|this\syear[’']s|last\syear[’']s|"
        r"next\syear[’']s|[A-Z][\w’'-]+[’']s|successful|very|most|recent|upcoming|annual|"
        r"[\w-]+ful)\s){0,3}$"
    )
    sure = any_of(verbs.edition)
    loose = any_of([*verbs.edition, *verbs.edition_loose])
    return spaced(rf"\b(?:{sure}){tail}", re.I), spaced(rf"\b(?:{loose}){tail}", re.I)


def _evident(
    text: str,
    sentence: Sentence,
    name: MeetingName,
    when: When | None,
    place: tuple[int, int] | None,
    reach: int,
) -> bool:
    """Say whether words mean one meeting of a series: an ordinal, a date, a place, or a verb of
    holding tells so.
    """
    if _ALSO.match(text, name.end) or _THIS.search(text, max(sentence.start, name.start - 8), name.start):
        return False
    if _plural(text, name) and name.head not in {"consultation", "consultations", "talks"}:
        return False
    before = max(sentence.start, name.start - 40)
    if _OFFICE.search(text, before, name.start) or (when is None and _FIRST_OF.match(name.text)):
        return False
    if name.ordinal is not None and _WILL_BE.match(text, name.end, sentence.end) and when is not None:
        return True
    if (
        not name.core - GENERIC
        and _THEIRS.search(text, max(sentence.start, name.start - 40), name.start) is None
    ):
        return False
    if name.head == "call" and _CALL_FOR.match(text, name.end):
        return False
    if name.kind == "body" and name.ordinal is None:
        return when is not None and _MET.match(text, name.end) is not None
    if name.ordinal is not None or when is not None:
        return True
    if place is not None and name.kind == "event":
        return True
    sure, loose = _edition()
    if (loose if name.head in name_words().sure else sure).search(
        text, max(sentence.start, name.start - 60), name.start
    ):
        return True
    return _HELD.match(text, name.end, sentence.end) is not None


_HELD = spaced(
    r"\s(?:held|hosted|convened|co-hosted|to\sbe\s(?:held|co-hosted|hosted)|"
    r"will\sbe\sheld|took\splace|which\swill)\b"
)
