"""Runs the command line as a person does: in a process of its own, or in this one where that is enough."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from communique.cli import app

RELEASE = """Fiji and Japan agreed to share tide data.

Suva: Japan pledged US$2 million to the Pacific Tide Fund. Fiji welcomed the pledge.
"""

Run = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def run() -> Run:
    """Run a command in this process, for all but what needs one of its own."""
    runner = CliRunner()
    return lambda *arguments, **more: runner.invoke(app, [str(a) for a in arguments], **more)


@pytest.fixture
def process() -> Process:
    """Run a command as a shell would, without a terminal."""

    def started(*arguments: object, **more: object) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "communique", *map(str, arguments)]
        environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "FORCE_COLOR")}
        return subprocess.run(command, capture_output=True, env=environment, timeout=120, **more)  # type: ignore[call-overload,no-any-return]

    return started


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "release.txt"
    path.write_text(RELEASE, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two documents in it, one of them deeper, one file of no kind that is read, one hidden."""
    folder = tmp_path / "archive"
    (folder / "deep").mkdir(parents=True)
    (folder / "one.txt").write_text(RELEASE, encoding="utf-8")
    (folder / "deep" / "two.txt").write_text(RELEASE.replace("Fiji", "Samoa"), encoding="utf-8")
    (folder / "logo.xyz").write_bytes(b"\x00\x01")
    (folder / ".hidden.txt").write_text("Hidden.", encoding="utf-8")
    return folder
