"""Reads the day that a page is asked for ``as_of``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse


def as_of(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Put the end of the day asked for on the request (None: now). A day that is none is left unread, and said."""

    def middleware(request: HttpRequest) -> HttpResponse:
        told = request.GET.get("as_of", "")
        request.as_of = moment(told)  # type: ignore[attr-defined]
        request.as_of_unread = bool(told) and request.as_of is None  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def moment(told: str) -> datetime | None:
    """Return the last moment of a day given in ISO 8601, in UTC; None where it is no day."""
    try:
        day = date.fromisoformat(told)
        return datetime.combine(day, time.min, UTC) + timedelta(days=1) - timedelta(microseconds=1)
    except (ValueError, OverflowError):
        return None
