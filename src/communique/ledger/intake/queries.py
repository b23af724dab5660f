"""Reads jobs."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from communique.ledger.intake.models import Job, JobState, Watch

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


def newest(state: str = "") -> QuerySet[Job]:
    """Return the jobs of a state, or all, the newest first."""
    jobs = Job.objects.select_related("document").order_by("-id")
    return jobs.filter(state=state) if state in JobState.values else jobs


def watched() -> QuerySet[Watch]:
    """Return what is watched: what fails first, then what goes on, then what was stopped."""
    return Watch.objects.select_related("job", "job__document").order_by("stopped", "-failures", "url")
