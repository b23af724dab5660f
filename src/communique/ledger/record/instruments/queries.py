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
from communique.ledger.record.sayings import Sayings, Told
from communique.ledger.record.subject import Subject
from communique.model import Instrument, Measure

MOST_TELLINGS = 300
MOST_RELATIVES = 20
MOST_MEASURES = 400
_YEARS = re.compile(r"(?:^|-)(?:(?:19|20)\d\d)(?=-|$)")
_SUCCESSION = re.compile(r"\b(?:succe(?:ed|ss)|replac|supersed|predecess|follow(?:-| )?(?:on|up|s)\b)", re.I)


@dataclass(frozen=True, slots=True)
class About:
    """What documents say an instrument is."""

    periods: tuple[Told, ...]
    parties: tuple[Named, ...]
    written: tuple[Told, ...]
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
    listed_in: tuple[tuple[int, str], ...]
    """The documents that list measures: id and title, that with most of them first."""


def told(subject: Subject) -> About:
    """Return what documents say an instrument is."""
    claims = newest(subject.sight, subject.wanted("instrument", "fund", kinds=("instrument",)), MOST_TELLINGS)
    about = links(claims, subject.sight)
    periods: dict[str, list[Claim]] = {}
    written: dict[str, list[Claim]] = {}
    parties: dict[str, Named] = {}
    for claim in claims:
        found = claim.finding()
        if not isinstance(found, Instrument):
            continue
        if found.period:
            periods.setdefault(period(found.period), []).append(claim)
        if found.surface not in (found.name, subject.name):
            written.setdefault(found.surface, []).append(claim)
        for named in about[claim.pk].named("party", found.parties):
            parties.setdefault(named.name, named)
    sayings = Sayings(subject.sight, about)
    return About(sayings.values(periods), tuple(parties.values()), sayings.values(written))


def relatives(subject: Subject) -> tuple[Relative, ...]:
    """Return what came before and after an instrument: by its name, or by words of succession."""
    found = {one.pk: Relative(one, "the same name, other years") for one in _same_name(subject)}
    for one, card in _named_beside(subject):
        found.setdefault(one.pk, Relative(one, "named beside it in words of succession", card))
    return tuple(sorted(found.values(), key=lambda r: r.shown.name))[:MOST_RELATIVES]


def plan(subject: Subject, document: int | None = None) -> Plan | None:
    """Return the measures of an instrument as one document lists them; without one asked for, that which lists
    most of them. None where no document does.
    """
    claims = newest(subject.sight, subject.wanted("instrument", kinds=("measure",)), MOST_MEASURES)
    by_document: dict[int, list[Claim]] = {}
    for claim in claims:
        by_document.setdefault(claim.document_id, []).append(claim)
    if not by_document:
        return None
    ordered = sorted(by_document, key=lambda pk: (-len(by_document[pk]), -pk))
    chosen = document if document in by_document else ordered[0]
    measures = sorted(by_document[chosen], key=lambda c: c.start)
    return Plan(
        document=chosen,
        title=str(measures[0].document),
        lines=tuple(_lines(measures, cards(measures, subject.sight))),
        listed_in=tuple((pk, str(by_document[pk][0].document)) for pk in ordered[:MOST_RELATIVES]),
    )


def _lines(claims: Sequence[Claim], shown: Sequence[Card]) -> Iterator[Line]:
    for claim, card in zip(claims, shown, strict=True):
        found = claim.finding()
        if isinstance(found, Measure):
            depth = min(found.number.rstrip(".").count("."), 3)
            yield Line(found.number, found.text, depth, card, claim.state not in STANDING)


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
