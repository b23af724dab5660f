"""Who works in an area, and under which instruments."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from communique.ledger.claims.models import Link
from communique.ledger.record.called import Called, called
from communique.ledger.record.claim_list import glimpses
from communique.ledger.record.subject import Subject

MOST_LOOKED_AT = 500
_ROLES = {
    "speaker": "who", "debtor": "who", "party": "who",
    "instrument": "under", "fund": "under",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Worker:
    """A party or an instrument that claims name together with an area."""

    shown: Called
    claims: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Workers:
    """Who is named together with an area, and under what."""

    who: tuple[Worker, ...]
    under: tuple[Worker, ...]


def workers(subject: Subject) -> Workers:
    """Return who and what the claims about an area name, those named most often first."""
    days = {g.pk: g.day for g in glimpses(subject.sight, subject.wanted("area", "about"), MOST_LOOKED_AT)}
    linked = Link.objects.filter(claim__in=days).values_list("role", "entity_id", "entity__kind", "claim_id")
    found = [
        ("under" if kind in ("instrument", "fund") else _ROLES.get(role, ""), pk, claim)
        for role, pk, kind, claim in linked
    ]
    shown = called(subject.sight, {pk for _, pk, _ in found})
    told = {(as_what, shown[pk].pk, claim): shown[pk] for as_what, pk, claim in found if as_what}
    return Workers(_workers("who", told, days), _workers("under", told, days))


def _workers(
    as_what: str, told: dict[tuple[str, int, int], Called], days: dict[int, date | None]
) -> tuple[Worker, ...]:
    counted: Counter[Called] = Counter(one for (what, _, _), one in told.items() if what == as_what)
    when: dict[Called, list[date]] = {}
    for (what, _, claim), one in told.items():
        day = days[claim]
        if what == as_what and day is not None:
            when.setdefault(one, []).append(day)
    return tuple(
        Worker(one, claims, min(when.get(one, []), default=None), max(when.get(one, []), default=None))
        for one, claims in sorted(counted.items(), key=lambda item: (-item[1], item[0].name))
    )
