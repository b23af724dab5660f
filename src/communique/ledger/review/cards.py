"""What the card of a claim shows a reviewer: the line, its fields, the reading beside a correction, the doubts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from communique.ledger.claims.fields import FIELDS, Field, told_field
from communique.ledger.claims.kinds import Finding
from communique.ledger.claims.models import STANDING, Claim, State, decode
from communique.ledger.claims.wording import Line, line

_IN_THE_LINE = {
    "statement": {"speakers", "about", "cue"},
    "commitment": {"debtors", "action"},
    "contribution": {"donor", "amount", "currency", "bound", "recipient", "in_kind"},
    "meeting": {"name"},
    "instrument": {"name"},
    "measure": {"number", "text"},
    "issue": {"topic", "parties"},
    "area": {"name"},
    "progress": {"instrument", "areas"},
    "post": {"person", "post"},
}
_USUAL = {"polarity": "positive", "status": "done", "strength": "firm"}
_SHORT = 160


@dataclass(frozen=True, slots=True)
class Row:
    """A field: what is held, and what the reader had where that was corrected."""

    label: str
    value: str
    read: str | None = None


@dataclass(frozen=True, slots=True)
class Challenge:
    """What speaks against a decision, and how the newer reading's fields differ."""

    message: str
    rows: tuple[Row, ...]
    can_be_taken: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A claim as a reviewer sees it."""

    claim: Claim
    line: Line
    said: str
    """What the line says beyond who and does; the quote, shortened, where it says nothing."""
    rows: tuple[Row, ...]
    challenge: Challenge | None
    quote_as_read: str

    @property
    def is_decided(self) -> bool:
        """Whether nothing is left to be decided on it."""
        return self.claim.state not in (State.PROPOSED, State.UNSURE) and self.claim.challenge is None

    @property
    def is_added(self) -> bool:
        """Whether a person added it: no reading proposed it."""
        return self.claim.reading_id is None

    @property
    def can_be_accepted(self) -> bool:
        """Whether accepting it would change how it stands."""
        return self.claim.state not in STANDING or self.claim.challenge is not None


def card(claim: Claim) -> Card:
    """Return the card of a claim."""
    finding = claim.finding()
    read = claim.finding_as_read()
    words = line(finding)
    return Card(
        claim=claim,
        line=words,
        said=words.what or (_short(claim.quote) if claim.kind == "statement" else ""),
        rows=tuple(_rows(claim.kind, finding, read)),
        challenge=_challenge(claim, finding),
        quote_as_read=claim.as_read["quote"]
        if claim.as_read and claim.as_read["quote"] != claim.quote
        else "",
    )


def _rows(kind: str, finding: Finding, read: Finding | None) -> Iterator[Row]:
    if kind == "statement":
        yield from _act(finding, read)
    for field in FIELDS[kind]:
        if field.name == "act":
            continue
        value = told_field(field, finding)
        before = None if read is None else told_field(field, read)
        changed = before is not None and before != value
        if changed or (value and field.name not in _IN_THE_LINE[kind] and not _is_usual(field, finding)):
            yield Row(field.label, value, before if changed else None)


def _act(finding: Finding, read: Finding | None) -> Iterator[Row]:
    act = getattr(finding, "act", "").replace("-", " ")
    before = getattr(read, "act", act).replace("-", " ")
    yield Row("Act", act, before if before != act else None)


def _is_usual(field: Field, finding: Finding) -> bool:
    value = getattr(finding, field.name)
    if field.name == "surface":
        return bool(value == getattr(finding, "name", None))
    return bool(_USUAL.get(field.name) == value)


def _challenge(claim: Claim, finding: Finding) -> Challenge | None:
    told: dict[str, Any] | None = claim.challenge
    if told is None:
        return None
    rows: tuple[Row, ...] = ()
    newer = _decoded(claim, told["value"])
    if newer is not None:
        pairs = ((f, told_field(f, finding), told_field(f, newer)) for f in FIELDS[claim.kind])
        rows = tuple(Row(f.label, held, read) for f, held, read in pairs if held != read)
    return Challenge(told["message"], rows, can_be_taken=bool(rows))


def _decoded(claim: Claim, value: dict[str, Any] | None) -> Finding | None:
    """Return what a newer reading has; None where it has nothing, or its shape is no longer known."""
    if value is None:
        return None
    try:
        return decode(claim.kind, value, claim.quote, claim.start, claim.end)
    except msgspec.ValidationError:
        return None


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHORT else f"{words[: _SHORT - 1]}…"
