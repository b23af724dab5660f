"""What the newest results are about: how many of them are of each kind, party, year …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communique.ledger.claims.models import Claim, Link
from communique.ledger.entities.models import Entity
from communique.ledger.record.called import called, shown_to
from communique.ledger.record.search.queries import Newest
from communique.ledger.record.search.wanted import ENTITIES, Wanted
from communique.ledger.record.sight import Sight
from communique.ledger.search.index import Facet, Hit

LABELS = {
    "kind": "Kind",
    "act": "Act",
    "party": "Party",
    "person": "Person",
    "year": "Year",
    "series": "Meeting series",
    "meeting": "Meeting",
    "instrument": "Instrument",
    "fund": "Fund",
    "area": "Area",
    "issue": "Issue",
    "state": "State",
}
_MOST = 8
_MOST_IN_ALL = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet, and how many of the newest results have it."""

    facet: Facet
    label: str
    count: int
    href: str
    """The search with it, or without it where it was chosen."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of a facet that are offered: the most frequent, and then some."""

    name: str
    label: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]


def choices(wanted: Wanted, newest: Newest, sight: Sight) -> list[Choices]:
    """Return what a search can be narrowed to."""
    counted = _counted(newest.hits, sight) if wanted.of == "claim" else {"year": _years(newest.hits)}
    tops = {name: _top(name, counts, wanted) for name, counts in counted.items()}
    names = called(sight, (int(v) for name in ENTITIES for v, _ in tops.get(name, ())))
    found = []
    for name, label in LABELS.items():
        offered = tuple(
            Choice(
                (name, v),
                _label(name, v, names[int(v)].name if name in ENTITIES else v),
                n,
                wanted.choosing((name, v)).at(as_of=sight.as_of),
            )
            for v, n in tops.get(name, ())
            if name not in ENTITIES or int(v) in names
        )
        if len(offered) > 1 or (offered and name in ENTITIES):
            found.append(Choices(name, label, offered[:_MOST], offered[_MOST:]))
    return found


def chosen(wanted: Wanted, sight: Sight) -> list[Choice]:
    """Return what a search was narrowed to, each with the search without it."""
    names = called(sight, shown_to(sight, (int(v) for name, v in wanted.chosen if name in ENTITIES)))
    found = []
    for name, value in wanted.chosen:
        entity = names.get(int(value)) if name in ENTITIES else None
        told = entity.name if entity else f"document {value}" if name == "document" else value
        found.append(
            Choice(
                (name, value),
                _label(name, value, told),
                0,
                wanted.leaving((name, value)).at(as_of=sight.as_of),
            )
        )
    return found


def _label(name: str, value: str, told: str) -> str:
    return told.replace("-", " ").replace("_", " ") if name in ("kind", "act") else told


def _counted(hits: Sequence[Hit], sight: Sight) -> dict[str, Counter[str]]:
    pks = [hit.row for hit in hits]
    found = {name: Counter[str]() for name in LABELS}
    found["year"] = _years(hits)
    for kind, state, act in Claim.objects.filter(pk__in=pks).values_list("kind", "state", "act"):
        found["kind"][kind] += 1
        found["state"][state] += 1
        if act:
            found["act"][act] += 1
    for kind, pk in _entities(pks, sight):
        found[kind][str(pk)] += 1
    return found


def _entities(pks: Sequence[int], sight: Sight) -> Iterable[tuple[str, int]]:
    """Return the entities of claims, each once a claim, as the one they were merged into."""
    links = Link.objects.filter(claim__in=pks)
    if sight.as_of is None:
        now = links.values_list("claim_id", "entity__canonical__kind", "entity__canonical_id")
        return [(kind, pk) for _, kind, pk in set(now) if pk is not None]
    then = {(claim, sight.merged.get(pk, pk)) for claim, pk in links.values_list("claim_id", "entity_id")}
    kinds = dict(Entity.objects.filter(pk__in={pk for _, pk in then}).values_list("pk", "kind"))
    return [(kinds[pk], pk) for _, pk in then]


def _years(hits: Iterable[Hit]) -> Counter[str]:
    return Counter(str(hit.day.year) for hit in hits if hit.day is not None)


def _top(name: str, counts: Counter[str], wanted: Wanted) -> list[tuple[str, int]]:
    left = [(value, n) for value, n in counts.items() if value not in wanted.values(name)]
    if name == "year":
        return sorted(left, reverse=True)[:_MOST_IN_ALL]
    return sorted(left, key=lambda one: (-one[1], one[0]))[:_MOST_IN_ALL]
