"""When two names mean one thing: equal once folded, aliases, one within the other, or spelt nearly alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache

from communique.vocab.gazetteer import fold as fold_person
from communique.vocab.gazetteer import people_by_name, posts, written_forms

_BEFORE = re.compile(
    r"^(?:the|an?|h\.?e\.?|his excellency|her excellency|their excellencies|governments? of|peoples? of"
    r"|(?:member )?(?:states|countries) of|members of)\s+"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"’": "'", "‘": "'", "“": '"', "”": '"'})
_EDGES = " .,;:-\"'()"


@cache
def fold(name: str) -> str:
    """Fold case, accents, dashes, white space and what stands before a name without belonging to it."""
    plain = unicodedata.normalize("NFKD", name.translate(_DASHES).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = " ".join(plain.split()).strip(_EDGES).removesuffix("'s")
    while (shorter := _without_post(_BEFORE.sub("", plain))) != plain:
        plain = shorter
    return plain


def same_name(one: str, other: str, *, floor: float = 0.82) -> bool:
    """Say whether two names mean one thing; ``floor`` is how alike their spelling must be, 1.0 for equal."""
    a, b = fold(one), fold(other)
    if not a or not b:
        return False
    if a == b:
        return True
    known = _identity(a), _identity(b)
    if None not in known:  # the two Koreas share every word of the shorter name
        return known[0] == known[1]
    return _within(a, b) or _alike(a, b, floor)


def any_same(ones: Iterable[str], others: Iterable[str], *, floor: float = 0.82) -> bool:
    others = tuple(others)
    return any(same_name(a, b, floor=floor) for a in ones for b in others)


@cache
def _identity(folded: str) -> str | None:
    """Return whom the reader's vocabulary knows by a name, None for nobody."""
    person = people_by_name().get(fold_person(folded))
    return person.id if person else _parties().get(folded)


@cache
def _parties() -> dict[str, str]:
    forms = ((fold(form), entry) for form, entry in written_forms().items() if entry.form == "name")
    out: dict[str, str] = {}
    for folded, entry in forms:
        out.setdefault(folded, entry.id)
    return out


def _within(a: str, b: str) -> bool:
    short, long = sorted((set(a.split()), set(b.split())), key=len)
    return len(short) >= 2 and short <= long


def _alike(a: str, b: str, floor: float) -> bool:
    if 2 * min(len(a), len(b)) < floor * (len(a) + len(b)):
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= floor


def _without_post(name: str) -> str:
    """Drop a post or an honorific before a name: ``prime minister`` Kishida, ``mr`` Yeo."""
    first, _, rest = name.partition(" ")
    if not rest:
        return name
    second, _, after = rest.partition(" ")
    if after and first in posts().words and second in posts().heads and not after.startswith(("of ", "for ")):
        return after
    single = first in posts().heads or first.strip(".") in posts().honorifics.words
    return rest if single and not rest.startswith(("of ", "for ")) else name
