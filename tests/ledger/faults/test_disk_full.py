"""A disk that is full, for real: a small one made for the test."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from cluster import postgresql

pytestmark = pytest.mark.both_databases
DISK = 60_000_000  # bytes


@pytest.fixture(scope="module")
def disk() -> Iterator[Path]:
    """A disk of its own; skipped where none can be mounted."""
    place = Path(tempfile.mkdtemp(prefix="communique-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=755", "tmpfs", str(place)]
    if sys.platform != "linux" or os.getuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        place.rmdir()
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)
    place.rmdir()


@pytest.fixture(scope="module")
def database(disk: Path) -> Iterator[str | None]:
    """The address of a database of PostgreSQL on that disk; None on SQLite.

    It has a server of its own: one that can't write to a full disk makes no checkpoint, and so no database for others.
    """
    if "TEST_DATABASE_URL" not in os.environ:
        yield None
        return
    tables = disk / "tables"
    tables.mkdir()
    shutil.chown(tables, "postgres", "postgres")
    with postgresql() as served:
        with psycopg.connect(served, autocommit=True) as server:
            server.execute(f"CREATE TABLESPACE small LOCATION '{tables}'")  # type: ignore[arg-type]
            server.execute("CREATE DATABASE small TABLESPACE small")
        yield urlsplit(served)._replace(path="/small").geturl()


@pytest.fixture(scope="module")
def command(disk: Path, database: str | None) -> Callable[..., list[str]]:
    """What runs a command of the ledger on that disk."""

    def command(*arguments: str) -> list[str]:
        communique = [sys.executable, "-m", "communique", *arguments, "--data", str(disk / "ledger")]
        known = [f"DATABASE_URL={database}"] if database else []
        return ["env", "-u", "DATABASE_URL", "-u", "COMMUNIQUE_DATA", *known, *communique]

    return command


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=180)


def fill(disk: Path, *, left: int = 100_000) -> Path:
    """Leave little room."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        room = os.statvfs(disk)
        file.write(b"\0" * (room.f_bavail * room.f_frsize - left))
    return filler


def lines(tmp_path: Path, name: str) -> Path:
    """A list of notes, larger than what is left."""
    notes = tmp_path / name
    notes.write_text(
        "\n".join(
            json.dumps(
                {"id": n, "text": f"ASEAN and Fiji agreed to share chart {n} of {name}. " + "Both met. " * 40}
            )
            for n in range(24)
        )
    )
    return notes


def test_what_there_is_no_room_for_is_refused_in_a_line_and_taken_in_when_there_is(disk, command, tmp_path):
    first, second = lines(tmp_path, "first.jsonl"), lines(tmp_path, "second.jsonl")
    assert run(command("add", str(first))).returncode == 0
    filler = fill(disk)

    refused = run(command("add", str(second)))
    assert refused.returncode == 1
    assert "disk" in refused.stderr.lower() or "space" in refused.stderr.lower()
    assert "Traceback" not in refused.stderr
    filler.unlink()
    filler = fill(disk, left=40_000)  # enough to open the database, and to begin a backup
    backup = run(command("backup", str(disk / "full.tar.gz")))
    assert (backup.returncode, "Traceback" in backup.stderr) == (1, False)
    assert not list(disk.glob("full.tar.gz*"))
    whole = run(command("verify"))
    assert "nothing is wrong" in whole.stdout, whole.stdout + whole.stderr

    filler.unlink()
    filler = fill(disk, left=0)
    nothing = run(command("add", str(second)))
    assert (nothing.returncode, "Traceback" in nothing.stderr) == (1, False)
    assert "disk" in nothing.stderr.lower()

    filler.unlink()
    taken = run(command("add", str(second)))
    counted = re.match(r"(\d+) documents taken in, (\d+) known already", taken.stdout)
    assert counted is not None, taken.stderr
    assert int(counted[1]) + int(counted[2]) == 24
    assert run(command("verify")).returncode == 0


def test_a_worker_waits_for_room_and_goes_on(disk, command, tmp_path):
    third = lines(tmp_path, "third.jsonl")
    before = documents(command)
    assert run(command("add", "--no-wait", str(third))).returncode == 0
    filler = fill(disk)
    said = tmp_path / "said"
    with (
        said.open("w") as errors,
        subprocess.Popen(command("work", "--until-empty"), stderr=errors) as worker,
    ):
        try:
            wait_for(lambda: "taking in waits: the disk is full" in said.read_text(), worker)
            filler.unlink()
            assert worker.wait(180) == 0
        finally:
            worker.kill()
    assert "taking in goes on" in said.read_text()
    whole = json.loads(run(command("verify", "--format", "json")).stdout)
    assert (whole["documents"], whole["faults"]) == (before + 24, [])


def documents(command: Callable[..., list[str]]) -> int:
    """Count what the ledger holds."""
    return int(json.loads(run(command("verify", "--format", "json")).stdout)["documents"])


def wait_for(true: Callable[[], bool], worker: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 120
    while not true():
        assert worker.poll() is None, "the worker ended"
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.5)
