"""What the tests of bulk share: the command, documents of our own, and what their tables must hold."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from communique.cli import app

ROOT = Path(__file__).parents[2]
Run = Callable[..., Result]
DOCUMENTS = """\
{"id": "a", "title": "Fiji and Japan agree", "date": "2022-07-05", "text": "Fiji and Japan agreed to share tide data."}
{"id": "b", "text": "Suva: Japan pledged US$2 million to the Pacific Tide Fund. Fiji welcomed the pledge."}

{"id": "c", "text": "   "}
{"title": "On tides", "text": "Samoa will host the next Dialogue in 2024."}
{"id": "a", "text": "Fiji will train inspectors by 2030."}
no JSON at all
"""


@pytest.fixture(scope="session")
def run() -> Run:
    """Run a command in this process, where Spark's machine is started once for all tests."""
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, [str(a) for a in arguments])


@pytest.fixture(scope="session")
def java() -> None:
    """Skip where Spark has nothing to run on, except where everything must be there."""
    if shutil.which("java") is None:
        assert os.environ.get("CI") != "true", "Spark needs Java"
        pytest.skip("Spark needs Java, and there is none")


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A JSON Lines file: two documents, one that is none, one without id, one with the id of another, no document."""
    path = tmp_path / "documents.jsonl"
    path.write_text(DOCUMENTS, "utf-8")
    return path


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own example documents as JSON Lines, with their kinds of file."""
    path = tmp_path_factory.mktemp("archive") / "archive.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for file in sorted(ROOT.glob("examples/partnership/[01]*")):
            kind = {".html": "text/html", ".md": "text/markdown", ".eml": "message/rfc822"}.get(file.suffix)
            line = {"id": file.stem, "text": file.read_text("utf-8"), "media_type": kind}
            lines.write(json.dumps(line) + "\n")
        for file in sorted(ROOT.glob("tests/golden/*.txt")):
            lines.write(json.dumps({"id": file.stem, "text": file.read_text("utf-8")}) + "\n")
    return path
