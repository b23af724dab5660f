"""What happens to every request: headers that bind the browser, the viewer, and the door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from communique.ledger.accounts import house
from communique.ledger.accounts import viewer as viewers
from communique.ledger.accounts.guard import OPEN, declared, refusal
from communique.ledger.accounts.models import Account
from communique.ledger.accounts.tokens import viewer_of
from communique.ledger.accounts.viewer import ANYONE, STRANGER, Request, Viewer
from communique.ledger.outages import is_outage

Respond = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "frame-src 'self'",
    )
)
_BINDING: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "browsing-topics",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "usb",
        )
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
_SEEN_EVERY: Final = timedelta(hours=1)


def headers(get_response: Respond) -> Respond:
    """Bind the browser: nothing but our own scripts, styles and pictures; no frames; nothing kept of signed-in
    pages. A view that sets one of the headers has the last word.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in _BINDING.items():
            response.headers.setdefault(name, value)
        seen_by = getattr(request, "viewer", None)
        if seen_by is not None and seen_by.signed_in:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def viewer(get_response: Respond) -> Respond:
    """Put the viewer and the settings on the request, and close the door to strangers."""
    return _Door(get_response)


class _Door:
    """Knows who asks, and lets in who may do what the view declares: to read, where it declares nothing."""

    def __init__(self, get_response: Respond) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = cast(Request, request)
        asked.house = house.current()
        asked.viewer = _viewer(asked)
        response = self._respond(asked)
        unknown = response.status_code == 404 and request.resolver_match is None
        if unknown and not asked.viewer.may("read") and not request.path.startswith(settings.STATIC_URL):
            return refusal(asked, "read")  # who may see nothing learns of no address whether there is a page
        return response

    def process_view(
        self, request: Request, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse who may not see the view, and calls of the API that another site makes through a browser."""
        right = declared(view) or "read"
        if right != OPEN and not request.viewer.may(right):
            return refusal(request, right)
        _storable(request)
        if _by_api(request) and request.viewer.signed_in and not request.viewer.by_token:
            return _Forgery(self._respond).process_view(request, _nothing, (), {})
        return None


class _Forgery(CsrfViewMiddleware):
    """The check against forged requests, for views that the usual one leaves out."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponseForbidden('{"detail": "The CSRF token is missing or wrong."}', "application/json")


def _nothing(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def _storable(request: Request) -> None:
    """Leave out of what an address asks and a form gives the one character that no database keeps."""
    if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.META.get("QUERY_STRING", ""):
        request.GET = _without_nul(request.GET)  # type: ignore[assignment]
    given = request.POST if request.method == "POST" and not _by_api(request) else QueryDict()
    if any("\0" in value for _, values in given.lists() for value in values):
        request.POST = _without_nul(given)  # type: ignore[assignment]


def _without_nul(given: QueryDict) -> QueryDict:
    cleaned = given.copy()
    for name, values in given.lists():
        cleaned.setlist(name, [value.replace("\0", "") for value in values])
    return cleaned


def _by_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _viewer(request: Request) -> Viewer:
    stranger = ANYONE if request.house.public else STRANGER
    if _by_api(request) and "Authorization" in request.headers:
        return viewer_of(request.headers["Authorization"]) or STRANGER
    account = request.user
    if isinstance(account, AnonymousUser) or not isinstance(account, Account):
        return stranger
    _note_seen(request)
    return viewers.of(account)


def _note_seen(request: Request) -> None:
    """Keep when a session was last used, to the hour, so that reading pages is not writing rows."""
    now = timezone.now()
    last = parse_datetime(request.session.get("seen", ""))
    if last is None or now - last > _SEEN_EVERY:
        request.session["seen"] = now.isoformat()
        try:
            request.session.save()
        except OperationalError as error:
            if not is_outage(error):
                raise
        request.session.modified = False  # else it is saved after the view, whose page says that all was kept
