"""``communique add``: documents into a ledger."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.ledger import Data, user

if TYPE_CHECKING:
    from communique.cli.inputs import Input
    from communique.ledger.intake.models import Job


def add(
    what: Annotated[
        list[str],
        typer.Argument(metavar="PATH|URL|FEED…", help="Files, folders, patterns, addresses, feeds."),
    ],
    data: Data = None,
    feed: Annotated[
        bool, typer.Option("--feed", help="The addresses are feeds: take in each entry.")
    ] = False,
    wait: Annotated[
        bool, typer.Option("--wait/--no-wait", help="Work until all is taken in, or leave it to a worker.")
    ] = True,
) -> None:
    """Take documents into a ledger: read them, and keep what they say.

    The same bytes twice are one document. What fails is listed with its reason; 'communique jobs --retry'
    tries it again.

    \b
    Examples:
      communique add release.html
      communique add archive/ https://example.org/statement
      communique add --feed https://example.org/news.xml

    \b
    Exit status: 0, or 1 when something could not be taken in.
    """
    from communique.cli.inputs import find_inputs
    from communique.ledger.start import start

    inputs = find_inputs(what)
    start(data)
    from communique.errors import UnreadableDocument

    failed = 0
    for missing in inputs.missing:
        typer.echo(f"communique: {missing}", err=True)
        failed += 1
    if inputs.left_out:
        typer.echo(f"{inputs.left_out} files of other kinds were left out", err=True)
    asked: list[int] = []
    for source in inputs.found:
        try:
            asked.append(_ask(source, feed=feed))
        except UnreadableDocument as error:
            typer.echo(f"communique: {error}", err=True)
            failed += 1
    if not wait:
        typer.echo(f"{len(asked):,} asked for; a worker takes them in")
    elif asked:
        failed += _work(asked)
    if failed:
        raise typer.Exit(1)


def _ask(source: Input, *, feed: bool) -> int:
    from communique.cli.inputs import contents
    from communique.ledger.intake import actions

    if source.kind == "url":
        return actions.ask_url(source.name, by=user(), feed=feed).pk
    return actions.ask_bytes(contents(source), name=source.name, by=user()).pk


def _work(asked: list[int]) -> int:
    """Do the jobs asked for, a bar showing how far they are, and return how many failed."""
    from communique.cli.progress import Bar
    from communique.ledger.intake.models import Job, JobState
    from communique.ledger.intake.worker import work

    with Bar(len(asked)) as bar:

        def tell(job: Job) -> None:
            if job.state == JobState.FAILED:
                bar.say(f"communique: {job}: {job.reason}")
            if job.state in (JobState.DONE, JobState.FAILED):
                bar.advance()

        work(threading.Event(), until_empty=True, only=asked, tell=tell)
    done = list(Job.objects.filter(pk__in=asked))
    _tell(done)
    return sum(job.state == JobState.FAILED for job in done)


def _tell(jobs: list[Job]) -> None:
    from communique.ledger.intake.models import JobState

    for job in jobs:
        for refused in job.refused:
            typer.echo(f"communique: {refused['name']}: {refused['reason']}", err=True)
    failed = sum(job.state == JobState.FAILED for job in jobs)
    typer.echo(
        f"{sum(job.taken for job in jobs):,} documents taken in, {sum(job.known for job in jobs):,} known already"
        + (f", {failed:,} failed" if failed else "")
    )
