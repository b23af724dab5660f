"""The queue on the web: what needs a person, narrowed down, assigned, and what changed since the last visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.models import Account
from communique.ledger.accounts.viewer import Request
from communique.ledger.assignments import actions
from communique.ledger.assignments import queries as assignments
from communique.ledger.assignments.models import Assignment
from communique.ledger.claims.kinds import Kind
from communique.ledger.claims.models import Claim
from communique.ledger.claims.queries import held
from communique.ledger.documents.models import Document
from communique.ledger.entities.models import Entity
from communique.ledger.review import visits
from communique.ledger.review.cards import Card, card
from communique.ledger.review.desk import desk
from communique.ledger.review.queries import visible
from communique.ledger.review.queue import (
    MANY,
    Position,
    Wanted,
    news,
    waiting,
)
from communique.ledger.review.queue import (
    next_document as following,
)
from communique.ledger.review.queue import (
    queue as waits,
)


@dataclass(frozen=True, slots=True)
class _Chip:
    """A way to narrow the queue."""

    label: str
    href: str
    on: bool


@require_safe
@needs("decide")
def queue(request: Request) -> HttpResponse:
    """Show what needs a person."""
    account = request.viewer.account
    seen = visits.here(account) if account is not None else None
    wanted = _wanted(request, seen)
    leaf = waits(request.viewer, wanted, after=Position.read(request.GET.get("after", "")))
    count = waiting(request.viewer, wanted)
    cards = [card(claim) for claim in leaf.claims]
    context = {
        "title": "Queue",
        "cards": _assigned(cards),
        "count": f"{count:,}" if count <= MANY else f"more than {MANY:,}",
        "wanted": wanted,
        "chips": _chips(request, wanted, seen is not None),
        "kinds": Kind.values,
        "party": _party(wanted),
        "document": _document(request, wanted),
        "news": news(request.viewer, seen) if seen is not None else None,
        "next": _with(request, after=str(leaf.after)) if leaf.after is not None else "",
        **desk(request, may_decide=True, in_queue=True),
    }
    return render(request, "review/queue.html", context)


@require_safe
@needs("decide")
def next_document(request: Request) -> HttpResponse:
    """Lead to the document that comes next in the queue."""
    pk = following(request.viewer, Position.read(request.GET.get("after", "")))
    if pk is None:
        messages.success(request, "That was the last document in the queue.")
        return redirect("review:queue")
    return redirect("review:document", pk)


@require_POST
@needs("decide")
def seen(request: Request) -> HttpResponse:
    """Let nothing be new any more."""
    if request.viewer.account is not None:
        visits.all_seen(request.viewer.account)
    return redirect("review:queue")


@require_POST
@needs("assign")
def assign(request: Request) -> HttpResponse:
    """Give a document or a claim to somebody to look at, or (nobody named) to nobody."""
    by, told = request.viewer.name, request.POST
    account = Account.objects.filter(name=told.get("account", ""), is_active=True).first()
    if told.get("account") and account is None:
        raise Http404("nobody of this name")
    uid = told.get("claim", "")
    if uid:
        if not held(request.viewer).filter(uid=uid).exists():
            raise Http404("no such claim")
        standing = assignments.on((), (uid,))
        if account is not None:
            actions.assign_claim(uid, account, by=by)
    else:
        document = _assignable(request, told.get("document", ""))
        standing = assignments.on((document.pk,), ())
        if account is not None:
            actions.assign_document(document, account, by=by)
    if account is None:
        for assignment in standing:
            actions.release(assignment, by=by)
    messages.success(request, f"Assigned to {account.called}." if account else "Assigned to nobody.")
    back = told.get("next", "")
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if ours else "review:queue")


def _wanted(request: Request, seen: Any) -> Wanted:
    told = request.GET
    kind = told.get("kind", "")
    year = _number(told.get("year", ""))
    return Wanted(
        kind=kind if kind in Kind.values else "",
        party=_number(told.get("party", "")),
        document=_number(told.get("document", "")),
        year=year if year is not None and 1 <= year <= 9999 else None,
        mine=told.get("mine") == "1",
        challenged=told.get("challenged") == "1",
        unsure=told.get("unsure") == "1",
        since=seen if told.get("new") == "1" else None,
    )


def _number(told: str) -> int | None:
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 18 else None


def _chips(request: Request, wanted: Wanted, was_here: bool) -> list[_Chip]:
    sorts = {
        "mine": ("Assigned to me", wanted.mine),
        "challenged": ("Challenged", wanted.challenged),
        "unsure": ("Unsure", wanted.unsure),
    }
    if was_here:
        sorts["new"] = ("New since I was last here", wanted.since is not None)
    every = not any(on for _, on in sorts.values())
    chips = [_Chip("All", _with(request, mine="", challenged="", unsure="", new=""), every)]
    chips += [
        _Chip(label, _with(request, **{name: "" if on else "1"}), on) for name, (label, on) in sorts.items()
    ]
    return chips


def _with(request: Request, **changed: str) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def _party(wanted: Wanted) -> Entity | None:
    return Entity.objects.filter(pk=wanted.party).first() if wanted.party is not None else None


def _document(request: Request, wanted: Wanted) -> Document | None:
    if wanted.document is None:
        return None
    return visible(request.viewer).defer("text").filter(pk=wanted.document).first()


def _assignable(request: Request, told: str) -> Document:
    pk = _number(told)
    found = visible(request.viewer).filter(pk=pk).first() if pk is not None else None
    if found is None:
        raise Http404("no such document")
    return found


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A card of the queue, and who is to look at it."""

    card: Card
    assignment: Assignment | None


def _assigned(cards: list[Card]) -> list[_Waiting]:
    claims: list[Claim] = [c.claim for c in cards]
    found = assignments.on({c.document_id for c in claims}, {c.uid for c in claims})
    by_claim = {a.claim: a for a in found if a.claim}
    by_document = {a.document_id: a for a in found if not a.claim}
    return [_Waiting(c, by_claim.get(c.claim.uid) or by_document.get(c.claim.document_id)) for c in cards]
