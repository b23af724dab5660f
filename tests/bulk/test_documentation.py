"""The pages on bulk are true: the tutorial runs from top to bottom, and the questions have answers."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from .conftest import ROOT, Run

pytestmark = pytest.mark.xdist_group("spark")
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<code>.*?)^```$", re.M | re.S)
Row = tuple[object, ...]


@pytest.fixture(scope="module")
def desk(java: None, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which the tutorial was followed."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "examples", folder / "examples")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COMMUNIQUE_MASTER", "local[1]")  # one reader to load, not one for each core
        for block in BLOCK.finditer((ROOT / "docs" / "tutorial-bulk.md").read_text("utf-8")):
            if block["kind"] == "python":
                (folder / "program.py").write_text(block["code"], "utf-8")
                runpy.run_path("program.py")
            else:
                follow(block["code"], run)
        yield folder


def follow(block: str, run: Run) -> None:
    """Run a command, and see that it is refused where the page says with what."""
    command, _, refused = block.partition("→")
    program, *arguments = shlex.split(command)
    assert program == "communique"
    done = run(*arguments)
    if refused:
        assert refused.strip() in str(done.exception), block
    else:
        assert done.exit_code == 0, done.stderr


def asked(desk: Path) -> list[list[Row]]:
    """Return the answers to the questions of a page, in order."""
    page = (ROOT / "docs" / "bulk.md").read_text("utf-8")
    questions = [block["code"] for block in BLOCK.finditer(page) if block["kind"] == "sql"]
    return [list(duckdb.sql(question).fetchall()) for question in questions]


def test_the_tutorial_ends_with_the_tables_it_promises(desk: Path) -> None:
    tables = {path.name for path in (desk / "tables").iterdir() if path.name != "_job"}
    assert tables == {path.name for path in (desk / "news-tables").iterdir() if path.name != "_job"}
    assert duckdb.sql("SELECT document FROM 'news-tables/problems/*.parquet'").fetchall() == [("3",)]


def test_the_questions_have_answers(desk: Path) -> None:
    once, pledged, reaffirmed, met, due = asked(desk)
    assert len(once) == 16
    assert (2021, "new CARICOM-PIF Ocean Resilience Fund", "New Zealand", "NZD", 8_000_000) in {
        row[:5] for row in pledged
    }
    cadets = next(row for row in reaffirmed if "200 cadets" in str(row[1]))
    assert cadets[0] == date(2023, 5, 19)
    assert len(cadets[2]) >= 3  # type: ignore[arg-type]
    assert met
    assert (date(2023, 6, 30), ["Fiji"]) in [row[:2] for row in due]
