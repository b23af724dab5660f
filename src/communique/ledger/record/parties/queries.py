"""What the pages of a party and a person show beyond their lists of claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from communique.ledger.entities.models import Entity, Kind
from communique.ledger.record.called import Called, called
from communique.ledger.record.claim_list import MOST_COUNTED, Wanted, count
from communique.ledger.record.subject import ROLES, Subject

MOST_SHOWN = 200

SAID = ("speaker",)
PROMISED = ("debtor",)
GAVE = ("donor",)
RECEIVED = ("recipient",)
MET = ("chair", "attendee")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on a page, and where what it counts is listed."""

    number: str
    of: str
    href: str


def figures(subject: Subject, lists: Sequence[tuple[str, Wanted, str]]) -> tuple[Figure, ...]:
    """Return how long lists are: (what is in it, the list, where it stands)."""
    counted = [(counts(subject, wanted), of, href) for of, wanted, href in lists]
    return tuple(Figure(number, of, href) for number, of, href in counted if number != "0")


def counts(subject: Subject, wanted: Wanted) -> str:
    """Return how many claims a list holds, in figures."""
    number = count(subject.sight, wanted)
    return f"{MOST_COUNTED:,}+" if number > MOST_COUNTED else f"{number:,}"


def bodies(subject: Subject) -> tuple[Called, ...]:
    """Return the bodies and persons of a party that anything shown is about, by kind and name."""
    roles = ROLES[Kind.PARTY] + ROLES[Kind.PERSON]
    seen = subject.sight.claims().filter(links__entity=OuterRef("pk"), links__role__in=roles)
    theirs = Entity.objects.filter(parent__in=subject.members)
    # a value, where EXISTS would do: PostgreSQL makes a join over all claims of that
    found = theirs.alias(seen=Subquery(seen.values("pk")[:1])).exclude(seen=None).order_by("name", "pk")
    shown = called(subject.sight, found.values_list("pk", flat=True)[:MOST_SHOWN])
    tops = {one.pk: one for one in shown.values() if one.pk not in subject.members}
    return tuple(sorted(tops.values(), key=lambda one: (one.kind, one.name)))


def belongs_to(subject: Subject) -> Called | None:
    """Return the party that a body or a person belongs to."""
    parent = subject.shown.parent
    return called(subject.sight, [parent]).get(parent) if parent is not None else None
