"""Who is to look at what."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from communique.ledger.accounts.models import Account
from communique.ledger.accounts.rights import ROLES, rights_of
from communique.ledger.assignments.models import Assignment


def names(account: Account) -> tuple[list[int], list[str]]:
    """Return the documents and the claims that somebody is to look at now."""
    rows = Assignment.objects.filter(account=account, until=None).values_list("document", "claim")
    named = list(rows)
    return [pk for pk, claim in named if pk is not None and not claim], [c for pk, c in named if pk is None]


def on(documents: Iterable[int], claims: Iterable[str]) -> list[Assignment]:
    """Return the assignments that stand on some documents and claims."""
    wanted = Q(document__in=list(documents)) | Q(claim__in=list(claims), document=None)
    return list(Assignment.objects.filter(wanted, until=None).select_related("account"))


def assignees() -> list[Account]:
    """Return who can be given something to look at: those who may decide."""
    deciding = [role for role in ROLES if "decide" in rights_of(role)]
    return list(Account.objects.filter(is_active=True, role__in=deciding))
