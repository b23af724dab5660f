"""Accounts to test with, and browsers in which they are signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from communique.ledger.settings import CSRF_COOKIE_NAME

if TYPE_CHECKING:
    from communique.ledger.accounts.models import Account
    from communique.ledger.accounts.rights import Role

PASSWORD = "seven rivers and a bridge"
NAMES: dict[Role, str] = {
    "reader": "Thanat Khoman",
    "reviewer": "Narciso Ramos",
    "editor": "S. Rajaratnam",
    "administrator": "Adam Malik",
}


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Any) -> None:
    """Hash passwords in no time: how they are hashed is tested apart."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def person(db: None) -> Callable[..., Account]:
    """Return what makes an account with a role."""

    from communique.ledger.accounts import actions

    def make(role: Role, name: str = "") -> Account:
        return actions.create(name or NAMES[role], role, by="", password=PASSWORD)

    return make


@pytest.fixture
def browser(person: Callable[..., Account]) -> Callable[..., Client]:
    """Return what makes a browser in which somebody with a role is signed in by the page for it."""

    def make(role: Role, name: str = "", **options: Any) -> Client:
        account = person(role, name)
        client = Client(**options)
        sign_in(client, account.name)
        return client

    return make


@pytest.fixture
def administrator(person: Callable[..., Account]) -> Account:
    """Return an administrator."""
    return person("administrator")


def sign_in(client: Client, name: str, password: str = PASSWORD, **headers: Any) -> Any:
    """Return what the page to sign in answers."""
    token = ""
    if client.handler.enforce_csrf_checks:
        client.get("/sign-in/")
        token = client.cookies[CSRF_COOKIE_NAME].value
    given = {"name": name, "password": password, "csrfmiddlewaretoken": token}
    return client.post("/sign-in/", given, **headers)
