"""From who speaks to who owes: a person who speaks for a party puts that party in debt, not themselves."""

from __future__ import annotations

from functools import cache

from communique.link.speakers import Speakers
from communique.model import PartyRef, Support
from communique.text.page import Page
from communique.vocab.gazetteer import organisations, states


def owing(page: Page, speakers: Speakers) -> tuple[tuple[PartyRef, ...], tuple[Support, ...]]:
    """Return the parties that owe what these speakers promise, and what supports each."""
    debtors: dict[str, PartyRef] = {}
    supports = [Support("debtors", s.rule, s.start, s.end) for s in speakers.supports]
    for ref in speakers.refs:
        party = _party(page, ref)
        if party.id != ref.id:
            supports.append(Support("debtors", f"speaks-for/{ref.id}"))
        debtors.setdefault(party.id, party)
    return tuple(debtors.values()), tuple(dict.fromkeys(supports))


def _party(page: Page, ref: PartyRef) -> PartyRef:
    if ref.party is None or any(n.id == ref.id and n.kind != "person" for n in page.named):
        return ref
    named = next((n for n in page.named if n.name == ref.party), None)
    if named is not None:
        return named.ref
    return _known().get(ref.party, ref)


@cache
def _known() -> dict[str, PartyRef]:
    known = {s.name: PartyRef(s.id, s.name) for s in states().values()}
    return known | {o.name: PartyRef(o.id, o.name) for o in organisations().values()}
