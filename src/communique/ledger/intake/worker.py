"""Does the jobs, one after the other, as long as it is let."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection

from communique.errors import CommuniqueError, UnreadableDocument
from communique.fetch import fetch
from communique.ledger.documents import store
from communique.ledger.documents.store import UnstorableBytes
from communique.ledger.intake import actions, watching
from communique.ledger.intake.feeds import arrived, take_in_feed
from communique.ledger.intake.models import Job, JobKind
from communique.ledger.intake.taking import Arriving, Taken, take_in
from communique.ledger.rereading.actions import reread

_log = logging.getLogger(__name__)
_BEAT = 10.0  # seconds between two signs of life
_PAUSE = 1.0  # seconds between two looks for a job
_OUTAGE = 5.0  # seconds to wait where the database or the disk refuses

Told = Callable[[Job], None]


def work(
    stop: threading.Event,
    *,
    until_empty: bool = False,
    only: Iterable[int] | None = None,
    tell: Told | None = None,
) -> None:
    """Do jobs until ``stop`` is set, or, ``until_empty``, until none waits. ``only`` names the jobs to do; without
    it, the addresses watched whose time has come are looked at when no job waits.

    ``tell`` is called with each job that ended, and as it gets on.
    """
    me = actions.me()
    wanted = None if only is None else list(only)
    with _Heart(me):
        while not stop.is_set():
            try:
                actions.release_abandoned()
                job = actions.take(me, only=wanted)
                if job is not None:
                    do(job, tell)
                    continue
                if wanted is None and watching.due():
                    continue
            except (OperationalError, UnstorableBytes) as error:
                _log.warning("taking in waits: %s", str(error).strip())
                connection.close()
                stop.wait(_OUTAGE)
                continue
            if until_empty:
                return
            stop.wait(_PAUSE)


def do(job: Job, tell: Told | None = None) -> None:
    """Do one job. What is wrong with the document ends the job; what is wrong with this machine is raised.

    Raises OperationalError (locked, disk full) and UnstorableBytes: the job waits for a better moment.
    """
    try:
        for taken in _results(job):
            _count(job, taken)
            actions.progress(job)
            if tell is not None:
                tell(job)
        actions.finish(job, _all_refused(job))
    except CommuniqueError as error:
        if isinstance(error, UnstorableBytes):
            raise
        actions.finish(job, str(error))
    except FileNotFoundError:
        actions.finish(job, f"the bytes {job.sha256[:12]} are no longer there; add the document again")
    except OperationalError:
        raise
    except DatabaseError as error:
        _log.exception("job %s", job.pk)
        actions.finish(job, f"the database refused it: {str(error).strip()}")
    if tell is not None:
        tell(job)


def _results(job: Job) -> Iterable[Taken | UnreadableDocument]:
    match job.kind:
        case JobKind.FILE:
            data = store.fetch(job.sha256)
            return take_in(_arriving(job, data))
        case JobKind.FEED if job.sha256:
            return take_in_feed(_arriving(job, store.fetch(job.sha256)))
        case JobKind.REREAD:
            if job.document_id is not None:
                reread(job.document_id, by=job.by)
            return ()
        case _:
            got = fetch(job.url, allow_private=settings.FETCH_PRIVATE, limit=settings.UPLOAD_LIMIT)
            return arrived(Arriving(got.data, url=got.url, media_type=got.media_type, by=job.by))


def _arriving(job: Job, data: bytes) -> Arriving:
    return Arriving(data, name=job.name, url=job.url, media_type=job.media_type or None, by=job.by)


def _count(job: Job, taken: Taken | UnreadableDocument) -> None:
    if isinstance(taken, UnreadableDocument):
        job.refused = [*job.refused, {"name": taken.path, "reason": taken.why}]
        return
    job.document = taken.document
    job.taken += taken.new
    job.known += not taken.new


def _all_refused(job: Job) -> str:
    """Return why a job failed whose every entry was refused."""
    if job.refused and not job.taken and not job.known:
        return f"none of its {len(job.refused)} entries can be read: {job.refused[0]['reason']}"
    return ""


class _Heart:
    """Says every few seconds that the worker is alive, from a thread of its own."""

    def __init__(self, worker: str) -> None:
        self._worker = worker
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._stop.wait(_BEAT):
            try:
                actions.beat(self._worker)
            except DatabaseError as error:
                _log.warning("the worker's sign of life was not kept: %s", str(error).strip())
        connection.close()
