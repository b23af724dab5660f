"""``communique verify``: whether a ledger is whole."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.ledger import Data

if TYPE_CHECKING:
    from communique.ledger.history.verify import Verified


class Format(StrEnum):
    """How the figures are printed."""

    TEXT = "text"
    JSON = "json"


def verify(
    data: Data = None,
    form: Annotated[Format, typer.Option("--format", help="text, or one JSON object.")] = Format.TEXT,
) -> None:
    """Check that nothing in a ledger was altered or lost.

    Every act against the chain of hashes, every claim, document and judgement against the log, every quote
    against its text, every document against its bytes. Safe while the ledger is served.

    \b
    Exit status: 0, or 1 when anything is wrong.
    """
    from communique.ledger.start import start

    start(data)
    from communique.ledger.history.verify import verify

    found = verify()
    if form is Format.JSON:
        import msgspec

        typer.echo(msgspec.json.encode(found).decode())
    else:
        tell(found)
    if found.faults:
        raise typer.Exit(1)


def tell(found: Verified) -> None:
    """Print the figures of a ledger, and what is wrong with it."""
    typer.echo(f"documents  {found.documents:>10,}")
    typer.echo(f"claims     {found.claims:>10,}")
    typer.echo(f"acts       {found.acts:>10,}")
    typer.echo("nothing is wrong" if not found.faults else f"faults     {len(found.faults):>10,}")
    for fault in found.faults:
        typer.echo(f"  {fault}")
