"""Watches addresses, stops and goes on; each a decision in the log."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urldefrag, urlsplit

from django.utils import timezone

from communique.errors import CommuniqueError
from communique.ledger.intake.models import Watch
from communique.ledger.log.actions import acting
from communique.ledger.log.actions import record as log
from communique.ledger.log.models import Act

HOURLY = timedelta(hours=1)
SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=30)
_LONGEST_ADDRESS = 2000  # bytes

Snapshot = dict[str, Any]


class WatchRefused(CommuniqueError):
    """An address that can't be watched so."""


def watch(url: str, *, every: timedelta = HOURLY, by: str) -> Watch:
    """Watch an address from now on: a feed for new entries, a page for changes.

    Raises WatchRefused where it is no address of the web, is watched already, or would be looked at too often.
    """
    url = _checked(url)
    if not SHORTEST <= every <= LONGEST:
        raise WatchRefused(f"{url}: a watch looks every five minutes at most, and every thirty days at least")
    now_ = timezone.now()
    with acting():
        made, is_new = Watch.objects.get_or_create(
            url=url, defaults={"every": every, "by": by, "added": now_, "next_at": now_}
        )
        if not is_new:
            raise WatchRefused(
                f"{url} is watched already", hint="its watch was stopped" if made.stopped else None
            )
        _logged("watch", made.pk, None, snapshot(made), by=by)
    return made


def stop(pk: int, *, by: str, why: str = "") -> Watch:
    """Look at an address no more, until somebody resumes it."""
    return _set(pk, stopped=True, verb="stop watching", by=by, why=why)


def resume(pk: int, *, by: str, why: str = "") -> Watch:
    """Look at an address again, at once and then as before."""
    return _set(pk, stopped=False, verb="resume watching", by=by, why=why)


def look_again(pk: int) -> bool:
    """Let an address be looked at as soon as a worker is free, however long it was to be left alone."""
    return bool(Watch.objects.filter(pk=pk, stopped=False).update(next_at=timezone.now(), failures=0))


def snapshot(watched: Watch) -> Snapshot:
    """Return what people decided of a watch; what came of it is not in the log."""
    return {
        "url": watched.url,
        "every": int(watched.every.total_seconds()),
        "stopped": watched.stopped,
        "by": watched.by,
    }


def now(pk: str) -> Snapshot | None:
    """Return how a watch stands; None where there is none."""
    watched = Watch.objects.filter(pk=pk).first()
    return snapshot(watched) if watched is not None else None


def restore(pk: str, before: Snapshot | None, /, *, by: str, undoes: int, why: str = "") -> Act:
    """Let a watch stand as it did; one that was not there is taken away."""
    with acting():
        had = now(pk)
        if before is None:
            Watch.objects.filter(pk=pk).delete()
        else:
            at = timezone.now()
            told = {
                "url": before["url"],
                "every": timedelta(seconds=before["every"]),
                "stopped": before["stopped"],
                "by": before["by"],
            }
            Watch.objects.update_or_create(
                pk=int(pk),
                defaults=told | {"next_at": at},
                create_defaults=told | {"next_at": at, "added": at},
            )
        return _logged("undo", int(pk), had, before, by=by, why=why, undoes=undoes)


def _set(pk: int, *, stopped: bool, verb: str, by: str, why: str) -> Watch:
    with acting():
        watched = Watch.objects.select_for_update().get(pk=pk)
        if watched.stopped != stopped:
            before = snapshot(watched)
            watched.stopped, watched.failures, watched.next_at = stopped, 0, timezone.now()
            watched.save(update_fields=["stopped", "failures", "next_at"])
            _logged(verb, pk, before, snapshot(watched), by=by, why=why)
        return watched


def _logged(
    verb: str,
    pk: int,
    before: Snapshot | None,
    after: Snapshot | None,
    *,
    by: str,
    why: str = "",
    undoes: int | None = None,
) -> Act:
    return log(verb, f"watch:{pk}", before=before, after=after, by=by, why=why, undoes=undoes)


def _checked(url: str) -> str:
    """Return an address without its fragment. Raises WatchRefused where it is none of the web."""
    url = urldefrag(url.strip()).url
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise WatchRefused(f"{url}: {error}") from error
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    if not is_web or not url.isprintable() or len(url.encode()) > _LONGEST_ADDRESS:
        raise WatchRefused(f"{url or 'nothing'} can't be watched", hint="only http and https are")
    return url
