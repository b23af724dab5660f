"""Keeps when a reviewer was here. A visit ends where nothing was looked at for half an hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError
from django.utils import timezone

from communique.ledger.accounts.models import Account
from communique.ledger.review.models import Visit

PAUSE = timedelta(minutes=30)
_EVERY = timedelta(minutes=2)


def here(account: Account) -> datetime | None:
    """Note that somebody is here, and return when they were last before this visit; None where never."""
    now = timezone.now()
    visit = Visit.objects.filter(account=account).first()
    if visit is None:
        _first(account, now)
        return None
    if now - visit.last > PAUSE:
        Visit.objects.filter(pk=visit.pk).update(seen=visit.last, last=now)
        return visit.last
    if now - visit.last > _EVERY:
        Visit.objects.filter(pk=visit.pk).update(last=now)
    return visit.seen


def all_seen(account: Account) -> None:
    """Let nothing be new any more."""
    now = timezone.now()
    Visit.objects.update_or_create(account=account, defaults={"seen": now, "last": now})


def _first(account: Account, now: datetime) -> None:
    try:
        Visit.objects.create(account=account, seen=now, last=now)
    except IntegrityError:  # a second page of the same person was as early
        return
