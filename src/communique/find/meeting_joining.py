"""Joins what a document tells of one meeting in several places, and keeps editions of a series apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from communique.find.dates import When, first_day
from communique.find.meeting_mentions import Seen
from communique.find.meeting_names import GENERIC
from communique.model import Support
from communique.text.page import Page
from communique.vocab.meetings import heads, name_words


def alike(a: frozenset[str], b: frozenset[str], na: int | None, nb: int | None) -> bool:
    """Say whether two names may mean one meeting: the words of one hold those of the other,
    ordinals don't differ.
    """
    if na is not None and nb is not None and na != nb:
        return False
    events = name_words().events
    if a & events and b & events and not a & b & events:
        return False
    small, large = sorted((a, b), key=lambda core: len(core - GENERIC))
    if a - GENERIC and a - GENERIC == b - GENERIC and a & b & _nouns():
        return True
    if not small <= large and not (
        small & large & heads().heads.keys()
        and len(small & large - GENERIC) >= 2
        and len(small - large - GENERIC) <= 1
    ):
        return False
    return bool((small & large) - GENERIC) or (na is not None and na == nb)


@cache
def _nouns() -> frozenset[str]:
    """Return the nouns for a meeting as names are compared by them: without the plural's s."""
    return frozenset(n.removesuffix("s") for n in heads().heads)


def dates_agree(a: When, b: When) -> bool:
    return a.edtf.startswith(b.edtf) or b.edtf.startswith(a.edtf) or a.edtf[:10] == b.edtf[:10]


def same(a: Seen, b: Seen) -> bool:
    dated = a.when is not None and b.when is not None
    if a.when is not None and b.when is not None and not dates_agree(a.when, b.when):
        return False
    if a.ordinal is None and b.ordinal is not None and not dated:
        return False
    if a.place and b.place and not dated and not set(a.place.split()) & set(b.place.split()):
        return False
    if (
        "planned" in {a.status, b.status}
        and a.status != b.status
        and not (a.when and b.when)
        and a.ordinal != b.ordinal
    ):
        return False
    if alike(a.core, b.core, a.ordinal, b.ordinal):
        return True
    if (
        a.place
        and a.head == b.head
        and not dated
        and b.core - GENERIC
        and b.core - GENERIC <= set(a.place.lower().split())
    ):
        return True
    bare = not (b.core - GENERIC)
    return bare and dated and (a.ordinal is None or b.ordinal is None or a.ordinal == b.ordinal)


def merged(a: Seen, b: Seen, *, counts: bool = True) -> Seen:
    """Join what two stretches tell of one meeting; the first keeps what it has, its words stay the quote.

    ``counts``: an ordinal in the second is that of this meeting.
    """
    supports = list(a.supports)
    ordinal = a.ordinal
    counts = counts and b.ordinal is not None and bool(b.core - GENERIC)
    if ordinal is None and counts:
        ordinal = b.ordinal
        supports.append(Support("ordinal", "words", b.start, b.end))
    name, core = a.name, a.core
    if counts and a.ordinal is None and b.core >= a.core - GENERIC:
        name, core = b.name, b.core
        supports = [s for s in supports if s.field != "name"] + [Support("name", "words", b.start, b.end)]
    place = a.place
    if place is None and b.place is not None and (a.when is None or b.when is not None):
        place = b.place
        supports.append(Support("place", "words", b.start, b.end))
    chairs = a.chairs or b.chairs
    return replace(
        a,
        name=name,
        core=core,
        ordinal=ordinal,
        when=a.when or b.when,
        place=place,
        format=a.format or b.format,
        chairs=chairs,
        evident=a.evident or b.evident,
        supports=tuple(supports),
    )


def joined(page: Page, reported: Sequence[Seen], seen: Sequence[Seen]) -> list[Seen]:
    """Join what means one meeting; the first to be seen leads. What is dated far off is not the one
    reported.
    """
    out = list(reported)
    index: dict[str, set[int]] = {}
    for i, x in enumerate(out):
        _enter(index, i, x)
    undated = all(r.when is None for r in reported)
    for x in seen:
        far = x.when is not None and page.published is not None and not is_near(page.published, x.when)
        first = len(reported) if far and undated else 0
        near = sorted({i for key in _keys(x) for i in index.get(key, ())})
        i = next((i for i in near if i >= first and same(out[i], x)), len(out))
        if i == len(out):
            out.append(x)
        else:
            out[i] = merged(out[i], x)
        _enter(index, i, out[i])
    return out


def _keys(x: Seen) -> set[str]:
    """Return the keys under which meetings that may be the same are found: own words, or ordinal and year."""
    own = set(x.core - GENERIC)
    return own or {f"#{x.ordinal}", f"@{x.when.edtf[:4] if x.when else None}"}


def _enter(index: dict[str, set[int]], i: int, x: Seen) -> None:
    place = x.place.lower().split() if x.place else []
    bare = [f"#{x.ordinal}", f"@{x.when.edtf[:4] if x.when else None}"]
    for key in {*(x.core - GENERIC), *place, *bare}:
        index.setdefault(key, set()).add(i)


def stands(x: Seen) -> bool:
    """Say whether a meeting named in passing is told well enough to be one: by a proper name, an
    ordinal or a date.
    """
    if not x.evident or not (x.core - GENERIC or x.when):
        return False
    if x.ordinal is not None and x.when is not None and x.head not in {"visit", "session"}:
        return True
    proper = bool(x.core - GENERIC) and any(w[0].isupper() or w[0].isdigit() for w in x.name.split())
    if x.head == "visit" or (
        x.head in {"group", "groups", "session", "talks", "board", "platform"} and x.ordinal is None
    ):
        return False
    if x.head in {
        "meeting",
        "meetings",
        "call",
        "conversation",
        "dinner",
        "lunch",
        "trilateral",
        "bilateral",
        "consultation",
        "consultations",
    }:
        return x.when is not None or x.ordinal is not None or (proper and x.place is not None)
    return proper or (x.when is not None and len(x.core) > 1)


def is_near(published: date, when: When) -> bool:
    """Say whether a date is that of publication, less exact, or lies within two months of it."""
    if len(when.edtf) < 10:
        return str(published).startswith(when.edtf) or (
            len(when.edtf) == 7 and when.edtf > str(published)[:7]
        )
    return abs((first_day(when.edtf) - published).days) < 62


def is_talk_of(reported: Seen, x: Seen) -> bool:
    """Say whether a meeting named within the words that report one is that one: "held their first
    meeting".
    """
    talk = heads().heads.get(x.head) == "talk"
    return talk and reported.start <= x.start < reported.end and (x.when is None or x.when == reported.when)
