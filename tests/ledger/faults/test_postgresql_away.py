"""PostgreSQL goes away and comes back: the server says so and answers again, the worker waits and goes on."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest

SERVED = os.environ.get("TEST_DATABASE_URL")
pytestmark = [pytest.mark.both_databases, pytest.mark.skipif(SERVED is None, reason="is about PostgreSQL")]


class Line:
    """A line to a server that can be cut: connections through it end, and none is made until it is mended."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._open: list[socket.socket] = []
        self._whole = True
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End all connections, and refuse new ones."""
        self._whole = False
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def mend(self) -> None:
        """Let connections through again."""
        self._whole = True

    def _accept(self) -> None:
        while True:
            near, _ = self._door.accept()
            if not self._whole:
                near.close()
                continue
            far = socket.create_connection(self._to)
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    @staticmethod
    def _carry(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65_536):
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def line(fresh_ledger) -> Iterator[Line]:
    parts = urlsplit(fresh_ledger.environment["DATABASE_URL"])
    made = Line(parts.hostname or "", parts.port or 0)
    fresh_ledger.environment["DIRECT_URL"] = fresh_ledger.environment["DATABASE_URL"]
    there = f"{parts.username}:{parts.password}@127.0.0.1:{made.port}"
    fresh_ledger.environment["DATABASE_URL"] = parts._replace(netloc=there).geturl()
    yield made
    made.cut()


def test_the_server_says_so_and_answers_again_and_the_worker_goes_on(fresh_ledger, line, tmp_path):
    environment, port = fresh_ledger.environment, free_port()
    direct = environment | {"DATABASE_URL": environment["DIRECT_URL"]}
    address = f"http://127.0.0.1:{port}/sign-in/"
    errors = (tmp_path / "said").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "communique", "serve", "--port", str(port)],
        env=environment,
        stdout=errors,
        stderr=errors,
    )
    try:
        wait_for(lambda: status(address) == 200)
        for how in (line.cut, lambda: terminated(direct["DATABASE_URL"])):
            how()
            if how == line.cut:
                away = httpx.get(address, timeout=20)
                assert (away.status_code, "Retry-After" in away.headers) == (503, True)
                assert "does not answer" in away.text
            give(direct, tmp_path, f"ASEAN and Fiji agreed to meet; this was said {time.monotonic()}.")
            line.mend()
            wait_for(lambda: status(address) == 200)
            wait_for(lambda: left(direct["DATABASE_URL"]) == 0)
        assert server.poll() is None
    finally:
        server.terminate()
        server.wait(60)
        errors.close()
    verified = subprocess.run(
        [sys.executable, "-m", "communique", "verify"],
        env=direct,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "nothing is wrong" in verified.stdout
    assert "Traceback" not in (tmp_path / "said").read_text().split("taking in")[-1]


def give(environment: dict[str, str], tmp_path, words: str) -> None:
    note = tmp_path / "note.txt"
    note.write_text(words)
    command = [sys.executable, "-m", "communique", "add", "--no-wait", str(note)]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)


def left(url: str) -> int:
    with psycopg.connect(url) as database:
        row = database.execute("SELECT count(*) FROM intake_job WHERE state <> 'done'").fetchone()
        return int(row[0]) if row else -1


def terminated(url: str) -> None:
    """End every session, as a server does that shuts down."""
    with psycopg.connect(url, autocommit=True) as database:
        database.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def status(address: str) -> int:
    try:
        return httpx.get(address, timeout=20).status_code
    except httpx.HTTPError:
        return 0


def wait_for(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.3)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
