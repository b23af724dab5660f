"""An event as one place of a document tells it, before tellings of the same event are joined."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from communique.model import Support


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a side is named: the rule that takes it from there, and the words' offsets into the document's text.

    Without offsets it rests on the document as a whole, as who publishes it does.
    """

    rule: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """The actor or the recipient: its code, its role, the party's id and name, and where it is named."""

    code: str
    role: str | None = None
    id: str | None = None
    name: str | None = None
    ground: Ground | None = field(default=None, compare=False)

    def named_at(self, start: int, end: int) -> Side:
        return replace(self, ground=Ground("sentence", start, end))


@dataclass(frozen=True, slots=True)
class Telling:
    """One event in one place. ``start`` and ``end`` are offsets into the document's text."""

    actor: Side
    recipient: Side | None
    type: str
    start: int
    end: int
    mode: str | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    on: date | None = None
    amount: Decimal | None = None
    currency: str | None = None
    supports: tuple[Support, ...] = ()
