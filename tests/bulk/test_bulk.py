"""``communique bulk`` from its door: what goes in, what comes out, and that it is what reading one by one gives."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from communique import UnreadableDocument, read_all
from communique.bulk.tables import tables
from tests.bulk.conftest import Run

pytestmark = pytest.mark.usefixtures("java")


def test_every_row_in_is_a_document_or_a_problem_out(run: Run, documents: Path, tmp_path: Path) -> None:
    out = tmp_path / "tables"
    done = run("bulk", documents, out)
    assert done.exit_code == 0, done.stderr
    assert "6 rows in; 4 documents and 2 problems out: adds up" in done.stdout
    assert {folder.name for folder in out.iterdir()} == {"_job", *tables()}
    kept = duckdb.sql(f"SELECT document, source FROM '{out}/documents/*.parquet' ORDER BY source").fetchall()
    assert kept == [
        ("a", "documents.jsonl:1"),
        ("b", "documents.jsonl:2"),
        ("documents.jsonl:5", "documents.jsonl:5"),
        ("a", "documents.jsonl:6"),
    ]
    lost = duckdb.sql(
        f"SELECT document, code FROM '{out}/problems/*.parquet' WHERE code LIKE 'document/%' ORDER BY source"
    )
    assert lost.fetchall() == [("c", "document/unreadable"), ("documents.jsonl:7", "document/unreadable")]
    assert run("bulk", "status", out).stdout == done.stdout


def test_it_says_what_reading_one_by_one_says(run: Run, documents: Path, tmp_path: Path) -> None:
    out = tmp_path / "tables"
    assert run("bulk", documents, out).exit_code == 0
    records = [r for r in read_all(documents) if not isinstance(r, UnreadableDocument)]
    for table in ("statements", "commitments", "contributions", "parties"):
        found = sum(len(getattr(r, table)) for r in records)
        (kept,) = duckdb.sql(f"SELECT count(*) FROM '{out}/{table}/*.parquet'").fetchall()[0]
        assert kept == found, table
