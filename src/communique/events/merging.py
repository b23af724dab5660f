"""Joins the tellings of one event: a document may tell it twice, the event happened once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from communique.events.model import Event, EventSupport, Words
from communique.events.telling import Side, Telling
from communique.model import Support

_Key = tuple[str, str | None, str | None, str | None, str, Decimal | None, date | None]


def merge(
    tellings: Iterable[Telling], text: str, *, document: str | None, published: date | None
) -> tuple[Event, ...]:
    """Make one event of all tellings that agree in who, to whom, what, how much and when.

    Where nothing shows who acts or to whom, there is no event.
    """
    same: dict[_Key, list[Telling]] = {}
    for telling in filter(_is_grounded, tellings):
        same.setdefault(_key(telling), []).append(telling)
    events = (_event(found, text, document, published) for found in same.values())
    return tuple(sorted(events, key=lambda e: (e.start, e.end)))


def _key(telling: Telling) -> _Key:
    actor, recipient = telling.actor, telling.recipient
    them = (None, None) if recipient is None else (recipient.code, recipient.id)
    return (actor.code, actor.id, *them, telling.type, telling.amount, telling.on)


def _event(found: list[Telling], text: str, document: str | None, published: date | None) -> Event:
    found = sorted(found, key=lambda t: (t.start, t.end))
    first = found[0]
    recipient = first.recipient
    spans = dict.fromkeys((t.start, t.end) for t in found[1:] if (t.start, t.end) != (first.start, first.end))
    return Event(
        document=document,
        date=published if first.on is None else first.on,
        actor=first.actor.code,
        actor_role=first.actor.role,
        recipient=None if recipient is None else recipient.code,
        recipient_role=None if recipient is None else recipient.role,
        type=first.type,
        mode=next((t.mode for t in found if t.mode is not None), None),
        contexts=tuple(dict.fromkeys(c for t in found for c in t.contexts)),
        cameo=first.cameo,
        amount=first.amount,
        currency=first.currency,
        quote=text[first.start : first.end],
        start=first.start,
        end=first.end,
        actor_name=first.actor.name,
        recipient_name=None if recipient is None else recipient.name,
        also=tuple(Words(text[a:b], a, b) for a, b in spans),
        supports=tuple(dict.fromkeys(s for t in found for s in _supports(t, text))),
    )


def _is_grounded(telling: Telling) -> bool:
    return all(side is None or side.ground is not None for side in (telling.actor, telling.recipient))


def _supports(telling: Telling, text: str) -> Iterator[EventSupport]:
    """Yield what a telling rests on beside its own words."""
    sides: dict[str, Side | None] = {"actor": telling.actor, "recipient": telling.recipient}
    grounds = [
        Support(name, side.ground.rule, side.ground.start, side.ground.end)
        for name, side in sides.items()
        if side is not None and side.ground is not None
    ]
    for found in (*grounds, *telling.supports):
        if found.start is None or found.end is None:
            yield EventSupport(found.field, found.rule)
        elif not telling.start <= found.start < found.end <= telling.end:
            quote = text[found.start : found.end]
            yield EventSupport(found.field, found.rule, quote, found.start, found.end)
