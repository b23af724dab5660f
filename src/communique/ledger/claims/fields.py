"""The fields of each kind of claim: what a reader calls them, what they may hold, and how a value reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, get_args

from communique.ledger.claims.kinds import Finding
from communique.ledger.writing import dates, money
from communique.model import (
    Act,
    Bound,
    Chair,
    ContributionKind,
    InstrumentKind,
    Level,
    MeetingFormat,
    MeetingStatus,
    PartyRef,
    Polarity,
    StatementStatus,
    Strength,
)


class Shape(Enum):
    """What a field holds."""

    LINE = "line"
    WORDS = "words"
    """A clause or more, as written."""
    NUMBER = "number"
    SUM = "sum"
    CURRENCY = "currency"
    DATE = "date"
    """EDTF level 0."""
    PERIOD = "period"
    CHOICE = "choice"
    PARTY = "party"
    PARTIES = "parties"
    NAMES = "names"
    CHAIRS = "chairs"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a finding. ``needed``: a finding of its kind can't do without."""

    name: str
    label: str
    shape: Shape
    choices: tuple[str, ...] = ()
    needed: bool = False


def _choice(name: str, label: str, among: Any, *, needed: bool = False) -> Field:
    return Field(name, label, Shape.CHOICE, get_args(among), needed)


FIELDS: dict[str, tuple[Field, ...]] = {
    "statement": (
        Field("speakers", "Speakers", Shape.PARTIES),
        _choice("act", "Act", Act, needed=True),
        Field("addressees", "To", Shape.PARTIES),
        Field("about", "About", Shape.WORDS),
        Field("cue", "Words that do it", Shape.LINE),
        _choice("polarity", "Polarity", Polarity, needed=True),
        _choice("status", "Status", StatementStatus, needed=True),
        Field("reported_by", "Reported by", Shape.PARTY),
    ),
    "commitment": (
        Field("debtors", "Owed by", Shape.PARTIES),
        Field("action", "What is owed", Shape.WORDS, needed=True),
        Field("beneficiaries", "Owed to", Shape.PARTIES),
        Field("instrument", "Under", Shape.LINE),
        Field("deadline", "By when", Shape.DATE),
        _choice("strength", "Strength", Strength, needed=True),
    ),
    "contribution": (
        Field("donor", "Given by", Shape.PARTY),
        Field("amount", "Amount", Shape.SUM),
        Field("currency", "Currency", Shape.CURRENCY),
        _choice("bound", "Bound", Bound),
        _choice("kind", "Stage", ContributionKind, needed=True),
        Field("recipient", "Given to", Shape.LINE),
        Field("purpose", "For", Shape.WORDS),
        Field("in_kind", "In kind", Shape.LINE),
    ),
    "meeting": (
        Field("name", "Name", Shape.LINE, needed=True),
        Field("series", "Series", Shape.LINE),
        Field("ordinal", "Number in the series", Shape.NUMBER),
        Field("date", "Date", Shape.DATE),
        Field("place", "Place", Shape.LINE),
        _choice("status", "Status", MeetingStatus, needed=True),
        _choice("level", "Level", Level),
        _choice("format", "Format", MeetingFormat),
        Field("chairs", "Chaired by", Shape.CHAIRS),
        Field("attendees", "Attended by", Shape.NAMES),
    ),
    "instrument": (
        Field("name", "Name", Shape.LINE, needed=True),
        Field("surface", "As written", Shape.LINE, needed=True),
        _choice("kind", "Kind", InstrumentKind, needed=True),
        Field("period", "Period", Shape.PERIOD),
        Field("parties", "Between", Shape.PARTIES),
    ),
    "measure": (
        Field("number", "Number", Shape.LINE, needed=True),
        Field("text", "Measure", Shape.WORDS, needed=True),
        Field("parent", "Under", Shape.LINE),
    ),
    "issue": (
        Field("topic", "Topic", Shape.WORDS, needed=True),
        Field("parties", "Raised by", Shape.PARTIES),
    ),
    "area": (Field("name", "Area", Shape.LINE, needed=True),),
    "progress": (
        Field("instrument", "Under", Shape.LINE),
        Field("areas", "In", Shape.NAMES),
    ),
    "post": (
        Field("person", "Person", Shape.PARTY, needed=True),
        Field("post", "Post", Shape.WORDS, needed=True),
    ),
}
"""The fields of each kind, in the order in which they are worth reading."""


def told(value: object) -> str:
    """Return the value of a field in words; empty where the document does not say."""
    match value:
        case None | () | "":
            return ""
        case PartyRef(name=name, party=party):
            return name if party is None or party in name else f"{name} ({party})"
        case Chair(name=name, post=post, party=party):
            inside = ", ".join(p for p in (post, party) if p and p not in name)
            return f"{name} ({inside})" if inside else name
        case tuple():
            return listed(told(one) for one in value)
        case _:
            return str(value)


def told_field(field: Field, finding: Finding) -> str:
    """Return what a finding holds in a field, in words."""
    value = getattr(finding, field.name)
    match field.shape, value:
        case Shape.DATE, str():
            return dates.written(value)
        case Shape.SUM, str():
            return money.digits(Decimal(value))
        case Shape.PERIOD, (first, last):
            return f"{first or '…'}–{last or '…'}"
        case Shape.CHOICE, str():
            return value.replace("_", " ")
    return told(value)


def listed(names: Iterator[str]) -> str:
    """Join names as a sentence does: ``A``, ``A and B``, ``A, B and C``."""
    *first, last = list(names) or [""]
    return f"{', '.join(first)} and {last}" if first else last
