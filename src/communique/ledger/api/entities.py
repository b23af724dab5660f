"""What claims are about, over the API: lists, one, its claims, and who is who."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef
from django.http import Http404
from ninja import Schema

from communique.ledger.accounts.viewer import Request
from communique.ledger.api import routers as parts
from communique.ledger.api.app import MOVED_ON, WRONG, may
from communique.ledger.api.types import (
    Cursor,
    Day,
    EntityKind,
    EntityOut,
    Id,
    Limit,
    Line,
    MergeIn,
    NameIn,
    Page,
    WhyIn,
)
from communique.ledger.claims.models import Link
from communique.ledger.claims.queries import held
from communique.ledger.entities import actions
from communique.ledger.entities.models import Entity, Name
from communique.ledger.entities.queries import members


class WholeEntity(Schema):
    """An entity with everything held to be the same, and what belongs to it."""

    entity: EntityOut
    members: list[int]
    names: list[str]
    """The ways documents write it."""
    children: list[EntityOut]
    """The meetings of a series, the bodies and persons of a party."""
    roles: list[str]
    """The roles in which claims are about it; ask for them at `/api/claims?entity=…&role=…`."""


@parts.entities.get("/entities", response={200: Page[EntityOut], **WRONG}, operation_id="list_entities")
@may("read")
def entities(
    request: Request,
    kind: EntityKind | None = None,
    name: Line = "",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[EntityOut]:
    """List entities that claims are about, those merged into others left out. ``name``: how the name starts."""
    found = Entity.objects.filter(canonical=F("id"))
    if kind is not None:
        found = found.filter(kind=kind)
    if name:
        found = found.filter(name__istartswith=name)
    if not request.viewer.sees_proposals:
        found = found.filter(
            pk__in=Link.objects.filter(claim__in=held(request.viewer)).values("entity__canonical")
        )
    if cursor is not None:
        found = found.filter(pk__gt=cursor)
    rows = list(found.order_by("id")[: limit + 1])
    more = rows[limit - 1].pk if len(rows) > limit else None
    return Page(items=[EntityOut.of(e) for e in rows[:limit]], next=more)


@parts.entities.get("/entities/{pk}", response={200: WholeEntity, **WRONG}, operation_id="get_entity")
@may("read")
def entity(request: Request, pk: Id, as_of: Day = None) -> WholeEntity:
    """Return an entity, and what is held to be the same."""
    found = one(request, pk)
    same = members(found, request.as_of)
    links = Link.objects.filter(entity__in=same, claim__in=held(request.viewer, request.as_of))
    names = Name.objects.filter(entity__in=same).order_by("surface").values_list("surface", flat=True)
    children = Entity.objects.filter(parent__in=same).order_by("ordinal", "name")
    if (
        not request.viewer.sees_proposals
    ):  # how documents write it, and what is of it, nobody may have checked
        names = names.none()
        accepted = held(request.viewer, request.as_of).filter(links__entity=OuterRef("pk"))
        children = children.filter(Exists(accepted))
    return WholeEntity(
        entity=EntityOut.of(found),
        members=same,
        names=sorted(set(names)),
        children=[EntityOut.of(e) for e in children[:200]],
        roles=sorted(set(links.order_by().values_list("role", flat=True).distinct())),
    )


@parts.entities.post(
    "/entities/{pk}/merge", response={200: EntityOut, **MOVED_ON}, operation_id="merge_entity"
)
@may("merge")
def merge(request: Request, pk: Id, given: MergeIn) -> EntityOut:
    """Hold two entities to be one; the address of this one leads to the other from now on."""
    loser, winner = one(request, pk), one(request, given.into)
    actions.merge(loser, winner, by=request.viewer.name, why=given.why)
    return EntityOut.of(one(request, pk))


@parts.entities.post(
    "/entities/{pk}/unmerge", response={200: EntityOut, **MOVED_ON}, operation_id="unmerge_entity"
)
@may("merge")
def unmerge(request: Request, pk: Id, given: WhyIn) -> EntityOut:
    """Take back that an entity is the same as another."""
    actions.unmerge(one(request, pk), by=request.viewer.name, why=given.why)
    return EntityOut.of(one(request, pk))


@parts.entities.post(
    "/entities/{pk}/rename", response={200: EntityOut, **MOVED_ON}, operation_id="rename_entity"
)
@may("merge")
def rename(request: Request, pk: Id, given: NameIn) -> EntityOut:
    """Call an entity by another name; the ways documents write it stay."""
    actions.rename(one(request, pk), given.name, by=request.viewer.name, why=given.why)
    return EntityOut.of(one(request, pk))


def one(request: Request, pk: int) -> Entity:
    """Return an entity that a viewer may see. Raises Http404."""
    found = Entity.objects.filter(pk=pk).first()
    if found is not None and not request.viewer.sees_proposals:
        shown = Link.objects.filter(entity__in=members(found, request.as_of))
        if not shown.filter(claim__in=held(request.viewer, request.as_of)).exists():
            found = None
    if found is None:
        raise Http404(f"there is no entity {pk}")
    return found
