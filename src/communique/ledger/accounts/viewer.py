"""Who looks at a page or calls the API, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest

from communique.ledger.accounts.rights import Right, Role, rights_of

if TYPE_CHECKING:
    from communique.ledger.accounts.house import House
    from communique.ledger.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person or program, and the rights it has here and now."""

    account: Account | None
    role: Role
    rights: frozenset[Right]
    by_token: bool = False
    """Whether an API token spoke for the account, not a session."""

    @property
    def name(self) -> str:
        """Sign-in name; empty where nobody is signed in."""
        return self.account.name if self.account is not None else ""

    @property
    def signed_in(self) -> bool:
        """Whether an account stands behind it."""
        return self.account is not None

    @property
    def sees_proposals(self) -> bool:
        """Whether it may see claims that nobody has checked."""
        return self.may("proposals")

    def may(self, right: Right) -> bool:
        """Return whether it may do this."""
        return right in self.rights


ANYONE = Viewer(None, "public", rights_of("public"))
"""Who is not signed in, where the ledger is public."""
STRANGER = Viewer(None, "public", frozenset())
"""Who is not signed in, where it is not."""


def of(account: Account) -> Viewer:
    """Return the viewer that a signed-in account is."""
    return Viewer(account, account.role, rights_of(account.role))


class Request(HttpRequest):
    """A request as views get it, with what the middleware put on it."""

    viewer: Viewer
    house: House
    as_of: datetime | None
