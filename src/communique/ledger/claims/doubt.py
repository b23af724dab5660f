"""Why a finding may be wrong, and how much it matters: what the queue is ordered by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from communique.ledger.claims.kinds import Finding
from communique.model import Commitment, Contribution, Meeting, Record, Statement

CONSEQUENCE = {
    "contribution": 100,
    "commitment": 80,
    "meeting": 45,
    "measure": 35,
    "instrument": 30,
    "progress": 30,
    "post": 25,
    "statement": 25,
    "issue": 15,
    "area": 10,
}
_BINDING = {"pledge": 30, "commit": 30, "agree": 25, "adopt": 25, "condemn": 20, "request": 10, "concern": 10}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to look twice."""

    code: str
    message: str
    weight: int


def doubts(record: Record, kind: str, finding: Finding) -> tuple[Doubt, ...]:
    """Return the reasons to doubt a finding, the strongest first."""
    found = {d.code: d for d in (*_told(record, finding), *_missing(finding), *_derived(record, finding))}
    return tuple(sorted(found.values(), key=lambda d: -d.weight))


def score(found: tuple[Doubt, ...]) -> int:
    """Return how much there is to doubt, from 0 to 100."""
    return min(100, sum(d.weight for d in found))


def weight(kind: str, act: str, doubt: int) -> int:
    """Return a claim's place in the queue: what hangs on it, and how doubtful it is."""
    return CONSEQUENCE[kind] + _BINDING.get(act, 0) + doubt // 2


def _told(record: Record, finding: Finding) -> Iterator[Doubt]:
    """Yield what the reader itself found problematic about the words."""
    for problem in record.problems:
        if problem.start is None or problem.end is None:
            continue
        if problem.start < finding.end and finding.start < problem.end:
            yield Doubt(problem.code, problem.message, 40)


def _missing(finding: Finding) -> Iterator[Doubt]:
    match finding:
        case Statement(speakers=()):
            yield Doubt("speaker/unknown", "Nobody is named whose act it could be.", 40)
        case Commitment(debtors=()):
            yield Doubt("debtor/unknown", "Nobody is named who owes it.", 40)
        case Contribution(donor=None):
            yield Doubt("donor/unknown", "Nobody is named who gives it.", 40)
        case Contribution(kind="unspecified"):
            yield Doubt("stage/unspecified", "The words do not say whether it was pledged or paid.", 20)
        case Meeting(date=None, status="held"):
            yield Doubt("date/unknown", "The words do not say when it was held.", 20)
        case _:
            return


def _derived(record: Record, finding: Finding) -> Iterator[Doubt]:
    """Yield the values that the quote doesn't hold: each was derived by a rule from other words."""
    for support in getattr(finding, "supports", ()):
        if support.rule == "words" or support.start is None:
            continue
        inside = finding.start <= support.start and support.end <= finding.end
        if not inside:
            words = " ".join(record.document.text[support.start : support.end].split())
            told = words if len(words) <= 80 else f"{words[:79]}…"
            yield Doubt(
                f"derived/{support.field}",
                f"{support.field.replace('_', ' ').capitalize()}: taken from “{told}” ({support.rule}).",
                12,
            )
