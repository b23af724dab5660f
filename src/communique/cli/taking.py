"""``communique work``: a worker of a ledger."""

from __future__ import annotations

import os
import signal
import threading
from typing import Annotated

import typer

from communique.cli.ledger import Data

_LOOK = 2.0  # seconds between two looks whether the server it stands beside is alive


def work(
    data: Data = None,
    until_empty: Annotated[bool, typer.Option("--until-empty", help="Stop when nothing waits.")] = False,
    beside: Annotated[int | None, typer.Option("--beside", hidden=True)] = None,
) -> None:
    """Take in what was asked for, beside the worker that 'communique serve' has; start as many as help.

    It stops on Ctrl-C or SIGTERM, when the document it reads is done.
    """
    from communique.ledger.start import start

    start(data)
    from communique.ledger.intake.worker import work

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if beside is not None:
        threading.Thread(target=_leave_with, args=(beside, stop), daemon=True).start()
    work(stop, until_empty=until_empty)


def _leave_with(server: int, stop: threading.Event) -> None:
    """Stop when the server that started this worker is gone."""
    while not stop.wait(_LOOK):
        if os.getppid() != server:
            stop.set()
