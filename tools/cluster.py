"""A private PostgreSQL on loopback, for tests and benchmarks: made on entering, gone on leaving.

    python tools/cluster.py COMMAND …              runs COMMAND with TEST_DATABASE_URL naming it
    python tools/cluster.py --durable COMMAND …    the same, writing as safely as where it is used: for benchmarks

Needs Debian's package ``postgresql``. Where it is absent, nothing is run and that is no failure, unless CI=true.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "TEST_DATABASE_URL"
_PARENT_DIED = 1  # PR_SET_PDEATHSIG
_PATIENCE = 60  # seconds to start or stop
_DURABLE = ("fsync=on",)
_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")  # it need not outlive a power cut


class NoPostgreSQL(Exception):
    """PostgreSQL is not installed, or does not start."""


@contextmanager
def postgresql(*settings: str) -> Iterator[str]:
    """Start a cluster with ``settings`` (``name=value``; none: fast and forgetful) and yield its address."""
    programs = _programs()
    owner = "postgres" if os.getuid() == 0 else None  # it refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="communique-pg-"))
    try:
        password = secrets.token_hex(12)
        _initialise(programs, folder, owner, password)
        port = _free_port()
        server = _start(programs, folder, owner, port, settings or _FAST)
        try:
            _wait(programs, server, folder, port)
            yield f"postgresql://communique:{password}@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()  # SIGTERM: ends the sessions, then itself
            try:
                server.wait(timeout=_PATIENCE)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Return the folder of the newest version's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if found:
        return found[-1]
    if postgres := shutil.which("postgres"):
        return Path(postgres).parent
    raise NoPostgreSQL("postgresql is not installed")


def _initialise(programs: Path, folder: Path, owner: str | None, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if owner:
        shutil.chown(folder, owner, owner)
        shutil.chown(secret, owner, owner)
    words = [programs / "initdb", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", "--username=communique"]
    words += ["--auth=scram-sha-256", f"--pwfile={secret}", f"--pgdata={folder / 'data'}"]
    done = subprocess.run(
        words,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        user=owner,
        group=owner,
        extra_groups=_none(owner),
    )
    if done.returncode:
        raise NoPostgreSQL(done.stderr.strip())


def _start(
    programs: Path, folder: Path, owner: str | None, port: int, settings: tuple[str, ...]
) -> subprocess.Popen[bytes]:
    words: list[str | Path] = [programs / "postgres", "-D", folder / "data", "-k", folder]
    for setting in ("listen_addresses=127.0.0.1", f"port={port}", *settings):
        words += ["-c", setting]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            words,
            stdout=log,
            stderr=log,
            cwd="/",
            user=owner,
            group=owner,
            extra_groups=_none(owner),
            preexec_fn=_go_with_parent,
        )


def _go_with_parent() -> None:
    """Let the server stop when this process is killed (Linux; elsewhere it has to be stopped by hand)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DIED, signal.SIGINT)


def _wait(programs: Path, server: subprocess.Popen[bytes], folder: Path, port: int) -> None:
    asking = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    end = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < end:
        if subprocess.run(asking, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise NoPostgreSQL((folder / "log").read_text(errors="replace").strip())


def _none(owner: str | None) -> list[str] | None:
    return [] if owner else None


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def main(command: list[str]) -> int:
    """Run a command beside a cluster and return its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster goes too
    durable = command[:1] == ["--durable"]
    command = command[1:] if durable else command
    try:
        with postgresql(*(_DURABLE if durable else ())) as url:
            return subprocess.run(command, check=False, env=os.environ | {VARIABLE: url}).returncode
    except NoPostgreSQL as error:
        print(f"not run on PostgreSQL: {error}", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
