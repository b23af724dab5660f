"""Does what was asked for at once, a bar showing how far it is, and says how it ended."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from types import FrameType

    from communique.ledger.intake.models import Job


@contextmanager
def until_told() -> Iterator[threading.Event]:
    """Yield what is set by Ctrl-C or SIGTERM: whoever works then ends with the document under way."""
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def do_all(batch: str, asked: int) -> None:
    """Do the jobs of a batch. Stopped, it says so and ends with status 130: the jobs left wait for a worker.

    Raises Outage where the database or the disk refuses.
    """
    from django.db import InterfaceError, OperationalError

    from communique.cli.progress import Bar
    from communique.ledger.intake.models import JobState
    from communique.ledger.intake.queries import unfinished
    from communique.ledger.intake.worker import work
    from communique.ledger.outages import Outage, why

    with until_told() as stop, Bar(asked) as bar:

        def tell(job: Job) -> None:
            if job.state in (JobState.DONE, JobState.FAILED):
                bar.advance()

        try:
            work(stop, until_empty=True, batch=batch, patient=False, tell=tell)
        except (OperationalError, InterfaceError, Outage) as error:
            raise Outage(
                f"{why(error)}; what is not taken in waits for a worker, or for the same command"
            ) from error
    left = unfinished(batch)
    if left:
        typer.echo(f"stopped; {left:,} of {asked:,} wait, and a worker goes on with them", err=True)
        raise typer.Exit(130)


def tell_failures(batch: str) -> int:
    """Say why jobs of a batch failed and what in them can't be read, and return how many failed."""
    from communique.ledger.intake.queries import failures

    failed = 0
    for job in failures(batch):
        for refused in job.refused:
            typer.echo(f"communique: {refused['name']}: {refused['reason']}", err=True)
        if job.reason:
            typer.echo(f"communique: {job}: {job.reason}", err=True)
            failed += 1
    return failed
