"""The log over the API, and taking acts back."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404
from pydantic import Field

from communique.ledger.accounts.viewer import Request
from communique.ledger.api import routers as parts
from communique.ledger.api.app import MOVED_ON, WRONG, Refused, may
from communique.ledger.api.types import ActOut, Cursor, Day, Id, Line, Me, Page, WhyIn
from communique.ledger.history.queries import history as read
from communique.ledger.history.undo import right_for, undo
from communique.ledger.log.models import Act


@parts.history.get("/me", response={200: Me, **WRONG}, operation_id="me")
@may("read")
def me(request: Request) -> Me:
    """Return who asks, and what they may do."""
    viewer = request.viewer
    return Me(name=viewer.name, role=viewer.role, rights=sorted(viewer.rights))


@parts.history.get("/history", response={200: Page[ActOut], **WRONG}, operation_id="list_acts")
@may("proposals")
def history(
    request: Request,
    subject: Annotated[Line, Field(pattern="^([a-z]+:[a-z0-9-]+)?$")] = "",
    by: Line = "",
    verb: Line = "",
    as_of: Day = None,
    cursor: Cursor = None,
) -> Page[ActOut]:
    """List acts, the last first: all, or those on one thing (``claim:<uid>``), by one person, of one verb."""
    subjects = [subject] if subject else []
    shown = read(request.viewer, subjects=subjects, by=by, verb=verb, before=cursor, as_of=request.as_of)
    return Page(items=[ActOut.of(e.act, taken_back=e.taken_back) for e in shown.entries], next=shown.before)


@parts.history.post("/history/{seq}/undo", response={200: ActOut, **MOVED_ON}, operation_id="undo_act")
@may("decide")
def take_back(request: Request, seq: Id, given: WhyIn) -> ActOut:
    """Take an act back. 409: something was done to the same thing since."""
    act = Act.objects.filter(seq=seq).first()
    if act is None:
        raise Http404(f"act {seq} is not in the log")
    right = right_for(act)
    if not request.viewer.may(right):
        raise Refused(f"taking back “{act.verb}” needs the right to {right.replace('_', ' ')}")
    done = undo(seq, by=request.viewer.name, why=given.why)
    return ActOut.of(done, taken_back=False)
