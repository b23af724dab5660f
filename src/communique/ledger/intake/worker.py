"""Does the jobs, one after the other, as long as it is let."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from communique.errors import DEFECTS, CommuniqueError, UnreadableDocument
from communique.fetch import fetch
from communique.ledger.documents import store
from communique.ledger.intake import actions, watching
from communique.ledger.intake.actions import TakenOver, Tally
from communique.ledger.intake.feeds import arrived, take_in_feed
from communique.ledger.intake.models import Job, JobKind, JobState
from communique.ledger.intake.queries import unfinished
from communique.ledger.intake.taking import Arriving, Taken, take_in
from communique.ledger.outages import Outage, gave_way, is_outage, why
from communique.ledger.rereading.actions import Reread, reread

_log = logging.getLogger(__name__)
_BEAT = 10.0  # seconds between two signs of life
_PAUSE = 1.0  # seconds between two looks for a job
_OUTAGE = 5.0  # seconds to wait where the database or the disk refuses
_ROUND = 10.0  # seconds between two looks for jobs whose worker died
_REFUSALS = (OperationalError, InterfaceError, Outage)

Told = Callable[[Job], None]


def work(
    stop: threading.Event,
    *,
    until_empty: bool = False,
    batch: str = "",
    patient: bool = True,
    tell: Told | None = None,
) -> None:
    """Do jobs until ``stop`` is set, or, ``until_empty``, until none waits; with ``batch``, until all of it is
    done, be it by other workers. Without it, the addresses watched whose time has come are looked at when no job
    waits.

    Where the database or the disk refuses, it waits and goes on; one that is not ``patient`` raises what they
    raised. ``tell`` is called with each job that ended, and as it gets on.
    """
    me = actions.me()
    patience = _Patience(stop)
    looked = -_ROUND
    store.sweep()
    with _Heart(me):
        while not stop.is_set():
            job: Job | None = None
            try:
                if time.monotonic() - looked > _ROUND:
                    actions.release_abandoned()
                    looked = time.monotonic()
                job = actions.take(me, batch=batch)
                if job is not None:
                    do(job, stop, tell)
                elif not batch and watching.due():
                    continue
                elif until_empty and not (batch and unfinished(batch)):
                    return
                else:
                    stop.wait(_PAUSE)
                patience.restore()
            except TakenOver as error:
                _log.warning("%s", error)
            except _REFUSALS as error:
                connection.close()
                if not patient and not gave_way(error):
                    _give_back(job)
                    raise
                patience.wait(error)
                while not _give_back(job) and not stop.is_set():
                    patience.wait(error)


def do(job: Job, stop: threading.Event, tell: Told | None = None) -> None:
    """Do one job. What is wrong with the document ends the job; what is wrong with this machine is raised.

    Stopped in the middle of a list, it goes on there the next time. Raises TakenOver where the job is another
    worker's by now, Outage, and the database's errors where ``is_outage`` holds.
    """
    doing = _Doing(job)
    try:
        for _ in doing.steps():
            if tell is not None:
                tell(job)
            if stop.is_set() and job.state == JobState.RUNNING:
                actions.give_back(job)
                return
        doing.end()
    except (Outage, TakenOver):
        raise
    except CommuniqueError as error:
        actions.finish(job, str(error))
    except FileNotFoundError:
        actions.finish(job, f"the bytes {job.sha256[:12]} are no longer there; add the document again")
    except (DatabaseError, InterfaceError) as error:
        if is_outage(error):
            raise
        _log.exception("job %s", job.pk)
        actions.finish(job, f"the database refused it: {str(error).strip()}")
    except DEFECTS as defect:
        if is_outage(defect):
            raise Outage(str(defect)) from defect
        _log.exception("job %s", job.pk)
        actions.finish(
            job, f"a mistake in the reader, not in the document: {type(defect).__name__}: {defect}"
        )
    if tell is not None:
        tell(job)


def _give_back(job: Job | None) -> bool:
    """Let a job wait again; False where not even that can be written."""
    try:
        if job is not None:
            actions.give_back(job)
    except _REFUSALS:
        connection.close()
        return False
    return True


class _Patience:
    """Waits out what the machine refuses, and says once that it does."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._said = ""

    def wait(self, error: Exception) -> None:
        """Wait a while; not where only another transaction went first."""
        if gave_way(error):
            return
        told = why(error)
        if told != self._said:
            _log.warning("taking in waits: %s", told)
        self._said = told
        self._stop.wait(_OUTAGE)

    def restore(self) -> None:
        """Say that it goes on, where it waited."""
        if self._said:
            _log.warning("taking in goes on")
        self._said = ""


class _Doing:
    """One job under way: what became of each document is kept with the document, or not at all."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._tally = self._next = Tally(job.taken, job.known, tuple(job.refused), job.document_id)
        self._settled = job.taken + job.known + len(job.refused)
        self._met = 0

    def steps(self) -> Iterator[None]:
        """Do the job, and come back after each document."""
        if self._job.kind == JobKind.REREAD:
            if self._job.document_id is not None:
                reread(self._job.document_id, by=self._job.by, settle=self._reread)
            return
        for _ in self._outcomes():
            self._tally = self._next
            self._met += 1
            yield

    def end(self) -> None:
        """Close the job, where the last document didn't."""
        if self._job.state == JobState.RUNNING:
            refused = self._tally.refused
            none = refused and not self._tally.taken and not self._tally.known
            actions.finish(
                self._job,
                f"none of its {len(refused)} entries can be read: {refused[0]['reason']}" if none else "",
            )

    def _outcomes(self) -> Iterator[Taken | UnreadableDocument]:
        job = self._job
        if not job.sha256:
            got = fetch(job.url, allow_private=settings.FETCH_PRIVATE, limit=settings.UPLOAD_LIMIT)
            came = Arriving(got.data, url=got.url, media_type=got.media_type, by=job.by)
            return arrived(came, settle=self._settle)
        data = store.fetch(job.sha256)
        came = Arriving(data, name=job.name, url=job.url, media_type=job.media_type or None, by=job.by)
        take = take_in_feed if job.kind == JobKind.FEED else take_in
        return take(came, settle=self._settle)

    def _settle(self, outcome: Taken | UnreadableDocument, /, *, last: bool) -> None:
        self._next = self._tally if self._is_counted(outcome) else _counted(self._tally, outcome)
        if self._next is not self._tally or last:
            actions.progress(self._job, self._next, done=last)

    def _is_counted(self, outcome: Taken | UnreadableDocument) -> bool:
        """Say whether a worker that ended before the job did has counted a document."""
        return self._met < self._settled and not (isinstance(outcome, Taken) and outcome.new)

    def _reread(self, outcome: Reread) -> None:
        actions.progress(self._job, replace(self._tally, changed=outcome), done=True)


def _counted(tally: Tally, outcome: Taken | UnreadableDocument) -> Tally:
    if isinstance(outcome, UnreadableDocument):
        return replace(tally, refused=(*tally.refused, {"name": outcome.path, "reason": outcome.why}))
    return replace(
        tally,
        taken=tally.taken + outcome.new,
        known=tally.known + (not outcome.new),
        document=outcome.document.pk,
    )


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
            except (DatabaseError, InterfaceError) as error:
                _log.warning("the worker's sign of life was not kept: %s", str(error).strip())
                connection.close()
        connection.close()
