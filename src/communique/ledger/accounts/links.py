"""One-time links: to make the first administrator, and to choose a password. They last a day, and work once."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone

from communique.ledger.accounts.actions import Refused, administrators, change, create, set_password
from communique.ledger.accounts.models import Account, Link, Purpose
from communique.ledger.accounts.tokens import new_secret
from communique.ledger.log.actions import acting

LASTS: Final = timedelta(hours=24)


def first_link() -> str | None:
    """Return the path of a link to make the first administrator; None where there is one.

    Links of this sort given out before no longer work.
    """
    with acting():
        if administrators().exists():
            return None
        Link.objects.filter(purpose=Purpose.FIRST).delete()
        return _path(Purpose.FIRST, None)


def password_link(account: Account, *, by: str) -> str:
    """Return the path of a link to choose a password; the old one works until then, older links don't.

    Raises Refused where the account may not sign in.
    """

    def check(now: Account) -> None:
        if not now.is_active:
            raise Refused(f"{now.name} may not sign in", hint="activate the account first")
        Link.objects.filter(account=now).delete()

    with acting():
        now, _ = change(account, check, "give link", by=by)
        return _path(Purpose.PASSWORD, now)


def live(hashed: str) -> Link | None:
    """Return the link kept under a hash, while it can be used."""
    link = Link.objects.select_related("account").filter(digest=hashed, until__gt=timezone.now()).first()
    if link is None or (link.purpose == Purpose.FIRST and administrators().exists()):
        return None
    return link


def make_first(hashed: str, name: str, full_name: str, password: str) -> Account:
    """Make the first administrator, by the link kept under this hash. Raises Refused."""
    with acting():
        if _used(hashed).purpose != Purpose.FIRST or administrators().exists():
            raise _dead()
        return create(name, "administrator", by=None, full_name=full_name, password=password)


def choose_password(hashed: str, password: str) -> Account:
    """Set the password of the account that the link kept under this hash was given for. Raises Refused."""
    with acting():
        account = _used(hashed).account
        if account is None or not account.is_active:
            raise _dead()
        return set_password(account, password, by=account.name)


def _path(purpose: Purpose, account: Account | None) -> str:
    now = timezone.now()
    Link.objects.filter(until__lte=now).delete()
    secret, hashed = new_secret()
    Link.objects.create(digest=hashed, purpose=purpose, account=account, until=now + LASTS)
    return reverse("accounts:open_link", args=[secret])


def _used(hashed: str) -> Link:
    """Return a link, gone from the database: who comes second with the same one finds none."""
    link = Link.objects.select_for_update().filter(digest=hashed, until__gt=timezone.now()).first()
    if link is None:
        raise _dead()
    link.delete()
    return link


def _dead() -> Refused:
    return Refused("this link was used, or is too old", hint="ask for another one")
