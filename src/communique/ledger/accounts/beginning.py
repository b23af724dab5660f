"""Begins and keeps the session of a person in a browser."""

from __future__ import annotations

from django.contrib.auth import login
from django.utils import timezone

from communique.ledger.accounts.models import Account
from communique.ledger.accounts.sessions import SessionStore
from communique.ledger.accounts.throttle import address_of
from communique.ledger.accounts.viewer import Request

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def begin(request: Request, account: Account) -> None:
    """Sign a person in: a new session with a new cookie, whatever the browser came with."""
    request.session.flush()
    SessionStore.clear_expired()
    login(request, account, backend=_BACKEND)
    now = timezone.now().isoformat()
    request.session.update(
        {
            "began": now,
            "seen": now,
            "address": address_of(request),
            "browser": request.headers.get("User-Agent", "")[:300],
        }
    )
