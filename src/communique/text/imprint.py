"""Imprint lines: who published what, when and where: "Wahyu Dwi Anggoro - 05 July 2022 11:43 WIB"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from communique.model import Struct
from communique.vocab.loading import load

_LONGEST = 140
_DATELINE_REACH = 100
_SEPARATORS = re.compile(r"\s[-–—]{1,2}\s|[|•·,;()\[\]]|\s/\s|\s{3,}|:(?=\s|$)|\s[-–—]{1,2}$|^[-–—]{1,2}\s")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,4}$")
_YEAR = re.compile(r"(?:19|20)\d\d")
# What parts a name from its date: "Jane Doe - 5 July", not "Prime Minister, 5 July".
_APART = re.compile(r"\s[-–—]\s|[|•·]")
# What parts a dateline from its text: " -- ", " — ", " - ", ": ", "-- "
_DASH = re.compile(r"\s*(?:--|—|–|\s-)\s*|:\s+")
_NUMBERED = re.compile(r"(?:[A-Z][A-Z. ]{0,4})?(?:N[o0]s?[.,]?\s?)?\d{0,4}\s?/\s?\d{1,4}$|\d{1,4}$")
# Before a name it says that somebody else speaks: "Message to Mr Fukuda", "on the death of Mr Pearson".
_ADDRESSED = re.compile(r"\b(?:to|on|with|death)\b", re.I)
_OFFSET = re.compile(r"([+-])(\d\d?):?(\d\d)?")
_INITIALS_APART = re.compile(r"\b(?:[^\W\d_]\.\s?)+")


class _Words(Struct, frozen=True):
    labels: tuple[str, ...]
    bylines: tuple[str, ...]
    credits: tuple[str, ...]
    speaks: tuple[str, ...]
    captions: tuple[str, ...]
    dropped: tuple[str, ...]
    kept: tuple[str, ...]
    after: tuple[str, ...]
    offices: tuple[str, ...]
    particles: tuple[str, ...]
    agencies: tuple[str, ...]
    zones: dict[str, str]
    months: dict[str, int]


class _Places(Struct, frozen=True):
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """What an imprint line says; ``end`` is how much of the line it takes up."""

    end: int
    byline: str | None = None
    place: str | None = None
    published: str | None = None


@cache
def _words() -> _Words:
    return load("publishers/generic/imprint.toml", _Words)


@cache
def _places() -> dict[str, str]:
    places = load("publishers/generic/places.toml", _Places).places
    return {_key(p): p for p in reversed(places)}


def _key(words: str) -> str:
    return re.sub(r"[\s.,']", "", words.replace("’", "'")).casefold()


@cache
def _labels() -> frozenset[str]:
    return frozenset(_words().labels) | frozenset(_words().agencies)


@cache
def _moment() -> re.Pattern[str]:
    """Eats "05 July 2022 11:43 WIB", "17th September, 1999", "July 5, 2022", "2022.07.05 14:30 (KST)"."""
    months = "|".join(sorted(_words().months, key=len, reverse=True))
    zones = "|".join(_words().zones)
    return re.compile(
        rf"""(?: (?P<d1>\d{{1,2}})\s?(?:st|nd|rd|th)?\s?(?:of\s)?,?\s?
                (?P<m1>{months})\.?,?\s{{0,3}}(?P<y1>(?:19|20)\d\d)
            |   (?P<m2>{months})\.?\s{{1,3}}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<y2>(?:19|20)\d\d)
            |   (?P<y3>(?:19|20)\d\d)\s?[-./]\s?(?P<m3>\d{{1,2}})\s?[-./]\s?(?P<d3>\d{{1,2}}) \b
            )
            (?: \.? (?:,|\s[-–—|]|\sat)?\s{{0,3}}
                (?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)(?::\d\d)?\s?(?P<half>[ap]\.?m\.?)?
                \s?\(?(?P<zone>(?:(?:GMT|UTC)\s?)?[+-]\d\d?:?(?:\d\d)?|(?:{zones})\b)?\)?
            )?""",
        re.X | re.I,
    )


@cache
def _month_alone() -> re.Pattern[str]:
    """Eats a date without its year or day: "July 5", "5 July", "June 1995"."""
    months = "|".join(sorted(_words().months, key=len, reverse=True))
    return re.compile(
        rf"(?:(?:{months})\.?\s{{0,3}}\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)?\s{{0,3}}(?:{months})\.?"
        rf"|(?:{months})\.?,?\s{{0,3}}(?:19|20)\d\d|(?:{months}),?)(?![\w])",
        re.I,
    )


def read_imprint(line: str) -> Imprint | None:
    """Read a line that is an imprint and nothing else, or return None."""
    if len(line) > _LONGEST:
        return None
    by = _byline_of(line)
    if by is not None:
        return by
    moment = _moment().search(line)
    rest = line if moment is None else f"{line[: moment.start()]} ; {line[moment.end() :]}"
    published = None if moment is None else _iso(moment)
    if moment is not None and published is None:
        return None
    dated = published is not None or _month_alone().search(line) is not None
    place, byline, known = _parts(_month_alone().sub(" ; ", rest), dated=dated, stamped=published is not None)
    if not known or (published is None and place is None):
        return None
    return Imprint(len(line), byline=byline, place=place, published=published)


def _parts(rest: str, *, dated: bool, stamped: bool) -> tuple[str | None, str | None, bool]:
    """Sort what stands around the date: a place, a name, labels; False where more was found."""
    place = byline = None
    whole = place_in(rest.strip(" .,;"))
    if whole is not None:
        return whole, None, True
    for part in filter(None, (p.strip(" .\t-–—*") for p in _SEPARATORS.split(rest))):
        if _is_label(part):
            continue
        if place is None and place_in(part) is not None:
            place = place_in(part)
        elif place is not None and byline is None and _is_region(part):
            continue
        elif place is None and byline is None and dated and _is_plain_place(part):
            place = part
        elif stamped and byline is None and _APART.search(rest) and _is_name(part):
            byline = part
        else:
            return None, None, False
    return place, byline, True


def _is_label(part: str) -> bool:
    words = part.casefold()
    if words in _labels() or _NUMBERED.match(part):
        return True
    return all(w.strip(".") in _labels() for w in words.split()) or _labelled(words)


def _labelled(words: str) -> bool:
    """Say whether words are labels set side by side: "for media thursday"."""
    head = next((label for label in _labels() if words.startswith(label + " ")), None)
    return head is not None and _is_label(words[len(head) :].strip())


def place_in(words: str) -> str | None:
    """Return the place that words name, as places are written, or None."""
    if len(words) > 40 or not words[:1].isalpha():
        return None
    found = _places().get(_key(words))
    return found if found is None or words.isupper() or "." in found else words


def _is_region(part: str) -> bool:
    """Say whether a part after a place can be its state: "People's Republic of China", "D.C."."""
    words = part.split()
    return len(words) <= 6 and all(w[:1].isupper() or w in ("of", "the", "and", "&") for w in words)


def _is_plain_place(part: str) -> bool:
    return part.isalpha() and len(part) >= 4 and (part.istitle() or part.isupper())


def _is_name(part: str) -> bool:
    words = part.split()
    if _NAME.match(part) is None or any(w.casefold() in _words().offices for w in words):
        return False
    return all(w[:1].isupper() or w in _words().particles for w in words)


def _byline_of(line: str) -> Imprint | None:
    """Read "By Jane Doe - July 5, 2022", "Oleh Wahyu Dwi", "Editor: X"."""
    words = line.casefold()
    for start in (*_words().bylines, *_words().credits):
        if not words.startswith(start) or words[len(start) : len(start) + 1] not in (" ", ":"):
            continue
        name, published = _name_and_date(line[len(start) :].lstrip(" :"))
        if name is not None:
            credited = start in _words().credits
            return Imprint(len(line), byline=None if credited else name, published=published)
    return None


def _name_and_date(words: str) -> tuple[str | None, str | None]:
    moment = _moment().search(words)
    head = words if moment is None else words[: moment.start()]
    parts = [p.strip(" .-–—") for p in re.split(r"\s[-–—]\s|[|•·,(]", head)]
    name = parts[0] if parts else ""
    others = [p for p in parts[1:] if p and not _is_label(p) and len(p.split()) > 5]
    fits = _is_name(name) and not others
    return (name if fits else None), (None if moment is None else _iso(moment))


def read_dateline(paragraph: str) -> Imprint | None:
    """Read the dateline that a paragraph begins with: "Jakarta: ", "SEOUL, July 5 (Yonhap) -- "."""
    head = paragraph[:_DATELINE_REACH]
    for dash in _DASH.finditer(head):
        words = head[: dash.start()]
        if dash.end() >= len(paragraph) or len(words) < 3 or not words[:1].isupper():
            return None
        found = read_imprint(words.strip(" ,"))
        if found is not None and found.place is not None:
            colon = dash.group().startswith(":")
            if colon and place_in(found.place) is None:
                return None
            return Imprint(dash.end(), found.byline, found.place, found.published)
    return None


def closing_dateline(line: str) -> int | None:
    """Return where a dateline begins that was run into the last sentence: "Evans. CANBERRA JUNE 1995"."""
    for stop in re.finditer(r"[.!?]['\"”’)]?\s+", line[-_DATELINE_REACH:]):
        at = max(len(line) - _DATELINE_REACH, 0) + stop.end()
        found = read_imprint(line[at:])
        if found is not None and found.place is not None and _YEAR.search(line, at):
            return at
    return None


def is_caption(line: str) -> bool:
    """Say whether a line is a picture's caption: it starts with "Photo:" or ends in "(Photo: …"."""
    if len(line) > 600:
        return False
    low = line.casefold()
    at = low.rfind("(")
    inner = low[at + 1 :].lstrip() if at >= 0 else ""
    ends = 0 < len(inner) < 80 and inner.startswith(_words().captions) and ")" not in inner.rstrip(" ).")
    return ends or low.startswith(tuple(c + mark for c in _words().captions for mark in (":", " - ", " – ")))


def begins_letterhead(line: str) -> bool:
    """Say whether a line begins what names the speaker: "STATEMENT BY THE CHAIRMAN OF THE FORUM,"."""
    return line.casefold().startswith(tuple(s + " " for s in _words().speaks))


def speaker_in_letterhead(line: str, *, begun: bool = False) -> str | None:
    """Return who speaks: "Statement by the Prime Minister, the Hon P J Keating MP" -> P J Keating.

    ``begun``: the line before has said "Statement by".
    """
    words = " ".join(line.split())
    low = words.casefold()
    if len(words) > 200 or not (begun or any(low.startswith(s + " ") for s in _words().speaks)):
        return None
    found = _honoured().search(words)
    if found is None:
        return None
    if _ADDRESSED.search(words, words.rfind(",", 0, found.start() + 1) + 1, found.start()):
        return None
    name = _without_letters(found["name"])
    kept = found["title"].casefold().strip(". ") in _words().kept
    full = f"{found['title'].strip()} {name}" if kept else name
    return _in_title_case(full) if _is_speaker(name) else None


@cache
def _honoured() -> re.Pattern[str]:
    """Finds the last title before a name: "the Rt. Hon. William McMahon, M.P."."""
    titles = sorted({*_words().dropped, *_words().kept}, key=len, reverse=True)
    either = "|".join(re.escape(t).replace(r"\ ", r"[.,]?\s") for t in titles)
    return re.compile(
        rf"(?:^|[\s,])(?P<title>{either})[.,]?\s+(?P<name>[^\W\d_][^,]{{2,60}}(?:,[^,]{{1,30}}){{0,3}})$",
        re.I,
    )


def _without_letters(name: str) -> str:
    """Leave out the letters after a name: "William McMahon, C.H., M. P." """
    words = _INITIALS_APART.sub(lambda m: m.group().replace(" ", "") + " ", name).split()
    while len(words) > 1 and _is_after_name(words[-1]):
        words.pop()
    return " ".join(words).strip(" ,.")


def _is_after_name(word: str) -> bool:
    letters = word.replace(".", "").strip(",").casefold()
    return not letters or letters in _words().after


def _is_speaker(name: str) -> bool:
    parts = name.replace(".", " ").split()
    return 1 <= len(parts) <= 5 and "," not in name and all(p[:1].isupper() and p.isalpha() for p in parts)


def _in_title_case(name: str) -> str:
    return " ".join(_word_in_title_case(w) for w in name.split())


def _word_in_title_case(word: str) -> str:
    if len(word) > 4 and word.casefold().startswith("mc") and word[2:].isupper():
        return "Mc" + word[2:].title()
    return word.title() if len(word) > 2 and word.isupper() else word


def _iso(moment: re.Match[str]) -> str | None:
    """Write a moment as ISO 8601: a day, or a time with its offset where the zone is known."""
    day = moment["d1"] or moment["d2"] or moment["d3"]
    year = moment["y1"] or moment["y2"] or moment["y3"]
    month = (
        _words().months[(moment["m1"] or moment["m2"]).casefold()] if not moment["m3"] else int(moment["m3"])
    )
    try:
        on = date(int(year), month, int(day)).isoformat()
    except ValueError:  # 31 June, month 13
        return None
    return on + _time(moment)


def _time(moment: re.Match[str]) -> str:
    offset = _offset(moment["zone"])
    if moment["hour"] is None or offset is None:
        return ""
    hour, minute = int(moment["hour"]), int(moment["minute"])
    if moment["half"]:
        hour = hour % 12 + (12 if moment["half"].casefold().startswith("p") else 0)
    return f"T{hour:02}:{minute:02}:00{offset}" if hour < 24 and minute < 60 else ""


def _offset(zone: str | None) -> str | None:
    if zone is None:
        return None
    if zone.upper() in _words().zones:
        return _words().zones[zone.upper()]
    sign, hours, minutes = _OFFSET.search(zone).groups()  # type: ignore[union-attr]
    return f"{sign}{int(hours):02}:{minutes or '00'}" if int(hours) < 15 else None
