"""Which claims a person judged to be about somebody else, whether or not anybody decided on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from communique.ledger.claims.models import Claim
from communique.ledger.claims.naming import Context
from communique.ledger.claims.roles import roles
from communique.ledger.claims.versions import Linked, linked
from communique.ledger.entities.resolve import resolve
from communique.ledger.log.models import Act
from communique.model import Record

MOVES = frozenset({"split", "unsplit", "resolve"})
"""The verbs of acts on claims that are judgements on whom they are about."""


def judged(uids: Iterable[str]) -> set[str]:
    """Return those of some claims that a person judged to be about another than was read."""
    subjects = [f"claim:{uid}" for uid in uids]
    moved = Act.objects.filter(subject__in=subjects, verb__in=MOVES).values_list("subject", flat=True)
    return {subject.partition(":")[2] for subject in moved}


def named(record: Record, claim: Claim) -> tuple[Linked, ...]:
    """Return whom a claim is about by its words alone."""
    found = list(dict.fromkeys(roles(Context.of(record), claim.finding())))
    entities = resolve(r.named for r in found)
    return tuple(dict.fromkeys((r.role, entities[r.named.identity]) for r in found))


def as_judged(claim: Claim, now: Sequence[Linked]) -> tuple[Linked, ...]:
    """Return whom a claim is about that is read as ``now`` by a newer reading, with what was judged of the names
    that it still has.
    """
    if claim.reading is None:
        return tuple(now)
    return kept(linked(claim), named(claim.reading.decoded(), claim), now)


def kept(held: Sequence[Linked], was: Sequence[Linked], now: Sequence[Linked]) -> tuple[Linked, ...]:
    """Return what a finding that changed is linked to: where a person judged that a name stands for another, and
    the finding has the name still, that other.
    """

    def links() -> Iterator[Linked]:
        for link in now:
            others = [other for other in held if other[0] == link[0] and other not in was]
            yield from others if others and link in was and link not in held else [link]

    return tuple(dict.fromkeys(links()))
