"""``communique backup``: a whole ledger in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.ledger import Data


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: ledger.tar.gz.")],
    data: Data = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Write all of a ledger into one file, as it stands at one moment. Safe while it is served.

    The file holds every document as it came, every row and the whole history, and what passwords are checked
    against: keep it where you would keep the ledger. Who is signed in is not in it. It is restored into SQLite
    or PostgreSQL alike, with 'communique restore'.

    \b
    Examples:
      communique backup ledger.tar.gz
      communique backup --overwrite /mnt/backup/ledger.tar.gz

    \b
    Exit status: 0, or 1 when it could not be written, or documents' bytes are missing.
    """
    from communique.ledger.start import start

    start(data)
    from communique.cli.progress import Bar
    from communique.ledger.backup.making import back_up, size

    with Bar(size(), "Writing") as bar:
        made = back_up(file, overwrite=overwrite, tell=bar.advance)
    typer.echo(
        f"{file}: {made.documents:,} documents, {made.rows:,} rows, {file.stat().st_size / 1e6:,.1f} MB"
    )
    for sha256 in made.missing:
        typer.echo(f"communique: the bytes {sha256} are gone: 'communique verify' says of which", err=True)
    if made.missing:
        raise typer.Exit(1)
