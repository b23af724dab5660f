"""Runs the command in this process, where Spark's machine is started once for all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from communique.cli import app

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run a command."""
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, [str(a) for a in arguments])


@pytest.fixture
def java() -> None:
    """Skip where Spark has nothing to run on, except where everything must be there."""
    if shutil.which("java") is None:
        assert os.environ.get("CI") != "true", "Spark needs Java"
        pytest.skip("Spark needs Java, and there is none")


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A JSON Lines file: two documents, one that is none, one without id, one with the id of another."""
    path = tmp_path / "documents.jsonl"
    path.write_text(DOCUMENTS, "utf-8")
    return path


DOCUMENTS = """\
{"id": "a", "title": "Fiji and Japan agree", "date": "2022-07-05", "text": "Fiji and Japan agreed to share tide data."}
{"id": "b", "text": "Suva: Japan pledged US$2 million to the Pacific Tide Fund. Fiji welcomed the pledge."}

{"id": "c", "text": "   "}
{"title": "On tides", "text": "Samoa will host the next Dialogue in 2024."}
{"id": "a", "text": "Fiji will train inspectors by 2030."}
no JSON at all
"""
