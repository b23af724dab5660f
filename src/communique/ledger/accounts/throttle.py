"""Slows down who guesses passwords: the wait after each failure grows, for a name and for an address.

It is counted in the database, so that it holds over all processes, and before the password is looked at, so that
guesses made at the same moment count, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from communique.ledger.accounts.models import Tries, key_of

_FORGOTTEN: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Pace:
    """How many failures cost nothing, and the longest wait: it doubles from one second."""

    free: int
    longest: timedelta

    def wait(self, failed: int) -> timedelta:
        if failed < self.free:
            return timedelta(0)
        return min(self.longest, timedelta(seconds=2 ** min(failed - self.free, 20)))


_BY_NAME: Final = _Pace(free=5, longest=timedelta(minutes=5))
_BY_ADDRESS: Final = _Pace(free=20, longest=timedelta(minutes=15))


def begin(name: str, address: str) -> timedelta:
    """Count a try as failed and return nothing to wait for, or return how long to wait before the next try."""
    now = timezone.now()
    paces = dict(sorted({_name(name): _BY_NAME, _address(address): _BY_ADDRESS}.items()))
    with transaction.atomic():
        Tries.objects.filter(last__lt=now - _FORGOTTEN).delete()
        rows = [
            (
                Tries.objects.select_for_update().get_or_create(key=k, defaults={"failed": 0, "last": now})[
                    0
                ],
                pace,
            )
            for k, pace in paces.items()
        ]
        wait = max(_left(row, pace, now) for row, pace in rows)
        if not wait:
            Tries.objects.filter(key__in=list(paces)).update(failed=F("failed") + 1, last=now)
    return wait


def forgive(name: str, address: str) -> None:
    """Take back the count of a try that was right: all of the name's, and this one of the address's."""
    Tries.objects.filter(key=_name(name)).delete()
    Tries.objects.filter(key=_address(address), failed__gt=0).update(failed=F("failed") - 1)


def address_of(request: HttpRequest) -> str:
    """Return the address that a request comes from: what the outermost proxy of ours says, where there is one."""
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies: int = settings.PROXIES
    if proxies and len(told) >= proxies:
        return told[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def _left(row: Tries, pace: _Pace, now: datetime) -> timedelta:
    return max(timedelta(0), row.last + pace.wait(row.failed) - now)


def _name(name: str) -> str:
    return salted_hmac("tries.name", key_of(name), algorithm="sha256").hexdigest()


def _address(address: str) -> str:
    """Return the key of an address; of IPv6, of the network that one household or office has."""
    try:
        ip = ip_address(address)
    except ValueError:
        network = ""
    else:
        network = str(ip_network((ip, 64), strict=False)) if isinstance(ip, IPv6Address) else str(ip)
    return salted_hmac("tries.address", network, algorithm="sha256").hexdigest()
