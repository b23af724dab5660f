"""Documents that name the same things in different ways, and browsers in which people are signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from communique.ledger.accounts.rights import Role
    from communique.ledger.documents.models import Document
    from communique.ledger.entities.models import Entity

NAMES: dict[Role, str] = {"reader": "Thanat Khoman", "reviewer": "Narciso Ramos", "editor": "S. Rajaratnam"}
ONE = """\
---
title: Japan Adds to the Fund
date: 1974-02-11
publisher: Example Wire
---

Japan pledged US$2 million to the ASEAN-Japan Co-operation Fund. ASEAN welcomed the pledge.
"""
OTHER = """\
---
title: The Fund Grows
date: 1974-03-02
publisher: Example Herald
---

Japan pledged US$3 million to the ASEAN-Japan Cooperation Fund. ASEAN and Japan agreed to review the fund.
"""


@pytest.fixture
def funds(take: Callable[..., Document]) -> tuple[Entity, Entity]:
    """Return one fund as two documents write it: two entities."""
    from communique.ledger.entities.models import Entity

    take(ONE, name="one.md")
    take(OTHER, name="other.md")
    short, full = "ASEAN-Japan Co-operation Fund", "ASEAN-Japan Cooperation Fund"
    return Entity.objects.get(kind="fund", name=short), Entity.objects.get(kind="fund", name=full)


@pytest.fixture
def browser(db: None) -> Callable[[Role], Client]:
    """Return what makes a browser in which somebody with a role is signed in."""
    from communique.ledger.accounts import actions
    from communique.ledger.accounts.models import Account

    def make(role: Role) -> Client:
        found = Account.objects.filter(name=NAMES[role]).first()
        client = Client()
        client.force_login(found or actions.create(NAMES[role], role, by=""))
        return client

    return make
