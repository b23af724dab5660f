"""``communique work``: a worker of a ledger."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from communique.cli.ledger import Data


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
    from communique.ledger.beside import leave_with
    from communique.ledger.intake.worker import work

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if beside is not None:
        leave_with(beside, stop.set, until=stop)
    work(stop, until_empty=until_empty)
