"""Pages for administrators: the accounts of all, and the settings of the ledger."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communique.ledger.accounts import actions, links, queries
from communique.ledger.accounts.actions import Refused
from communique.ledger.accounts.forms import HouseSettings, NewAccount, RoleOf
from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.models import Account, Token
from communique.ledger.accounts.rights import TABLE
from communique.ledger.accounts.viewer import Request


@needs("accounts")
@require_safe
def all_accounts(request: Request) -> HttpResponse:
    """List the accounts."""
    return _all(request, NewAccount())


@needs("accounts")
@require_POST
def add(request: Request) -> HttpResponse:
    """Make an account, and show the link by which its owner chooses a password."""
    form = NewAccount(request.POST)
    if not form.is_valid():
        return _all(request, form, status=422)
    given = form.cleaned_data
    try:
        account = actions.create(
            given["name"], given["role"], full_name=given["full_name"], by=request.viewer.name
        )
    except Refused as error:
        form.add_error("name", str(error))
        return _all(request, form, status=422)
    return _link(request, account, status=201)


@needs("accounts")
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """Show an account, and what can be done to it."""
    return _one(request, _account(pk))


@needs("accounts")
@require_POST
def role(request: Request, pk: int) -> HttpResponse:
    """Give an account another role."""
    account = _account(pk)
    form = RoleOf(request.POST)
    if not form.is_valid():
        return _one(request, account, status=422)
    new = form.cleaned_data["role"]
    return _done(
        request,
        account,
        lambda: actions.change_role(account, new, by=request.viewer.name, why=_why(request)),
        f"{account.name} is now {new}.",
    )


@needs("accounts")
@require_POST
def rename(request: Request, pk: int) -> HttpResponse:
    """Call the person behind an account another way."""
    account = _account(pk)
    return _done(
        request,
        account,
        lambda: actions.change_full_name(account, request.POST.get("full_name", ""), by=request.viewer.name),
        "The full name is changed.",
    )


@needs("accounts")
@require_POST
def deactivate(request: Request, pk: int) -> HttpResponse:
    """Let an account sign in no longer."""
    account = _account(pk)
    return _done(
        request,
        account,
        lambda: actions.deactivate(account, by=request.viewer.name, why=_why(request)),
        f"{account.name} can no longer sign in.",
    )


@needs("accounts")
@require_POST
def activate(request: Request, pk: int) -> HttpResponse:
    """Let an account sign in again."""
    account = _account(pk)
    return _done(
        request,
        account,
        lambda: actions.activate(account, by=request.viewer.name, why=_why(request)),
        f"{account.name} can sign in again.",
    )


@needs("accounts")
@require_POST
def link(request: Request, pk: int) -> HttpResponse:
    """Make a link by which the owner of an account chooses another password, and show it this once."""
    account = _account(pk)
    try:
        return _link(request, account)
    except Refused as error:
        return _refused(request, account, error)


@needs("tokens")
@require_POST
def revoke_token(request: Request, pk: int, token: int) -> HttpResponse:
    """End a token of somebody."""
    account = _account(pk)
    found = get_object_or_404(Token, pk=token, account=account, revoked=None)
    return _done(
        request,
        account,
        lambda: actions.revoke_token(found, by=request.viewer.name, why=_why(request)),
        f"The token “{found.name}” no longer works.",
    )


@needs("settings")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: Request) -> HttpResponse:
    """Show the settings of the ledger, and change them."""
    form = HouseSettings(request.house, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                changed = [
                    name
                    for name, value in form.cleaned_data.items()
                    if actions.change_setting(name, value, by=request.viewer.name)
                ]
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The settings are changed." if changed else "Nothing was changed.")
            return redirect("accounts:settings")
    context = {"title": "Settings", "form": form}
    return render(request, "accounts/settings.html", context, status=422 if form.errors else 200)


def _account(pk: int) -> Account:
    return get_object_or_404(queries.accounts(), pk=pk)


def _why(request: Request) -> str:
    return request.POST.get("why", "").strip()[:1000]


def _done(request: Request, account: Account, do: Callable[[], object], told: str) -> HttpResponse:
    try:
        do()
    except Refused as error:
        return _refused(request, account, error)
    messages.success(request, told)
    return redirect("accounts:one", pk=account.pk)


def _refused(request: Request, account: Account, error: Refused) -> HttpResponse:
    return _one(request, account, refused=str(error), status=409)


def _link(request: Request, account: Account, *, status: int = 200) -> HttpResponse:
    path = links.password_link(account, by=request.viewer.name)
    context = {"title": "A link for one use", "account": account, "link": request.build_absolute_uri(path)}
    return render(request, "accounts/given_link.html", context, status=status)


def _all(request: Request, form: NewAccount, *, status: int = 200) -> HttpResponse:
    context = {"title": "Accounts", "accounts": queries.accounts(), "form": form, "table": _table()}
    return render(request, "accounts/accounts.html", context, status=status)


def _one(request: Request, account: Account, *, refused: str = "", status: int = 200) -> HttpResponse:
    context = {
        "title": account.called,
        "account": account,
        "tokens": queries.tokens(account),
        "form": RoleOf(initial={"role": account.role}),
        "refused": refused,
        "history": f"/history/?{urlencode({'subject': f'account:{account.pk}'})}",
    }
    return render(request, "accounts/account.html", context, status=status)


def _table() -> list[tuple[str, list[str]]]:
    return [(name, list(rights.values())) for name, rights in TABLE.items() if name != "public"]
