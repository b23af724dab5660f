"""A ledger with two releases to search, and people who search it."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from communique.ledger.accounts.rights import Role
    from communique.ledger.documents.models import Document

SUVA = """\
---
title: Japan Pledges Funds for Tide Gauges
date: 1974-02-11
publisher: Example Wire
---

Suva: Japan pledged US$2 million to the Ocean Fund at the 4th ASEAN-PIF Dialogue, held here on 7 February 1974.

ASEAN welcomed the pledge. Both sides agreed to begin joint training by 1975. Fiji did not endorse the proposal.
"""
BANGKOK = """\
---
title: Ministers Meet in Bangkok
date: 1976-07-26
publisher: Example Wire
---

Bangkok: ASEAN and Japan reaffirmed their commitment to co-operation in tourism at the 5th ASEAN-Japan Dialogue.

Thailand welcomed the ASEAN-Japan Plan of Action 1976-1980. Japan welcomed progress on tourism.
"""


@pytest.fixture
def two_releases(take: Callable[..., Document]) -> tuple[Document, Document]:
    """Take in two releases, the older first."""
    return take(SUVA, name="suva.md"), take(BANGKOK, name="bangkok.md")


@pytest.fixture
def searcher(db: None) -> Callable[..., Callable[[str], str]]:
    """Return what lets somebody with a role ask for a page and read it as text."""
    from communique.ledger.accounts import actions

    def make(role: Role | None = "reader", status: int = 200) -> Callable[[str], str]:
        client = Client()
        if role is not None:
            client.force_login(actions.create("Narciso Ramos", role, by=""))

        def ask(address: str) -> str:
            response = client.get(f"/search/{address}")
            assert response.status_code == status, response.status_code
            return unescape(response.getvalue().decode())

        return ask

    return make
