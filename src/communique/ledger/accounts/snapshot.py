"""How accounts, tokens and settings stand, as JSON: what the log keeps of them, without any secret."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from communique.ledger.accounts.models import Account, Setting, Token

Snapshot = dict[str, Any]


def snapshot(account: Account) -> Snapshot:
    """Return how an account stands; of its password, only when it was chosen."""
    return {
        "name": account.name,
        "full_name": account.full_name,
        "role": account.role,
        "active": account.is_active,
        "password_set": _moment(account.password_set),
    }


def snapshot_of_token(token: Token) -> Snapshot:
    """Return how an API token stands: nothing of it that opens a door."""
    return {
        "account": token.account.name,
        "name": token.name,
        "scopes": list(token.scopes),
        "until": _moment(token.until),
        "revoked": _moment(token.revoked),
    }


def snapshot_of_setting(setting: Setting | None) -> Snapshot | None:
    """Return how a setting stands; None where it stands as it came."""
    return {"value": setting.value} if setting is not None else None


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
