"""What is done to accounts, tokens and settings: each verb one transaction and one act in the log."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils import timezone

from communique.errors import CommuniqueError
from communique.ledger.accounts.house import DEFAULTS
from communique.ledger.accounts.models import Account, Link, Session, Setting, Token, key_of
from communique.ledger.accounts.rights import ROLES, Role, Scope, scopes_within
from communique.ledger.accounts.snapshot import snapshot, snapshot_of_setting, snapshot_of_token
from communique.ledger.accounts.tokens import PREFIX, new_secret
from communique.ledger.log.actions import acting
from communique.ledger.log.actions import record as log
from communique.ledger.log.models import Act

_MARKS_IN_NAMES: Final = " .-_'’@+"
_LONGEST_NAME: Final = 100


class Refused(CommuniqueError):
    """What was asked of an account, a token or a setting can't be done."""


def create(
    name: str, role: Role, *, by: str | None, full_name: str = "", password: str | None = None
) -> Account:
    """Make an account (``by`` None: it makes itself). Without a password it can't sign in before a link was used.

    Raises Refused where the name is taken or can't be one, or the password is weak.
    """
    _check_role(role)
    account = Account(name=_checked(name), full_name=_line(full_name), role=role, made=timezone.now())
    account.key = key_of(account.name)
    account.password = _hashed(account, password) if password is not None else make_password(None)
    account.password_set = account.made if password is not None else None
    try:
        with acting():
            account.save(force_insert=True)
            maker = account.name if by is None else by
            log("create", f"account:{account.pk}", before=None, after=snapshot(account), by=maker)
    except IntegrityError as error:
        raise Refused(f"there is an account called {account.name} already") from error
    return account


def change_role(account: Account, role: Role, *, by: str, why: str = "") -> Account:
    """Give an account another role. Raises Refused for the last administrator."""
    _check_role(role)
    return change(account, _role(role), "change role", by=by, why=why)[0]


def change_full_name(account: Account, full_name: str, *, by: str, why: str = "") -> Account:
    """Call the person behind an account another way; the name to sign in with stays."""

    def call(now: Account) -> None:
        now.full_name = _line(full_name)

    return change(account, call, "rename", by=by, why=why)[0]


def deactivate(account: Account, *, by: str, why: str = "") -> Account:
    """Let an account sign in no longer: its sessions and links end, its tokens are refused.

    Raises Refused for the last administrator.
    """
    return change(account, _active(False), "deactivate", by=by, why=why)[0]


def activate(account: Account, *, by: str, why: str = "") -> Account:
    """Let an account sign in again."""
    return change(account, _active(True), "activate", by=by, why=why)[0]


def set_password(account: Account, password: str, *, by: str) -> Account:
    """Let an account have another password: its sessions and links end. Raises Refused for a weak one."""
    hashed = _hashed(account, password)  # takes its time: before anybody waits for the transaction

    def choose(now: Account) -> None:
        now.password, now.password_set = hashed, timezone.now()
        _end_all(now)

    return change(account, choose, "set password", by=by)[0]


def restore(
    account: Account, role: Role, *, active: bool, full_name: str, by: str, undoes: int, why: str
) -> Act:
    """Let an account stand as it did; its password stays. Raises Refused for the last administrator."""

    def back(now: Account) -> None:
        now.full_name = full_name
        _role(role)(now)
        _active(active)(now)

    return change(account, back, "undo", by=by, why=why, undoes=undoes)[1]


def change(
    account: Account,
    make: Callable[[Account], None],
    verb: str,
    *,
    by: str,
    why: str = "",
    undoes: int | None = None,
) -> tuple[Account, Act]:
    """Make a change to an account, and log it; while it is made nobody else can change the same account, nor
    who the administrators are.
    """
    with acting():
        standing = {a.pk for a in administrators().select_for_update().order_by("pk")}
        now = Account.objects.select_for_update().get(pk=account.pk)
        before = snapshot(now)
        make(now)
        if standing == {now.pk} and not (now.is_active and now.role == "administrator"):
            raise Refused(
                f"{now.name} is the last administrator", hint="make another account administrator first"
            )
        now.save(force_update=True)
        after = snapshot(now)
        act = log(verb, f"account:{now.pk}", before=before, after=after, by=by, why=why, undoes=undoes)
    return now, act


def end_session(account: Account, handle: str) -> bool:
    """End one session of an account; False where the account has none of this handle."""
    ended, _ = Session.objects.filter(account=account, session_key=handle).delete()
    return ended > 0


def end_sessions(account: Account, *, but: str = "") -> int:
    """End the sessions of an account, but one, and return how many these were."""
    ended, _ = Session.objects.filter(account=account).exclude(session_key=but).delete()
    return ended


def make_token(
    account: Account, name: str, scopes: tuple[Scope, ...], *, until: datetime | None, by: str
) -> tuple[Token, str]:
    """Make an API token, and return it with its secret, which nobody can look up later.

    Raises Refused for scopes beyond the account's role.
    """
    beyond = [scope for scope in scopes if scope not in scopes_within(account.role)]
    if beyond or not scopes:
        raise Refused(
            f"a {account.role} can't give the scope {beyond[0]}" if beyond else "a token needs a scope"
        )
    secret, hashed = new_secret(PREFIX)
    with acting():
        token = Token.objects.create(
            account=account,
            name=name.strip(),
            digest=hashed,
            scopes=sorted(set(scopes)),
            made=timezone.now(),
            until=until,
        )
        log("make", f"token:{token.pk}", before=None, after=snapshot_of_token(token), by=by)
    return token, secret


def revoke_token(token: Token, *, by: str, why: str = "", undoes: int | None = None) -> Act:
    """End a token for good. Raises Refused where it was revoked already."""
    with acting():
        now = Token.objects.select_for_update(of=("self",)).select_related("account").get(pk=token.pk)
        if now.revoked is not None:
            raise Refused(f"the token {now.name} was revoked already")
        before = snapshot_of_token(now)
        now.revoked = timezone.now()
        now.save(update_fields=["revoked"])
        after = snapshot_of_token(now)
        verb = "revoke" if undoes is None else "undo"
        return log(verb, f"token:{now.pk}", before=before, after=after, by=by, why=why, undoes=undoes)


def change_setting(
    name: str, value: object, *, by: str, why: str = "", undoes: int | None = None
) -> Act | None:
    """Set the ledger another way (None: as it came); return None where it is set so already. Raises Refused."""
    if name not in DEFAULTS or (value is not None and type(value) is not type(DEFAULTS[name])):
        raise Refused(f"{name}: no setting of the ledger, or no value for it")
    try:
        with acting():
            return _set(name, value, by=by, why=why, undoes=undoes)
    except IntegrityError as error:
        raise Refused(
            f"somebody else changed the {name} at the same moment", hint="look, and try again"
        ) from error


def administrators() -> QuerySet[Account]:
    """Return the accounts that can give rights to others."""
    return Account.objects.filter(role="administrator", is_active=True)


def _set(name: str, value: object, *, by: str, why: str, undoes: int | None) -> Act | None:
    setting = Setting.objects.select_for_update().filter(name=name).first()
    before = snapshot_of_setting(setting)
    if undoes is None and value == (DEFAULTS[name] if setting is None else setting.value):
        return None
    Setting.objects.filter(name=name).delete()
    new = Setting.objects.create(name=name, value=value) if value is not None else None
    after = snapshot_of_setting(new)
    verb = "change" if undoes is None else "undo"
    return log(verb, f"setting:{name}", before=before, after=after, by=by, why=why, undoes=undoes)


def _role(role: Role) -> Callable[[Account], None]:
    def give(now: Account) -> None:
        now.role = role

    return give


def _active(active: bool) -> Callable[[Account], None]:
    def switch(now: Account) -> None:
        now.is_active = active
        if not active:
            _end_all(now)

    return switch


def _hashed(account: Account, password: str) -> str:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    return make_password(password)


def _line(text: str) -> str:
    """Return words on one line, without what can't be seen."""
    return "".join(c for c in " ".join(text.split()) if unicodedata.category(c)[0] != "C")[:200]


def _checked(name: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or len(name) > _LONGEST_NAME:
        raise Refused(f"a name has 1 to {_LONGEST_NAME} characters")
    odd = [c for c in name if not (unicodedata.category(c)[0] in "LNM" or c in _MARKS_IN_NAMES)]
    if odd:
        raise Refused(f"{odd[0]!a} can't stand in a name", hint="letters, digits, spaces and . - _ ' @ + can")
    return name


def _check_role(role: str) -> None:
    if role not in ROLES[1:]:
        raise Refused(f"{role}: no role", hint=f"one of {', '.join(ROLES[1:])}")


def _end_all(account: Account) -> None:
    Session.objects.filter(account=account).delete()
    Link.objects.filter(account=account).delete()
