"""``communique reread``: the documents of a ledger, with the reader of today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.ledger import Data, user

if TYPE_CHECKING:
    from communique.ledger.rereading.actions import Reread


def reread(
    documents: Annotated[
        list[int] | None, typer.Argument(metavar="DOCUMENT…", help="The numbers of documents.", min=1)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that an older reader read.")] = False,
    data: Data = None,
) -> None:
    """Read documents again with the reader of today, and say in numbers what that changed.

    What a person decided stays as it was decided. Where the reader of today speaks against it, that is set beside
    the decision as a challenge, for a person to settle; what nobody decided on follows the newer reading.

    \b
    Examples:
      communique reread 12 17
      communique reread --all

    \b
    Exit status: 0, 1 when a document could not be read again, 2 for wrong usage, 130 when stopped.
    """
    from communique.ledger.start import start

    if everything == bool(documents):
        raise typer.BadParameter("name documents by their numbers, or give --all")
    start(data)
    from communique.cli.working import do_all, tell_failures
    from communique.ledger.intake.actions import ask_reread, new_batch
    from communique.ledger.intake.queries import changed

    batch = new_batch()
    asked = ask_reread(_chosen(documents), by=user(), batch=batch)
    if not asked:
        typer.echo("The reader of today has read all of them.")
        return
    do_all(batch, asked)
    failed = tell_failures(batch)
    _tell(changed(batch))
    if failed:
        raise typer.Exit(1)


def _chosen(numbers: list[int] | None) -> list[int]:
    """Return the documents named, or all that an older reader read. Raises CommuniqueError for one not there."""
    from communique.errors import CommuniqueError
    from communique.ledger.documents.models import Document
    from communique.ledger.rereading.actions import to_read_again

    if numbers is None:
        return list(to_read_again().values_list("pk", flat=True))
    known = set(Document.objects.filter(pk__in=numbers).values_list("pk", flat=True))
    for number in numbers:
        if number not in known:
            raise CommuniqueError(f"there is no document {number}", hint="its address ends in its number")
    return list(dict.fromkeys(numbers))


def _tell(done: Reread) -> None:
    typer.echo(f"documents read again   {done.documents:>8,}")
    typer.echo(f"claims read as before  {done.same:>8,}")
    typer.echo(f"newly proposed         {done.proposed:>8,}")
    typer.echo(f"no longer proposed     {done.ended:>8,}")
    typer.echo(f"decisions challenged   {done.challenged:>8,}")
    if done.challenged:
        typer.echo("No decision was changed: the queue shows what now speaks against them.")
