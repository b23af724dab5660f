"""A small record to turn the pages of, and people who look at it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from communique.ledger.accounts.rights import Role
    from communique.ledger.entities.models import Entity

DIALOGUE = """\
---
title: Third ASEAN-PIF Dialogue Ends in Suva
date: 1975-03-12
publisher: Dialogue Office
---

Suva: The 3rd ASEAN-PIF Dialogue was held in Suva on 10 March 1975. The Dialogue was co-chaired by the
Minister of Foreign Affairs of Indonesia and the Minister of Foreign Affairs of Fiji.

The Meeting discussed the situation in Timor and the law of the sea.

ASEAN and the Pacific Islands Forum agreed to train 40 pilots by the end of 1976.

Japan pledged US$2 million to the Pacific Tide Fund. Australia paid A$1 million to the Pacific Tide Fund.

Significant progress has been made under the ASEAN-PIF Plan of Action 1972-1976 in fisheries.

ASEAN and the Pacific Islands Forum agreed to cooperate in fisheries; shipping; and tourism.
"""
RETOLD = """\
---
title: Dialogue Was a Day Later, Paper Says
date: 1975-03-20
publisher: Example Wire
---

Suva: The 3rd ASEAN-PIF Dialogue was held in Suva on 11 March 1975.

Japan pledged US$2 million to the Pacific Tide Fund. ASEAN appreciated the Republic of Korea's contribution
of US$6 million to the Pacific Tide Fund.
"""
FOURTH = """\
---
title: Fourth ASEAN-PIF Dialogue Ends in Jakarta
date: 1976-05-03
publisher: Dialogue Office
---

Jakarta: The 4th ASEAN-PIF Dialogue was held in Jakarta on 2 May 1976.

Both sides welcomed the ASEAN-PIF Plan of Action 1977-1981, which succeeds the ASEAN-PIF Plan of Action 1972-1976.

ASEAN and the Pacific Islands Forum agreed to train 40 more pilots by the end of 1978.
"""


class Pages:
    """A browser in which somebody looks at the record."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, status: int = 200, **asked: str) -> str:
        """Return the page at a path."""
        response = self.client.get(path, asked)
        assert response.status_code == status, (path, response.status_code)
        return response.content.decode()

    def words(self, path: str, **asked: str) -> str:
        """Return what is to be read at a path, as one line."""
        page = self.get(path, **asked)
        main = page[page.index("<main") : page.index("</main>")]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).replace("\u2068", "").split())

    def file(self, path: str, **asked: str) -> str:
        """Return the file that a list is downloaded as."""
        response = self.client.get(path, asked)
        assert response.status_code == 200
        return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]


Looking = Callable[["Role"], Pages]


@pytest.fixture
def looking(db: None, settings: Any) -> Looking:
    """Return what makes a browser of somebody with a role; of nobody, for the public."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

    from communique.ledger.accounts import actions

    def look(role: Role) -> Pages:
        client = Client()
        if role != "public":
            account = actions.create("Adam Malik", role, by="", password="seven rivers and a bridge")
            client.force_login(account)
        return Pages(client)

    return look


@pytest.fixture
def pages(looking: Looking) -> Pages:
    """Return the browser of a reviewer."""
    return looking("reviewer")


@pytest.fixture
def entity(db: None) -> Callable[..., Entity]:
    """Return what finds an entity by its kind and name."""

    from communique.ledger.entities.models import Entity

    def found(kind: str, name: str) -> Entity:
        return Entity.objects.get(kind=kind, name=name)

    return found
