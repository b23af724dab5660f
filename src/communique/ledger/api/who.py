"""Who is who, over the API: what is likely the same, what is held apart, and splitting."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.http import Http404
from ninja import Query, Schema, Status
from pydantic import Field

from communique.ledger.accounts.viewer import Request
from communique.ledger.api import routers as parts
from communique.ledger.api.app import MOVED_ON, WRONG, may
from communique.ledger.api.types import EntityKind, EntityOut, Id, Limit, Line, Uid, Words
from communique.ledger.entities.models import Entity
from communique.ledger.entities.queries import canonical, members
from communique.ledger.resolution import actions
from communique.ledger.resolution.finding import catch_up, waiting
from communique.ledger.resolution.preview import merging
from communique.ledger.resolution.queries import judgements, open_suggestions


class SuggestionOut(Schema):
    """Two entities that are likely one, and why."""

    one: EntityOut
    other: EntityOut
    reason: str
    weight: int
    by: str
    """Who suggested it; empty where the program did."""


class PairIn(Schema):
    """Another entity, and the reason for what is held of the two."""

    other: Id
    why: Words = ""


class SplitIn(Schema):
    """The claims that are not about an entity, and what they are about instead: an entity, or a new one."""

    claims: Annotated[list[Uid], Field(min_length=1, max_length=1000)]
    into: Id | None = None
    name: Line = ""
    names: Annotated[list[Line], Field(max_length=100, default_factory=list)]
    """Names of the entity that go to the other as well: what is taken in later and has one is about the other."""
    why: Words = ""


@parts.entities.get(
    "/suggestions", response={200: list[SuggestionOut], **WRONG}, operation_id="list_suggestions"
)
@may("proposals")
def suggestions(
    request: Request, kind: Query[EntityKind | None] = None, limit: Limit = 50
) -> list[SuggestionOut]:
    """List pairs that are likely one and that nobody judged on, the surest first."""
    found = open_suggestions(kind or "").select_related("low", "high")[:limit]
    return [
        SuggestionOut(
            one=EntityOut.of(s.low), other=EntityOut.of(s.high), reason=s.told, weight=s.weight, by=s.by
        )
        for s in found
    ]


@parts.entities.post("/entities/{pk}/suggest", response={204: None, **MOVED_ON}, operation_id="suggest_merge")
@may("decide")
def suggest(request: Request, pk: Id, given: PairIn) -> Status[None]:
    """Suggest that two entities are one."""
    actions.suggest(_one(pk), _one(given.other), by=request.viewer.name, why=given.why)
    return Status(204, None)


@parts.entities.post("/entities/{pk}/apart", response={204: None, **MOVED_ON}, operation_id="hold_apart")
@may("merge")
def apart(request: Request, pk: Id, given: PairIn) -> Status[None]:
    """Hold that two entities are not the same: it is suggested no more."""
    actions.hold_apart(_one(pk), _one(given.other), by=request.viewer.name, why=given.why)
    return Status(204, None)


@parts.entities.post(
    "/entities/{pk}/split", response={200: EntityOut, **MOVED_ON}, operation_id="split_entity"
)
@may("merge")
def split(request: Request, pk: Id, given: SplitIn) -> EntityOut:
    """Hold that some claims are about another entity, which is returned."""
    into = _one(given.into) if given.into is not None else None
    made = actions.split(
        _one(pk),
        given.claims,
        by=request.viewer.name,
        why=given.why,
        name=given.name,
        into=into,
        names=given.names,
    )
    return EntityOut.of(made.other)


class Compared(Schema):
    """How many names were compared, and how many wait still."""

    compared: int
    waiting: int


class JudgementOut(Schema):
    """What somebody holds of two entities, and the act by which it can be taken back."""

    verb: str
    """``is``, ``is not``, ``was split from``"""
    one: EntityOut
    other: EntityOut
    by: str
    why: str
    since: datetime
    act: int | None


class ChangedPage(Schema):
    """A page that a merge changes, and how."""

    entity: EntityOut
    how: str


class MergingOut(Schema):
    """What merging an entity into another changes."""

    pages: list[ChangedPage]
    more: int
    """Pages beyond those listed."""
    documents: int
    conflicts: list[str]
    """What speaks against it."""
    refusal: str
    """Why it can't be done; empty where it can."""


@parts.entities.post("/suggestions/look", response={200: Compared, **WRONG}, operation_id="compare_names")
@may("decide")
def look(request: Request) -> Compared:
    """Compare names that were not compared yet, some at a time."""
    return Compared(compared=catch_up(2_000), waiting=waiting())


@parts.entities.get(
    "/judgements", response={200: list[JudgementOut], **WRONG}, operation_id="list_judgements"
)
@may("proposals")
def judged(request: Request, entity: Id | None = None) -> list[JudgementOut]:
    """List what people hold of who is who, the last first: all, or what is about one entity."""
    found = judgements(members(_one(entity)) if entity is not None else None)
    return [
        JudgementOut(
            verb=j.verb,
            one=EntityOut.of(j.one),
            other=EntityOut.of(j.other),
            by=j.by,
            why=j.why,
            since=j.since,
            act=j.act,
        )
        for j in found
    ]


@parts.entities.get(
    "/entities/{pk}/merging", response={200: MergingOut, **WRONG}, operation_id="preview_merge"
)
@may("proposals")
def preview(request: Request, pk: Id, into: Id) -> MergingOut:
    """Return what merging this entity into another would change."""
    told = merging(canonical(_one(pk)), canonical(_one(into)), request.viewer)
    return MergingOut(
        pages=[ChangedPage(entity=EntityOut.of(p.entity), how=p.how) for p in told.pages],
        more=told.more,
        documents=told.documents,
        conflicts=list(told.conflicts),
        refusal=told.refusal,
    )


def _one(pk: int) -> Entity:
    found = Entity.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(f"there is no entity {pk}")
    return found
