"""Finds the meeting that a document reports, and the earlier and later ones that it names."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from ahocorasick_rs import AhoCorasick

from communique.find.meeting_completing import HOUR, LEAD, LONGEST, TITLE, chaired_here
from communique.find.meeting_joining import is_talk_of, joined, stands
from communique.find.meeting_mentions import Seen, find_mentions
from communique.find.meeting_names import MeetingName, find_names, introduced, series_of, spelt_out
from communique.find.meeting_reported import reported_meetings
from communique.find.meeting_verbs import find_told
from communique.find.spacing import any_of, spaced
from communique.model import Level, Meeting, Support
from communique.text.page import Page, Sentence
from communique.vocab.meetings import heads, words


def find_meetings(page: Page) -> list[Meeting]:
    """List the meetings of a document, the one it reports first; each stands once, however often it
    is named.
    """
    names, letters = _names(page)
    seen = [x for s in page.sentences if s.index in names for x in find_mentions(page, s, names[s.index])]
    seen = [replace(x, core=spelt_out(x.core, letters)) for x in seen]
    lead = [s for s in page.sentences[:LEAD] if s.end - s.start <= LONGEST]
    told = [t for s in lead for t in find_told(page, s, names.get(s.index, ()))]
    reported = reported_meetings(page, told, seen, letters)
    others = [x for x in seen if x.evident and not any(is_talk_of(r, x) for r in reported)]
    all_ = joined(page, reported, others)
    own = len(reported)
    return [_finished(page, x, first=i < own) for i, x in enumerate(all_) if i < own or stands(x)]


@cache
def _any_head() -> AhoCorasick:
    return AhoCorasick([w.lower() for w in [*heads().heads, *heads().acronyms]])


def _told_of(page: Page) -> list[Sentence]:
    """List the sentences that hold a word for a meeting: only these are looked at closely."""
    small = page.text.lower()
    if len(small) != len(page.text):  # a few letters grow when made small; offsets would move
        return [s for s in page.sentences if s.end - s.start <= LONGEST]
    found = {
        s.index: s for _, at, _ in _any_head().find_matches_as_indexes(small) if (s := page.sentence_at(at))
    }
    return [found[i] for i in sorted(found) if found[i].end - found[i].start <= LONGEST]


def _names(page: Page) -> tuple[dict[int, tuple[MeetingName, ...]], dict[str, frozenset[str]]]:
    """Find the names of meetings in each sentence, then those given by letters that the text introduces."""
    out = {s.index: tuple(find_names(page.text, s.start, s.end)) for s in _told_of(page)}
    known = introduced([n for names in out.values() for n in names])
    if known:
        heads_of = {letters: name.head for letters, name in known.items()}
        using = spaced(any_of(known))
        for s in page.sentences:
            if s.end - s.start <= LONGEST and using.search(page.text, s.start, s.end):
                out[s.index] = tuple(find_names(page.text, s.start, s.end, known=heads_of))
    return out, {letters.lower(): name.core for letters, name in known.items()}


def _finished(page: Page, x: Seen, *, first: bool) -> Meeting:
    x = x if x.chairs or first else chaired_here(page, x)
    supports = list(x.supports)
    if x.when is not None and (
        x.when.rule != "stated" or not (x.start <= x.when.start and x.when.end <= x.end)
    ):
        spot = (None, None) if x.when.rule in {HOUR, TITLE} else (x.when.start, x.when.end)
        supports.append(Support("date", x.when.rule, *spot))
    return Meeting(
        quote=page.text[x.start : x.end],
        start=x.start,
        end=x.end,
        name=x.name,
        series=series_of(x.name) if not _is_between(x) else None,
        ordinal=x.ordinal,
        level=_level(x, page),
        date=x.when.edtf if x.when else None,
        date_rule=x.when.rule if x.when else None,
        place=_without_article(x.place),
        format=x.format,
        status=x.status,
        chairs=x.chairs,
        attendees=x.attendees,
        supports=tuple(supports),
    )


def _without_article(place: str | None) -> str | None:
    return re.sub(r"^the\s(?=Headquarters)", "", " ".join(place.split())) if place else None


_BETWEEN = spaced(
    r"\b(?:of|between|with)\b.*\b(?:President|Prime\sMinister|Minister|Advisor|Secretary)\b", re.I
)


def _is_between(x: Seen) -> bool:
    return _BETWEEN.search(x.name) is not None


def _level(x: Seen, page: Page) -> Level | None:
    """Return the level that name, words and participants tell, from the first list of words that fits."""
    told = f" {x.name} {' '.join(x.attendees)} ".lower()
    for level, terms in words().levels.items():
        if _terms(terms).search(told):
            return level
    return None


@cache
def _terms(terms: tuple[str, ...]) -> re.Pattern[str]:
    return spaced(rf"\b(?:{any_of(terms)})(?!\w)")
