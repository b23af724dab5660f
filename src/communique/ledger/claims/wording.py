"""How a claim reads in a line: who, does what, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from communique.ledger.claims.fields import listed, told
from communique.ledger.claims.kinds import Finding, Post
from communique.ledger.writing import money
from communique.model import (
    Act,
    Area,
    Commitment,
    Contribution,
    ContributionKind,
    Instrument,
    Issue,
    Measure,
    Meeting,
    Progress,
    Statement,
)

VERBS: dict[Act, str] = {
    "assert": "said",
    "appreciate": "appreciated",
    "welcome": "welcomed",
    "reaffirm": "reaffirmed",
    "note": "noted",
    "emphasise": "emphasised",
    "concern": "voiced concern",
    "condemn": "condemned",
    "urge": "urged",
    "agree": "agreed",
    "commit": "committed",
    "pledge": "pledged",
    "plan": "planned",
    "support": "supported",
    "discuss": "discussed",
    "adopt": "adopted",
    "report-progress": "reported progress",
    "request": "requested",
    "other": "acted",
}
_GAVE: dict[ContributionKind, str] = {
    "pledge": "pledged",
    "disbursed": "paid",
    "announced": "announced",
    "unspecified": "contributes",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A claim in a line: the words that do it as they are written, if there are any. ``who`` is empty where
    nobody acts in it, or the document does not say who.
    """

    who: str
    does: str
    what: str = ""

    @property
    def text(self) -> str:
        """The whole line."""
        return " ".join(part for part in (self.who, self.does, self.what) if part)


def line(finding: Finding) -> Line:
    """Return how a finding reads."""
    match finding:
        case Statement():
            does = finding.cue or VERBS[finding.act]
            negated = f"did not: {does}" if finding.polarity == "negative" else does
            return Line(told(finding.speakers), negated, finding.about or "")
        case Commitment():
            does = "undertook:" if finding.debtors else "undertaken by nobody named:"
            return Line(told(finding.debtors), does, finding.action)
        case Contribution():
            return Line(told(finding.donor), _GAVE[finding.kind], _gift(finding))
        case Meeting(name=name) | Instrument(name=name) | Area(name=name):
            return Line("", name)
        case Measure():
            return Line(finding.number, finding.text)
        case Issue():
            return Line(told(finding.parties), "discussed" if finding.parties else "", finding.topic)
        case Progress():
            return Line("", "progress", _progress(finding))
        case Post():
            return Line(told(finding.person), "is", finding.post)


def sum_of(finding: Contribution) -> str:
    """Return what is given: the sum in its currency, or the goods; that it is not stated, where it isn't."""
    if finding.amount is None:
        return finding.in_kind or "an amount not stated"
    return money.sum_of(finding.amount, finding.currency, bound=finding.bound)


def _gift(finding: Contribution) -> str:
    return f"{sum_of(finding)} to {finding.recipient}" if finding.recipient else sum_of(finding)


def _progress(finding: Progress) -> str:
    under = f"under {finding.instrument}" if finding.instrument else ""
    areas = f"in {listed(iter(finding.areas))}" if finding.areas else ""
    return " ".join(part for part in (under, areas) if part)
