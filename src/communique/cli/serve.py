"""``communique serve``: the ledger in a browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.ledger import Data

if TYPE_CHECKING:
    from pathlib import Path

_GRACE = 20.0  # seconds that the worker has to finish the document it reads
_LOOK = 0.5  # seconds between two looks whether it runs
_SOON, _LATE = (
    1.0,
    30.0,
)  # seconds before a worker that ended is started again, the first time and at the most


def serve(
    data: Data = None,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = 8000,
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name", metavar="HOST", help="A name it is reached under, where it is another; repeatable."
        ),
    ] = None,
    https: Annotated[
        bool, typer.Option("--https", help="It is reached over HTTPS, through a proxy that says so.")
    ] = False,
    threads: Annotated[int, typer.Option("--threads", min=1, max=128, help="Requests answered at once.")] = 8,
    worker: Annotated[bool, typer.Option("--worker/--no-worker", help="Take documents in, too.")] = True,
) -> None:
    """Serve a ledger, and take in what is asked for.

    On first use the database is made, and a link is printed on which the administrator's account is made. It
    stops on Ctrl-C.

    \b
    Examples:
      communique serve
      communique serve --data /srv/partnership --host 0.0.0.0 --name ledger.example.org --https
    """
    os.environ["COMMUNIQUE_HOSTS"] = ",".join(_names(host, name or []))
    os.environ["COMMUNIQUE_HTTPS"] = "1" if https else "0"
    _free(host, port)
    from communique.ledger.start import start

    place = start(data)
    from communique.ledger.accounts.links import first_link

    scheme = "https" if https else "http"
    address = f"{scheme}://{(name or [_shown(host)])[0]}" + ("" if https else f":{port}")
    place.serve_at(address)
    typer.echo(f"The ledger in {place.folder} is served at {address}")
    link = first_link()
    if link is not None:
        typer.echo(f"Nobody can sign in yet. Make the administrator's account here, once:\n  {address}{link}")
    with _working(place.folder) if worker else _nothing():
        _listen(host, port, threads)


def _listen(host: str, port: int, threads: int) -> None:
    os.environ["COMMUNIQUE_SERVER"] = str(os.getpid())
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "communique.ledger.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        backpressure=threads * 16,
        websockets=False,
        log_level="error",  # type: ignore[arg-type]
        respawn_failed_workers=True,
    ).serve()


@contextmanager
def _working(folder: Path) -> Iterator[None]:
    """Let a worker run beside the server, another in its place where it ends, and stop it at the end."""
    worker = _Worker(folder)
    keeper = threading.Thread(target=worker.keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        worker.end()
        keeper.join()


class _Worker:
    """A worker that is started again when it ends: killed for its memory, or with no database to start on."""

    def __init__(self, folder: Path) -> None:
        me = str(os.getpid())
        self._command = [sys.executable, "-m", "communique", "work", "--data", str(folder), "--beside", me]
        self._over = threading.Event()

    def keep(self) -> None:
        """Run the worker until ``end`` is called."""
        pause = _SOON
        while not self._over.is_set():
            began = time.monotonic()
            process = subprocess.Popen(self._command, start_new_session=True)
            while process.poll() is None and not self._over.wait(_LOOK):
                pass
            if self._over.is_set():
                _stop(process)
                return
            pause = _SOON if time.monotonic() - began > _LATE else min(2 * pause, _LATE)
            self._over.wait(pause)

    def end(self) -> None:
        """Let the worker finish the document it reads, and end."""
        self._over.set()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _names(host: str, given: list[str]) -> list[str]:
    """Return the names that requests may be for: another name in a request is refused."""
    own = {"localhost", "127.0.0.1", "[::1]", *given}
    if host not in ("0.0.0.0", "::"):
        own.add(_shown(host))
    return sorted(own)


def _shown(host: str) -> str:
    if host in ("0.0.0.0", "::"):
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _free(host: str, port: int) -> None:
    """Raise CommuniqueError where the port is taken: said at once, not after the database was migrated."""
    from communique.errors import CommuniqueError

    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise CommuniqueError(
            f"{host}:{port}: {error.strerror}", hint="name another with --host and --port"
        ) from error
