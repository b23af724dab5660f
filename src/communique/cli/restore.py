"""``communique restore``: a ledger from its backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.ledger import Data


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What 'communique backup' wrote.")],
    data: Data = None,
) -> None:
    """Put a backup into an empty ledger, and check it.

    All of it is restored, or nothing: a file that is not whole is refused, and interrupted the ledger stays empty.
    Everybody signs in anew, with the password they had.

    \b
    Examples:
      communique restore ledger.tar.gz --data /srv/partnership
      DATABASE_URL=postgresql://user@host/ledger communique restore ledger.tar.gz

    \b
    Exit status: 0, or 1 when it could not be restored, or the ledger backed up was not whole.
    """
    from communique.ledger.start import start

    start(data)
    from communique.cli.progress import Bar
    from communique.cli.verify import tell
    from communique.ledger.backup.restoring import restore
    from communique.ledger.history.verify import verify

    with Bar(None, "Restoring") as bar:
        restored = restore(file, tell=bar.advance)
    typer.echo(f"{restored.rows:,} rows restored, as of {restored.made}")
    found = verify()
    tell(found)
    if found.faults:
        raise typer.Exit(1)
