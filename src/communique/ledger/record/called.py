"""What entities were called at the moment looked at, and where they were found: many at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from communique.ledger.design.cards import Named
from communique.ledger.entities.models import Entity
from communique.ledger.log.models import Act
from communique.ledger.record.addresses import entity_page
from communique.ledger.record.sight import Sight


@dataclass(frozen=True, slots=True)
class Called:
    """An entity as it is shown: the one it was held to be the same as, by its name of then."""

    pk: int
    kind: str
    key: str
    name: str
    detail: str
    ordinal: int | None
    parent: int | None
    href: str

    @property
    def named(self) -> Named:
        """Its name, and where it leads."""
        return Named(self.name, self.href)


def called(sight: Sight, pks: Iterable[int]) -> dict[int, Called]:
    """Return how each entity is shown, by the id asked for."""
    asked = set(pks)
    if not asked:
        return {}
    found = _then(sight, asked) if sight.as_of else _now(asked)
    names = _former_names(sight, {entity.pk for entity in found.values()})
    return {pk: _called(sight, entity, names) for pk, entity in found.items()}


def shown_to(sight: Sight, pks: Iterable[int]) -> set[int]:
    """Return those of some entities that the viewer may know of: any, or those that an accepted claim is about."""
    asked = set(pks)
    if not asked or sight.viewer.sees_proposals:
        return asked
    accepted = sight.claims().filter(links__entity__canonical=OuterRef("canonical"))
    return set(Entity.objects.filter(Exists(accepted), pk__in=asked).values_list("pk", flat=True))


def _now(pks: set[int]) -> dict[int, Entity]:
    found = Entity.objects.filter(pk__in=pks).select_related("canonical")
    return {entity.pk: entity.canonical or entity for entity in found}


def _then(sight: Sight, pks: set[int]) -> dict[int, Entity]:
    root = {pk: sight.merged.get(pk, pk) for pk in pks}
    found = {entity.pk: entity for entity in Entity.objects.filter(pk__in=set(root.values()))}
    return {pk: found[top] for pk, top in root.items() if top in found}


def _former_names(sight: Sight, pks: Iterable[int]) -> dict[int, str]:
    """Return the names of entities that were renamed after the moment looked at."""
    if sight.as_of is None:
        return {}
    subjects = {f"entity:{pk}": pk for pk in pks}
    renamed = Act.objects.filter(subject__in=subjects, at__gt=sight.as_of).order_by("-seq")
    return {subjects[act.subject]: str(act.before["name"]) for act in renamed if act.before}


def _called(sight: Sight, entity: Entity, former: dict[int, str]) -> Called:
    return Called(
        pk=entity.pk,
        kind=entity.kind,
        key=entity.key,
        name=former.get(entity.pk, entity.name),
        detail=entity.detail,
        ordinal=entity.ordinal,
        parent=entity.parent_id,
        href=sight.at(entity_page(entity.kind, entity.pk)),
    )
