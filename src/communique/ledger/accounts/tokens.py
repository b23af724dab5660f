"""Secrets that are shown once and kept as hashes: API tokens and one-time links."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from communique.ledger.accounts.models import Token
from communique.ledger.accounts.rights import rights_in
from communique.ledger.accounts.viewer import Viewer

PREFIX: Final = "cmq_"
_USED_EVERY: Final = timedelta(hours=1)


def new_secret(prefix: str = "") -> tuple[str, str]:
    """Return a new secret of 256 random bits, and the hash to keep it by."""
    secret = prefix + secrets.token_urlsafe(32)
    return secret, digest(secret)


def digest(secret: str) -> str:
    """Return the hash that a secret is kept and found by: enough for one that nobody can guess."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def viewer_of(authorization: str) -> Viewer | None:
    """Return the viewer that ``Bearer …`` speaks for; None where the token is unknown, ended or revoked, or its
    account may no longer sign in.
    """
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip().startswith(PREFIX):
        return None
    now = timezone.now()
    token = (
        Token.objects.select_related("account")
        .filter(Q(until=None) | Q(until__gt=now), revoked=None, account__is_active=True)
        .filter(digest=digest(secret.strip()))
        .first()
    )
    if token is None:
        return None
    if token.used is None or now - token.used > _USED_EVERY:
        Token.objects.filter(pk=token.pk).update(used=now)
    role = token.account.role
    return Viewer(token.account, role, rights_in(frozenset(token.scopes), role), by_token=True)
