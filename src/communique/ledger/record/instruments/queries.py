"""What the page of an instrument shows: its period and parties, how it is written, its relatives and measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.ledger.claims.models import STANDING, Claim
from communique.ledger.design.cards import Card, Named
from communique.ledger.entities.models import Entity, Kind
from communique.ledger.record.called import Called, called
from communique.ledger.record.cards import cards, links, period
from communique.ledger.record.claim_list import Wanted, newest
from communique.ledger.record.entity_list import visible
from communique.ledger.record.subject import Subject
from communique.model import Instrument, Measure

MOST_TELLINGS = 300
MOST_RELATIVES = 20
MOST_MEASURES = 400
_YEARS = re.compile(r"(?:^|-)(?:(?:19|20)\d\d)(?=-|$)")
_SUCCESSION = re.compile(r"\b(?:succe(?:ed|ss)|replac|supersed|predecess|follow(?:-| )?(?:on|up|s)\b)", re.I)


@dataclass(frozen=True, slots=True)
class Value:
    """A value that documents give, and the claims that do."""

    value: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What documents say an instrument is."""

    periods: tuple[Value, ...]
    parties: tuple[Named, ...]
    written: tuple[Value, ...]
    """Ways it is written that are not its name."""


@dataclass(frozen=True, slots=True)
class Relative:
    """An instrument of the same name for other years, or one that words of succession name beside it."""

    shown: Called
    why: str
    card: Card | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of a plan."""

    number: str
    text: str
    depth: int
    card: Card
    proposed: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The measures of an instrument, as one document lists them."""

    document: int
    title: str
    lines: tuple[Line, ...]


def told(subject: Subject) -> About:
    """Return what documents say an instrument is."""
    claims = newest(subject.sight, subject.wanted("instrument", "fund", kinds=("instrument",)), MOST_TELLINGS)
    about, shown = links(claims, subject.sight), cards(claims, subject.sight)
    periods: dict[str, list[Card]] = {}
    written: dict[str, list[Card]] = {}
    parties: dict[str, Named] = {}
    for claim, card in zip(claims, shown, strict=True):
        found = claim.finding()
        if not isinstance(found, Instrument):
            continue
        if found.period:
            periods.setdefault(period(found.period), []).append(card)
        if found.surface not in (found.name, subject.name):
            written.setdefault(found.surface, []).append(card)
        for named in about[claim.pk].named("party", found.parties):
            parties.setdefault(named.name, named)
    return About(_values(periods), tuple(parties.values()), _values(written))


def relatives(subject: Subject) -> tuple[Relative, ...]:
    """Return what came before and after an instrument: by its name, or by words of succession."""
    found = {one.pk: Relative(one, "the same name, other years") for one in _same_name(subject)}
    for one, card in _named_beside(subject):
        found.setdefault(one.pk, Relative(one, "named beside it in words of succession", card))
    return tuple(sorted(found.values(), key=lambda r: r.shown.name))[:MOST_RELATIVES]


def plan(subject: Subject, document: int | None = None) -> tuple[Plan | None, tuple[Plan, ...]]:
    """Return the measures of an instrument as one document lists them, and the documents that list some.

    Without a document asked for, that which lists most of them.
    """
    claims = newest(subject.sight, subject.wanted("instrument", kinds=("measure",)), MOST_MEASURES)
    by_document: dict[int, list[Claim]] = {}
    for claim in claims:
        by_document.setdefault(claim.document_id, []).append(claim)
    plans = [_plan(subject, of) for of in by_document.values()]
    plans.sort(key=lambda p: (-len(p.lines), -p.document))
    chosen = next((p for p in plans if p.document == document), plans[0] if plans else None)
    return chosen, tuple(plans)


def _plan(subject: Subject, claims: Sequence[Claim]) -> Plan:
    ordered = sorted(claims, key=lambda c: c.start)
    lines = tuple(_lines(ordered, cards(ordered, subject.sight)))
    return Plan(ordered[0].document_id, str(ordered[0].document), lines)


def _lines(claims: Sequence[Claim], shown: Sequence[Card]) -> Iterator[Line]:
    for claim, card in zip(claims, shown, strict=True):
        found = claim.finding()
        if isinstance(found, Measure):
            depth = min(found.number.rstrip(".").count("."), 3)
            yield Line(found.number, found.text, depth, card, claim.state not in STANDING)


def _values(of: dict[str, list[Card]]) -> tuple[Value, ...]:
    ordered = sorted(of.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Value(value, tuple(said)) for value, said in ordered)


def stem(key: str) -> str:
    """Return the key of a name without its years."""
    return _YEARS.sub("", key).strip("-")


def _same_name(subject: Subject) -> list[Called]:
    """Return the instruments whose names differ from this one's in years only."""
    mine = stem(subject.shown.key)
    start = _YEARS.split(subject.shown.key)[0].strip("-")
    if len(start) < 4:
        return []
    found = Entity.objects.filter(kind__in=(Kind.INSTRUMENT, Kind.FUND), key__startswith=start).exclude(
        pk__in=subject.members
    )
    alike = [pk for pk, key in found.values_list("pk", "key")[:500] if stem(key) == mine]
    seen = visible(subject.sight, Entity.objects.filter(pk__in=alike), (Kind.INSTRUMENT, Kind.FUND))
    shown = called(subject.sight, seen.values_list("pk", flat=True)).values()
    return [one for one in shown if one.pk != subject.pk]


def _named_beside(subject: Subject) -> Iterator[tuple[Called, Card]]:
    """Yield instruments that a sentence about this one names in words of succession."""
    claims = newest(
        subject.sight,
        Wanted(subject.members, ("about", "instrument"), kinds=("statement", "commitment")),
        MOST_TELLINGS,
    )
    telling = [claim for claim in claims if _SUCCESSION.search(claim.quote)]
    about = links(telling, subject.sight)
    for claim, card in zip(telling, cards(telling, subject.sight), strict=True):
        for one in (*about[claim.pk]["about"], *about[claim.pk]["instrument"]):
            if one.pk != subject.pk and one.kind in (Kind.INSTRUMENT, Kind.FUND):
                yield one, card
