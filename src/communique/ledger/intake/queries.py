"""Reads jobs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from communique.ledger.intake.models import Job, JobState, Watch
from communique.ledger.rereading.actions import Reread

_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """How many jobs there are of each state, and the newest of them."""

    waiting: int
    running: int
    failed: int
    jobs: list[Job]

    @property
    def busy(self) -> bool:
        """Whether something is still to be taken in."""
        return bool(self.waiting or self.running)


def standing(state: str = "") -> Standing:
    """Return how taking in stands; ``state`` picks jobs of one state."""
    counted = dict(
        Job.objects.exclude(state=JobState.DONE).order_by().values_list("state").annotate(Count("pk"))
    )
    return Standing(
        waiting=counted.get(JobState.WAITING, 0),
        running=counted.get(JobState.RUNNING, 0),
        failed=counted.get(JobState.FAILED, 0),
        jobs=list(newest(state)[:_SHOWN]),
    )


def unfinished(batch: str) -> int:
    """Return how many jobs of a batch are still to be done."""
    return Job.objects.filter(batch=batch, state__in=(JobState.WAITING, JobState.RUNNING)).count()


def failures(batch: str) -> Iterator[Job]:
    """Yield the jobs of a batch in which something failed or could not be read, in the order asked for."""
    jobs = Job.objects.filter(batch=batch).order_by("id")
    return (job for job in jobs.iterator() if job.reason or job.refused)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many documents a batch took in, and how many were there already."""

    taken: int
    known: int


def counted(batch: str) -> Counted:
    """Return what became of a batch."""
    sums = Job.objects.filter(batch=batch).aggregate(taken=Sum("taken"), known=Sum("known"))
    return Counted(sums["taken"] or 0, sums["known"] or 0)


def changed(batch: str) -> Reread:
    """Return what reading the documents of a batch again changed."""
    told = Job.objects.filter(batch=batch, state=JobState.DONE).values_list("changed", flat=True)
    return sum((Reread(**one) for one in told.iterator() if one is not None), Reread())


def newest(state: str = "") -> QuerySet[Job]:
    """Return the jobs of a state, or all, the newest first."""
    jobs = Job.objects.select_related("document").order_by("-id")
    return jobs.filter(state=state) if state in JobState.values else jobs


def watched() -> QuerySet[Watch]:
    """Return what is watched: what fails first, then what goes on, then what was stopped."""
    return Watch.objects.select_related("job", "job__document").order_by("stopped", "-failures", "url")
