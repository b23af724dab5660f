"""The events that a record's findings are: statements, commitments, contributions, meetings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from communique.events.contexts import contexts_of
from communique.events.model import STATELESS
from communique.events.sides import side_of
from communique.events.telling import Ground, Side, Telling
from communique.events.treaties import Span, outside
from communique.model import (
    Commitment,
    Contribution,
    Meeting,
    PartyRef,
    Record,
    Statement,
    Support,
)
from communique.text.page import Named, Page
from communique.vocab.acts import acts
from communique.vocab.events.grammar import event_grammar

# Characters after a cue within which whom it praises or blames is named.
_NEAR = 90
# More than so many who act together do it to nobody in particular: a joint statement of fourteen is no 182 events.
_MOST = 6
# What those who speak do with one another, not to whom their words name.
_TOGETHER = frozenset({"agree", "discuss", "adopt", "reaffirm", "commit", "plan"})

_Finding: TypeAlias = Statement | Commitment | Contribution | Meeting


def tellings_of_findings(record: Record, page: Page, treaties: Sequence[Span]) -> Iterator[Telling]:
    """Yield the events that the findings are, in the order of the lists."""
    for statement in record.statements:
        yield from _of_statement(statement, page, treaties)
    for commitment in record.commitments:
        yield from _of_commitment(commitment, page)
    for contribution in record.contributions:
        yield from _of_contribution(contribution, page)
    for meeting in record.meetings:
        yield from _of_meeting(meeting, page)


def spoken(record: Record, page: Page) -> dict[int, tuple[Side, ...]]:
    """Return who performs each statement, by where the first words of its cue start."""
    out: dict[int, tuple[Side, ...]] = {}
    for statement in record.statements:
        at = statement.quote.find(statement.cue)
        if statement.cue and at >= 0:
            out[statement.start + at] = tuple(_stated(statement.speakers, "speakers", statement, page))
    return out


def _of_statement(statement: Statement, page: Page, treaties: Sequence[Span]) -> Iterator[Telling]:
    act = acts()[statement.act]
    actors = _stated(statement.speakers, "speakers", statement, page)
    if not act.plover or not actors or statement.status == "conditional":
        return
    label = act.plover[0]
    if statement.polarity == "negative" and label != "ACCUSE":
        label = "REJECT"
    together = statement.act in _TOGETHER
    recipients = _stated(statement.addressees, "addressees", statement, page)
    if not recipients and not together:
        recipients = _concerned(statement, label, page, actors, treaties)
    if not recipients and not together:
        return
    for actor, recipient in _pairs(actors, recipients[:1]):
        yield Telling(
            actor,
            recipient,
            label,
            statement.start,
            statement.end,
            cameo=act.cameo if label != "REJECT" else "120",
            contexts=contexts_of(statement.quote),
        )


def _concerned(
    statement: Statement, label: str, page: Page, actors: Sequence[Side], treaties: Sequence[Span]
) -> list[Side]:
    """Return whom praise, blame or support is for: who did what is praised or blamed, else who is named first.

    ``treaties``: where these are named.
    """
    own = {a.code for a in actors if a.code not in STATELESS} | {a.id for a in actors}
    begin = statement.start + max(0, statement.quote.find(statement.cue)) + len(statement.cue)
    near = outside(page.named_in(begin, min(statement.end, begin + _NEAR)), treaties)
    named = [n for n in near if (s := side_of(n.ref)) and not {s.code, s.id} & own]
    doers = [n for n in named if _does(page.text, n)]
    found = doers or ([] if label == "ACCUSE" and _suffers(page.text, named) else named)
    return _distinct(found)


def _does(text: str, named: Named) -> bool:
    """Tell "Russia's attack", "the attack by Russia" and "Russian aggression" from what is done to Russia."""
    before, after = text[max(0, named.start - 4) : named.start].lower(), text[named.end : named.end + 2]
    return after in ("’s", "'s", "’ ", "' ") or before.endswith("by ") or named.form == "demonym"


def _suffers(text: str, named: Sequence[Named]) -> bool:
    """Tell whether those named first are those to whom it was done: "the attack on Kenya", "in Haiti"."""
    if not named:
        return False
    before = text[max(0, named[0].start - 12) : named[0].start].lower().removesuffix("the ").split()
    return bool(before) and before[-1] in event_grammar().suffering


def _of_commitment(commitment: Commitment, page: Page) -> Iterator[Telling]:
    actors = _stated(commitment.debtors, "debtors", commitment, page)
    recipients = _stated(commitment.beneficiaries, "beneficiaries", commitment, page)
    for actor, recipient in _pairs(actors, recipients[:1]):
        yield Telling(
            actor,
            recipient,
            "AGREE",
            commitment.start,
            commitment.end,
            cameo="030",
            contexts=contexts_of(commitment.quote),
        )


def _of_contribution(contribution: Contribution, page: Page) -> Iterator[Telling]:
    if contribution.donor is None:
        return
    actors = _stated((contribution.donor,), "donor", contribution, page)
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


def _of_meeting(meeting: Meeting, page: Page) -> Iterator[Telling]:
    if meeting.status != "held":
        return
    attending = [PartyRef("", "", party=name) for name in meeting.attendees]
    sides = _stated(attending, "attendees", meeting, page)
    on = date.fromisoformat(meeting.date) if meeting.date is not None and len(meeting.date) == 10 else None
    dated = tuple(s for s in meeting.supports if s.field == "date")
    for actor, recipient in _pairs(sides, []):
        if recipient is not None:
            yield Telling(
                actor, recipient, "CONSULT", meeting.start, meeting.end, cameo="040", on=on, supports=dated
            )


def _stated(refs: Sequence[PartyRef], field: str, finding: _Finding, page: Page) -> list[Side]:
    """List the sides that a finding's field names, each with where it is named: in its words, else what supports it."""
    sides = dict.fromkeys(s for s in map(side_of, refs) if s is not None)
    if not sides:
        return []
    inside = _distinct(page.named_in(finding.start, finding.end))
    supports = [s for s in finding.supports if s.field == field]
    return [
        next((i for i in inside if i == side), None) or _supported(side, supports, page) for side in sides
    ]


def _supported(side: Side, supports: Sequence[Support], page: Page) -> Side:
    """Give a side the support in whose words it is named, else the first: a rule that needs no name."""
    placed = (
        (s, page.named_in(s.start, s.end)) for s in supports if s.start is not None and s.end is not None
    )
    naming = (s for s, named in placed if side in _distinct(named))
    best = next(naming, next(iter(supports), None))
    return side if best is None else replace(side, ground=Ground(best.rule, best.start, best.end))


def _distinct(named: Sequence[Named]) -> list[Side]:
    """List the sides named at some places, each once, with the first place."""
    found = ((side_of(n.ref), n) for n in named)
    return list(dict.fromkeys(s.named_at(n.start, n.end) for s, n in found if s is not None))


def _named(page: Page, start: int, end: int, actors: Sequence[Side]) -> list[Side]:
    """List the sides named in a finding's words beside its actors."""
    codes = {a.id for a in actors}
    return [s for s in _distinct(page.named_in(start, end)) if s.id not in codes]


def _pairs(actors: Sequence[Side], recipients: Sequence[Side]) -> Iterator[tuple[Side, Side | None]]:
    """Pair each actor with each recipient; where there is none, those who act together with one another."""
    if recipients:
        yield from ((a, r) for a in actors for r in recipients)
    elif len(actors) > _MOST:
        yield from ((a, None) for a in actors)
    elif len(actors) > 1:
        yield from ((a, b) for a in actors for b in actors if a != b)
