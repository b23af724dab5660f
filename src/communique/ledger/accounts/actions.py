"""What is done to accounts: each verb one transaction and one act in the log."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from communique.errors import CommuniqueError
from communique.ledger.accounts.models import Account, Link, Purpose, Session, Token, key_of
from communique.ledger.accounts.rights import ROLES, Role, Scope, scopes_within
from communique.ledger.accounts.snapshot import snapshot, snapshot_of_token
from communique.ledger.accounts.tokens import PREFIX, digest, new_secret
from communique.ledger.log.actions import record as log
from communique.ledger.log.models import Act

LINK_LASTS: Final = timedelta(hours=24)
_MARKS_IN_NAMES: Final = " .-_'’@+"
_LONGEST_NAME: Final = 100


class Refused(CommuniqueError):
    """What was asked of an account can't be done."""


def create(name: str, role: Role, *, by: str, full_name: str = "", password: str | None = None) -> Account:
    """Make an account; without a password it can't sign in until a link was used. Raises Refused."""
    with transaction.atomic():
        return _create(name, role, by=by, full_name=full_name, password=password)


def change_role(account: Account, role: Role, *, by: str, why: str = "") -> Account:
    """Give an account another role. Raises Refused for the last administrator."""
    _check_role(role)
    with transaction.atomic():
        now = _locked(account)
        if role != "administrator":
            _keep_an_administrator(now)
        before = snapshot(now)
        now.role = role
        now.save(update_fields=["role"])
        log("change role", _subject(now), before=before, after=snapshot(now), by=by, why=why)
    return now


def deactivate(account: Account, *, by: str, why: str = "") -> Account:
    """Let an account sign in no longer, end its sessions and refuse its tokens. Raises Refused for the last
    administrator.
    """
    with transaction.atomic():
        now = _locked(account)
        _keep_an_administrator(now)
        before = snapshot(now)
        now.is_active = False
        now.save(update_fields=["is_active"])
        _end(now)
        log("deactivate", _subject(now), before=before, after=snapshot(now), by=by, why=why)
    return now


def activate(account: Account, *, by: str, why: str = "") -> Account:
    """Let an account sign in again."""
    with transaction.atomic():
        now = _locked(account)
        before = snapshot(now)
        now.is_active = True
        now.save(update_fields=["is_active"])
        log("activate", _subject(now), before=before, after=snapshot(now), by=by, why=why)
    return now


def set_password(account: Account, password: str, *, by: str) -> Account:
    """Let an account have another password; all its sessions and links end. Raises Refused for a weak one."""
    with transaction.atomic():
        now = _locked(account)
        before = snapshot(now)
        _set(now, password)
        now.save(update_fields=["password", "password_set"])
        _end(now)
        log("set password", _subject(now), before=before, after=snapshot(now), by=by)
    return now


def end_session(account: Account, handle: str) -> bool:
    """End one session of an account; False where the account has none of this handle."""
    ended, _ = Session.objects.filter(account=account, session_key=handle).delete()
    return ended > 0


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
    with transaction.atomic():
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


def revoke_token(token: Token, *, by: str, why: str = "", undoes: int | None = None) -> Act | None:
    """End a token for good; None where it was revoked already."""
    with transaction.atomic():
        now = Token.objects.select_for_update(of=("self",)).select_related("account").get(pk=token.pk)
        if now.revoked is not None:
            return None
        before = snapshot_of_token(now)
        now.revoked = timezone.now()
        now.save(update_fields=["revoked"])
        verb = "revoke" if undoes is None else "undo"
        after = snapshot_of_token(now)
        return log(verb, f"token:{now.pk}", before=before, after=after, by=by, why=why, undoes=undoes)


def first_link() -> str | None:
    """Return the secret of a link to make the first administrator; None where there is one.

    Links given out before no longer work.
    """
    with transaction.atomic():
        if _administrators().exists():
            return None
        Link.objects.filter(purpose=Purpose.FIRST).delete()
        return _link(Purpose.FIRST, None)


def password_link(account: Account, *, by: str) -> str:
    """Return the secret of a link to choose a password. Links given out before no longer work.

    Raises Refused where the account may not sign in.
    """
    with transaction.atomic():
        now = _locked(account)
        if not now.is_active:
            raise Refused(f"{now.name} may not sign in", hint="activate the account first")
        Link.objects.filter(account=now).delete()
        secret = _link(Purpose.PASSWORD, now)
        log("give link", _subject(now), before=snapshot(now), after=snapshot(now), by=by)
    return secret


def make_first(hashed: str, name: str, full_name: str, password: str) -> Account:
    """Make the first administrator, by the one-time link kept under this hash. Raises Refused."""
    with transaction.atomic():
        if _used(hashed).purpose != Purpose.FIRST or _administrators().exists():
            raise _dead()
        return _create(name, "administrator", by=None, full_name=full_name, password=password)


def choose_password(hashed: str, password: str) -> Account:
    """Set the password of the account that a one-time link was given for. Raises Refused."""
    with transaction.atomic():
        account = _used(hashed).account
        if account is None or not account.is_active:
            raise _dead()
        return set_password(account, password, by=account.name)


def live_link(hashed: str) -> Link | None:
    """Return the link kept under a hash, while it can be used."""
    link = Link.objects.select_related("account").filter(digest=hashed, until__gt=timezone.now()).first()
    if link is None or (link.purpose == Purpose.FIRST and _administrators().exists()):
        return None
    return link


def hash_of_link(secret: str) -> str:
    """Return the hash that a link is kept under."""
    return digest(secret)


def _create(name: str, role: Role, *, by: str | None, full_name: str, password: str | None) -> Account:
    """Make an account; ``by`` None: it makes itself."""
    _check_role(role)
    account = Account(name=_checked(name), full_name=full_name.strip(), role=role, made=timezone.now())
    account.key = key_of(account.name)
    if Account.objects.filter(key=account.key).exists():
        raise Refused(f"there is an account called {account.name} already")
    if password is None:
        account.set_unusable_password()
    else:
        _set(account, password)
    account.save(force_insert=True)
    maker = account.name if by is None else by
    log("create", _subject(account), before=None, after=snapshot(account), by=maker)
    return account


def _set(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    account.set_password(password)
    account.password_set = timezone.now()


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


def _administrators():
    return Account.objects.filter(role="administrator", is_active=True)


def _keep_an_administrator(account: Account) -> None:
    """Refuse to lose the last administrator, even where two are demoted at the same moment."""
    standing = {a.pk for a in _administrators().select_for_update().order_by("pk")}
    if standing == {account.pk}:
        raise Refused(
            f"{account.name} is the last administrator", hint="make another account administrator first"
        )


def _locked(account: Account) -> Account:
    return Account.objects.select_for_update().get(pk=account.pk)


def _end(account: Account) -> None:
    Session.objects.filter(account=account).delete()
    Link.objects.filter(account=account).delete()


def _link(purpose: Purpose, account: Account | None) -> str:
    Link.objects.filter(until__lte=timezone.now()).delete()
    secret, hashed = new_secret()
    Link.objects.create(digest=hashed, purpose=purpose, account=account, until=timezone.now() + LINK_LASTS)
    return secret


def _used(hashed: str) -> Link:
    """Return a link, gone from the database: who comes second with the same one finds none."""
    link = Link.objects.select_for_update().filter(digest=hashed, until__gt=timezone.now()).first()
    if link is None:
        raise _dead()
    link.delete()
    return link


def _dead() -> Refused:
    return Refused("this link was used, or is too old", hint="ask for another one")


def _subject(account: Account) -> str:
    return f"account:{account.pk}"
