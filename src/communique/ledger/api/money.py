"""Money over the API: what the contributions about an entity come to."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from ninja import Schema

from communique.ledger.accounts.viewer import Request
from communique.ledger.api import routers as parts
from communique.ledger.api.app import WRONG, may
from communique.ledger.api.entities import one
from communique.ledger.api.types import Day, Id
from communique.ledger.entities.queries import members
from communique.ledger.record import money
from communique.ledger.record.claim_list import Wanted
from communique.ledger.record.sight import Sight

_ROLES = {"given": ("donor",), "received": ("fund", "recipient")}


class TotalOut(Schema):
    """What contributions of one stage and currency come to, each sum once."""

    stage: str
    currency: str
    amount: Decimal
    gifts: int
    unchecked: Decimal
    """The part of it that nobody has checked."""
    again: int
    """Claims that tell a sum which is in it already."""
    at_most: Decimal
    """What it would be, were each of those a sum of its own."""


class MoneyOut(Schema):
    """The totals of an entity. What was pledged and what was paid are apart, and so are currencies."""

    totals: list[TotalOut]
    contributions: int
    left_out: list[str]
    """What is in no total, and why."""
    more: bool
    """There are more contributions than were looked at."""


@parts.entities.get("/entities/{pk}/money", response={200: MoneyOut, **WRONG}, operation_id="get_money")
@may("read")
def totals(
    request: Request, pk: Id, side: Literal["given", "received"] = "received", as_of: Day = None
) -> MoneyOut:
    """Return what the contributions to an entity, or of it, come to."""
    found = members(one(request, pk), request.as_of)
    wanted = Wanted(entities=tuple(found), roles=_ROLES[side], kinds=("contribution",))
    account = money.account(Sight.of(request), wanted)
    return MoneyOut(
        totals=[TotalOut(**{f: getattr(t, f) for f in TotalOut.model_fields}) for t in account.totals],
        contributions=len(account.gifts),
        left_out=list(account.left_out),
        more=account.more,
    )
