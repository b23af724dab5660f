"""Lets a request through to a view, or says why not: asks to sign in, or names the right that is missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, Literal, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from communique.ledger.accounts.rights import LOWEST, MEANING, Right
from communique.ledger.accounts.viewer import Request

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponseBase]

OPEN: Final[Literal["open"]] = "open"
"""What a view declares that anyone may see: sign-in, one-time links, the health check."""


def needs(right: Right) -> Callable[[View[P]], View[P]]:
    """Let only those with a right see a view. Every view declares one, or is ``open_to_all``."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.viewer.may(right):
                return refusal(request, right)
            return view(request, *args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]
        return guarded

    return decorate


def open_to_all(view: View[P]) -> View[P]:
    """Let anyone see a view, signed in or not."""
    view.right = OPEN  # type: ignore[attr-defined]
    return view


def declared(view: object) -> Right | Literal["open"] | None:
    """Return the right that a view declares, ``OPEN``, or None where it declares nothing."""
    right: Right | Literal["open"] | None = getattr(view, "right", None)
    return right


def refusal(request: Request, right: Right) -> HttpResponse:
    """Return the answer to who lacks a right: sign in, or whom to ask. Programs get no pages."""
    if request.viewer.signed_in:
        return _forbidden(request, right)
    if _wants_no_page(request):
        response = _told(request, "Sign in first.", 401)
        response["WWW-Authenticate"] = 'Bearer realm="communique"'
        return response
    back = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    query = f"?{urlencode({'next': back})}" if back not in ("", "/") else ""
    return HttpResponseRedirect(reverse("accounts:sign_in") + query)


def safe_next(request: HttpRequest) -> str:
    """Return where to go after signing in: the path asked for, if it is one of ours, else the first page."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else "/"


def _forbidden(request: Request, right: Right) -> HttpResponse:
    words = f"This needs the right to {MEANING[right]}, which starts with the role of {LOWEST[right]}."
    if _wants_no_page(request):
        return _told(request, words, 403)
    context = {"meaning": MEANING[right], "lowest": LOWEST[right], "contact": request.house.contact}
    return render(request, "accounts/forbidden.html", context, status=403)


def _told(request: Request, words: str, status: int) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"detail": words}, status=status)
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


def _wants_no_page(request: Request) -> bool:
    return _wants_json(request) or "HX-Request" in request.headers


def _wants_json(request: Request) -> bool:
    return (
        request.path.startswith("/api/")
        or request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    )
