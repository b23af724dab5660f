"""``communique evaluate``: how far the reader agrees with people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from communique.evaluation import Evaluation


def evaluate(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="A folder of marked documents, as docs/marking.md says."),
    ],
    misses: Annotated[
        bool, typer.Option("--misses", help="List what was missed, what is extra, and what is wrong.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it all as one JSON object.")] = False,
) -> None:
    """Compare the reader with documents that people have marked.

    Prints precision (how much of what it finds is right), recall (how much of what is there it finds) and F1
    by type. 'found' is the right words; 'class' and 'full' ask for what they mean and who is in it, too.

    \b
    Examples:
      communique evaluate marked/
      communique evaluate marked/ --misses | grep commitments

    \b
    Exit status: 0, or 1 when a document could not be read.
    """
    from communique.evaluation import evaluate, load_examples
    from communique.reading import read_text

    if not folder.is_dir():
        raise typer.BadParameter(f"{folder} is no folder", param_hint="FOLDER")
    result = evaluate(load_examples(folder), read_text)
    typer.echo(_json(result) if as_json else "\n".join(_table(result)))
    if misses and not as_json:
        typer.echo("\n" + "\n".join(_differences(result)))
    for failure in result.failed:
        typer.echo(f"communique: {failure}", err=True)
    if result.failed:
        raise typer.Exit(1)


def _table(result: Evaluation) -> Iterator[str]:
    width = max((len(name) for name in result.scores), default=0)
    yield f"{'':{width}}  precision  recall     F1     hit  marked   given"
    for name, s in result.scores.items():
        figures = f"{s.precision:9.3f}  {s.recall:6.3f}  {s.f1:5.3f}"
        if not s.marked and not s.given:
            figures = f"{'–':>9}  {'–':>6}  {'–':>5}"
        yield f"{name:{width}}  {figures}  {s.hit:6,}  {s.marked:6,}  {s.given:6,}"
    yield f"{result.documents:,} {'document' if result.documents == 1 else 'documents'}"


def _differences(result: Evaluation) -> Iterator[str]:
    from communique.export.visible import one_line

    for miss in result.misses:
        words = miss.words if len(miss.words) <= 120 else miss.words[:119] + "…"
        said = "\t".join((miss.document, miss.kind, miss.what, one_line(words)))
        yield f"{said}\t{one_line(miss.why)}" if miss.why else said


def _json(result: Evaluation) -> str:
    import msgspec

    scores = {
        name: {
            "precision": round(s.precision, 3),
            "recall": round(s.recall, 3),
            "f1": round(s.f1, 3),
            "hit": s.hit,
            "marked": s.marked,
            "given": s.given,
        }
        for name, s in result.scores.items()
    }
    whole = {
        "documents": result.documents,
        "scores": scores,
        "misses": result.misses,
        "failed": result.failed,
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode()
