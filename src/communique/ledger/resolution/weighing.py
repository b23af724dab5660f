"""Why two entities may be one: their names, and where names do not suffice, what the claims say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from communique.ledger.entities.models import Entity, Kind
from communique.ledger.resolution.facts import Facts, belongs_to
from communique.ledger.resolution.likeness import Reason, explains, is_part, is_short_for, nearly, of_names
from communique.ledger.resolution.marks import date_of
from communique.ledger.resolution.wording import PARTY, Spelt, spelt
from communique.ledger.writing.dates import written

_BRIEF = 366  # days within which a surname alone means the same person
_SPAN = 366 * 8
_LONGEST_MEETING = 3  # days


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity with its names taken apart and what is known of it."""

    entity: Entity
    names: Sequence[Spelt]
    facts: Facts


def weigh(a: Candidate, b: Candidate) -> Iterator[Reason]:
    """Yield why two entities may be one, the strongest first; nothing where something speaks against it."""
    found = {r.code: r for r in sorted(_reasons(a, b), key=lambda r: r.weight)}
    yield from sorted(found.values(), key=lambda r: -r.weight)


def _reasons(a: Candidate, b: Candidate) -> Iterator[Reason]:
    if a.entity.kind == Kind.MEETING:
        yield from _meetings(a, b)
        return
    if a.entity.kind == Kind.PERSON:
        yield from _persons(a, b)
        return
    if not _may_be_one(a, b):
        return
    for x in a.names:
        for y in b.names:
            for reason in of_names(a.entity.kind, x, y):
                if _is_enough(a.entity.kind, reason, x, y):
                    yield reason
            yield from _longer(a, b, x, y)


def _may_be_one(a: Candidate, b: Candidate) -> bool:
    """Say whether nothing speaks against it: two states are two, and bodies of two parties, too."""
    if a.entity.kind == Kind.PARTY and a.entity.detail == b.entity.detail == "state":
        return False
    x, y = belongs_to(a.entity), belongs_to(b.entity)
    return x is None or y is None or x == y


def _is_enough(kind: str, reason: Reason, x: Spelt, y: Spelt) -> bool:
    """Say whether names suffice: common words alone are names of many things, unless a party stands with them."""
    if x.own or y.own:
        return True
    if reason.code == "letters":
        return len(x.words) > 1
    if x.parties and not x.is_numbered:
        of_party = kind == Kind.SERIES or len(x.words) != 2  # "IMF program": there are many
        return len(x.parties) > 1 or (reason.code in ("words", "order") and of_party)
    return False


def _longer(a: Candidate, b: Candidate, x: Spelt, y: Spelt) -> Iterator[Reason]:
    """Yield that one is named with its partnership or party, and the other without."""
    (long, _), (short, named) = ((x, a), (y, b)) if len(x.words) > len(y.words) else ((y, b), (x, a))
    ahead = long.words[: len(long.words) - len(short.words)]
    if not ahead or len(short.words) < 2 or long.words[len(ahead) :] != short.words:
        return
    if long.numbers != short.numbers or not _may_lead(a.entity.kind, ahead, short):
        return
    whose = {w.removeprefix(PARTY) for w in ahead if w.startswith(PARTY)}
    if a.facts.shares(b.facts) or (whose and whose <= named.facts.around):
        what = "its party" if a.entity.kind == Kind.PARTY else "its partnership"
        yield Reason("partnership", f"“{long.name}” and “{short.name}”: named with and without {what}", 75)


def _may_lead(kind: str, ahead: tuple[str, ...], short: Spelt) -> bool:
    """Say whether the words ahead of a name may be left out: whose a body, a fund or a numbered plan is."""
    of_parties = any(w.startswith(PARTY) for w in ahead) and all(
        w.startswith(PARTY) or w in ("joint", "global", "bilateral") for w in ahead
    )
    match kind:
        case Kind.PARTY:
            return of_parties
        case Kind.FUND:
            return of_parties or (bool(short.own) and len(ahead) <= 2)
        case Kind.INSTRUMENT:
            return of_parties and bool(short.numbers)
        case _:
            return False


def _persons(a: Candidate, b: Candidate) -> Iterator[Reason]:
    x_party, y_party = belongs_to(a.entity), belongs_to(b.entity)
    if x_party is not None and y_party is not None and x_party != y_party:
        return
    same_party = x_party is not None and x_party == y_party
    for x in a.names:
        for y in b.names:
            for reason in of_names(Kind.PERSON, x, y):
                if reason.code in ("letters", "order") or a.facts.together(b.facts, _SPAN):
                    yield reason
            yield from _part(a, b, x, y, same_party)
    if (
        same_party
        and _alike(a, b)
        and (posts := a.facts.posts & b.facts.posts)
        and a.facts.together(b.facts, _BRIEF)
    ):
        post = max(sorted(posts), key=len)
        yield Reason("post", f"both are {post} of one party at the same time, under names alike", 72)


def _part(a: Candidate, b: Candidate, x: Spelt, y: Spelt, same_party: bool) -> Iterator[Reason]:
    if x.is_office or y.is_office:
        return
    for part, whole in ((x, y), (y, x)):
        if is_part(part, whole):
            alone = len(part.person) == 1
            likely = same_party or (not alone and a.facts.shares(b.facts))
            if likely and a.facts.together(b.facts, _BRIEF):
                told = f"“{part.name}” may be “{whole.name}”, of the same party and time"
                yield Reason("part", told, 70 if alone else 80)
        elif same_party and _is_slip_for(part, whole) and a.facts.together(b.facts, _BRIEF):
            told = f"“{part.name}” may be a slip for “{whole.name}”, of the same party and time"
            yield Reason("typo", told, 66)


def _is_slip_for(part: Spelt, whole: Spelt) -> bool:
    """Say whether a surname alone is nearly that of a full name."""
    return len(part.person) == 1 < len(whole.person) and nearly(part.person[0], whole.person[-1])


def _alike(a: Candidate, b: Candidate) -> bool:
    return any(_same_names(x.person, y.person) for x in a.names for y in b.names)


def _same_names(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    """Say whether the last names are one but for a slip, and the first, where both are given, are, too."""
    if x[-1] != y[-1] and not nearly(x[-1], y[-1]):
        return False
    one, other = x[0], y[0]
    if len(x) == 1 or len(y) == 1 or one == other:
        return True
    return nearly(one, other) or is_short_for(one, other) or one == other[:1] or other == one[:1]


def _meetings(x: Candidate, y: Candidate) -> Iterator[Reason]:
    a, b = x.entity, y.entity
    if a.ordinal is not None and a.ordinal == b.ordinal:
        for long, short in (
            (p, q) for one, other in ((x, y), (y, x)) for p in one.names for q in other.names
        ):
            if explains(long, short):
                yield Reason("brackets", f"“{long.name}” gives “{short.name}” as its short form", 93)
    yield from _held_together(a, b)


def _held_together(a: Entity, b: Entity) -> Iterator[Reason]:
    series = _series(a)
    if series != _series(b) or not _says_which(a):
        return
    one = "of the same series" if series is not None else "written the same"
    if a.ordinal is not None and b.ordinal is not None:
        if a.ordinal == b.ordinal and series is not None:
            yield Reason("ordinal", f"both are number {a.ordinal} of the same series", 92)
        return
    early, late = sorted((date_of(a), date_of(b)), key=len)
    if not early or a.ordinal is not None or b.ordinal is not None:
        return
    if early == late:
        yield Reason("date", f"{one}, both on {written(early)}", 90)
    elif late.startswith(early):
        told = f"{one}, one in {written(early)}, the other {'on' if len(late) > 7 else 'in'} {written(late)}"
        yield Reason("date", told, 60 if len(early) == 4 else 82)
    elif (
        series is not None
        and not spelt(a.name).is_directed
        and _days_between(early, late) <= _LONGEST_MEETING
    ):
        yield Reason("date", f"{one}, on {written(early)} and on {written(late)}", 65)


def _says_which(meeting: Entity) -> bool:
    """Say whether the name is of some series: that of "Leaders' meeting" is common to many."""
    name = spelt(meeting.name if meeting.parent is None else meeting.parent.name)
    return bool(name.own or name.parties)


def _days_between(one: str, other: str) -> int:
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return 10**6


def _series(meeting: Entity) -> int | str | None:
    if meeting.parent is not None:
        return meeting.parent.canonical_id
    return meeting.key.rpartition("#")[0]
