"""Reads what the pages about accounts show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from communique.ledger.accounts.models import Account, Session, Token

_BROWSERS: Final = (
    ("Firefox/", "Firefox"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser in which an account is signed in."""

    handle: str
    browser: str
    address: str
    began: datetime | None
    seen: datetime | None
    """To the hour."""
    own: bool
    """Whether it is the one that asks."""


def sessions(account: Account, own: str) -> list[SignedIn]:
    """Return where an account is signed in, the last used first; ``own`` is the handle of who asks."""
    rows = Session.objects.filter(account=account, expire_date__gt=timezone.now())
    return sorted(_signed_in(rows, own), key=lambda s: (s.own, s.seen or s.began or _EVER), reverse=True)


def tokens(account: Account) -> QuerySet[Token]:
    """Return the tokens of an account that are not revoked."""
    return Token.objects.filter(account=account, revoked=None)


def accounts() -> QuerySet[Account]:
    """Return all accounts, each with how many tokens it has that work."""
    working = Q(tokens__revoked=None) & (Q(tokens__until=None) | Q(tokens__until__gt=timezone.now()))
    return Account.objects.annotate(working_tokens=Count("tokens", filter=working))


def named(name: str) -> Account | None:
    """Return the account with a sign-in name, whatever its case."""
    try:
        return Account.objects.get_by_natural_key(name)
    except Account.DoesNotExist:
        return None


_EVER: Final = datetime.min.replace(tzinfo=timezone.get_default_timezone())


def _signed_in(rows: QuerySet[Session], own: str) -> Iterator[SignedIn]:
    for row in rows:
        told = row.get_decoded()
        yield SignedIn(
            handle=row.session_key,
            browser=_browser(told.get("browser", "")),
            address=told.get("address", ""),
            began=parse_datetime(told.get("began", "")),
            seen=parse_datetime(told.get("seen", "")),
            own=row.session_key == own,
        )


def _browser(told: str) -> str:
    """Return what a browser calls itself, in short: ``Firefox on Linux``."""
    name = next((name for mark, name in _BROWSERS if mark in told), "A browser")
    system = next((system for mark, system in _SYSTEMS if mark in told), "")
    return f"{name} on {system}" if system else name
