"""Which code a party has: a state its own, an organisation that of its kind."""

from __future__ import annotations

from communique.events.telling import Side
from communique.model import PartyRef
from communique.vocab.gazetteer import organisations, party_ids, states


def side_of(ref: PartyRef) -> Side | None:
    """Return the side that a party stands on, None where it belongs to no state or organisation known."""
    return _state(ref.id, "GOV") or _organisation(ref.id) or _of_owner(ref)


def _state(id: str, role: str | None) -> Side | None:
    known = states().get(id)
    return None if known is None else Side(known.id, role, known.id, known.name)


def _organisation(id: str) -> Side | None:
    known = organisations().get(id)
    if known is None:
        return None
    if known.party is not None:
        return side_named(known.party)
    return Side("IGO", "IGO", known.id, known.name)


def side_named(id: str) -> Side | None:
    """Return the side of a state or organisation by its id."""
    return _state(id, "GOV") or _organisation(id)


def _of_owner(ref: PartyRef) -> Side | None:
    """Return the side of the party that a person or body speaks for."""
    sides = [s for s in map(side_named, sorted(party_ids(ref.party))) if s is not None]
    return sides[0] if sides else None
