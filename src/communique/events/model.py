"""An event as a row: what was done, by whom, to whom, and the words that say so."""

from __future__ import annotations

from datetime import date as Date
from decimal import Decimal

from communique.model import Record, Struct

STATELESS = frozenset({"IGO", "NGO", "IMG", "MNC"})
"""The codes of those who are of no state; which they are, their names say."""


class Words(Struct, frozen=True):
    """Words that tell an event again: ``quote`` is ``document.text[start:end]``."""

    quote: str
    """The exact words."""
    start: int
    """Their first character in the document's text, counted from 0."""
    end: int
    """The character after their last."""


class EventSupport(Struct, frozen=True):
    """Why a field of an event has a value that its quote does not hold, with the words it rests on, if any."""

    field: str
    """The field that has the value: `actor`, `recipient`, `date` or `amount`."""
    rule: str
    """The rule that derived it, as listed in the reference of rules."""
    quote: str | None = None
    """The exact words it rests on; none where it rests on the document as a whole."""
    start: int | None = None
    """Their first character in the document's text, counted from 0."""
    end: int | None = None
    """The character after their last."""


class Event(Struct, frozen=True):
    """One event between parties: one row, however often its document tells it."""

    document: str | None
    """The document, as its source calls it: the ``id`` of a line, the name of a file."""
    date: Date | None
    """The day it happened where the words tell it, otherwise the day of publication."""
    actor: str
    """Who acts: ISO 3166-1 alpha-3 for a state, or a code for those who are of none (`IGO`, `NGO`, `IMG`, `MNC`)."""
    actor_role: str | None
    """What the actor is in its country: `GOV`, `MIL`, `REB` …"""
    recipient: str | None
    """To whom it is done, coded like the actor."""
    recipient_role: str | None
    """What the recipient is in its country."""
    type: str
    """One of PLOVER's sixteen types."""
    mode: str | None
    """How, where the type has modes: `visit` for `CONSULT`."""
    contexts: tuple[str, ...]
    """In what matters: `military`, `economic`, `election` …"""
    cameo: str | None
    """The CAMEO code, as fine as the words support."""
    amount: Decimal | None
    """The sum, where money is given."""
    currency: str | None
    """ISO 4217."""
    quote: str
    """The exact words."""
    start: int
    """Their first character in the document's text, counted from 0."""
    end: int
    """The character after their last."""
    actor_name: str | None = None
    """The actor as the vocabulary or the document calls it: which organisation `IGO` is."""
    recipient_name: str | None = None
    """The recipient likewise."""
    also: tuple[Words, ...] = ()
    """Further words that tell the same event."""
    supports: tuple[EventSupport, ...] = ()
    """What values rest on that are in none of these words: who “they” are."""


class Coded(Struct, frozen=True):
    """What one document says: its record, and the events in it."""

    record: Record
    events: tuple[Event, ...]
