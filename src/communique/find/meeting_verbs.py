"""Finds where a sentence tells that parties meet: "President Biden met today with … in Seoul", "We
convened".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from communique.find.dates import When, find_dates
from communique.find.meeting_names import MeetingName
from communique.find.places import find_destination, find_place, find_sidelines
from communique.find.spacing import any_of, spaced
from communique.model import MeetingFormat
from communique.text.page import Page, Sentence
from communique.vocab.meetings import Frame, verb_frames, words


@dataclass(frozen=True, slots=True)
class Told:
    """A verb of meeting with its clause: who, with whom, when, where, and the meeting's name where
    it has one.
    """

    sentence: Sentence
    start: int
    end: int
    verb: str
    planned: bool
    subject: tuple[int, int]
    object: tuple[int, int] | None
    name: MeetingName | None
    when: When | None
    place: tuple[int, int] | None
    format: MeetingFormat | None
    format_words: tuple[int, int] | None


_ADVERBS = (
    r"(?:\s(?:today|yesterday|virtually|again|separately|here|bilaterally|jointly|briefly|"
    r"privately|also|recently|individually|together|earlier|first|this\s(?:morning|"
    r"afternoon|evening|week)|(?:yesterday|last)\s(?:evening|night)))*,?"
)
_WITH = spaced(
    rf"{_ADVERBS}\s(?:with|in|at|on|for|from|via|virtually|to|under|during|this|last|"
    rf"by\s(?:video|phone|telephone)|here|today|yesterday|separately)\b|{_ADVERBS}[.,]"
    # "met Prime Minister …", not "met NATO’s target"
    rf"|{_ADVERBS}\s(?=[A-Z]\w+\s[A-Z])(?!\S+[’']s\b)"
    # "met vi th Mr. Gorton at Parliament House", as scanned
    r"|\s(?!\S+[’']s\b)[^,;]{2,40}?\sat\s(?:the\s)?[A-Z]"
)
_CONVENED = spaced(rf"{_WITH.pattern}|\s(?:a|an|the|over|more\sthan|representatives|leaders|\d+|[A-Z])")
_SPOKE = spaced(
    r"\s(?:today|yesterday|by\s(?:tele)?phone|on\s[A-Z])|[^.;]{0,90}?\s(?:with|"
    r"to)\s(?!the\s(?:importance|need)\b)"
)
_CALLED = spaced(
    r"\s(?:President|Prime\sMinister|Chancellor|King|His|Her|Their|Crown|Secretary|"
    r"Premier|Taoiseach|Minister)\b"
)
_GUEST = spaced(
    r"\s(?!its?\b|their\b|the\s(?:progress|adoption|decision)\b)[^;]{2,160}?\s(?:to|at|in|"
    r"for)\s(?:the\s(?:White|first|second|third|\d)|an?\s|Camp|Washington|Canberra|"
    r"Australia|[A-Z])|\s(?=[A-Z])[^;]{2,160}?\sat\sthe\s[A-Z]"
)
_WELCOMED = spaced(
    r"\s(?:the\s)?(?=[A-Z])(?!\S+[’']s\b)[^;]{2,160}?\s(?:to|at|in)\s(?:the\s)?[A-Z]"
    r"|\sto\s(?:the\s)?[A-Z]|\sa\s(?:tele)?(?:phone\s)?call\sfrom\s"
)
_HAD = spaced(
    r"\s(?:(?:a|an|the|their|its|his|her|our|[\w-]+)\s){0,5}?(?:meetings?|talks|"
    r"discussions|consultations|conversations?|calls?|summit|dialogue|session|roundtable|"
    r"videoconference|trilateral|bilateral)\b"
)
_PAID = spaced(r"\s(?:an?|his|her|their)\s(?:[\w-]+\s){0,5}?[Vv]isits?\s")
_INTO = spaced(r"\s[^.;]{0,220}?")
_WILL = spaced(
    r"\b(?:will|shall|is\sto|are\sto|plans?\sto|intends?\sto|looks?\sforward\sto|"
    r"(?:pleased|honou?red|delighted|proud|happy)\sto|scheduled\sto|due\sto|going\sto)\s(?:(?:also|then|jointly|be|again|now|"
    r"virtually)\s)?$",
    re.I,
)
_SUBJECT_OPENING = spaced(
    r"(?:[-*•–]\s)?(?:(?:On|In|At|Today|Yesterday|Earlier|This|Following|During|Last|"
    r"After|While|As|Tonight|To|Late|Over|Before|Ahead|Building|"
    r"From)\b[^,]{0,90}?(?:,\s[A-Z][\w.]+\s\d{1,2}(?=,))?(?:,\s\d{4}|"
    r",\s[A-Z][\w.]+(?=,))?,\s(?!and\b)|"
    r"(?:Today|Yesterday|Tonight|This\s(?:morning|afternoon|evening|week)|Last\s(?:night|week))\s(?=[A-Z]))?"
    r"(?:\d{1,2}\.\s+)?"
)
_TRAILING = spaced(
    r"(?:\s(?:today|warmly|officially|formally|cordially|tonight|yesterday|virtually|also|recently|earlier|then|have|has|had|"
    r"will|shall|is\s(?:honou?red|pleased|delighted|proud|happy)\sto|jointly|separately|again|just|both|this\s\w+|,|–|—|yesterday\sevening))+$"
)

# What must follow a verb for it to tell of a meeting.
_FOLLOWS: dict[Frame, re.Pattern[str]] = {
    "meet": _WITH,
    "convene": _CONVENED,
    "speak": _SPOKE,
    "call": _CALLED,
    "host": _GUEST,
    "welcome": _WELCOMED,
    "hold": _HAD,
    "pay": _PAID,
    "join": _INTO,
}
_FRAMES = {verb: _FOLLOWS[frame] for frame, verbs in verb_frames().frames.items() for verb in verbs}
_BASE = verb_frames().forms.planned
_NEEDS_NAME = verb_frames().forms.named
VISITS = verb_frames().forms.visits
_VERB = spaced(rf"\b(?P<verb>{any_of(_FRAMES)})\b")


@cache
def _topic() -> re.Pattern[str]:
    topics = any_of(words().places.topics)
    return spaced(rf",?\s(?:{topics})\b")


@cache
def _format_words() -> re.Pattern[str]:
    virtual = any_of(words().formats["virtual"])
    person = any_of(words().formats["in person"])
    return spaced(rf"\b(?:(?P<hybrid>hybrid)|(?P<person>{person})|(?P<virtual>{virtual}))\b", re.I)


def find_told(page: Page, sentence: Sentence, names: Sequence[MeetingName]) -> Iterator[Told]:
    """Yield the first clause of a sentence that tells of a meeting held or to be held."""
    for m in _VERB.finditer(page.text, sentence.start, sentence.end):
        told = _told_by(page, sentence, m, names)
        if told is not None:
            yield told
            return


def _told_by(page: Page, sentence: Sentence, m: re.Match[str], names: Sequence[MeetingName]) -> Told | None:
    text, verb = page.text, m["verb"]
    planned = _WILL.search(text, max(sentence.start, m.start() - 40), m.start()) is not None
    if verb in _BASE and not planned:
        return None
    planned = planned and not _is_glad_to_welcome(page, sentence, m)
    if _FRAMES[verb].match(text, m.end(), sentence.end) is None or _in_by_phrase(text, m):
        return None
    begins = subject_start(text, sentence.start, m.start())
    subject = _subject(text, begins, m.start())
    if subject is None:
        return None
    ends = _clause_end(text, m.end(), sentence.end)
    name = _name_for(text, verb, names, subject, m.end(), ends)
    if verb in _NEEDS_NAME and name is None:
        return None
    avoid = tuple((n.start, n.end) for n in names)
    place = _place(text, sentence, m, ends, name, avoid)
    format_, format_words = find_format(text, begins, ends)
    return Told(
        sentence,
        _unbulleted(text, sentence.start),
        ends,
        verb,
        planned,
        subject,
        _object(text, verb, m.end(), ends),
        name,
        _when(page, sentence, ends, avoid),
        place,
        format_,
        format_words,
    )


_GLAD = spaced(r"\b(?:is|was|are|were|be)\s(?:honou?red|pleased|delighted|proud|happy)\sto\s$")


def _is_glad_to_welcome(page: Page, sentence: Sentence, m: re.Match[str]) -> bool:
    """Say whether a joint statement's "is honored to welcome" means the guest who is there."""
    joint = page.document.kind in {"joint_statement", "communique"}
    glad = _GLAD.search(page.text, max(sentence.start, m.start() - 30), m.start())
    return joint and m["verb"] == "welcome" and glad is not None


def subject_start(text: str, start: int, verb: int) -> int:
    """Return where the subject of a verb begins: after "In Hanoi, Vietnam today, " or "On Tuesday,
    January 30, 2024, ".
    """
    opening = _SUBJECT_OPENING.match(text, start, verb)
    return opening.end() if opening else start


def find_format(text: str, start: int, end: int) -> tuple[MeetingFormat | None, tuple[int, int] | None]:
    """Return how a meeting was held, and the words that say so."""
    for m in _format_words().finditer(text, start, end):
        if m["hybrid"]:
            return "hybrid", m.span()
        if m["person"]:
            return "in person", m.span()
        if not (m.group() == "call" and text[max(0, m.start() - 3) : m.start()].endswith("to ")):
            return "virtual", m.span()
    return None, None


_BE_BEFORE = spaced(r"\b(?:was|were|been|being|be|is|are|not|to\sbe)\s$")


def _in_by_phrase(text: str, m: re.Match[str]) -> bool:
    """Say whether the verb is passive ("was hosted by", "were met with") or part of "called on"."""
    if m["verb"] in {"convened", "meeting", "held"} or m["verb"].endswith("ing"):
        return False
    return _BE_BEFORE.search(text, max(0, m.start() - 12), m.start()) is not None


_BULLET = re.compile(r"[-*•–]\s*|\d{1,2}\.\s+")


def _unbulleted(text: str, start: int) -> int:
    m = _BULLET.match(text, start)
    return m.end() if m else start


def _subject(text: str, begins: int, verb: int) -> tuple[int, int] | None:
    written = text[begins:verb].rstrip()
    trailing = _TRAILING.search(written)
    ends = begins + (trailing.start() if trailing else len(written))
    return (begins, ends) if ends > begins and ends - begins < 420 else None


def _clause_end(text: str, at: int, end: int) -> int:
    m = _topic().search(text, at, end)
    ends = m.start() if m else end
    while ends > at and text[ends - 1] in " ,;.\n":
        ends -= 1
    return ends


def _name_for(
    text: str, verb: str, names: Sequence[MeetingName], subject: tuple[int, int], verb_end: int, ends: int
) -> MeetingName | None:
    """Choose the meeting's name: after the verb, or the subject of "convened", "met"; never one it
    stands beside.
    """
    guest = _FRAMES[verb] in {_GUEST, _WELCOMED}
    names = [
        n for n in names if n.kind != "body" or n.ordinal is not None or (n.text[0].isupper() and not guest)
    ]
    for n in names:
        if verb_end <= n.start <= ends and not _stands_beside(text, n):
            return n
    if verb in {"met", "convened", "convene", "meet", "gathered", "held", "hold"}:
        for n in names:
            if subject[0] <= n.start and n.end >= subject[1] - 12 and n.end <= subject[1] + 1:
                return n
    return None


@cache
def _aside() -> re.Pattern[str]:
    beside = any_of(words().beside)
    return spaced(
        rf"\b(?:{beside})\sof\b|\b(?:following|after|since|before|ahead\sof|prior\sto|"
        rf"in\sadvance\sof|until|"
        r"upcoming|discuss\w*|previous|last)\s(?:the|a|an|his|her|their|this|our|\w+’s)?\s?$"
    )


def _stands_beside(text: str, name: MeetingName) -> bool:
    return _aside().search(text, max(0, name.start - 44), name.start) is not None


_LATER = spaced(
    r"\b(?:since|following|after|ahead\sof|before|prior\sto|until|by|building\son|"
    r"as)\s(?:the\s|their\s|our\s|last\s)?$",
    re.I,
)


def _when(page: Page, sentence: Sentence, ends: int, avoid: tuple[tuple[int, int], ...]) -> When | None:
    for when in find_dates(page.text, sentence.start, ends, published=page.published):
        inside = any(low < when.start and when.end < high for low, high in avoid)
        if not inside and _LATER.search(page.text, max(sentence.start, when.start - 24), when.start) is None:
            return when
    return None


def _place(
    text: str,
    sentence: Sentence,
    m: re.Match[str],
    ends: int,
    name: MeetingName | None,
    avoid: tuple[tuple[int, int], ...],
) -> tuple[int, int] | None:
    """Find the place after the meeting's name, after the verb, or before it ("In Tokyo today, …")."""
    stretches = [(m.end(), ends), (sentence.start, m.start())]
    if name is not None and name.start > m.end():
        place = find_place(text, name.end, ends, avoid=avoid)
        if place is not None and place[0] < name.end + 40:
            return place
    for low, high in stretches:
        if low < high and (place := find_place(text, low, high, avoid=avoid)) is not None:
            return place
    guest = _FRAMES[m["verb"]] in {_GUEST, _WELCOMED}
    return (find_destination(text, m.end(), ends) if guest else None) or find_sidelines(text, m.end(), ends)


_WITH_WHOM = spaced(r"\s(?:with|to)\s(?:the\s(?=[A-Z]))?")
_MET_WHOM = spaced(r"\s(?:the\s)?(?=[A-Z]\w+\s[A-Z])(?!\S+[’']s\b)")
_GUEST_END = spaced(r",?\s(?:to|on|in|at|for|today|yesterday|during)\b")
_OBJECT_END = spaced(
    r",?\s(?:on|in|at|today|yesterday|during|for|via|by|this|last|where|"
    r"from)\b(?!\s(?:Foreign|Defen|the\s(?:Near|Middle|Arts)|Political|Policy|Economic|"
    r"Security|International|Trade|National))"
)


def _object(text: str, verb: str, at: int, ends: int) -> tuple[int, int] | None:
    if verb in _NEEDS_NAME or verb in {"held", "hold", "convened", "gathered"}:
        return None
    low = at + 1
    if verb not in {
        "hosted",
        "host",
        "hosting",
        "welcomed",
        "welcome",
        "welcomes",
        "welcoming",
        "received",
        "called",
        "telephoned",
        "visited",
    }:
        m = _MET_WHOM.match(text, at, ends) if verb in {"met", "meet"} else None
        m = m or _WITH_WHOM.search(text, at, ends)
        if m is None:
            return None
        low = m.end()
    stop = (
        _GUEST_END if verb in {"welcomed", "welcome", "welcomes", "welcoming", "received"} else _OBJECT_END
    ).search(text, low, ends)
    return (low, stop.start() if stop else ends)
