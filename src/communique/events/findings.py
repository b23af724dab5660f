"""The events that a record's findings are: statements, commitments, contributions, meetings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from communique.events.sides import side_of
from communique.events.telling import Side, Telling
from communique.model import Commitment, Contribution, Meeting, PartyRef, Record, Statement
from communique.text.page import Page
from communique.vocab.acts import acts


def tellings_of_findings(record: Record, page: Page) -> Iterator[Telling]:
    """Yield the events that the findings are, in the order of the lists."""
    for statement in record.statements:
        yield from _of_statement(statement, page)
    for commitment in record.commitments:
        yield from _of_commitment(commitment, page)
    for contribution in record.contributions:
        yield from _of_contribution(contribution, page)
    for meeting in record.meetings:
        yield from _of_meeting(meeting)


def _of_statement(statement: Statement, page: Page) -> Iterator[Telling]:
    act = acts()[statement.act]
    actors = _sides(statement.speakers)
    if not act.plover or not actors:
        return
    type_ = "REJECT" if statement.polarity == "negative" and act.plover[0] != "ACCUSE" else act.plover[0]
    recipients = _sides(statement.addressees) or _named(page, statement.start, statement.end, actors)
    for actor, recipient in _pairs(actors, recipients):
        yield Telling(actor, recipient, type_, statement.start, statement.end, cameo=act.cameo)


def _of_commitment(commitment: Commitment, page: Page) -> Iterator[Telling]:
    actors = _sides(commitment.debtors)
    recipients = _sides(commitment.beneficiaries) or _named(page, commitment.start, commitment.end, actors)
    for actor, recipient in _pairs(actors, recipients):
        yield Telling(actor, recipient, "AGREE", commitment.start, commitment.end, cameo="030")


def _of_contribution(contribution: Contribution, page: Page) -> Iterator[Telling]:
    if contribution.donor is None:
        return
    actors = _sides((contribution.donor,))
    recipients = _named(page, contribution.start, contribution.end, actors)
    paid = contribution.kind == "disbursed"
    amount = None if contribution.amount is None else Decimal(contribution.amount)
    for actor, recipient in _pairs(actors, recipients[:1]):
        yield Telling(
            actor,
            recipient,
            "AID" if paid or contribution.kind == "unspecified" else "AGREE",
            contribution.start,
            contribution.end,
            cameo="070" if paid else "033",
            amount=amount,
            currency=contribution.currency,
        )


def _of_meeting(meeting: Meeting) -> Iterator[Telling]:
    if meeting.status != "held":
        return
    sides = [s for name in meeting.attendees for s in _sides([PartyRef("", "", party=name)])]
    on = date.fromisoformat(meeting.date) if meeting.date is not None and len(meeting.date) == 10 else None
    for actor, recipient in _pairs(list(dict.fromkeys(sides)), []):
        if recipient is not None:
            yield Telling(actor, recipient, "CONSULT", meeting.start, meeting.end, cameo="040", on=on)


def _sides(refs: Sequence[PartyRef]) -> list[Side]:
    return list(dict.fromkeys(s for s in map(side_of, refs) if s is not None))


def _named(page: Page, start: int, end: int, actors: Sequence[Side]) -> list[Side]:
    """List the sides named in a finding's words beside its actors."""
    codes = {a.id for a in actors}
    return [s for s in _sides([n.ref for n in page.named_in(start, end)]) if s.id not in codes]


def _pairs(actors: Sequence[Side], recipients: Sequence[Side]) -> Iterator[tuple[Side, Side | None]]:
    """Pair each actor with each recipient; where there is none, those who act together with one another."""
    if recipients:
        yield from ((a, r) for a in actors for r in recipients)
    elif len(actors) > 1:
        yield from ((a, b) for a in actors for b in actors if a != b)
