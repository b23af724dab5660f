"""Asks for documents to be taken in, and moves jobs on."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from communique.errors import CommuniqueError
from communique.ledger.documents import store
from communique.ledger.intake.models import Job, JobKind, JobState
from communique.ledger.rereading.actions import Reread

STALE = timedelta(seconds=45)
"""After this long without a word from its worker, a job goes to another."""
TRIES = 3
"""A job whose worker died this often is not tried again by itself."""
_MARK = secrets.token_hex(4)
"""Tells this process from one that had its number before."""


class TakenOver(CommuniqueError):
    """A job went to another worker, since this one gave no sign of life for too long."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file that somebody gave."""

    data: bytes
    name: str
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a job is."""

    taken: int = 0
    known: int = 0
    refused: tuple[dict[str, str], ...] = ()
    document: int | None = None
    changed: Reread | None = None


def ask_files(files: Iterable[Given], *, by: str) -> int:
    """Keep files and ask for all of them to be taken in, or for none; return how many there were.

    Raises UnstorableBytes where there is no room.
    """
    kept = [(store.keep(file.data), file.name, file.media_type) for file in files]
    now = timezone.now()
    jobs = [
        Job(
            kind=JobKind.FILE,
            by=by,
            asked=now,
            sha256=sha256,
            name=name[:500],
            media_type=(media_type or "")[:100],
        )
        for sha256, name, media_type in kept
    ]
    return len(Job.objects.bulk_create(jobs))


def ask_bytes(data: bytes, *, name: str, by: str, media_type: str | None = None, batch: str = "") -> Job:
    """Keep bytes and ask for them to be taken in. Raises UnstorableBytes where there is no room."""
    digest = store.keep(data)
    return _asked(
        JobKind.FILE, by, batch, sha256=digest, name=name[:500], media_type=(media_type or "")[:100]
    )


def ask_url(url: str, *, by: str, feed: bool = False, batch: str = "") -> Job:
    """Ask for an address to be fetched and taken in, or for each entry of a feed."""
    return _asked(JobKind.FEED if feed else JobKind.URL, by, batch, url=url)


def ask_kept(sha256: str, *, url: str, media_type: str | None, by: str, feed: bool) -> Job:
    """Ask for bytes that an address gave, and that are kept, to be taken in."""
    kind = JobKind.FEED if feed else JobKind.FILE
    return _asked(kind, by, "", sha256=sha256, url=url[:2000], media_type=(media_type or "")[:100])


def ask_reread(documents: Iterable[int], *, by: str, batch: str = "") -> int:
    """Ask for documents to be read again, and return how many."""
    now = timezone.now()
    jobs = [Job(kind=JobKind.REREAD, document_id=pk, asked=now, by=by, batch=batch) for pk in documents]
    return len(Job.objects.bulk_create(jobs, batch_size=500))


def new_batch() -> str:
    """Return a mark for what is asked for at once."""
    return secrets.token_hex(8)


def retry(job: Job) -> bool:
    """Let a failed job be tried again; False where it is not one that failed."""
    return bool(_again(Job.objects.filter(pk=job.pk)))


def retry_all() -> int:
    """Let every failed job be tried again, and return how many."""
    return _again(Job.objects.all())


def _again(jobs: QuerySet[Job]) -> int:
    return jobs.filter(state=JobState.FAILED).update(
        state=JobState.WAITING,
        reason="",
        tries=0,
        taken=0,
        known=0,
        refused=[],
        worker="",
        beat=None,
        finished=None,
    )


def take(worker: str, *, batch: str = "") -> Job | None:
    """Return the next job that waits, now ``worker``'s, or None. Two workers never get the same."""
    with transaction.atomic():
        waiting = Job.objects.filter(state=JobState.WAITING)
        if batch:
            waiting = waiting.filter(batch=batch)
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        job = waiting.order_by("id").first()
        if job is None:
            return None
        now = timezone.now()
        job.state, job.worker, job.started, job.beat = JobState.RUNNING, worker, now, now
        job.tries += 1
        job.save(update_fields=["state", "worker", "started", "beat", "tries"])
        return job


def give_back(job: Job) -> None:
    """Let a job wait again that its worker can't go on with, through no fault of the job's."""
    _mine(job).update(state=JobState.WAITING, worker="", beat=None, tries=F("tries") - 1)


def beat(worker: str) -> None:
    """Say that a worker is alive."""
    Job.objects.filter(state=JobState.RUNNING, worker=worker).update(beat=timezone.now())


def progress(job: Job, tally: Tally, *, done: bool = False) -> None:
    """Keep how far a job is; ``done``: it is over. Call it in the transaction that keeps what was done.

    Raises TakenOver where the job is another worker's by now.
    """
    now = timezone.now()
    job.taken, job.known, job.refused = tally.taken, tally.known, list(tally.refused)
    job.document_id = tally.document
    job.changed = asdict(tally.changed) if tally.changed is not None else None
    job.beat = now
    if done:
        job.state, job.finished = JobState.DONE, now
    _write(job, "taken", "known", "refused", "document_id", "changed", "beat", "state", "finished")


def finish(job: Job, reason: str = "") -> None:
    """Close a job: done, or failed for a reason. Raises TakenOver where it is another worker's by now."""
    job.state = JobState.FAILED if reason else JobState.DONE
    job.reason, job.finished = reason, timezone.now()
    _write(job, "state", "reason", "finished")


def release_abandoned() -> int:
    """Let the jobs of workers that died wait again, and return how many; what kills its worker fails in the end."""
    now = timezone.now()
    running = Job.objects.filter(state=JobState.RUNNING)
    dead = [j.pk for j in running.only("pk", "worker") if not _alive(j.worker)]
    gone = Job.objects.filter(Q(pk__in=dead) | Q(beat__lt=now - STALE), state=JobState.RUNNING)
    given_up = gone.filter(tries__gte=TRIES).update(
        state=JobState.FAILED,
        reason=f"the worker ended {TRIES} times while it read this; retry to try once more",
        finished=now,
    )
    return given_up + gone.update(state=JobState.WAITING, worker="", beat=None)


def me() -> str:
    """Return the name of this process as a worker."""
    return f"{_host()}:{os.getpid()}:{_MARK}"


def _alive(worker: str) -> bool:
    """Say whether a worker may be alive: only of this host's processes anything is known for certain."""
    host, _, rest = worker.partition(":")
    number, _, mark = rest.partition(":")
    if host != _host() or not number.isdecimal():
        return True
    if int(number) == os.getpid():
        return mark == _MARK
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _host() -> str:
    return socket.gethostname().replace(":", "-")[:70]


def _mine(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, worker=job.worker)


def _write(job: Job, *names: str) -> None:
    if not _mine(job).update(**{name: getattr(job, name) for name in names}):
        raise TakenOver(f"{job}: another worker has this job now")


def _asked(
    kind: JobKind,
    by: str,
    batch: str,
    *,
    sha256: str = "",
    name: str = "",
    url: str = "",
    media_type: str = "",
) -> Job:
    return Job.objects.create(
        kind=kind,
        by=by,
        batch=batch,
        asked=timezone.now(),
        sha256=sha256,
        name=name,
        url=url,
        media_type=media_type,
    )
