"""``communique evaluate``: how far the reader agrees with people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from communique.evaluation import Evaluation


def evaluate(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="FOLDER | events SUITE.jsonl",
            help="A folder of marked documents, as docs/marking.md says, or a suite of coded sentences.",
            show_default=False,
        ),
    ],
    misses: Annotated[
        bool, typer.Option("--misses", help="List what was missed, what is extra, and what is wrong.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it all as one JSON object.")] = False,
) -> None:
    """Compare the reader with documents that people have marked, or with sentences that they have coded.

    Prints precision (how much of what it finds is right), recall (how much of what is there it finds) and F1
    by type. 'found' is the right words; 'class' and 'full' ask for what they mean and who is in it, too.

    With 'events' and a suite (JSON Lines: sentence, date, events as [actor, type, recipient]) it prints in how
    many sentences one of the triples is coded with all three parts right, and how often events are coded in a
    hundred sentences of news that hold none.

    \b
    Examples:
      communique evaluate marked/
      communique evaluate marked/ --misses | grep commitments
      communique evaluate events suite.jsonl

    \b
    Exit status: 0, or 1 when a document could not be read.
    """
    from communique.evaluation import evaluate, load_examples
    from communique.reading import read_text

    if len(what) == 2 and what[0] == "events":
        _evaluate_events(Path(what[1]), misses=misses, as_json=as_json)
        return
    if len(what) > 1:
        raise typer.BadParameter("name one folder, or 'events' and a suite", param_hint="FOLDER")
    folder = Path(what[0])
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


def _evaluate_events(suite: Path, *, misses: bool, as_json: bool) -> None:
    import msgspec

    from communique.evaluation.events import load_suite, report, score_events
    from communique.export.visible import one_line

    scores = score_events(load_suite(suite))
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(scores), indent=2).decode())
        return
    typer.echo("\n".join(report(scores)))
    if not misses:
        return
    for miss in scores.misses:
        typer.echo(f"\n{miss.id}\t{one_line(miss.sentence)}")
        typer.echo(f"  wanted {_triples(miss.wanted)}\n  coded  {_triples(miss.found)}")
    for alarm in scores.alarms:
        typer.echo(f"\nfalse alarm\t{one_line(alarm)}")


def _triples(triples: Iterable[tuple[str | None, str, str | None]]) -> str:
    return "; ".join(" ".join(part or "–" for part in triple) for triple in triples) or "nothing"


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
