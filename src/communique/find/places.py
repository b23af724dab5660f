"""Finds where a meeting was held: "in Munich, Germany", "at Camp David", "on the sidelines of the
NATO Summit".
"""

from __future__ import annotations

import re
from functools import cache

from communique.find.spacing import spaced
from communique.vocab.meetings import words

_CAP = r"(?:(?:el|al|es|d)[-’'])?[A-Z][\w’'-]*(?:\.[A-Z]\.?|(?<=\bSt)\.)*"
_NAME = rf"{_CAP}(?:[\s-](?:(?:of|de|du|la|al|the)\s(?:the\s)?)?{_CAP}){{0,6}}"
_IN = spaced(
    rf"\b(?P<prep>in|at|aboard|In|At|"
    rf"from)\s(?P<place>(?P<the>the\s)?(?P<name>{_NAME})(?P<inner>\sin\s{_NAME})?)"
)
_WIDER = spaced(
    rf",\s(?P<capital>D\.C\.)|"
    rf",\s(?P<wider>(?:the\s)?{_CAP}(?:\s(?:of\s)?{_CAP}){{0,3}})(?=[,.;:)]|\s[a-z(–—-]|"
    rf"\s\d|$|\n)"
)
_WIDER_THEN = spaced(
    r",?\s(?:on|to|for|today|during|where|as|and|this|from|yesterday|with|in|last|at|"
    r"under|by)\b|[,.;:)]|\s?[–—(]|$|\n|\s\d"
)
_BESIDE = spaced(
    rf"\b(?P<words>(?:on|in|at|along)\sthe\s(?P<edge>\w+)\sof\s(?:the\s|this\s|"
    rf"their\s)?(?:{_NAME}|[\w’' -]{{3,50}}?(?=[,.;]|\son\b|\sin\b|$)))"
)
# A venue with "the" before it; a region ("the Indo-Pacific") is none.
_VENUE = spaced(
    r"the\s(?:White|Oval|Pentagon|Hague|Kremlin|Vatican|United|Republic|Headquarters|"
    r"Prime|Presidential|Ministry|Department|Embassy|National|Netherlands|Philippines|"
    r"Lodge|Eisenhower|Roosevelt|East|West|Lotte|Grand|Diaoyutai|\w+\s(?:Palace|House|"
    r"Hotel|Center|Centre|Room|Residence|Hall|Islands|Observatory|Museum|University|"
    r"Resort|Club|Office|Secretariat|Headquarters|Parliament|Academy|Institute|Base))"
)


def find_place(
    text: str, start: int, end: int, *, avoid: tuple[tuple[int, int], ...] = ()
) -> tuple[int, int] | None:
    """Return the first place named between two offsets; ``avoid`` holds spans that are no places
    (other meetings).
    """
    for m in _IN.finditer(text, start, end):
        low, high = m.span("place")
        high = m.start("inner") if m["inner"] and m["inner"].split()[-1].lower() in _no_places() else high
        if not _may_be_place(m) or any(a < high and low < b for a, b in avoid):
            continue
        high -= text[low:high].endswith(".") and not text[low:high].endswith((".C.", ".S."))
        return low, _widened(text, high)
    return None


_TO_VENUE = spaced(
    rf"\bto\s(?P<place>the\s(?!United|Republic|Netherlands|Philippines|Kingdom){_NAME}(?:,\s(?:D\.C\.|{_CAP}))?)"
    rf"(?=[,.;]|\s(?:today|yesterday|this|on|to|for|as|and|where|in)\b|$)"
)


def find_destination(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the house that a guest is welcomed to: "to the White House"; not the country."""
    m = _TO_VENUE.search(text, start, end)
    return m.span("place") if m is not None and _VENUE.match(m["place"]) is not None else None


def find_sidelines(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return "on the sidelines of the NATO Summit": where something stands that has no other place."""
    for m in _BESIDE.finditer(text, start, end):
        if m["edge"] in words().beside:
            return m.span("words")
    return None


def _may_be_place(m: re.Match[str]) -> bool:
    if m["the"] and m["prep"] != "from" and _VENUE.match(m["place"]) is not None:
        return True
    first = m["name"].split()[0].lower().rstrip(".,")
    if first in _no_places() or first.endswith(("’s", "'s")):
        return False
    if (m["the"] and not m["inner"]) or " ".join(m["name"].lower().split()) in words().places.regions:
        return False
    return m["prep"] != "from" and m["name"].split()[-1].lower() not in _ends()


@cache
def _no_places() -> frozenset[str]:
    return words().places.not_places | words().chairs.posts - {
        "white",
        "national",
        "house",
        "state",
        "republic",
    }


@cache
def _ends() -> frozenset[str]:
    return frozenset(
        {
            "summit",
            "dialogue",
            "meeting",
            "conference",
            "forum",
            "statement",
            "declaration",
            "strategy",
            "act",
            "day",
            "celebrations",
            "anniversary",
            "week",
        }
    )


def _widened(text: str, high: int) -> int:
    """Take in ", Hawaii" or ", D.C." after a city; not the subject of what follows a comma."""
    m = _WIDER.match(text, high)
    if m is None or m["capital"]:
        return m.end() if m else high
    if m["wider"].split()[0].lower() in _no_places() or _WIDER_THEN.match(text, m.end()) is None:
        return high
    return m.end() - text[high : m.end()].endswith(".")
