"""``communique add``: documents into a ledger."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.ledger import Data, user

if TYPE_CHECKING:
    from communique.cli.inputs import Input


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
    from communique.ledger.intake.actions import new_batch

    batch, asked = new_batch(), 0
    for source in inputs.found:
        try:
            _ask(source, feed=feed, batch=batch)
            asked += 1
        except UnreadableDocument as error:
            typer.echo(f"communique: {error}", err=True)
            failed += 1
    if not wait:
        typer.echo(f"{asked:,} asked for; a worker takes them in")
    elif asked:
        failed += _work(batch, asked)
    if failed:
        raise typer.Exit(1)


def _ask(source: Input, *, feed: bool, batch: str) -> None:
    from communique.cli.inputs import contents
    from communique.ledger.intake import actions

    if source.kind == "url":
        actions.ask_url(source.name, by=user(), feed=feed, batch=batch)
    else:
        # where it lies on this machine is nobody's business on a ledger that others read
        actions.ask_bytes(contents(source), name=PurePath(source.name).name, by=user(), batch=batch)


def _work(batch: str, asked: int) -> int:
    """Do the jobs asked for, say what became of them, and return how many failed."""
    from communique.cli.working import do_all, tell_failures
    from communique.ledger.intake.queries import counted

    do_all(batch, asked)
    failed = tell_failures(batch)
    done = counted(batch)
    typer.echo(
        f"{done.taken:,} document{'' if done.taken == 1 else 's'} taken in, {done.known:,} known already"
        + (f", {failed:,} failed" if failed else "")
    )
    return failed
