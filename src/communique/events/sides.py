"""Which code a party has: a state its own, an organisation that of its kind."""

from __future__ import annotations

from communique.events.telling import Side
from communique.model import PartyRef
from communique.vocab.events.actors import actor_words, known_names, leaders_by_family
from communique.vocab.gazetteer import organisations, party_ids, party_name, states


def side_of(ref: PartyRef) -> Side | None:
    """Return the side that a party stands on, None where it belongs to no state or organisation known."""
    return _state(ref.id, "GOV") or _organisation(ref.id) or _of_owner(ref) or _leader(ref.name)


def side_named(id: str) -> Side | None:
    """Return the side of a state or organisation by its id."""
    return _state(id, "GOV") or _organisation(id)


def _state(id: str, role: str | None) -> Side | None:
    if id not in states():
        return None
    code = actor_words().codes.get(id, id)
    return Side(code, role, code, party_name(code))


def _organisation(id: str) -> Side | None:
    known = organisations().get(id)
    if known is None:
        return None
    if known.party is not None:
        return side_named(known.party)
    group = known_names().get(known.name)
    if group is not None and group.code is not None:
        return Side(group.code, group.role, known.id, known.name)
    return Side("IGO", "IGO", known.id, known.name)


def _of_owner(ref: PartyRef) -> Side | None:
    """Return the side of the party that a person or body speaks for."""
    sides = [s for s in map(side_named, sorted(party_ids(ref.party))) if s is not None]
    return sides[0] if sides else None


def _leader(name: str) -> Side | None:
    """Return the side of somebody who led a state, by full name or by the last."""
    known = known_names().get(name)
    code = known.code if known is not None else leaders_by_family().get(name.split(" ")[-1])
    if code is None:
        return None
    return Side(
        code, "IGO" if code == "IGO" else "GOV", None if code == "IGO" else code, party_name(code) or name
    )
