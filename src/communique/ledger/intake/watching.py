"""Looks at the addresses that are watched, when their time has come."""

from __future__ import annotations

import logging
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from communique.errors import DEFECTS, UnreadableDocument
from communique.fetch import Fetched, NotModified, ServerRefused, fetch_again
from communique.formats import read_bytes
from communique.ledger.documents import store
from communique.ledger.documents.models import Source
from communique.ledger.documents.versions import newest, standing
from communique.ledger.intake import actions, watches
from communique.ledger.intake.feeds import is_feed, new_entries
from communique.ledger.intake.models import Job, JobKind, Watch, WatchKind
from communique.ledger.intake.taking import Arriving, storable
from communique.model import Text

_log = logging.getLogger(__name__)
FIRST_WAIT = timedelta(minutes=5)
"""After a first failure; each further one doubles it."""
LONGEST_WAIT = timedelta(days=1)
LONGEST_ASKED = timedelta(days=7)
"""No server keeps us away for longer, whatever it says."""
JITTER = 0.1
"""How far waits are apart from what they should be: what failed together is not to come back together."""
_LEASE = timedelta(minutes=15)
"""After this long without a result, another worker looks: the first one is gone."""
_NOTHING_NEW = "nothing new"


@dataclass(frozen=True, slots=True)
class Brought:
    """What an address gave that is to be taken in, if anything."""

    kind: str
    result: str
    arriving: Arriving | None = None


def due() -> bool:
    """Look at the address whose time came first, and say whether there was one. No two workers look at the same.

    Raises UnstorableBytes where there is no room for what it gave, OperationalError where the database is busy.
    """
    watch = _claimed()
    if watch is None:
        return False
    look(watch)
    return True


def look(watch: Watch) -> None:
    """Look at an address now, ask for what is new to be taken in, and settle when to look again."""
    whole = _left_something_out(watch)
    try:
        answer = fetch_again(
            watch.url,
            etag=None if whole else watch.etag,
            last_modified=None if whole else watch.last_modified,
            allow_private=settings.FETCH_PRIVATE,
            limit=settings.UPLOAD_LIMIT,
        )
        brought = _brought(watch, answer, whole=whole)
    except UnreadableDocument as error:
        _note_failure(watch, error)
        return
    except DEFECTS as defect:
        _log.exception("watch %s", watch.pk)
        _note_failure(
            watch, UnreadableDocument(watch.url, f"a mistake in the reader: {type(defect).__name__}")
        )
        return
    _note(watch, answer, brought)


def _claimed() -> Watch | None:
    """Return the watch that is due, put off for as long as a look may take: it is this worker's then."""
    now = timezone.now()
    watch = Watch.objects.filter(stopped=False, next_at__lte=now).order_by("next_at", "pk").first()
    if watch is None:
        return None
    mine = Watch.objects.filter(pk=watch.pk, next_at=watch.next_at, stopped=False).update(
        next_at=now + _LEASE
    )
    return watch if mine else None


def _left_something_out(watch: Watch) -> bool:
    """Say whether pages of a feed could not be had at its last change, and were not yet tried a second time."""
    job = watch.job
    if job is None or not job.refused:
        return False
    before = Job.objects.filter(kind=JobKind.FEED, url=job.url, pk__lt=job.pk).order_by("-pk").first()
    return before is None or before.refused != job.refused


def _brought(watch: Watch, answer: Fetched | NotModified, *, whole: bool) -> Brought:
    """Tell what is new in an answer. Raises UnreadableDocument where it can't be read."""
    if isinstance(answer, NotModified):
        return Brought(watch.kind, _NOTHING_NEW)
    if store.sha256(answer.data) == watch.sha256 and not whole:
        return Brought(watch.kind, _NOTHING_NEW)
    arriving = Arriving(answer.data, url=answer.url, media_type=answer.media_type, by=watch.by)
    if is_feed(arriving):
        count = len(new_entries(arriving))
        if not count:
            return Brought(WatchKind.FEED, _NOTHING_NEW)
        return Brought(WatchKind.FEED, "one new entry" if count == 1 else f"{count:,} new entries", arriving)
    known = _says_what_is_known(arriving)
    if known is not None:
        return Brought(
            WatchKind.PAGE, _NOTHING_NEW if known else "the page changed", None if known else arriving
        )
    return Brought(WatchKind.PAGE, "a new page", arriving)


def _says_what_is_known(arriving: Arriving) -> bool | None:
    """Say whether a page says what its newest version says; None where it has none yet."""
    texts = list(read_bytes(arriving.data, path=arriving.url, media_type=arriving.media_type))
    if len(texts) != 1 or not isinstance(texts[0], Text):
        return None
    url = texts[0].url or arriving.url
    source = Source.objects.filter(key=Source.key_of(url)).values_list("pk", flat=True).first()
    versions = [v for v in (standing(source), newest(source)) if v is not None]
    return storable(texts[0]).content in [v.text for v in versions] if versions else None


def _note(watch: Watch, answer: Fetched | NotModified, brought: Brought) -> None:
    sha256 = store.sha256(answer.data) if isinstance(answer, Fetched) else watch.sha256
    if brought.arriving is not None:
        store.keep(brought.arriving.data)
    now = timezone.now()
    with transaction.atomic():
        told: dict[str, str | Job] = {
            "kind": brought.kind,
            "etag": (answer.etag or "")[:1000],
            "last_modified": (answer.last_modified or "")[:100],
            "sha256": sha256,
            "result": brought.result,
        }
        if brought.arriving is not None:
            came = brought.arriving
            told["job"] = actions.ask_kept(
                sha256,
                url=came.url,
                media_type=came.media_type,
                by=watch.by,
                feed=brought.kind == WatchKind.FEED,
            )
        next_at = now + _spread(watch.every)
        Watch.objects.filter(pk=watch.pk).update(looked_at=now, failures=0, next_at=next_at, **told)


def _note_failure(watch: Watch, error: UnreadableDocument) -> None:
    now = timezone.now()
    failures = watch.failures + 1
    with transaction.atomic():
        Watch.objects.filter(pk=watch.pk).update(
            looked_at=now, failures=failures, next_at=_next_try(watch, failures, error, now), result=error.why
        )
        if isinstance(error, ServerRefused) and error.status == HTTPStatus.GONE:
            watches.stop(watch.pk, by="", why="the server says that it is gone for good")


def _next_try(watch: Watch, failures: int, error: UnreadableDocument, now: datetime) -> datetime:
    """Return when to try again: later after each failure, and not before the server wants to be asked."""
    wait = min(FIRST_WAIT * 2 ** min(failures - 1, 20), max(LONGEST_WAIT, watch.every))
    asked = error.retry_after if isinstance(error, ServerRefused) else None
    wait = _spread(wait)
    if asked is not None:
        wait = max(wait, min(asked, LONGEST_ASKED) * random.uniform(1, 1 + JITTER))
    return now + wait


def _spread(wait: timedelta) -> timedelta:
    return wait * random.uniform(1 - JITTER, 1 + JITTER)
