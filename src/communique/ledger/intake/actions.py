"""Asks for documents to be taken in, and moves jobs on."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from communique.ledger.documents import store
from communique.ledger.intake.models import Job, JobKind, JobState

STALE = timedelta(seconds=45)
"""After this long without a word from its worker, a job goes to another."""
TRIES = 3
"""A job whose worker died this often is not tried again by itself."""


def ask_bytes(data: bytes, *, name: str, by: str, media_type: str | None = None) -> Job:
    """Keep bytes and ask for them to be taken in. Raises UnstorableBytes where there is no room."""
    digest = store.keep(data)
    return _asked(JobKind.FILE, by, sha256=digest, name=name[:500], media_type=media_type or "")


def ask_url(url: str, *, by: str, feed: bool = False) -> Job:
    """Ask for an address to be fetched and taken in, or for each entry of a feed."""
    return _asked(JobKind.FEED if feed else JobKind.URL, by, url=url)


def ask_kept(sha256: str, *, url: str, media_type: str | None, by: str, feed: bool) -> Job:
    """Ask for bytes that an address gave, and that are kept, to be taken in."""
    kind = JobKind.FEED if feed else JobKind.FILE
    return _asked(kind, by, sha256=sha256, url=url[:2000], media_type=(media_type or "")[:100])


def ask_reread(documents: Iterable[int], *, by: str) -> int:
    """Ask for documents to be read again, and return how many."""
    now = timezone.now()
    jobs = [Job(kind=JobKind.REREAD, document_id=pk, asked=now, by=by) for pk in documents]
    return len(Job.objects.bulk_create(jobs, batch_size=500))


def retry(job: Job) -> bool:
    """Let a failed job be tried again; False where it is not one that failed."""
    return bool(
        Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
            state=JobState.WAITING, reason="", tries=0, refused=[], worker="", beat=None, finished=None
        )
    )


def take(worker: str, *, only: Iterable[int] | None = None) -> Job | None:
    """Return the next job that waits, now ``worker``'s, or None. Two workers never get the same."""
    with transaction.atomic():
        waiting = Job.objects.filter(state=JobState.WAITING)
        if only is not None:
            waiting = waiting.filter(pk__in=only)
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


def beat(worker: str) -> None:
    """Say that a worker is alive."""
    Job.objects.filter(state=JobState.RUNNING, worker=worker).update(beat=timezone.now())


def progress(job: Job) -> None:
    """Keep how far a job is."""
    job.beat = timezone.now()
    job.save(update_fields=["taken", "known", "refused", "document", "beat"])


def finish(job: Job, reason: str = "") -> None:
    """Close a job: done, or failed for a reason."""
    job.state = JobState.FAILED if reason else JobState.DONE
    job.reason, job.finished = reason, timezone.now()
    job.save(update_fields=["state", "reason", "finished", "taken", "known", "refused", "document"])


def release_abandoned() -> int:
    """Let the jobs of workers that died wait again, and return how many; what kills its worker fails in the end."""
    now = timezone.now()
    running = Job.objects.filter(state=JobState.RUNNING)
    dead = [j.pk for j in running.only("pk", "worker") if j.worker and not _alive(j.worker)]
    gone = Job.objects.filter(Q(pk__in=dead) | Q(beat__lt=now - STALE), state=JobState.RUNNING)
    given_up = gone.filter(tries__gte=TRIES).update(
        state=JobState.FAILED,
        reason=f"the worker ended {TRIES} times while it read this; retry to try once more",
        finished=now,
    )
    return given_up + gone.update(state=JobState.WAITING, worker="", beat=None)


def me() -> str:
    """Return the name of this process as a worker."""
    return f"{socket.gethostname()[:70]}:{os.getpid()}"


def _alive(worker: str) -> bool:
    """Say whether a worker may be alive: only of this host's processes anything is known for certain."""
    host, _, pid = worker.rpartition(":")
    if host != socket.gethostname()[:70]:
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _asked(
    kind: JobKind, by: str, *, sha256: str = "", name: str = "", url: str = "", media_type: str = ""
) -> Job:
    return Job.objects.create(
        kind=kind, by=by, asked=timezone.now(), sha256=sha256, name=name, url=url, media_type=media_type
    )
