"""Finds the meetings that a document names, with the date and place that stand beside the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from communique.find.dates import When, find_dates
from communique.find.meeting_names import MeetingName
from communique.find.meeting_verbs import find_format
from communique.find.places import find_place, find_sidelines
from communique.model import Chair, MeetingFormat, MeetingStatus, Support
from communique.text.page import Page, Sentence
from communique.vocab.meetings import words


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


_SURE_HEADS = frozenset("summit summits conference meeting meetings roundtable ministerial cop retreat symposium".split())
_WORD = re.compile(r"[\w’'.&-]+|[^\w\s]")
# Small words that may stand between a meeting's name and its date or place.
_REACH = frozenset(
    """held hosted co-hosted convened concluded taking took take place to be being been was will is were are has
    scheduled set planned for recently which that by in at on from during this last next later earlier early late and
    the of both virtually here there year month week morning evening spring summer autumn winter fall margins
    sidelines half mid november convening opening opened today yesterday tomorrow took-place first""".split()
)
_JOIN_BEFORE = re.compile(r",?\s(?:at|for|during|’s|'s)?\s?(?:the|our|their|its|a|an)?\s?$")
_ALSO = re.compile(r"\s(?:annually|regularly|biennially|every\s(?:year|two\syears)|on\sa\sregular\sbasis)\b")


def find_mentions(page: Page, sentence: Sentence, names: Sequence[MeetingName]) -> Iterator[Seen]:
    """Yield what a sentence tells of each meeting that it names."""
    if not names:
        return
    whens = find_dates(page.text, sentence.start, sentence.end, published=page.published)
    for i, name in enumerate(names):
        if _beside(page.text, sentence, name):
            continue
        stop = names[i + 1].start if i + 1 < len(names) else sentence.end
        reach = _reach(page.text, name.end, min(stop, sentence.end))
        dated = [w for w in whens if name.end <= w.start and w.end <= reach]
        if len(dated) > 1 and _plural(page.text, name):
            yield from _several(page, sentence, name, dated, reach)
        else:
            yield _one(page, sentence, name, whens, dated, reach)


def _beside(text: str, sentence: Sentence, name: MeetingName) -> bool:
    """Say whether a name only tells where something stands: "on the sidelines of the NATO Summit"."""
    before = text[max(sentence.start, name.start - 40) : name.start]
    return re.search(rf"\b(?:{'|'.join(words().beside)})\sof\s(?:the\s|this\s)?(?:\w+\s)?$", before) is not None


def _plural(text: str, name: MeetingName) -> bool:
    return re.search(rf"{name.head}s\b", name.text, re.I) is not None


def _reach(text: str, at: int, end: int) -> int:
    """Return how far after a name the words still tell when and where it is held."""
    last = at
    for m in _WORD.finditer(text, at, min(end, at + 200)):
        word = m.group()
        if not (word[0].isupper() or word[0].isdigit() or word.lower() in _REACH or word in ",()"):
            break
        last = m.end()
    return last


def _one(
    page: Page, sentence: Sentence, name: MeetingName, whens: list[When], dated: list[When], reach: int
) -> Seen:
    text = page.text
    inside = [w for w in whens if name.start <= w.start and w.end <= name.end]
    before = [w for w in whens if w.end <= name.start and _JOIN_BEFORE.fullmatch(text, w.end, name.start)]
    this_year = _of_year(page, sentence, name)
    when = next(iter([*inside, *dated, *before[-1:], *this_year]), None)
    place = find_place(text, name.end, min(reach + 1, sentence.end)) or find_sidelines(text, name.end, min(reach + 60, sentence.end))
    if place is not None and place[0] > reach:
        place = None
    spans = [(name.start, name.end), *([(when.start, when.end)] if when else []), *([place] if place else [])]
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    format_, format_words = find_format(text, name.start, max(end, reach))
    return Seen(
        start, end, name.text, name.core, name.head, _status(page, sentence, name, when, reach),
        _evident(text, sentence, name, when, place, reach), name.ordinal, when,
        text[place[0] : place[1]] if place else None, format_,
        supports=(Support("format", "words", *format_words),) if format_words and format_words[1] > end else (),
    )  # fmt: skip


def _several(page: Page, sentence: Sentence, name: MeetingName, dated: list[When], reach: int) -> Iterator[Seen]:
    """Read "the Summits held on May 14, 2015 in Camp David, and on April 21, 2016 in Riyadh" as one meeting each."""
    text = page.text
    singular = re.sub(rf"({name.head})s\b", r"\1", name.text, flags=re.I)
    for i, when in enumerate(dated):
        after = [find_place(text, w.end, dated[j + 1].start if j + 1 < len(dated) else reach) for j, w in enumerate(dated)]
        place = next((p for p in after[i:] if p is not None), None)
        end = max(when.end, place[1] if place else 0)
        yield Seen(
            name.start, end, singular, name.core, name.head, _status(page, sentence, name, when, reach), True,
            None, when, text[place[0] : place[1]] if place else None,
        )  # fmt: skip


_YEAR_OF = re.compile(r"\b(?P<which>last|this|next)\syear[’']s\s(?:\w+\s)?$", re.I)


def _of_year(page: Page, sentence: Sentence, name: MeetingName) -> list[When]:
    """Read "last year’s" before a name."""
    low = max(sentence.start, name.start - 30)
    m = _YEAR_OF.search(page.text[low : name.start])
    if m is None:
        return []
    return find_dates(page.text, low + m.start(), low + m.end(), published=page.published)


def _status(page: Page, sentence: Sentence, name: MeetingName, when: When | None, reach: int) -> MeetingStatus:
    text, published = page.text, page.published
    if when is not None and published is not None and len(when.edtf) >= 10:
        return "planned" if when.edtf[:10] > str(published) else "mentioned"
    before = text[max(sentence.start, name.start - 60) : name.start]
    after = text[name.end : max(reach, min(sentence.end, name.end + 40))]
    if _planned().search(before) or re.match(r"\s(?:\([^)]*\)\s)?(?:(?:which|that)\s)?(?:will|to\sbe|is\sto)\b", after):
        return "planned"
    if when is not None and published is not None and when.edtf[:7] > str(published)[: len(when.edtf[:7])]:
        return "planned"
    return "mentioned"


@cache
def _planned() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words().verbs.planned))})\b", re.I)


@cache
def _edition() -> tuple[re.Pattern[str], re.Pattern[str]]:
    verbs = words().verbs
    tail = r"\s(?:(?:the|a|an|our|their|its|his|her|this|this\syear[’']s|last\syear[’']s|next\syear[’']s|[A-Z][\w’'-]+[’']s|successful|very|most|recent|upcoming|annual|[\w-]+ful)\s){0,3}$"
    sure = "|".join(sorted(map(re.escape, verbs.edition), key=len, reverse=True))
    loose = "|".join(sorted(map(re.escape, [*verbs.edition, *verbs.edition_loose]), key=len, reverse=True))
    return re.compile(rf"\b(?:{sure}){tail}", re.I), re.compile(rf"\b(?:{loose}){tail}", re.I)


def _evident(
    text: str, sentence: Sentence, name: MeetingName, when: When | None, place: tuple[int, int] | None, reach: int
) -> bool:
    """Say whether words mean one meeting of a series: an ordinal, a date, a place, or a verb of holding tells so."""
    if _ALSO.match(text, name.end):
        return False
    if name.ordinal is not None or when is not None:
        return True
    if name.kind == "body":
        return False
    if place is not None and name.kind == "event":
        return True
    before = text[max(sentence.start, name.start - 60) : name.start]
    sure, loose = _edition()
    if (loose if name.head in _SURE_HEADS else sure).search(before):
        return True
    return re.match(r"\s(?:held|hosted|convened|co-hosted|to\sbe\s(?:held|co-hosted|hosted)|will\sbe\sheld|took\splace|which\swill)\b", text[name.end : name.end + 40]) is not None
