"""``communique read``: from documents to what they say."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Literal, Protocol

import typer

from communique.cli.options import check_language, check_published
from communique.export.visible import one_line

if TYPE_CHECKING:
    from communique.cli.inputs import Inputs
    from communique.cli.work import How, Outcome
    from communique.export import Part

Format = Literal["table", "json", "jsonl", "html", "markdown"]
_BY_ENDING: dict[str, Format] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
}


def read(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL|-",
            help="Files, folders, patterns ('news/*.html'), web addresses, or - for standard input.",
            show_default=False,
        ),
    ],
    format: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="How to print it. [default: by the ending of -o, else table]"),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="Write to a file, or to a folder (ending in /): then one file for each document.",
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="When it was published, as 2022-07-05 or 2022-07-05T11:43+07:00, if you know better.",
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The title of the document, if you know better.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="The language of the text, such as en, if you know.")
    ] = None,
    media_type: Annotated[
        str | None,
        typer.Option(metavar="TYPE", help="What the bytes are, such as text/html, if they don't show it."),
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=0, help="Read in this many processes; 0 is one for each core.")
    ] = 1,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses, too.")
    ] = False,
) -> None:
    """Read documents, and print what they say.

    Meetings, commitments, money, statements by speaker, instruments, issues and areas of cooperation: each
    with the exact words it stands on. What was set aside as page furniture and what was not understood is
    shown, too.

    Reads HTML, PDF, DOCX, mail (EML), RSS and Atom (each entry a document), Markdown with front matter
    (title, date, url), plain text, and JSON Lines (one document a line: id, text, and optionally title, date,
    url).

    \b
    Examples:
      communique read release.html
      communique read release.pdf --format json
      communique read release.docx -o release.html
      communique read archive/ 'more/*.eml' -o archive.jsonl --jobs 4
      communique read archive/ --format html -o pages/
      communique read https://example.org/joint-statement
      pdftotext old.pdf - | communique read - --published 1998-04-29

    \b
    Exit status: 0 when all was read, 1 when something could not be, 2 for wrong usage.
    """
    from communique.cli.inputs import find_inputs
    from communique.cli.output import screen_of
    from communique.cli.work import How, read_all

    check_published(published)
    check_language(language)
    inputs = find_inputs(paths)
    if title is not None and len(inputs.found) > 1:
        raise typer.BadParameter("names one document, but there are several", param_hint="--title")
    chosen = format or _BY_ENDING.get(PurePath(output or "").suffix.lower(), "table")
    how = How(chosen, screen_of(output), media_type, published, title, language, allow_private)
    run = _Run()
    try:
        with _progress(inputs, output) as progress:
            for error in inputs.missing:
                run.fail(progress, str(error))
            outcomes = read_all(inputs.found, how, workers=jobs or os.cpu_count() or 1)
            _write(run.parts(outcomes, progress), how, output, several=len(inputs.found) > 1)
    except KeyboardInterrupt:
        typer.echo(f"communique: stopped after {_count(run.documents, 'document')}", err=True)
        raise typer.Exit(130) from None
    if run.documents + len(run.failures) > 1 or inputs.left_out:
        typer.echo(_summary(run, inputs, output), err=True)
    if run.failures:
        raise typer.Exit(1)


class _Progress(Protocol):
    def say(self, line: str) -> None: ...
    def step(self, outcome: Outcome) -> None: ...


@dataclass
class _Run:
    """What has been read so far, and what has not."""

    documents: int = 0
    failures: list[str] = field(default_factory=list)

    def parts(self, outcomes: Iterable[Outcome], progress: _Progress) -> Iterator[tuple[str, Part]]:
        for outcome in outcomes:
            for failure in outcome.failures:
                self.fail(progress, failure)
            for part in outcome.parts:
                self.documents += 1
                yield outcome.source.name, part
            progress.step(outcome)

    def fail(self, progress: _Progress, message: str) -> None:
        self.failures.append(message)
        progress.say(f"communique: {one_line(message)}")


def _write(named: Iterator[tuple[str, Part]], how: How, output: str | None, *, several: bool) -> None:
    from communique.cli.output import is_folder, standard_output, write_file, write_folder, write_stream
    from communique.export import export

    made = export(how.format)
    if output is not None and is_folder(output):
        write_folder(Path(output), named, made)
        return
    first = next(named, None)
    if first is None:  # nothing could be read: no file, no empty list
        return
    chunks = made.whole((part for _, part in chain([first], named)), several=several)
    if output is None:
        write_stream(chunks, standard_output())
    else:
        write_file(Path(output), chunks)


def _progress(inputs: Inputs, output: str | None) -> AbstractContextManager[_Progress]:
    """Show a bar where somebody watches, and where the output itself doesn't show how far it is."""
    collected = any(source.is_collection for source in inputs.found)
    many = len(inputs.found) > 1 or collected
    if not many or not sys.stderr.isatty() or (output is None and sys.stdout.isatty()):
        return nullcontext(_Silent())
    from communique.cli.progress import Bar

    return Bar(None if collected else len(inputs.found))


class _Silent:
    def say(self, line: str) -> None:
        typer.echo(line, err=True)

    def step(self, outcome: Outcome) -> None:
        return None


def _summary(run: _Run, inputs: Inputs, output: str | None) -> str:
    said = [f"Read {_count(run.documents, 'document')} from {_count(len(inputs.found), 'source')}"]
    if run.failures:
        said.append(f"{len(run.failures)} could not be read")
    if inputs.left_out:
        said.append(f"{_count(inputs.left_out, 'file')} of other kinds left out")
    where = f" Written to {output}." if output and run.documents else ""
    return f"{'; '.join(said)}.{where}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
