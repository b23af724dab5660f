"""Accounts and settings over the API, for administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import Http404
from ninja import Schema, Status

from communique.ledger.accounts import actions, house, queries
from communique.ledger.accounts.links import password_link
from communique.ledger.accounts.models import Account, Token
from communique.ledger.accounts.viewer import Request
from communique.ledger.api import routers as parts
from communique.ledger.api.app import WRONG, may
from communique.ledger.api.types import Id, Line, WhyIn, Words

_Role = Literal["reader", "reviewer", "editor", "administrator"]


class AccountIn(Schema):
    """An account to make."""

    name: Line
    role: _Role
    full_name: Line = ""


class RoleIn(Schema):
    """Another role for an account."""

    role: _Role
    why: Words = ""


class FullNameIn(Schema):
    """What the person behind an account is called."""

    full_name: Line
    why: Words = ""


class TokenOut(Schema):
    """A token, without anything that it opens with."""

    id: int
    name: str
    scopes: list[str]
    made: datetime
    until: datetime | None
    revoked: datetime | None
    used: datetime | None

    @classmethod
    def of(cls, token: Token) -> TokenOut:
        """Return a token as the API shows it."""
        return cls(id=token.pk, **{f: getattr(token, f) for f in cls.model_fields if f != "id"})


class AccountOut(Schema):
    """An account, without anything that opens it."""

    id: int
    name: str
    full_name: str
    role: str
    active: bool

    @classmethod
    def of(cls, account: Account) -> AccountOut:
        """Return an account as the API shows it."""
        return cls(
            id=account.pk,
            name=account.name,
            full_name=account.full_name,
            role=account.role,
            active=account.is_active,
        )


class LinkOut(Schema):
    """The path of a link on which a password is chosen, once."""

    path: str


class SettingsOut(Schema):
    """How the ledger is set."""

    name: str
    public: bool
    contact: str


class SettingIn(Schema):
    """A setting to change."""

    name: Literal["name", "public", "contact"]
    value: bool | Line
    why: Words = ""


@parts.people.get("/accounts", response={200: list[AccountOut], **WRONG}, operation_id="list_accounts")
@may("accounts")
def accounts(request: Request) -> list[AccountOut]:
    """List the accounts."""
    return [AccountOut.of(a) for a in Account.objects.order_by("name")]


@parts.people.post("/accounts", response={201: AccountOut, **WRONG}, operation_id="add_account")
@may("accounts")
def add(request: Request, given: AccountIn) -> Status[AccountOut]:
    """Make an account; ask for a link for it to be signed in with."""
    made = actions.create(given.name, given.role, by=request.viewer.name, full_name=given.full_name)
    return Status(201, AccountOut.of(made))


@parts.people.post("/accounts/{pk}/role", response={200: AccountOut, **WRONG}, operation_id="change_role")
@may("accounts")
def role(request: Request, pk: Id, given: RoleIn) -> AccountOut:
    """Give an account another role. The last administrator stays one."""
    return AccountOut.of(actions.change_role(_one(pk), given.role, by=request.viewer.name, why=given.why))


@parts.people.post("/accounts/{pk}/name", response={200: AccountOut, **WRONG}, operation_id="rename_account")
@may("accounts")
def rename(request: Request, pk: Id, given: FullNameIn) -> AccountOut:
    """Call the person behind an account another way."""
    account = actions.change_full_name(_one(pk), given.full_name, by=request.viewer.name, why=given.why)
    return AccountOut.of(account)


@parts.people.get(
    "/accounts/{pk}/tokens", response={200: list[TokenOut], **WRONG}, operation_id="list_tokens"
)
@may("tokens")
def tokens(request: Request, pk: Id) -> list[TokenOut]:
    """List the tokens of an account, without what opens them."""
    return [TokenOut.of(t) for t in queries.tokens(_one(pk))]


@parts.people.post(
    "/accounts/{pk}/tokens/{token}/revoke", response={204: None, **WRONG}, operation_id="revoke_token"
)
@may("tokens")
def revoke(request: Request, pk: Id, token: Id, given: WhyIn) -> Status[None]:
    """End a token of an account for good."""
    found = Token.objects.filter(pk=token, account=_one(pk), revoked=None).first()
    if found is None:
        raise Http404(f"account {pk} has no such token {token}")
    actions.revoke_token(found, by=request.viewer.name, why=given.why)
    return Status(204, None)


@parts.people.post(
    "/accounts/{pk}/deactivate", response={200: AccountOut, **WRONG}, operation_id="deactivate"
)
@may("accounts")
def deactivate(request: Request, pk: Id, given: WhyIn) -> AccountOut:
    """Let an account sign in no longer."""
    return AccountOut.of(actions.deactivate(_one(pk), by=request.viewer.name, why=given.why))


@parts.people.post("/accounts/{pk}/activate", response={200: AccountOut, **WRONG}, operation_id="activate")
@may("accounts")
def activate(request: Request, pk: Id, given: WhyIn) -> AccountOut:
    """Let an account sign in again."""
    return AccountOut.of(actions.activate(_one(pk), by=request.viewer.name, why=given.why))


@parts.people.post("/accounts/{pk}/link", response={200: LinkOut, **WRONG}, operation_id="make_link")
@may("accounts")
def link(request: Request, pk: Id) -> LinkOut:
    """Make a link on which the account's password is chosen; links made before no longer work."""
    return LinkOut(path=password_link(_one(pk), by=request.viewer.name))


@parts.people.get("/settings", response={200: SettingsOut, **WRONG}, operation_id="get_settings")
@may("settings")
def settings(request: Request) -> SettingsOut:
    """Return how the ledger is set."""
    now = house.current()
    return SettingsOut(name=now.name, public=now.public, contact=now.contact)


@parts.people.post("/settings", response={200: SettingsOut, **WRONG}, operation_id="change_setting")
@may("settings")
def change(request: Request, given: SettingIn) -> SettingsOut:
    """Set the ledger another way."""
    actions.change_setting(given.name, given.value, by=request.viewer.name, why=given.why)
    return settings(request)


def _one(pk: int) -> Account:
    found = Account.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(f"there is no account {pk}")
    return found
