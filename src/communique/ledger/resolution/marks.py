"""The hashes that entities which may be one share, so that only they are compared with each other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from communique.ledger.entities.models import Entity, Kind
from communique.ledger.resolution.wording import PARTY, Spelt, fold, squeeze

_LONGEST = 12  # words: what is longer is a sentence, and compared as a whole only
_SLIP = 5  # letters of a word that may hold a slip
_FREE = frozenset({Kind.ISSUE.value, Kind.AREA.value})
_TAILED = frozenset({Kind.FUND.value, Kind.PARTY.value, Kind.INSTRUMENT.value})


def marks(entity: Entity, name: Spelt, series: Iterable[int] = ()) -> set[int]:
    """Return the marks of an entity under one of its names; ``series`` are all that a meeting's series is."""
    family = "instrument" if entity.kind == Kind.FUND else entity.kind
    if not name.squeezed:
        return set()
    told = _of_person(name) if entity.kind == Kind.PERSON else _of_name(entity, name)
    found = {mark(family, key) for key in told}
    if entity.kind == Kind.MEETING:
        found |= {mark(family, key) for key in _of_meeting(entity, series)}
    return found


def mark(family: str, key: str) -> int:
    """Return the hash of one key, as a signed 64-bit integer."""
    digest = hashlib.blake2b(f"{family}|{key}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def abbreviated(family: str, short: str) -> int:
    """Return the mark of what a short form stands for."""
    return mark(family, f"short|{short}")


def whole(family: str, name: Spelt) -> int:
    """Return the mark of a name's words."""
    return mark(family, f"words|{' '.join(name.words)}")


def date_of(meeting: Entity) -> str:
    """Return when a meeting was held, as far as its key tells; empty where it doesn't."""
    told = meeting.key.rpartition("#")[2]
    return told if len(told) >= 4 and told[:4].isdigit() else ""


def _of_name(entity: Entity, name: Spelt) -> Iterator[str]:
    yield f"letters|{name.squeezed}"
    yield f"words|{' '.join(name.words)}"
    yield f"stems|{' '.join(name.stems)}"
    if entity.kind in _FREE or name.is_directed:
        yield f"close|{' '.join(name.close)}"
    if name.is_short:
        yield f"short|{name.squeezed}"
    for inside in name.brackets[-1:]:
        yield f"short|{squeeze(inside)}"
    if entity.kind in _FREE or not 0 < len(name.words) <= _LONGEST:
        return
    yield f"order|{' '.join(sorted(name.stems))}"
    yield from _slips(tuple(fold(name.bare).split()))
    if entity.kind == Kind.SERIES:
        yield from _series(name)
    if entity.kind in _TAILED:
        yield from (f"tail|{' '.join(name.words[n:])}" for n in range(min(5, len(name.words) - 1)))


def _series(name: Spelt) -> Iterator[str]:
    """Yield the last words, which a longer name of the same meetings ends with."""
    told = tuple(" ".join(name.stems).replace("leader summit", "summit").split())
    yield from (f"series|{' '.join(told[n:])}" for n in range(min(3, len(told) - 1)))


def _of_person(name: Spelt) -> Iterator[str]:
    told = name.person
    yield f"letters|{''.join(told)}"
    yield f"order|{' '.join(sorted(told))}"
    yield from (f"part|{word}" for word in {told[0], told[-1]} if len(word) > 2)
    yield from _slips(told)
    if len(told) > 1:
        yield from (f"slip|{without}" for without in _without_one(told[-1]))


def _slips(told: tuple[str, ...]) -> Iterator[str]:
    """Yield the name with each word left out in which a slip may be; of a single word, each letter."""
    if len(told) == 1:
        yield from (f"slip|{without}" for without in _without_one(told[0]))
        return
    for n, word in enumerate(told):
        if len(word) >= _SLIP and word[0] != PARTY:
            yield f"slip|{n}|{' '.join(told[:n])}|{' '.join(told[n + 1 :])}"


def _without_one(word: str) -> Iterator[str]:
    if len(word) >= _SLIP and word[0] != PARTY:
        yield word
        yield from {word[:n] + word[n + 1 :] for n in range(len(word))}


def _of_meeting(entity: Entity, series: Iterable[int]) -> Iterator[str]:
    day = date_of(entity)
    for one in series:
        if entity.ordinal is not None:
            yield f"ordinal|{one}|{entity.ordinal}"
        elif day:
            yield f"year|{one}|{day[:4]}"
    if not entity.parent_id and day:
        yield f"held|{entity.key.rpartition('#')[0]}|{day[:4]}"
