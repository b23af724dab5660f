"""``communique bulk``: many documents to tables, on Spark."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer


def bulk(
    given: Annotated[
        str,
        typer.Argument(
            metavar="INPUT|status",
            help="JSON Lines (.jsonl, .jsonl.gz), Parquet, WARC, or a folder of these and of documents.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path,
        typer.Argument(
            metavar="OUTPUT", help="The folder for the tables; all workers must see it.", show_default=False
        ),
    ],
    master: Annotated[
        str, typer.Option("--master", metavar="URL", envvar="COMMUNIQUE_MASTER", help="Spark's master.")
    ] = "local[*]",
    text: Annotated[str, typer.Option("--text", metavar="COLUMN", help="The column of the text.")] = "text",
    id: Annotated[str, typer.Option("--id", metavar="COLUMN", help="That of the document's id.")] = "id",
    title: Annotated[str, typer.Option("--title", metavar="COLUMN", help="That of its title.")] = "title",
    date: Annotated[
        str, typer.Option("--date", metavar="COLUMN", help="That of its day of publication.")
    ] = "date",
    url: Annotated[str, typer.Option("--url", metavar="COLUMN", help="That of its address.")] = "url",
    media_type: Annotated[
        str,
        typer.Option("--media-type", metavar="COLUMN", help="That of what the text is, such as text/html."),
    ] = "media_type",
    timeout: Annotated[
        int, typer.Option("--timeout", min=1, metavar="SECONDS", help="Processor time for one document.")
    ] = 120,
    memory: Annotated[
        int, typer.Option("--memory", min=500, metavar="MB", help="Memory for reading one document.")
    ] = 4_000,
    gate: Annotated[
        bool,
        typer.Option(
            "--gate/--no-gate", help="Skip what can hold no finding; without, the result is the same."
        ),
    ] = True,
    part: Annotated[
        int | None,
        typer.Option(
            "--part",
            min=1,
            metavar="DOCUMENTS",
            help="At most so many are begun again after a kill. [default: by the size of INPUT]",
        ),
    ] = None,
    conf: Annotated[
        list[str] | None,
        typer.Option("--conf", metavar="KEY=VALUE", help="A setting of Spark's; repeatable."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Drop what OUTPUT holds, and start over.")] = False,
) -> None:
    """Read many documents on Spark, and write what they say as tables in Parquet.

    One folder a table: documents, statements, commitments, contributions, meetings, instruments, measures,
    issues, areas, progress, parties, problems. A document that can't be read is a row in problems. When a run is
    interrupted, however it is, the same command goes on from there. 'communique bulk status OUTPUT' says how far
    it is.

    \b
    Examples:
      communique bulk articles.jsonl tables/
      communique bulk news.parquet tables/ --text body --date published_at
      communique bulk crawl/ /shared/tables --master spark://head:7077
      communique bulk status tables/

    \b
    Exit status: 0 when the tables are whole, 1 when they are not, 2 for wrong usage.
    """
    _check_installed()
    from communique.bulk.job import run, standing
    from communique.bulk.plan import Columns, Options
    from communique.cli.bulk_progress import summary, watching

    if given == "status":
        now = standing(output)
        typer.echo("\n".join(summary(now, output)))
        raise typer.Exit(0 if now.done else 1)
    settings = dict(_setting(said) for said in conf or [])
    columns = Columns(text, id, title, date, url, media_type)
    options = Options(columns, gate, timeout, memory)
    try:
        with watching() as watch:
            done = run(
                Path(given),
                output,
                options,
                master=master,
                settings=settings,
                again=again,
                most=part,
                watch=watch,
            )
    except KeyboardInterrupt:
        typer.echo(
            "communique: stopped; what is committed is kept, and the same command goes on from there",
            err=True,
        )
        raise typer.Exit(130) from None
    typer.echo("\n".join(summary(done, output)))


def _check_installed() -> None:
    """Raise CommuniqueError where what only bulk needs is not there."""
    from communique.errors import CommuniqueError

    missing = [name for name in ("pyspark", "pyarrow", "pandas") if find_spec(name) is None]
    if missing:
        raise CommuniqueError(
            f"bulk needs {', '.join(missing)}", hint="install it with: pip install 'communique[spark]'"
        )


def _setting(said: str) -> tuple[str, str]:
    name, equals, value = said.partition("=")
    if not equals or not name:
        raise typer.BadParameter(f"{said!r} is no KEY=VALUE", param_hint="--conf")
    return name, value
