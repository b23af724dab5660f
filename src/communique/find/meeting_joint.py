"""Reads the meeting that a joint statement comes from: its title says who speaks, its text that they met."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.find.dates import When, find_dates
from communique.find.gazetteer import find_known, plain
from communique.find.meeting_completing import LEAD, LONGEST, completed, with_told
from communique.find.meeting_mentions import Seen
from communique.find.meeting_names import core_of
from communique.find.meeting_verbs import Told
from communique.find.places import find_place
from communique.find.spacing import spaced
from communique.model import Support
from communique.text.page import Page, Sentence


@dataclass(frozen=True, slots=True)
class Speaking:
    """Who issues a statement together, as the title has it, and the place written after them."""

    who: str
    place: str | None = None


_TITLE = spaced(
    r"^.{0,40}?\bJoint\s(?:(?:Press|Media|Leaders[’']?)\s)?(?:Statement|Communiqu[eé]|Declaration|Remarks)\s?"
    r"(?:(?:by|of|from|between|issued\sby)\s|[,:–—-]\s)(?P<who>.{8,260})$",
    re.I,
)
_POST = spaced(
    r"\b(?:Presidents?|Prime\sMinisters?|Chancellor|Premier|King|Minister|Secretary|Taoiseach|Chairman)\b",
    re.I,
)
_STOP = spaced(
    r"\s(?:on|regarding|following|about|endorsing|concerning|calling|to)\s.*$|\s?[:;–—]\s.*$|\s-\s.*$", re.I
)
_PLACE = spaced(
    r",\s(?P<place>[A-Z][a-z’'-]+(?:\s[A-Z][a-z’'-]+){0,2}(?:,\s[A-Z][\w.]+)?)(?:,?\s\d[\w\s]*)?$"
)
_WE = r"(?:[Ww]e|[Tt]hey|[Bb]oth|[Tt]he\s(?:two\s|three\s)?(?:leaders|sides|(?:[Pp]rime\s)?[Mm]inisters|Presidents))"
_TOGETHER = spaced(
    rf"\b{_WE}\s(?:have\s)?"
    r"(?:met|discussed|gathered|convened|spoke|conferred|consulted|held\s[\w\s]{0,30}?talks)\s"
    r"(?:with\s[^.;]{3,60}\s)?(?=today|here|this\s(?:morning|afternoon|evening)|yesterday|in\s[A-Z]|on\s)"
    rf"|\b(?:[Tt]oday|[Yy]esterday|[Hh]ere\sin\s[A-Z]\w+|[Tt]his\s(?:morning|afternoon|evening)),?\s{_WE}\s"
    r"(?:have\s)?(?:met|discussed|gathered|convened)\b"
    r"|\bMeeting\s(?:today\s)?(?=at\s[A-Z]|in\s[A-Z]|here\s)"
    r"|\b(?:[Oo]ur|[Tt]heir)\s(?:\w+\s){0,2}(?:meeting|talks|discussions)\s(?=today|here)"
)


def speaking_together(title: str | None) -> Speaking | None:
    """Return who speaks in a joint statement's title: "President A of X and Prime Minister B of Y"."""
    m = _TITLE.match(" ".join((title or "").split()))
    if m is None:
        return None
    who = _STOP.sub("", m["who"]).strip(" ,.")
    placed = _PLACE.search(who)
    place = placed["place"] if placed and _POST.search(placed["place"]) is None else None
    who = _without_subject(who[: placed.start()] if placed and place else who)
    posts = _POST.findall(who)
    if not posts or (len(posts) < 2 and not posts[0].lower().endswith("s")):
        return None
    return Speaking(who, place)


def _without_subject(who: str) -> str:
    """Cut off the statement's own name after those who speak: "… of Colombia U.S.-Colombia Partnership"."""
    for named in find_known(plain(who)):
        before, after = who[: named.start].lower(), who[named.end :]
        last = _POST.search(after) is None and re.search(r"\s(?:and|&)\s", before) is not None
        if last and before.endswith((" of ", " of the ")) and re.match(r"\s[A-Z]", after):
            return who[: named.end]
    return who


def told_together(page: Page, told: Sequence[Told]) -> Seen | None:
    """Return the meeting of those who speak in the title, where the text says "we met today"."""
    speaking = speaking_together(page.document.title)
    if speaking is None:
        return None
    for s in page.sentences[:LEAD]:
        if s.end - s.start > LONGEST or (m := _TOGETHER.search(page.text, s.start, s.end)) is None:
            continue
        return completed(page, _meeting(page, speaking, s, m.start(), told))
    return None


def told_of_gathering(page: Page, name: str) -> Seen | None:
    """Return the meeting of the leaders in the title, where the text says "at our meeting today"."""
    for s in page.sentences:
        if s.end - s.start <= LONGEST and (m := _TOGETHER.search(page.text, s.start, s.end)) is not None:
            return completed(page, _meeting(page, Speaking(name), s, m.start(), (), name=name))
    return None


def _meeting(
    page: Page, speaking: Speaking, s: Sentence, at: int, told: Sequence[Told], *, name: str | None = None
) -> Seen:
    name = name or f"meeting of {speaking.who}"
    supports = (Support("name", "title"),)
    seen = Seen(s.start, s.end, name, core_of(name), "meeting", "held", True, supports=supports)
    teller = next((t for t in told if t.sentence.index == s.index and not t.planned), None)
    if teller is not None:
        seen = replace(with_told(page, seen, teller), attendees=())
    if seen.when is None:
        seen = replace(seen, when=_day(page, s, at))
    if seen.place is None and (place := find_place(page.text, at, s.end)) is not None:
        seen = replace(seen, place=page.text[slice(*place)])
    if seen.place is None and speaking.place is not None:
        seen = replace(seen, place=speaking.place, supports=(*seen.supports, Support("place", "title")))
    return seen


def _day(page: Page, s: Sentence, at: int) -> When | None:
    """Return the day given beside the words that tell that they met."""
    low, high = max(s.start, at - 24), min(s.end, at + 90)
    return next(iter(find_dates(page.text, low, high, published=page.published)), None)
