"""Takes back what was done to accounts, tokens and settings; and how each stands, for the check of the log."""

from __future__ import annotations

from communique.ledger.accounts.actions import Refused, change_setting, revoke_token
from communique.ledger.accounts.actions import restore as restore_account_as
from communique.ledger.accounts.models import Account, Setting, Token
from communique.ledger.accounts.snapshot import Snapshot, snapshot, snapshot_of_setting, snapshot_of_token
from communique.ledger.log.models import Act


def account_now(pk: str) -> Snapshot | None:
    """Return how an account stands; None where there is none."""
    account = Account.objects.filter(pk=pk).first()
    return snapshot(account) if account is not None else None


def token_now(pk: str) -> Snapshot | None:
    """Return how a token stands; None where there is none."""
    token = Token.objects.select_related("account").filter(pk=pk).first()
    return snapshot_of_token(token) if token is not None else None


def setting_now(name: str) -> Snapshot | None:
    """Return how a setting stands; None where it stands as it came."""
    return snapshot_of_setting(Setting.objects.filter(name=name).first())


def accounts() -> list[str]:
    """Return the ids of all accounts."""
    return [str(pk) for pk in Account.objects.order_by("pk").values_list("pk", flat=True)]


def tokens() -> list[str]:
    """Return the ids of all tokens."""
    return [str(pk) for pk in Token.objects.order_by("pk").values_list("pk", flat=True)]


def settings() -> list[str]:
    """Return the names of all settings that were changed."""
    return list(Setting.objects.order_by("name").values_list("name", flat=True))


def restore_account(pk: str, before: Snapshot | None, /, *, by: str, undoes: int, why: str = "") -> Act:
    """Let an account have the name, role and activity it had: one that was not there may not sign in. Passwords
    stay as they are.
    """
    account = Account.objects.get(pk=pk)
    told = before if before is not None else snapshot(account) | {"active": False}
    return restore_account_as(
        account,
        told["role"],
        active=told["active"],
        full_name=told["full_name"],
        by=by,
        undoes=undoes,
        why=why,
    )


def restore_token(pk: str, before: Snapshot | None, /, *, by: str, undoes: int, why: str = "") -> Act:
    """Revoke a token that was made. Raises Refused for one that was revoked: what may have leaked stays ended."""
    if before is not None:
        raise Refused("a revoked token stays revoked", hint="make another one")
    return revoke_token(Token.objects.get(pk=pk), by=by, why=why, undoes=undoes)


def restore_setting(name: str, before: Snapshot | None, /, *, by: str, undoes: int, why: str = "") -> Act:
    """Set the ledger as it was set."""
    act = change_setting(name, before["value"] if before is not None else None, by=by, why=why, undoes=undoes)
    if act is None:
        raise Refused(f"the setting {name} stands so already")
    return act
