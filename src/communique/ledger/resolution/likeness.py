"""Why two names may be of one thing: rules on the names alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from communique.ledger.entities.models import Kind
from communique.ledger.resolution.wording import PARTY, Spelt, fold, singular, spelt, squeeze, stem, words
from communique.vocab.gazetteer import written_forms

_SHORTEST = 5  # letters of a word that may hold a slip: "Iran" and "Iraq" are two countries
_SAID_FREELY = frozenset({Kind.ISSUE.value, Kind.AREA.value})
"""Kinds that are named in free words: their order and endings matter, and small words, too."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two entities may be one."""

    code: str
    told: str
    weight: int


def of_names(kind: str, a: Spelt, b: Spelt) -> Iterator[Reason]:
    """Yield what two names of a kind have in common; nothing where a number in them differs."""
    if not a.squeezed or not b.squeezed:
        return
    if kind == Kind.PERSON:
        yield from of_persons(a, b)
        return
    if a.numbers != b.numbers:
        return
    if a.squeezed == b.squeezed:
        yield Reason("letters", _only(a, b, "spaces, accents, capitals or punctuation"), 97)
    elif kind in _SAID_FREELY or a.is_directed or b.is_directed:
        if a.close == b.close and len(a.close) > 1:
            yield _same_words(a, b)
        elif kind not in _SAID_FREELY:
            yield from _slips(a, b)
    elif a.words and a.words == b.words:
        yield _same_words(a, b)
    elif a.stems == b.stems and len(a.words) > 1:
        if not _are_several(a.words, b.words):
            yield Reason("endings", _only(a, b, "the endings of words"), 88)
    else:
        yield from _otherwise(kind, a, b)


def of_persons(a: Spelt, b: Spelt) -> Iterator[Reason]:
    """Yield what the full names of two persons have in common. Who is meant by a surname alone, facts must say."""
    if a.is_office or b.is_office:
        return
    x, y = a.person, b.person
    if "".join(x) == "".join(y):
        yield Reason("letters", _only(a, b, "spaces, accents, capitals or punctuation"), 95)
    elif len(x) == 2 and sorted(x) == sorted(y):
        yield Reason("order", f"{_q(a)} and {_q(b)} are the same names in another order", 90)
    elif len(x) > 1 and len(y) > 1 and x[-1] == y[-1] and is_short_for(x[0], y[0]):
        yield Reason("given", f"{_q(a)} and {_q(b)}: one given name is short for the other", 84)
    elif slip := _slip(x, y):
        yield Reason("typo", f"written the same but for a slip: {slip[0]} and {slip[1]}", 78)


def is_short_for(one: str, other: str) -> bool:
    """Say whether one given name is a short form of the other, or both of a third."""
    if one == other:
        return False
    if min(len(one), len(other)) > 2 and (one.startswith(other) or other.startswith(one)):
        return True
    given = words().given
    long = {name for name, short in given.items() if one == name or one in short}
    return any(other == name or other in given[name] for name in long)


def is_part(part: Spelt, whole: Spelt) -> bool:
    """Say whether a person's name is part of another: a surname, a given name, or all but a middle name."""
    x, y = part.person, whole.person
    if not x or len(x) > len(y) or x == y:
        return False
    if len(x) == 1:
        return len(x[0]) > 2 and x[0] in (y[-1], y[0])
    if x[-1] != y[-1]:
        return False
    return _is_initial(x[0], y[0]) or _is_initial(y[0], x[0]) or (x[0] == y[0] and len(x) < len(y))


def _is_initial(one: str, other: str) -> bool:
    return len(one) == 1 and len(other) > 1 and other.startswith(one)


def nearly(a: str, b: str) -> bool:
    """Say whether two words differ by one slip: a letter missing, wrong, or two swapped."""
    if a == b or abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < _SHORTEST:
        return False
    left = 0
    while left < min(len(a), len(b)) and a[left] == b[left]:
        left += 1
    x, y = a[left:], b[left:]
    return x[1:] == y or x == y[1:] or x[1:] == y[1:] or (x[:2] == y[1::-1] and x[2:] == y[2:])


def _otherwise(kind: str, a: Spelt, b: Spelt) -> Iterator[Reason]:
    yield from _slips(a, b)
    if sorted(a.stems) == sorted(b.stems) and len(a.stems) > 1 and not (a.is_directed or b.is_directed):
        yield Reason("order", f"{_q(a)} and {_q(b)} are the same words in another order", 76)
    elif kind == Kind.SERIES and _without_head(a) == _without_head(b):
        yield Reason("words", f"{_q(a)} and {_q(b)} are names of the same meetings", 82)
    for short, long in ((a, b), (b, a)):
        if explains(long, short):
            yield Reason("brackets", f"{_q(long)} gives {_q(short)} as its short form", 93)


def _slips(a: Spelt, b: Spelt) -> Iterator[Reason]:
    slip = _slip(tuple(fold(a.bare).split()), tuple(fold(b.bare).split()))
    if slip is not None and stem(slip[0]) != stem(slip[1]) and not _are_words(*slip):
        yield Reason("typo", f"written the same but for a slip: {slip[0]} and {slip[1]}", 80)


def explains(long: Spelt, short: Spelt) -> bool:
    """Say whether a name ends with another in brackets, as its short form."""
    if not short.is_short or not long.brackets or not long.name.rstrip().endswith(")"):
        return False
    inside = squeeze(long.brackets[-1])
    if inside != short.squeezed:
        return False
    letters = "".join(c for c in inside if c.isalpha())
    return is_short_form(letters, long.bare)


def is_short_form(letters: str, long: str) -> bool:
    """Say whether letters are the initials of a name, or of its last words; small ones may be passed over."""
    return len(letters) > 1 and taken_by(letters, long) > 0


def taken_by(letters: str, long: str) -> int:
    """Return how many of a name's last words the letters are the initials of; 0 where they are not."""
    return _taken(letters, squeeze_words(long))


def _taken(letters: str, parts: list[str]) -> int:
    if not letters or not parts:
        return 0
    *before, last = parts
    if last[0] == letters[-1]:
        rest = _taken(letters[:-1], before)
        if rest or len(letters) == 1:
            return rest + 1
    if last in words().small and (rest := _taken(letters, before)):
        return rest + 1
    return 0


def squeeze_words(name: str) -> list[str]:
    """Return the words of a name, folded, numbers left out."""
    return [w for part in name.replace("-", " ").split() if (w := squeeze(part)) and w[0].isalpha()]


def _without_head(name: Spelt) -> tuple[str, ...]:
    """Return the words of a series' name without "session of the", and with "leaders' summit" as a summit."""
    told = " ".join(name.stems)
    for head in words().heads:
        told = told.removeprefix(" ".join(stem(w) for w in head.split()) + " ")
    return tuple(told.replace("leader summit", "summit").split())


def _slip(x: tuple[str, ...], y: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the one word in which two names differ by a slip, in both spellings; None where there is none."""
    if len(x) != len(y):
        return None
    differing = [(a, b) for a, b in zip(x, y, strict=True) if a != b]
    if len(differing) != 1:
        return None
    a, b = differing[0]
    alone = len(x) == 1 and min(len(a), len(b)) < 7
    if alone or PARTY in a[0] + b[0] or not (a.isalpha() and b.isalpha()) or not nearly(a, b):
        return None
    return a, b


def _are_several(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    """Say whether one is several of what the other is one of: plans of action, a plan of action."""
    several = words().several
    return any(
        a != b and singular(a) == singular(b) and singular(a) in several for a, b in zip(x, y, strict=True)
    )


def _are_words(a: str, b: str) -> bool:
    """Say whether both are words or names of their own: Gambia is no slip for Zambia."""
    known = words().common | _states()
    return a in known and b in known


@cache
def _states() -> frozenset[str]:
    return frozenset(fold(form) for form, entry in written_forms().items() if entry.kind == "state")


def _same_words(a: Spelt, b: Spelt) -> Reason:
    x, y = differing(a.name, b.name)
    if not x or not y:
        return Reason("words", f"{_q(b if not x else a)} only adds “{x or y}”", 90)
    if spelt(x).parties and spelt(y).parties:
        return Reason("words", f"they differ only in how a party is written: “{x}” and “{y}”", 94)
    return Reason("words", f"they differ only in spelling or small words: “{x}” and “{y}”", 92)


def differing(a: str, b: str) -> tuple[str, str]:
    """Return the words in which two names differ: what is left without their common start and end."""
    x, y = a.split(), b.split()
    while x and y and squeeze(x[0]) == squeeze(y[0]):
        x, y = x[1:], y[1:]
    while x and y and squeeze(x[-1]) == squeeze(y[-1]):
        x, y = x[:-1], y[:-1]
    return " ".join(x), " ".join(y)


def _only(a: Spelt, b: Spelt, what: str) -> str:
    x, y = differing(a.name, b.name)
    if not x and not y:
        return f"both are written “{a.name}”" if a.name == b.name else f"they differ only in {what}"
    return f"they differ only in {what}: “{x or a.name}” and “{y or b.name}”"


def _q(name: Spelt) -> str:
    return f"“{name.name}”"
