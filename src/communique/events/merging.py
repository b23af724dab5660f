"""Joins the tellings of one event: a document may tell it twice, the event happened once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
        supports=_supports(found, text),
    )


def _is_grounded(telling: Telling) -> bool:
    return all(side is None or side.ground is not None for side in (telling.actor, telling.recipient))


def _supports(found: Sequence[Telling], text: str) -> tuple[EventSupport, ...]:
    """Return what an event rests on beside the words that tell it."""
    rests = dict.fromkeys(s for telling in found for s in _rests(telling))
    return tuple(
        EventSupport(s.field, s.rule)
        if s.start is None or s.end is None
        else EventSupport(s.field, s.rule, text[s.start : s.end], s.start, s.end)
        for s in rests
        if not any(_holds(telling, s) for telling in found)
    )


def _rests(telling: Telling) -> Iterator[Support]:
    sides: dict[str, Side | None] = {"actor": telling.actor, "recipient": telling.recipient}
    for name, side in sides.items():
        if side is not None and side.ground is not None:
            yield Support(name, side.ground.rule, side.ground.start, side.ground.end)
    yield from telling.supports


def _holds(telling: Telling, support: Support) -> bool:
    if support.start is None or support.end is None:
        return False
    return telling.start <= support.start < support.end <= telling.end
