"""People at their desks: signed in, with a document before them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

SCRIPTED = {"HX-Request": "true"}
"""What the page's own script says of itself."""


@pytest.fixture
def desk(db: None) -> Callable[..., Client]:
    """Return what makes a browser in which somebody of a role is signed in."""
    from communique.ledger.accounts import actions
    from communique.ledger.accounts.models import Account

    def desk(role: str = "reviewer", name: str = "Thanat Khoman") -> Client:
        account = Account.objects.filter(name=name).first() or actions.create(name, role, by="")
        client = Client()
        client.force_login(account)
        return client

    return desk


@pytest.fixture
def reviewer(desk: Callable[..., Client]) -> Client:
    """A reviewer's browser, in which the page's script speaks."""
    client = desk()
    client.defaults.update({"HTTP_HX_REQUEST": "true"})
    return client
