"""``communique events`` and ``evaluate events``: rows in every format, and what is said when something is wrong."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from communique.cli import app
from communique.export.events import COLUMNS

DOCUMENTS = [
    {"id": "b7", "text": "Kenya accused Chad of fraud.", "date": "2003-04-09"},
    {"id": 8, "text": "Norway gave Zambia a grant of US$20 million for schools.", "date": "2003-04-10"},
    {"id": "b9", "text": "Rain is expected in the hills on Sunday.", "date": "2003-04-10"},
]


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(d) + "\n" for d in DOCUMENTS), encoding="utf-8")
    return path


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, ["events", *map(str, arguments)], input=stdin)


def test_csv_has_the_columns_that_tools_agree_on(documents: Path) -> None:
    rows = list(csv.DictReader(StringIO(run(documents, "--format", "csv").stdout)))
    assert tuple(rows[0]) == COLUMNS
    assert [(r["document"], r["date"], r["actor"], r["type"], r["recipient"]) for r in rows] == [
        ("b7", "2003-04-09", "KEN", "ACCUSE", "TCD"),
        ("8", "2003-04-10", "NOR", "AID", "ZMB"),
    ]
    assert (rows[1]["amount"], rows[1]["currency"]) == ("20000000", "USD")
    assert DOCUMENTS[0]["text"][int(rows[0]["start"]) : int(rows[0]["end"])] == rows[0]["quote"]  # type: ignore[index]


def test_json_lines_hold_every_field(documents: Path) -> None:
    first = json.loads(run(documents, "-f", "jsonl").stdout.splitlines()[0])
    assert (first["document"], first["actor_name"], first["also"]) == ("b7", "Kenya", [])
    assert tuple(first)[: len(COLUMNS)] == COLUMNS


def test_parquet_is_typed_and_follows_the_ending(documents: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    assert run(documents, "-o", path).exit_code == 0
    table = pq.read_table(path)
    assert tuple(table.column_names)[: len(COLUMNS)] == COLUMNS
    assert str(table.schema.field("date").type) == "date32[day]"
    assert str(table.schema.field("contexts").type) == "list<element: string>"
    assert table.to_pylist()[1]["amount"] == 20_000_000


def test_a_table_shows_the_words_under_each_event(documents: Path) -> None:
    out = run(documents).stdout
    assert "KEN GOV ACCUSE TCD GOV" in out
    assert "“Kenya accused Chad of fraud”" in out


def test_standard_input_is_read(tmp_path: Path) -> None:
    done = run("-", "-f", "csv", "--published", "2003-04-09", stdin="Kenya accused Chad of fraud.")
    assert done.exit_code == 0
    assert "KEN,GOV,TCD,GOV,ACCUSE" in done.stdout


def test_a_file_goes_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Kenya accused Chad of fraud.", encoding="utf-8")
    assert json.loads(run(path, "-f", "jsonl").stdout)["document"] == str(path)


@pytest.mark.parametrize("name", ["out.parquet", "out.csv"])
def test_a_folder_that_is_not_there_is_said(documents: Path, tmp_path: Path, name: str) -> None:
    done = run(documents, "-o", tmp_path / "nowhere" / name)
    assert done.exit_code == 1
    assert "cannot be written" in str(done.exception)


def test_parquet_needs_a_place(documents: Path) -> None:
    done = run(documents, "-f", "parquet")
    assert done.exit_code == 2
    assert "-o" in done.output


def test_what_cannot_be_read_is_said_and_stops_nothing(documents: Path, tmp_path: Path) -> None:
    done = run(tmp_path / "missing.txt", documents, "-f", "csv")
    assert done.exit_code == 1
    assert "missing.txt" in done.stderr
    assert "KEN,GOV,TCD" in done.stdout


def test_the_same_rows_come_without_the_gate(documents: Path) -> None:
    assert run(documents, "-f", "csv").stdout == run(documents, "-f", "csv", "--every-sentence").stdout


def evaluate(suite: Path, *more: str) -> Result:
    return CliRunner().invoke(app, ["evaluate", "events", str(suite), *more])


def test_evaluate_counts_sentences_with_a_triple_right(tmp_path: Path) -> None:
    suite = tmp_path / "suite.jsonl"
    lines = [
        {
            "sentence": "Kenya accused Chad of fraud.",
            "date": "2003-04-09",
            "events": [["KEN", "DISAPPROVE", "TCD"]],
        },
        {"sentence": "Kenya praised Chad.", "date": "2003-04-09", "events": [["KEN", "SUPPORT", None]]},
    ]
    suite.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    out = evaluate(suite).stdout
    assert "1 of 2 sentences  50.0%" in out
    assert "of 100 sentences without event" in out
    told = json.loads(evaluate(suite, "--json").stdout)
    assert (told["full"], told["actor"], told["type"], told["recipient"]) == (1, 2, 2, 1)
    assert "Kenya praised Chad." in evaluate(suite, "--misses").stdout


def test_evaluate_names_the_line_that_is_no_sentence(tmp_path: Path) -> None:
    suite = tmp_path / "suite.jsonl"
    suite.write_text('{"sentence": "Kenya praised Chad."}\n', encoding="utf-8")
    done = evaluate(suite)
    assert done.exit_code == 1
    assert "suite.jsonl:1" in str(done.exception)
