"""The command line: one command a file, each one call of the library.

Nothing heavy is imported before a command runs, so that help and completion answer at once.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from communique.cli.account import account
from communique.cli.add import add
from communique.cli.backup import backup
from communique.cli.bulk import bulk
from communique.cli.evaluate import evaluate
from communique.cli.events import events
from communique.cli.read import read
from communique.cli.reindex import reindex
from communique.cli.reread import reread
from communique.cli.restore import restore
from communique.cli.schema import schema
from communique.cli.serve import serve
from communique.cli.taking import work as work_for_a_ledger
from communique.cli.verify import verify
from communique.cli.watch import watch, watches

app = typer.Typer(
    name="communique",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command()(read)
app.command()(events)
app.command()(evaluate)
app.command()(bulk)
app.command()(schema)
app.command()(serve)
app.command()(add)
app.command("work")(work_for_a_ledger)
app.command()(watch)
app.command()(watches)
app.command()(reread)
app.command()(reindex)
app.command()(backup)
app.command()(restore)
app.command()(verify)
app.add_typer(account)


def _version(wanted: bool) -> None:
    if wanted:
        from communique import __version__

        typer.echo(f"communique {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Read what governments and their organisations say to each other.

    Who met, who said what, what was promised and paid: each finding with the exact words it stands on.

    \b
    Examples:
      communique read release.html
      communique read https://example.org/statement --format html -o statement.html
      communique read archive/ --format jsonl -o archive.jsonl --jobs 4
      communique evaluate marked/ --misses

    'communique COMMAND --help' says more about each command.
    """


def main() -> None:
    """Run the command line, and end with its exit status: 0, 1 where something failed, 2 for wrong usage."""
    from communique.errors import CommuniqueError

    try:
        app()
    except CommuniqueError as error:
        typer.echo(f"communique: {error}", err=True)
        sys.exit(1)
    except _refusals() as error:
        from communique.ledger.outages import is_outage, why

        if not is_outage(error):
            raise
        typer.echo(f"communique: {why(error)}: the last step was not kept; try again later", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _refusals() -> tuple[type[BaseException], ...]:
    """Return what a database raises that is locked, full or away, where one was opened."""
    if "django.db" not in sys.modules:
        return ()
    from django.db import InterfaceError, OperationalError

    return (OperationalError, InterfaceError)
