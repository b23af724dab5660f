"""Reading in several processes: the same output, nothing lost but what kills its reader, and a clean end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.cli import work
from communique.cli.inputs import Input
from communique.cli.work import How, Job, Outcome, read_all
from communique.export import Part, Screen

Process = Callable[..., "subprocess.CompletedProcess[bytes]"]

HOW = How("jsonl", Screen())


def _sources(*names: str) -> list[Input]:
    return [Input(name, "file") for name in names]


def killed_by_name(job: Job, how: How) -> Outcome:
    """Stands in for a reader that one document kills: runs in the worker."""
    if job.source.name.startswith("deadly"):
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(job.source, (Part(job.source.name, "read"),))


@pytest.fixture
def deadly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "read_one", killed_by_name)


def test_many_processes_write_what_one_writes(process: Process, release: Path, tmp_path: Path) -> None:
    text = release.read_text(encoding="utf-8")
    lines = tmp_path / "many.jsonl"
    rows = [{"id": str(n), "text": text.replace("2 million", f"{n + 2} million")} for n in range(6)]
    lines.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    alone = process("read", lines, "--format", "jsonl")
    together = process("read", lines, "--format", "jsonl", "--jobs", 2)
    assert together.returncode == 0
    assert together.stdout == alone.stdout
    assert len(alone.stdout.splitlines()) == 6


@pytest.mark.usefixtures("deadly")
def test_a_killed_worker_costs_only_the_document_that_killed_it() -> None:
    outcomes = list(read_all(_sources("a", "b", "deadly", "c", "d", "e"), HOW, workers=2))
    read = [part.title for outcome in outcomes for part in outcome.parts]
    failed = [failure for outcome in outcomes for failure in outcome.failures]
    assert read == ["a", "b", "c", "d", "e"]
    assert failed == ["deadly: the process that read it was killed (out of memory?)"]


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_an_interrupt_ends_at_once_and_leaves_neither_process_nor_file(release: Path) -> None:
    tmp_path = release.parent
    text = release.read_text(encoding="utf-8") * 40
    lines, target = tmp_path / "many.jsonl", tmp_path / "out.jsonl"
    lines.write_text("\n".join(json.dumps({"text": text}) for _ in range(400)), encoding="utf-8")
    command = [sys.executable, "-m", "communique", "read", lines, "-o", target, "--jobs", "2"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    for _ in range(200):
        if any(p.name.startswith(".out") for p in tmp_path.iterdir()):
            break
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=20)
    assert running.returncode == 130
    assert b"communique: stopped after" in said
    assert b"Traceback" not in said
    assert sorted(p.name for p in tmp_path.iterdir()) == ["many.jsonl", "release.txt"]
