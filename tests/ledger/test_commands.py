"""The ledger's commands, as a person types them."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

pytestmark = pytest.mark.both_databases

ROOT = Path(__file__).parents[2]
TALKS = ROOT / "examples" / "talks.txt"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(fresh_ledger) -> Run:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "communique", *arguments]
        return subprocess.run(
            command, env=fresh_ledger.environment, capture_output=True, text=True, timeout=120
        )

    return run


def test_documents_are_added_from_the_command_line_and_verified(run, tmp_path):
    broken = tmp_path / "scan.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing in it")
    done = run("add", str(TALKS), str(broken), str(tmp_path / "missing.html"))
    assert done.returncode == 1
    assert "1 document taken in, 0 known already, 1 failed" in done.stdout
    assert "scan.pdf" in done.stderr
    assert "missing.html" in done.stderr
    again = run("add", str(TALKS))
    assert (again.returncode, again.stdout) == (0, "0 documents taken in, 1 known already\n")
    figures = json.loads(run("verify", "--format", "json").stdout)
    assert (figures["documents"], figures["faults"]) == (1, [])
    assert figures["claims"] > 10


def test_a_document_is_called_by_its_file_and_not_by_where_that_lies(run, fresh_ledger):
    assert run("add", str(TALKS)).returncode == 0
    code = (
        "import pathlib, sys; from communique.ledger.start import start; start(pathlib.Path(sys.argv[1]));"
        "from communique.ledger.documents.models import Document; print(Document.objects.get().name)"
    )
    command = [sys.executable, "-c", code, str(fresh_ledger.folder)]
    told = subprocess.run(command, env=fresh_ledger.environment, capture_output=True, text=True, check=False)
    assert told.stdout == "talks.txt\n", told.stderr


def test_the_search_index_is_made_anew_where_verify_says_so(run, fresh_ledger):
    run("add", str(TALKS))
    done = run("reindex")
    assert (done.returncode, done.stdout.endswith(" entries\n")) == (0, True)
    assert run("verify").returncode == 0


def test_verify_ends_with_1_where_bytes_were_altered_and_says_which(run, fresh_ledger):
    run("add", str(TALKS))
    (kept,) = (p for p in (fresh_ledger.folder / "bytes").rglob("*") if p.is_file())
    kept.write_bytes(b"something else")
    done = run("verify")
    assert done.returncode == 1
    assert "document 1: its bytes were altered" in done.stdout


def test_a_folder_that_can_not_be_made_is_named(run, tmp_path):
    (tmp_path / "file").write_text("")
    done = run("verify", "--data", str(tmp_path / "file" / "ledger"))
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "file" in done.stderr


def test_a_database_that_does_not_answer_is_an_error_in_a_line(fresh_ledger):
    environment = fresh_ledger.environment | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing"}
    command = [sys.executable, "-m", "communique", "verify"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "does not answer" in done.stderr


@pytest.fixture
def served(fresh_ledger) -> Iterator[tuple[str, subprocess.Popen[str], str]]:
    """Yield the address of a served ledger, its process, and what it printed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "communique", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=fresh_ledger.environment, stdout=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{port}"
    assert process.stdout is not None
    said = "".join(process.stdout.readline() for _ in range(3))
    _until(lambda: _answers(address))
    yield address, process, said
    process.send_signal(signal.SIGTERM)
    process.wait(30)


def test_a_fresh_ledger_is_opened_by_a_link_that_works_once_and_takes_in_what_it_is_given(served, run):
    address, _, said = served
    link = re.search(r"http://\S+/link/\S+", said)
    assert link is not None
    with httpx.Client(base_url=address, follow_redirects=True) as browser:
        page = browser.get(link[0])
        assert page.status_code == 200
        assert "administrator" in page.text
        assert browser.get("/queue/").url.path == "/sign-in/"
    assert run("account", "add", "Adam Malik").stdout.startswith(f"{address}/link/")
    assert run("account", "reset", "Adam Malik", "--host", "desk").stdout.startswith(
        f"http://desk:{urlsplit(address).port}/link/"
    )
    assert run("add", "--no-wait", str(TALKS)).returncode == 0
    _until(lambda: json.loads(run("verify", "--format", "json").stdout)["documents"] == 1)


def test_the_worker_leaves_with_the_server_even_when_that_is_killed(served):
    _, process, _ = served
    workers = _children(process.pid)
    assert workers
    process.kill()
    process.wait()
    _until(lambda: not any(_alive(pid) for pid in workers))


def test_a_worker_that_is_killed_is_followed_by_another(served, run):
    _, process, _ = served
    worker = next(pid for pid in _children(process.pid) if b"--beside" in _command(pid))
    os.kill(worker, signal.SIGKILL)
    _until(
        lambda: any(b"--beside" in _command(p) for p in _children(process.pid) if p != worker),
        told=lambda: f"{_state(worker)}; beside it: {[_state(p) for p in _children(process.pid)]}",
    )
    assert run("add", "--no-wait", str(TALKS)).returncode == 0
    _until(lambda: json.loads(run("verify", "--format", "json").stdout)["documents"] == 1)


def _command(pid: int) -> bytes:
    """Return what a process was started with; nothing where it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_port_that_is_taken_is_said_before_anything_else(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "--port" in done.stderr


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/sign-in/").status_code == 200
    except httpx.TransportError:
        return False


def _until(
    true: Callable[[], bool], seconds: float = 60, told: Callable[[], str] = lambda: "waited too long"
) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, told()
        time.sleep(0.2)


def _state(pid: int) -> str:
    """Return what a process is doing, for a failure to say: running, asleep, waiting for a disk, a zombie."""
    try:
        told = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return f"{pid} has ended"
    wanted = ("State", "PPid", "Threads")
    return ", ".join([str(pid), *(line for line in told.splitlines() if line.split(":")[0] in wanted)])


def _children(pid: int) -> list[int]:
    """Return the processes that any thread of a process started."""
    told = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for children in told for child in children.read_text().split()]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return state != "Z"
