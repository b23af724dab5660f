"""What the commands of the ledger share: where it is kept, and opening it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Data: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="The ledger's folder: its database and documents. Default: the platform's place for data.",
        envvar="COMMUNIQUE_DATA",
        file_okay=False,
    ),
]
"""The option every command of the ledger has."""


def user() -> str:
    """Return the name that acts from the command line are logged under."""
    import getpass

    try:
        return f"{getpass.getuser()} (console)"
    except (KeyError, OSError):
        return "console"
