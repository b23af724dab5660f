"""The page "Your account": password, where one is signed in, and tokens. Everybody sees only their own."""

from __future__ import annotations

import math

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from communique.ledger.accounts import actions, queries, throttle
from communique.ledger.accounts.actions import Refused
from communique.ledger.accounts.beginning import begin
from communique.ledger.accounts.forms import NewToken, OwnPassword
from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.models import Account
from communique.ledger.accounts.sessions import handle
from communique.ledger.accounts.viewer import Request


@needs("own")
@require_safe
def page(request: Request) -> HttpResponse:
    """Show the account of who asks."""
    return _page(request)


@needs("own")
@require_POST
@sensitive_post_parameters("old", "password", "again")
def password(request: Request) -> HttpResponse:
    """Change the password: everywhere else one is signed out."""
    account = _own(request)
    form = OwnPassword(request.POST)
    if form.is_valid() and _knows(request, form):
        try:
            changed = actions.set_password(account, form.cleaned_data["password"], by=account.name)
        except Refused as error:
            form.add_error("password", str(error))
        else:
            begin(request, changed)
            messages.success(request, "The password is changed. Everywhere else you are signed out.")
            return redirect("accounts:own")
    return _page(request, password=form, status=422)


@needs("own")
@require_POST
def end_session(request: Request, session: str) -> HttpResponse:
    """Sign out somewhere else."""
    if not actions.end_session(_own(request), session):
        raise Http404
    messages.success(request, "Signed out there.")
    return redirect("accounts:own")


@needs("own")
@require_POST
def end_other_sessions(request: Request) -> HttpResponse:
    """Sign out everywhere else."""
    ended = actions.end_sessions(_own(request), but=handle(request.session.session_key))
    messages.success(request, f"Signed out in {ended} other place{'s' if ended != 1 else ''}.")
    return redirect("accounts:own")


@needs("own")
@require_POST
def make_token(request: Request) -> HttpResponse:
    """Make an API token, and show it this once."""
    account = _own(request)
    form = NewToken(account, request.POST)
    if not form.is_valid():
        return _page(request, token=form, status=422)
    given = form.cleaned_data
    try:
        token, secret = actions.make_token(
            account, given["name"], tuple(given["scopes"]), until=given["until"], by=account.name
        )
    except Refused as error:
        form.add_error(None, str(error))
        return _page(request, token=form, status=422)
    context = {"title": "The new token", "token": token, "secret": secret}
    return render(request, "accounts/token.html", context, status=201)


@needs("own")
@require_POST
def revoke_token(request: Request, pk: int) -> HttpResponse:
    """End a token."""
    account = _own(request)
    token = get_object_or_404(queries.tokens(account), pk=pk)
    actions.revoke_token(token, by=account.name)
    messages.success(request, f"The token “{token.name}” no longer works.")
    return redirect("accounts:own")


def _own(request: Request) -> Account:
    account = request.viewer.account
    if account is None:
        raise Http404
    return account


def _knows(request: Request, form: OwnPassword) -> bool:
    """Return whether who asks knows the password so far; guesses are slowed down as at signing in."""
    account, address = _own(request), throttle.address_of(request)
    wait = throttle.begin(account.name, address)
    if wait:
        form.add_error("old", f"Too many tries. Try again in {math.ceil(wait.total_seconds())} seconds.")
        return False
    if not account.check_password(form.cleaned_data["old"]):
        form.add_error("old", "This is not your password.")
        return False
    throttle.forgive(account.name, address)
    return True


def _page(
    request: Request, *, password: OwnPassword | None = None, token: NewToken | None = None, status: int = 200
) -> HttpResponse:
    account = _own(request)
    context = {
        "title": "Your account",
        "account": account,
        "sessions": queries.sessions(account, handle(request.session.session_key)),
        "tokens": queries.tokens(account),
        "password_form": password or OwnPassword(prefix=None),
        "token_form": token or NewToken(account),
    }
    return render(request, "accounts/own.html", context, status=status)
