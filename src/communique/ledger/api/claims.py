"""Claims over the API: lists, one, its versions, and decisions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from ninja import Query, Schema, Status

from communique.ledger.accounts.viewer import Request
from communique.ledger.api import routers as parts
from communique.ledger.api.app import MOVED_ON, WRONG, may
from communique.ledger.api.types import (
    AddIn,
    ClaimKind,
    ClaimOut,
    CorrectIn,
    Cursor,
    Day,
    DecideIn,
    Id,
    Limit,
    Line,
    Moment,
    NewerIn,
    Page,
    PageAfter,
    Place,
    ResolveIn,
    Uid,
    Year,
)
from communique.ledger.claims import actions
from communique.ledger.claims.models import Claim, Link, State
from communique.ledger.claims.queries import held
from communique.ledger.documents.models import Document
from communique.ledger.entities.models import Entity
from communique.ledger.entities.queries import members
from communique.ledger.resolution import actions as resolution
from communique.ledger.review import queue as review
from communique.ledger.review import visits
from communique.model import Act

_STATES = {
    "accept": State.ACCEPTED,
    "reject": State.REJECTED,
    "unsure": State.UNSURE,
    "reopen": State.PROPOSED,
}


class Wanted(Schema):
    """What a list of claims is narrowed to."""

    kind: ClaimKind | None = None
    state: State | None = None
    act: Act | None = None
    document: Id | None = None
    entity: Id | None = None
    role: Line = ""
    year: Year = None
    challenged: bool = False
    due_from: date | None = None
    due_to: date | None = None
    as_of: Day = None


@parts.claims.get("/claims", response={200: Page[ClaimOut], **WRONG}, operation_id="list_claims")
@may("read")
def claims(
    request: Request, wanted: Query[Wanted], cursor: Cursor = None, limit: Limit = 50
) -> Page[ClaimOut]:
    """List claims, the last taken in or decided on first."""
    found = held(request.viewer, request.as_of).filter(_matching(wanted, request))
    if wanted.entity is not None:
        found = found.filter(pk__in=_about(wanted.entity, wanted.role, request))
    return page(found, cursor, limit)


class Waiting(Schema):
    """What the queue is narrowed to."""

    kind: ClaimKind | None = None
    party: Id | None = None
    document: Id | None = None
    year: Year = None
    mine: bool = False
    """What is assigned to whoever asks."""
    challenged: bool = False
    unsure: bool = False
    since: Moment | None = None
    """What was read after this moment."""


@parts.claims.get("/queue", response={200: PageAfter[ClaimOut], **WRONG}, operation_id="queue")
@may("decide")
def queue(
    request: Request, wanted: Query[Waiting], after: Place = "", limit: Limit = 50
) -> PageAfter[ClaimOut]:
    """List what needs a person, what matters and is doubtful first."""
    told = wanted.dict()
    leaf = review.queue(
        request.viewer,
        review.Wanted(**told | {"kind": wanted.kind or ""}),
        after=review.Position.read(after),
        size=limit,
    )
    pks = [claim.pk for claim in leaf.claims]
    found = {claim.pk: claim for claim in whole(Claim.objects.filter(pk__in=pks))}
    more = None if leaf.after is None else str(leaf.after)
    return PageAfter(items=[ClaimOut.of(found[pk]) for pk in pks], next=more)


@parts.claims.post("/queue/seen", response={204: None, **WRONG}, operation_id="queue_seen")
@may("decide")
def seen(request: Request) -> Status[None]:
    """Let nothing in the queue be new to whoever asks any more."""
    if request.viewer.account is not None:
        visits.all_seen(request.viewer.account)
    return Status(204, None)


@parts.claims.get("/claims/{uid}", response={200: ClaimOut, **WRONG}, operation_id="get_claim")
@may("read")
def claim(request: Request, uid: Uid, as_of: Day = None) -> ClaimOut:
    """Return a claim as it is held."""
    return ClaimOut.of(_one(request, uid))


@parts.claims.get(
    "/claims/{uid}/versions", response={200: list[ClaimOut], **WRONG}, operation_id="get_claim_versions"
)
@may("proposals")
def versions(request: Request, uid: Uid) -> list[ClaimOut]:
    """Return all versions of a claim, the first first."""
    found = list(whole(Claim.objects.filter(uid=uid, document__withdrawn=False).order_by("version")))
    if not found:
        raise Http404(f"claim {uid} is not held")
    return [ClaimOut.of(c) for c in found]


@parts.claims.post("/claims/{uid}/decide", response={200: ClaimOut, **MOVED_ON}, operation_id="decide_claim")
@may("decide")
def decide(request: Request, uid: Uid, given: DecideIn) -> ClaimOut:
    """Accept, reject, doubt or reopen a claim. 409: it has moved on since that version."""
    _one(request, uid)
    state = _STATES[given.decision]
    done = actions.decide(uid, state, version=given.version, by=request.viewer.name, why=given.why)
    return ClaimOut.of(done.claim)


@parts.claims.post(
    "/claims/{uid}/correct", response={200: ClaimOut, **MOVED_ON}, operation_id="correct_claim"
)
@may("decide")
def correct(request: Request, uid: Uid, given: CorrectIn) -> ClaimOut:
    """Correct a claim. 422: the value is none of its kind, or the words do not hold it and no reason is given."""
    changed = _said(given.value)
    done = actions.correct(
        uid,
        changed | actions.without_support(_one(request, uid).value, changed),
        version=given.version,
        by=request.viewer.name,
        why=given.why,
        start=given.start,
        end=given.end,
    )
    return ClaimOut.of(done.claim)


@parts.claims.post(
    "/claims/{uid}/newer", response={200: ClaimOut, **MOVED_ON}, operation_id="take_newer_reading"
)
@may("decide")
def newer(request: Request, uid: Uid, given: NewerIn) -> ClaimOut:
    """Take what a newer reading has in the place of what was decided. 422: there is none beside it."""
    challenge = _one(request, uid).challenge
    if challenge is None or challenge["value"] is None:
        raise actions.Impossible("there is no other reading to take")
    why = given.why or "The newer reading says so."
    done = actions.correct(uid, challenge["value"], version=given.version, by=request.viewer.name, why=why)
    return ClaimOut.of(done.claim)


@parts.claims.post(
    "/claims/{uid}/resolve", response={200: ClaimOut, **MOVED_ON}, operation_id="resolve_claim"
)
@may("merge")
def resolve(request: Request, uid: Uid, given: ResolveIn) -> ClaimOut:
    """Hold that a claim, in one role, is about another entity. What was decided on it stays."""
    _one(request, uid)
    done = resolution.resolve_to(
        uid,
        given.role,
        _entity(given.entity),
        _entity(given.to),
        version=given.version,
        by=request.viewer.name,
        why=given.why,
    )
    return ClaimOut.of(done.claim)


@parts.documents.post(
    "/documents/{pk}/claims", response={201: ClaimOut, **MOVED_ON}, operation_id="add_claim"
)
@may("add")
def add(request: Request, pk: Id, given: AddIn) -> Status[ClaimOut]:
    """Add a claim that the reader missed; it is accepted at once."""
    document = Document.objects.filter(pk=pk, withdrawn=False).first()
    if document is None:
        raise Http404(f"there is no document {pk}")
    done = actions.add(
        document,
        given.kind,
        _said(given.value),
        start=given.start,
        end=given.end,
        by=request.viewer.name,
        why=given.why,
    )
    return Status(201, ClaimOut.of(done.claim))


def _said(value: dict[str, Any]) -> dict[str, Any]:
    """Return what a person says of a claim, without what only a reader can: the rules that values were got by."""
    return {name: part for name, part in value.items() if name not in ("supports", "mentions", "date_rule")}


def page(found: QuerySet[Claim], cursor: int | None, limit: int) -> Page[ClaimOut]:
    """Return a part of a list of claims, the newest rows first."""
    if cursor is not None:
        found = found.filter(pk__lt=cursor)
    rows = list(whole(found.order_by("-id")[: limit + 1]))
    return Page(
        items=[ClaimOut.of(c) for c in rows[:limit]], next=rows[limit - 1].pk if len(rows) > limit else None
    )


def whole(found: QuerySet[Claim]) -> QuerySet[Claim]:
    """Return claims with what they are about at hand."""
    links = Link.objects.select_related("entity").order_by("role", "entity_id")
    return found.prefetch_related(Prefetch("links", queryset=links))


def _one(request: Request, uid: str) -> Claim:
    found = whole(held(request.viewer, request.as_of).filter(uid=uid)).first()
    if found is None:
        raise Http404(f"claim {uid} is not held")
    return found


def _entity(pk: int) -> Entity:
    found = Entity.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(f"there is no entity {pk}")
    return found


def _matching(wanted: Wanted, request: Request) -> Q:
    matching = Q()
    for name in ("kind", "state", "act"):
        told = getattr(wanted, name)
        if told is not None:
            matching &= Q(**{name: told})
    if wanted.document is not None:
        matching &= Q(document=wanted.document)
    if wanted.year is not None:
        matching &= Q(day__year=wanted.year)
    if wanted.challenged:
        matching &= Q(challenge__isnull=False)
    if wanted.due_from is not None:
        matching &= Q(due__gte=wanted.due_from)
    if wanted.due_to is not None:
        matching &= Q(due__lte=wanted.due_to)
    return matching


def _about(pk: int, role: str, request: Request) -> QuerySet[Link, int]:
    """Return the claims about an entity and all that are held to be the same."""
    entity = _entity(pk)
    links = Link.objects.filter(entity__in=members(entity, request.as_of))
    if role:
        links = links.filter(role=role)
    return links.values_list("claim_id", flat=True)
