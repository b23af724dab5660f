"""``communique events``: who did what to whom in documents, coded by PLOVER and CAMEO."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from communique.cli.options import check_published
from communique.export.visible import one_line

if TYPE_CHECKING:
    from communique.cli.inputs import Input
    from communique.errors import UnreadableDocument
    from communique.events import Event
    from communique.model import Text

Format = Literal["table", "csv", "jsonl", "parquet"]
_BY_ENDING: dict[str, Format] = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}


def events(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|-",
            help="Files, folders, patterns ('news/*.html'), or - for standard input.",
            show_default=False,
        ),
    ],
    format: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="How to print them. [default: by the ending of -o, else table]"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="Write to a file.")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="When it was published, as 2022-07-05, if you know better."),
    ] = None,
    media_type: Annotated[
        str | None,
        typer.Option(metavar="TYPE", help="What the bytes are, such as text/html, if they don't show it."),
    ] = None,
    ungated: Annotated[
        bool, typer.Option("--every-sentence", help="Parse every sentence: slower, with the same result.")
    ] = False,
) -> None:
    """Code the events in documents: who did what to whom, when, on which words.

    One row is one event between parties, however often its document tells it: a date, an actor and a recipient
    (ISO 3166-1 alpha-3, or IGO, NGO, IMG) with their roles, one of PLOVER's sixteen types, its mode and
    contexts, a CAMEO code, and the sum where money is given.

    Reads what 'communique read' reads. A line of a JSON Lines file (id, text, date) goes by its id.

    \b
    Examples:
      communique events release.html
      communique events articles.jsonl --format csv > events.csv
      communique events archive/ -o events.parquet
      cat note.txt | communique events - --published 2003-04-09

    \b
    Exit status: 0 when all was read, 1 when something could not be, 2 for wrong usage.
    """
    from communique.cli.inputs import find_inputs

    check_published(published)
    chosen = format or _BY_ENDING.get(PurePath(output or "").suffix.lower(), "table")
    if chosen == "parquet" and output is None:
        raise typer.BadParameter("parquet is no text: say where to write it with -o", param_hint="--format")
    inputs = find_inputs(paths)
    failures = [str(error) for error in inputs.missing]
    found = _coded(inputs.found, failures, published=published, media_type=media_type, gate=not ungated)
    _write(found, chosen, output)
    for failure in failures:
        typer.echo(f"communique: {one_line(failure)}", err=True)
    if failures:
        raise typer.Exit(1)


def _coded(
    sources: Iterable[Input],
    failures: list[str],
    *,
    published: str | None,
    media_type: str | None,
    gate: bool,
) -> Iterator[Event]:
    """Yield the events of every document; what can't be read is noted, and stops nothing else."""
    from communique.errors import UnreadableDocument
    from communique.events import read_coded

    for source in sources:
        try:
            for text in _texts(source, media_type):
                if isinstance(text, UnreadableDocument):
                    failures.append(str(text))
                    continue
                name = text.id if text.id is not None else source.name
                yield from read_coded(text, published=published, document=name, gate=gate).events
        except UnreadableDocument as error:
            failures.append(str(error))


def _texts(source: Input, media_type: str | None) -> Iterator[Text | UnreadableDocument]:
    from communique.cli.inputs import contents
    from communique.errors import UnreadableDocument
    from communique.formats import read_bytes

    if source.kind == "url":
        raise UnreadableDocument(
            source.name, "is an address", hint="fetch it with 'communique read', or save it first"
        )
    yield from read_bytes(contents(source), path=source.name, media_type=media_type)


def _write(found: Iterator[Event], format: Format, output: Path | None) -> None:
    from communique.cli.output import screen_of, standard_output, write_file, write_stream
    from communique.export.events import to_csv, to_json_lines, to_table

    if format == "parquet":
        assert output is not None
        _write_parquet(found, output)
        return
    chunks = (
        to_table(found, screen_of(output))
        if format == "table"
        else {"csv": to_csv, "jsonl": to_json_lines}[format](found)
    )
    if output is None:
        write_stream(chunks, standard_output())
    else:
        write_file(output, chunks)


def _write_parquet(found: Iterator[Event], output: Path) -> None:
    """Write typed columns: dates as dates, sums as decimals, contexts and further quotes as lists."""
    from communique.cli.output import write_bytes
    from communique.errors import CommuniqueError

    try:
        from communique.export.parquet import to_parquet
    except ImportError as error:
        raise CommuniqueError(
            "Parquet needs pyarrow", hint="install it with: pip install 'communique[frames]'"
        ) from error
    write_bytes(output, to_parquet(found))
