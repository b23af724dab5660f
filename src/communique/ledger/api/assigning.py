"""Who is to look at what, over the API."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404
from ninja import Schema, Status

from communique.ledger.accounts.models import Account
from communique.ledger.accounts.viewer import Request
from communique.ledger.api import routers as parts
from communique.ledger.api.app import WRONG, may
from communique.ledger.api.types import Id, Limit, Line, Uid, Words
from communique.ledger.assignments import actions
from communique.ledger.assignments.models import Assignment
from communique.ledger.assignments.queries import assignees
from communique.ledger.claims.queries import held
from communique.ledger.documents.models import Document


class AssignIn(Schema):
    """Somebody by their name, and a document, or a claim, to look at."""

    account: Line
    document: Id | None = None
    claim: Uid | None = None
    why: Words = ""


class AssignmentOut(Schema):
    """Somebody who is to look at something."""

    id: int
    account: str
    document: int | None
    claim: str
    by: str
    since: datetime

    @classmethod
    def of(cls, assignment: Assignment) -> AssignmentOut:
        """Return an assignment as the API shows it."""
        return cls(
            id=assignment.pk,
            account=assignment.account.name,
            document=assignment.document_id,
            claim=assignment.claim,
            by=assignment.by,
            since=assignment.since,
        )


@parts.claims.get(
    "/assignments", response={200: list[AssignmentOut], **WRONG}, operation_id="list_assignments"
)
@may("decide")
def listed(request: Request, account: Line = "", limit: Limit = 200) -> list[AssignmentOut]:
    """List what is assigned, to one person or to anybody, the newest first."""
    found = Assignment.objects.filter(until=None).select_related("account").order_by("-id")
    if account:
        found = found.filter(account__name=account)
    return [AssignmentOut.of(a) for a in found[:limit]]


@parts.claims.post("/assignments", response={201: AssignmentOut, **WRONG}, operation_id="assign")
@may("assign")
def assign(request: Request, given: AssignIn) -> Status[AssignmentOut]:
    """Give a document or a claim to somebody to look at; who had it before has it no longer."""
    account = _somebody(given.account)
    by, why = request.viewer.name, given.why
    if given.claim is not None:
        if not held(request.viewer).filter(uid=given.claim).exists():
            raise Http404(f"claim {given.claim} is not held")
        return Status(201, AssignmentOut.of(actions.assign_claim(given.claim, account, by=by, why=why)))
    document = Document.objects.filter(pk=given.document, withdrawn=False).first() if given.document else None
    if document is None:
        raise Http404("name a document or a claim that is there")
    return Status(201, AssignmentOut.of(actions.assign_document(document, account, by=by, why=why)))


@parts.claims.post(
    "/assignments/{pk}/release", response={204: None, **WRONG}, operation_id="release_assignment"
)
@may("assign")
def release(request: Request, pk: Id) -> Status[None]:
    """End an assignment."""
    found = Assignment.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(f"there is no assignment {pk}")
    actions.release(found, by=request.viewer.name)
    return Status(204, None)


def _somebody(name: str) -> Account:
    found = next((a for a in assignees() if a.name == name), None)
    if found is None:
        raise Http404(f"{name} is nobody who may decide")
    return found
