"""An event as one place of a document tells it, before tellings of the same event are joined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Side:
    """The actor or the recipient: its code, its role, and the party's id and name."""

    code: str
    role: str | None = None
    id: str | None = None
    name: str | None = None


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
