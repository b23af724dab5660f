"""Whom and what a finding is about, and in what role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from communique.ledger.claims.kinds import Finding, Post
from communique.ledger.claims.naming import Context, area, instrument, issue
from communique.ledger.entities.models import Kind
from communique.ledger.entities.resolve import Named, key_of
from communique.model import (
    Area,
    Commitment,
    Contribution,
    Instrument,
    Issue,
    Measure,
    Meeting,
    Progress,
    Statement,
)


class Role(NamedTuple):
    """Something that a finding is about, and how."""

    named: Named
    role: str


def roles(context: Context, finding: Finding) -> Iterator[Role]:
    """Yield whom and what a finding is about."""
    match finding:
        case Statement():
            yield from _statement(context, finding)
        case Commitment():
            yield from _commitment(context, finding)
        case Contribution():
            yield from _contribution(context, finding)
        case Meeting():
            yield from _meeting(context, finding)
        case Instrument():
            yield Role(instrument(finding), "instrument")
            yield from (Role(context.party(p), "party") for p in finding.parties)
        case Measure():
            yield from _plan(context)
        case Issue():
            yield Role(issue(finding.topic), "issue")
            yield from (Role(context.party(p), "party") for p in finding.parties)
        case Area():
            yield Role(area(finding.name), "area")
        case Progress():
            under = context.instrument_called(finding.instrument)
            if under is not None:
                yield Role(under, "instrument")
            yield from (Role(area(name), "area") for name in finding.areas)
        case Post():
            yield Role(context.person(finding.person), "person")


def _statement(context: Context, found: Statement) -> Iterator[Role]:
    yield from (Role(context.party(p), "speaker") for p in found.speakers)
    yield from (Role(context.party(p), "addressee") for p in found.addressees)
    if found.reported_by is not None:
        yield Role(context.party(found.reported_by), "reporter")
    yield from _about(context, found)


def _commitment(context: Context, found: Commitment) -> Iterator[Role]:
    yield from (Role(context.party(p), "debtor") for p in found.debtors)
    yield from (Role(context.party(p), "beneficiary") for p in found.beneficiaries)
    under = context.instrument_called(found.instrument)
    if under is not None:
        yield Role(under, "instrument")
    yield from _about(context, found)


def _contribution(context: Context, found: Contribution) -> Iterator[Role]:
    if found.donor is not None:
        yield Role(context.party(found.donor), "donor")
    to = context.recipient(found.recipient, found.start) if found.recipient else None
    if to is not None:
        yield Role(to, "fund" if to.kind is Kind.FUND else "recipient")


def _meeting(context: Context, found: Meeting) -> Iterator[Role]:
    met = context.meeting(found)
    if met is not None:
        yield Role(met, "meeting")
    series = context.series(found)
    if series is not None:
        yield Role(series, "series")
    for chair in found.chairs:
        named = (context.party_called(chair.name), context.party_called(chair.party))
        yield from (Role(one, "chair") for one in named if one is not None)
    there = (context.party_called(name) for name in found.attendees)
    yield from (Role(one, "attendee") for one in there if one is not None)


def _plan(context: Context) -> Iterator[Role]:
    """Yield the plan whose measures a document lists: that of its title, else the first it names."""
    plans = [i for i in context.record.instruments if i.kind == "plan_of_action"]
    title = context.record.document.title or ""
    own = next((p for p in plans if p.name in title or p.surface in title), None)
    if own is not None:
        yield Role(instrument(own), "instrument")
    elif title and context.record.document.kind == "plan_of_action":
        yield Role(Named(Kind.INSTRUMENT, key_of(title), title, detail="plan_of_action"), "instrument")
    elif plans:
        yield Role(instrument(plans[0]), "instrument")


def _about(context: Context, found: Statement | Commitment) -> Iterator[Role]:
    yield from (Role(named, "about") for named in context.within(found.start, found.end))
