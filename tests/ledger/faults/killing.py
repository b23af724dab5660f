"""Ledgers made from one another in a moment, and processes that work on them and are killed."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_LONGEST = 300.0  # seconds that a step may take undisturbed


@dataclass(frozen=True)
class Ledger:
    """A ledger of its own: a database, a folder, and a file for its backup."""

    folder: Path
    database: str

    @property
    def file(self) -> Path:
        return self.folder / "backup.tar.gz"


@dataclass
class Ledgers:
    """Makes ledgers: new ones, and copies of others."""

    home: Path
    served: str | None
    """Address of PostgreSQL; None for SQLite."""

    def new(self, like: Ledger | None = None) -> Ledger:
        """Return a new ledger, empty or a copy."""
        name = f"kill_{secrets.token_hex(5)}"
        folder = self.home / name
        if like is None:
            (folder / "bytes").mkdir(parents=True)
        else:
            shutil.copytree(like.folder, folder)
        if self.served is None:
            return Ledger(folder, str(folder / "ledger.sqlite3"))
        template = f" TEMPLATE {like.database}" if like is not None else ""
        self._tell(f"CREATE DATABASE {name}{template}")
        return Ledger(folder, name)

    def drop(self, ledger: Ledger) -> None:
        """Remove a ledger."""
        shutil.rmtree(ledger.folder)
        if self.served is not None:
            self._tell(f"DROP DATABASE {ledger.database} WITH (FORCE)")

    def settle(self, ledger: Ledger) -> None:
        """Wait until PostgreSQL has noticed that whoever worked on a ledger is gone."""
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        end = time.monotonic() + 30
        while self.served is not None and self._tell(asked, ledger.database) and time.monotonic() < end:
            time.sleep(0.01)

    def _tell(self, sql: str, *values: str) -> int:
        import psycopg

        assert self.served is not None
        with psycopg.connect(self.served, autocommit=True) as server:
            told = server.execute(sql, values or None)  # type: ignore[call-overload]
            return int(told.fetchone()[0]) if told.description else 0


@dataclass
class Ended:
    """What a process left: what it acknowledged, and, where it was not killed, what it returned."""

    acknowledged: list[str] = field(default_factory=list)
    returned: Any = None
    killed: bool = False


class Forks:
    """Starts processes that each do one step on a ledger."""

    def __init__(self, home: Path, served: str | None) -> None:
        environment = os.environ | {
            "COMMUNIQUE_DATA": str(home / "zygote"),
            "DJANGO_SETTINGS_MODULE": "communique.ledger.settings",
            **{f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "BLIS")},
        }
        environment.pop("DATABASE_URL", None)
        if served:
            environment["DATABASE_URL"] = served
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("zygote.py"))],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._answer() == "ready"

    def end(self) -> None:
        """End the process that others are forked from."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)

    def run(self, step: str, ledger: Ledger, *arguments: str, kill_after: float | None = None) -> Ended:
        """Do a step; ``kill_after`` so many seconds it is killed, if it has not ended. Fails where it fails."""
        out = ledger.folder / f"out-{secrets.token_hex(4)}"
        pid = self._ask(
            step=step,
            database=ledger.database,
            folder=str(ledger.folder),
            file=str(ledger.file),
            out=str(out),
            arguments=arguments,
        )
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(pid, signal.SIGKILL)
        status = self._ask(wait=pid)
        ended = _read(out)
        ended.killed = status == -signal.SIGKILL
        if status not in (0, -signal.SIGKILL):
            raise AssertionError(f"{step} failed: {Path(f'{out}.error').read_text()}")
        return ended

    def _ask(self, **order: Any) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise AssertionError("the process that others are forked from has ended")
        return json.loads(line)


@contextmanager
def forks(home: Path, served: str | None) -> Iterator[Forks]:
    """Yield what starts processes on one database."""
    started = Forks(home, served)
    try:
        yield started
    finally:
        started.end()


def _read(out: Path) -> Ended:
    ended = Ended()
    for line in out.read_text().splitlines() if out.exists() else ():
        word, _, rest = line.partition(" ")
        if word == "ack":
            ended.acknowledged.append(rest)
        else:
            ended.returned = json.loads(rest)
    return ended
