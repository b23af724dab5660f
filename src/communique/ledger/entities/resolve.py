"""Finds the entities that names stand for, making those that are new."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import F, Q

from communique.ledger.entities.models import Entity, Kind, Name

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_NOT_WORD = re.compile(r"[^\w]+")
_LONGEST = 300
_LONGEST_NAME = 500  # no index of PostgreSQL holds much more


@dataclass(frozen=True, slots=True)
class Named:
    """Something as a document names it: enough to find or make its entity."""

    kind: Kind
    key: str
    name: str
    detail: str = ""
    parent: Named | None = None
    ordinal: int | None = None

    @property
    def identity(self) -> tuple[str, str]:
        """What makes it one entity."""
        return (self.kind.value, self.key)


def key_of(name: str) -> str:
    """Return a name without case, article, accents and punctuation: what two ways of writing it share."""
    plain = unicodedata.normalize("NFKD", _ARTICLE.sub("", name.strip()).casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return _NOT_WORD.sub("-", bare).strip("-")[:_LONGEST] or name.casefold()[:_LONGEST]


def resolve(named: Iterable[Named]) -> dict[tuple[str, str], Entity]:
    """Return the entity of each, by its identity. New ones are made, also by two processes at once."""
    wanted: dict[tuple[str, str], Named] = {}
    for one in named:
        if one.parent is not None:
            wanted.setdefault(one.parent.identity, one.parent)
        wanted.setdefault(one.identity, one)
    found = _found(wanted)
    fresh = sorted((w for i, w in wanted.items() if i not in found), key=lambda w: w.identity)
    for layer in (
        [w for w in fresh if w.parent is None],
        [w for w in fresh if w.parent is not None],
    ):
        if layer:
            _make(layer, found)
            found |= _found({w.identity: w for w in layer})
    _remember(wanted, found)
    return found


def _found(wanted: dict[tuple[str, str], Named]) -> dict[tuple[str, str], Entity]:
    """Return the entities that there are: asked for at once, whatever their kinds."""
    keys: dict[str, list[str]] = {}
    for kind, key in wanted:
        keys.setdefault(kind, []).append(key)
    if not keys:
        return {}
    asked = reduce(or_, (Q(kind=kind, key__in=some) for kind, some in keys.items()))
    found = {(entity.kind, entity.key): entity for entity in Entity.objects.filter(asked)}
    return found | _split_off(wanted, found)


def _split_off(
    wanted: dict[tuple[str, str], Named], found: dict[tuple[str, str], Entity]
) -> dict[tuple[str, str], Entity]:
    """Return the entities of names that were split off those that have them by their keys."""
    names = Name.objects.filter(entity__in=[e.pk for e in found.values()], stands_for__isnull=False)
    others = {(n.entity_id, key_of(n.surface)): n.stands_for for n in names.select_related("stands_for")}
    split: dict[tuple[str, str], Entity] = {}
    for identity, entity in found.items() if others else ():
        other = others.get((entity.pk, key_of(wanted[identity].name)))
        if other is not None:
            split[identity] = other
    return split


def _make(layer: list[Named], found: dict[tuple[str, str], Entity]) -> None:
    """Make entities in the order of their keys: two processes that make the same ones don't block each other."""
    Entity.objects.bulk_create(
        [
            Entity(
                kind=one.kind,
                key=one.key,
                name=one.name[:_LONGEST_NAME],
                detail=one.detail,
                ordinal=one.ordinal,
                parent=found[one.parent.identity] if one.parent is not None else None,
            )
            for one in layer
        ],
        ignore_conflicts=True,
    )
    Entity.objects.filter(canonical=None).update(canonical=F("id"))


def _remember(wanted: dict[tuple[str, str], Named], found: dict[tuple[str, str], Entity]) -> None:
    """Keep the ways the names are written."""
    written = {(found[i].pk, one.name[:_LONGEST]) for i, one in wanted.items()}
    known = set(Name.objects.filter(entity__in=[pk for pk, _ in written]).values_list("entity_id", "surface"))
    Name.objects.bulk_create(
        [Name(entity_id=pk, surface=surface) for pk, surface in sorted(written - known)],
        ignore_conflicts=True,
    )
