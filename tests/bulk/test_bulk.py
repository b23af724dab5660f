"""``communique bulk`` from its door: what goes in, what comes out, and that it is what reading one by one gives."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from msgspec.structs import replace

from communique import Record, read, read_all
from communique.bulk import planning
from communique.bulk.arrow import batch, schemas
from communique.bulk.job import Standing
from communique.bulk.parts import read_part
from communique.bulk.plan import Columns, Counts, Job, Options
from communique.bulk.planning import look
from communique.bulk.publishing import publish
from communique.bulk.store import Home, Store
from communique.bulk.supervising import Supervised
from communique.bulk.tables import Row, rows, tables
from communique.cli import bulk_progress
from communique.cli.bulk_progress import span
from communique.events import Coded, Event

from .conftest import DOCUMENTS, Run
from .outcome import in_order, tables_in, tables_one_by_one

pytestmark = pytest.mark.xdist_group("spark")  # one process, in which Spark's machine is started once
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
MANY = int(os.environ.get("COMMUNIQUE_DOCUMENTS", "0"))


@pytest.fixture(scope="module")
def job(java: None, run: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A job that is done: its input, its tables, what was said."""
    folder = tmp_path_factory.mktemp("job")
    given = folder / "documents.jsonl"
    given.write_text(DOCUMENTS, "utf-8")
    done = run("bulk", given, folder / "tables", "--master", "local[1]", "--part", "2")
    assert done.exit_code == 0, done.stderr
    return given, folder / "tables", done.stdout


def select(question: str) -> list[tuple[object, ...]]:
    return list(duckdb.sql(question).fetchall())


def test_every_row_in_is_a_document_or_a_problem_out(job: tuple[Path, Path, str]) -> None:
    _, out, said = job
    assert "6 rows in; 4 documents and 2 problems out: adds up" in said
    assert {folder.name for folder in out.iterdir()} == {"_job", *tables()}
    assert select(f"SELECT document, source FROM '{out}/documents/*.parquet' ORDER BY source") == [
        ("a", "documents.jsonl:1"),
        ("b", "documents.jsonl:2"),
        ("documents.jsonl:5", "documents.jsonl:5"),
        ("a", "documents.jsonl:6"),
    ]
    assert select(
        f"SELECT document, code FROM '{out}/problems/*.parquet' WHERE code LIKE 'document/%' ORDER BY source"
    ) == [("c", "document/unreadable"), ("documents.jsonl:7", "document/unreadable")]


def test_tables_are_typed_and_can_be_read_where_nothing_was_found(job: tuple[Path, Path, str]) -> None:
    _, out, _ = job
    assert select(f"SELECT count(*) FROM '{out}/measures/*.parquet'") == [(0,)]
    assert select(f"SELECT donor.id, amount, currency FROM '{out}/contributions/*.parquet'") == [
        ("JPN", Decimal("2000000.000000000"), "USD")
    ]
    assert select(
        f"SELECT deadline_start, deadline_end FROM '{out}/commitments/*.parquet' WHERE deadline = '2030'"
    ) == [(date(2030, 1, 1), date(2030, 12, 31))]


def test_it_says_what_reading_one_by_one_says(job: tuple[Path, Path, str]) -> None:
    given, out, _ = job
    records = [r for r in read_all(given) if isinstance(r, Record)]
    for table in ("statements", "commitments", "contributions", "instruments", "issues", "areas"):
        found = sorted(f.quote for r in records for f in getattr(r, table))
        assert select(f"SELECT quote FROM '{out}/{table}/*.parquet' ORDER BY quote") == [(q,) for q in found]


def test_a_job_that_is_done_is_not_done_again(job: tuple[Path, Path, str], run: Run) -> None:
    given, out, said = job
    before = [(p, p.stat().st_mtime_ns) for p in sorted(out.rglob("*.parquet"))]
    again = run("bulk", given, out)
    assert (again.exit_code, again.stdout, again.stderr) == (0, said, "")
    assert run("bulk", "status", out).stdout == said
    assert [(p, p.stat().st_mtime_ns) for p in sorted(out.rglob("*.parquet"))] == before


def test_another_input_or_other_options_are_refused(
    job: tuple[Path, Path, str], run: Run, tmp_path: Path
) -> None:
    given, out, _ = job
    changed = tmp_path / given.name
    changed.write_text(given.read_text("utf-8").replace("Japan", "Samoa"), "utf-8")
    refused = run("bulk", changed, out)
    assert refused.exit_code == 1
    assert "holds another job: its input was another (documents.jsonl)" in str(refused.exception)
    assert "--again" in str(refused.exception)
    assert "its options were others" in str(run("bulk", given, out, "--timeout", "7").exception)


def test_an_input_that_was_only_copied_is_the_same(
    job: tuple[Path, Path, str], run: Run, tmp_path: Path
) -> None:
    given, out, said = job
    shutil.copy(given, tmp_path / given.name)
    assert run("bulk", tmp_path / given.name, out).stdout == said


def test_what_is_left_of_a_job_is_read_where_its_input_was_moved_to(
    job: tuple[Path, Path, str], run: Run, tmp_path: Path
) -> None:
    given, out, _ = job
    half, elsewhere = tmp_path / "half", tmp_path / given.name
    shutil.copytree(out, half)
    shutil.copy(given, elsewhere)
    home = Home(half)
    held = home.job()
    assert held is not None
    (home.folder / "done").unlink()
    store = Store(half, held.key)
    shutil.rmtree(store.file(0, "documents").parent)
    now = planning.moved(home, held, look(elsewhere, held.options))
    assert {s.file.path for s in store.part(0).slices} == {str(elsewhere)}
    assert home.job() == now


def test_tables_half_shown_are_shown_whole_by_the_same_command(
    job: tuple[Path, Path, str], run: Run, tmp_path: Path
) -> None:
    given, out, said = job
    half = tmp_path / "half"
    shutil.copytree(out, half)
    home = Home(half)
    held = home.job()
    assert held is not None
    store = Store(half, held.key)
    (home.folder / "done").unlink()
    (store.tables).mkdir()
    (half / "statements").rename(store.tables / "statements")
    first = next((store.tables / "statements").glob("0*.parquet"))
    first.rename(store.file(int(first.stem), "statements"))
    assert run("bulk", "status", half).exit_code == 1
    assert run("bulk", given, half).stdout == said.replace(str(out), str(half))
    assert tables_in(half) == tables_in(out)


def test_a_folder_of_other_things_is_left_alone(run: Run, documents: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("Mine.")
    assert "holds other things" in str(run("bulk", documents, tmp_path / "full").exception)
    assert "no job was planned" in str(run("bulk", "status", tmp_path / "full").exception)
    assert "is no folder" in str(run("bulk", documents, tmp_path / "full" / "thesis.txt").exception)
    assert "lies in the input" in str(run("bulk", tmp_path, tmp_path / "tables").exception)
    assert "which all workers must share" in str(run("bulk", documents, "s3://bucket/tables").exception)


def test_two_jobs_do_not_write_to_one_folder(run: Run, documents: Path, tmp_path: Path) -> None:
    with Home(tmp_path / "tables").locked():
        refused = run("bulk", documents, tmp_path / "tables")
    assert "another job is writing here" in str(refused.exception)


def test_without_java_it_says_how_to_get_it(
    run: Run, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    refused = run("bulk", documents, tmp_path / "tables")
    assert "apt-get install openjdk-17-jre-headless" in str(refused.exception)


def test_without_spark_it_says_how_to_get_it(
    run: Run, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["communique.cli.bulk"], "find_spec", lambda name: None)
    for arguments in ((documents, tmp_path / "tables"), ("status", tmp_path / "tables")):
        refused = str(run("bulk", *arguments).exception)
        assert refused.startswith("bulk needs pyspark, pyarrow, pandas")
        assert "pip install 'communique[spark]'" in refused


def test_an_amount_with_more_digits_than_a_column_has_is_said_and_left_out() -> None:
    record = read(b"Japan pledged US$2 million to the Pacific Tide Fund.")
    (given,) = record.contributions
    huge = replace(given, amount="1" * 40)
    record = replace(record, contributions=(huge,))
    made = rows(Coded(record, ()), document="a", source="a")
    (kept,) = batch("contributions", made["contributions"]).to_pylist()
    assert kept["amount"] is None
    assert kept["quote"] == given.quote
    assert batch("problems", made["problems"]).to_pylist()[-1]["code"] == "amount/too-long"


def test_every_column_says_what_it_means() -> None:
    for schema in schemas().values():
        assert all(field.metadata[b"meaning"] for field in schema)
        assert schema.names[:2] == ["document", "source"]
        assert schema.field("document").type == pa.string()


@pytest.mark.parametrize(
    ("seconds", "said"), [(45, "45 s"), (720, "12 min"), (12_000, "3 h 20 min"), (187_200, "2 days 4 h")]
)
def test_spans_of_time_are_said_as_people_say_them(seconds: float, said: str) -> None:
    assert span(seconds) == said


def test_the_rate_is_counted_from_the_first_part_of_this_run(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 20.0, 30.0])
    monkeypatch.setattr(bulk_progress, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    whole = Job("news.jsonl", (), Options(), "0", "0", parts=10, rows=1000)

    def at(parts: int) -> Standing:
        return Standing(whole, Counts(rows=100 * parts, words=50_000 * parts), parts, {}, done=False)

    pace = bulk_progress._Pace(at(2))
    assert [pace.told(at(2)), pace.told(at(3)), pace.told(at(5))] == [
        "200 of 1,000",
        "300 of 1,000",
        "500 of 1,000, 20.0 documents/s, 10,000 words/s, 25 s to go",
    ]


def test_our_own_documents_give_the_same_rows_cut_otherwise_and_read_in_another_order(
    archive: Path, tmp_path: Path
) -> None:
    """Parquet, in parts of three, without Spark: other than the JSON Lines that are read one by one."""
    lines = [json.loads(line) for line in archive.read_text("utf-8").splitlines()]
    pq.write_table(pa.Table.from_pylist(lines), tmp_path / "archive.parquet", row_group_size=7)
    home = Home(tmp_path / "tables")
    with home.locked():
        planned = planning.plan(home, look(tmp_path / "archive.parquet", Options()), most=3)
        store, reader = Store(home.output, planned.key), Supervised(Options())
        for number in reversed(range(planned.parts)):
            read_part(store, store.part(number), reader, Columns())
        reader.end()
        publish(home, store, range(planned.parts))
    kept, expected = tables_in(tmp_path / "tables"), tables_one_by_one(archive, tmp_path)
    differs = {"source", "sha256", "media_type"}  # of a line of JSON, and of a row
    for table, found in expected.items():
        plain = [{k: v for k, v in row.items() if k not in differs} for row in found]
        assert [{k: v for k, v in row.items() if k not in differs} for row in kept[table]] == plain, table


@pytest.mark.shared
@pytest.mark.usefixtures("java")
def test_500_documents_of_the_corpus_give_the_rows_that_reading_one_by_one_gives(
    run: Run, shared: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """The 500 shortest; COMMUNIQUE_DOCUMENTS=500 takes them as they come."""
    with gzip.open(shared / "corpus" / "documents.jsonl.gz", "rt", encoding="utf-8") as corpus:
        lines = list(corpus)
    count = MANY or 500
    chosen = lines[:: len(lines) // count][:count] if MANY else sorted(lines, key=len)[:count]
    given = tmp_path / "corpus.jsonl"
    given.write_text("".join(chosen), "utf-8")
    done = run("bulk", given, tmp_path / "tables", "--master", "local[2]", "--part", "17")
    assert done.exit_code == 0, done.stderr
    for command, out in (("read", "records.jsonl"), ("events", "events.jsonl")):
        subprocess.run(
            [sys.executable, "-m", "communique", command, given, "-o", tmp_path / out],
            check=True,
            env=os.environ | ONE_THREAD,
            capture_output=True,
        )
    coded: dict[str | None, list[Event]] = {}
    for told in (tmp_path / "events.jsonl").read_bytes().splitlines():
        event = msgspec.json.decode(told, type=Event)
        coded.setdefault(event.document, []).append(event)
    assert len(coded) > count / 10
    expected: dict[str, list[Row]] = {}
    for n, (line, read_) in enumerate(
        zip(chosen, (tmp_path / "records.jsonl").read_bytes().splitlines(), strict=True), 1
    ):
        record = msgspec.json.decode(read_, type=Record)
        id = json.loads(line)["id"]
        made = rows(Coded(record, tuple(coded.get(id, ()))), document=id, source=f"corpus.jsonl:{n}")
        for table, found in made.items():
            expected.setdefault(table, []).extend(found)
    kept = tables_in(tmp_path / "tables")
    for table in kept:
        assert kept[table] == in_order(batch(table, expected.get(table, [])).to_pylist()), table
    record_property("told", f"bulk: {count} corpus documents, each row as communique read and events give it")


def test_what_a_job_hangs_on_names_it(documents: Path) -> None:
    assert look(documents, Options()).key == look(documents, Options()).key
    assert look(documents, Options()).key != look(documents, Options(gate=False)).key
