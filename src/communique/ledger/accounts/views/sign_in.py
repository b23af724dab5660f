"""Pages to sign in and out, and to use a one-time link."""

from __future__ import annotations

import math

from django.contrib.auth import authenticate, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from communique.ledger.accounts import links, throttle
from communique.ledger.accounts.actions import Refused
from communique.ledger.accounts.beginning import begin
from communique.ledger.accounts.forms import First, NewPassword, SignIn
from communique.ledger.accounts.guard import open_to_all, safe_next
from communique.ledger.accounts.models import Account, Purpose
from communique.ledger.accounts.tokens import digest
from communique.ledger.accounts.viewer import Request

_get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@open_to_all
@never_cache
@_get_or_post
@sensitive_post_parameters("password")
def sign_in(request: Request) -> HttpResponse:
    """Ask for name and password."""
    if request.method != "POST":
        if request.viewer.signed_in:
            return HttpResponseRedirect(safe_next(request))
        return _sign_in_page(request, SignIn())
    form = SignIn(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, form, status=422)
    name, address = form.cleaned_data["name"], throttle.address_of(request)
    wait = throttle.begin(name, address)
    if wait:
        seconds = math.ceil(wait.total_seconds())
        form.add_error(None, f"Too many tries. Try again in {_in_words(seconds)}.")
        response = _sign_in_page(request, form, status=429)
        response["Retry-After"] = str(seconds)
        return response
    account = authenticate(request, username=name, password=form.cleaned_data["password"])
    if not isinstance(account, Account):
        form.add_error(None, "This name and this password don't belong together.")
        return _sign_in_page(request, form, status=422)
    throttle.forgive(name, address)
    begin(request, account)
    return HttpResponseRedirect(safe_next(request))


@open_to_all
@never_cache
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """End the session of this browser."""
    logout(request)
    return redirect("accounts:sign_in")


@open_to_all
@require_GET
def open_link(request: Request, secret: str) -> HttpResponse:
    """Take a one-time link out of the address bar: neither Referer nor history hand it on."""
    hashed = digest(secret)
    if links.live(hashed) is not None:
        request.session["link"] = hashed
    else:
        request.session.pop("link", None)
    response = redirect("accounts:link")
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


@open_to_all
@never_cache
@_get_or_post
@sensitive_post_parameters("password", "again")
def link(request: Request) -> HttpResponse:
    """Let who came by a one-time link make the first administrator, or choose a password."""
    hashed = str(request.session.get("link", ""))
    found = links.live(hashed)
    if found is None:
        return render(request, "accounts/dead_link.html", {"title": "This link no longer works"}, status=410)
    first = found.purpose == Purpose.FIRST
    form = (First if first else NewPassword)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            account = (
                links.make_first(hashed, given["name"], given["full_name"], given["password"])
                if first
                else links.choose_password(hashed, given["password"])
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            begin(request, account)
            return redirect("/")
    title = "Make the first administrator" if first else "Choose a password"
    context = {"form": form, "title": title, "account": found.account}
    return render(request, "accounts/link.html", context, status=422 if form.errors else 200)


def _sign_in_page(request: Request, form: SignIn, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "title": "Sign in",
        "next": safe_next(request),
        "contact": request.house.contact,
        "nobody": not Account.objects.exists(),
    }
    return render(request, "accounts/sign_in.html", context, status=status)


def _in_words(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds} second{'s' if seconds != 1 else ''}"
    return f"{math.ceil(seconds / 60)} minutes"
