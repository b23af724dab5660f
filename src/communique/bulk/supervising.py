"""A reader in a process beside the worker, replaced when a document takes it down.

A worker of Spark's lives as long as the job does. What reads documents may not: it is ended by the document that
takes too long or too much memory, and by whatever else ends processes. The one is a problem of the document and is
kept as such, the other is not: a document whose reader was lost is read once more before it is given up.
"""

from __future__ import annotations

import atexit
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from typing import IO

import msgspec

from communique.bulk.child import receive, send
from communique.bulk.items import Item
from communique.bulk.plan import Options
from communique.bulk.reader import Read, lost
from communique.errors import CommuniqueError

COMMAND: tuple[str, ...] = (sys.executable, "-m", "communique.bulk.child")
_TRIES = 2
_PATIENCE = 10  # times the processor time allowed, by the clock
_START = 300.0  # seconds that loading the reader may take
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


class Lost(Exception):
    """The process that read is gone; ``code`` and the message say why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Supervised:
    """One process that reads, whichever that is at the moment."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Load the reader, if it is not there yet."""
        self._started()

    def read(self, items: Iterable[Item]) -> Iterator[tuple[Item, tuple[Read, ...]]]:
        """Read items in order. The next is handed over before the last is yielded, so that nobody waits."""
        coming = iter(items)
        item = next(coming, None)
        sent = item is not None and self._hand(item)
        while item is not None:
            made = self._settle(item, sent)
            following = next(coming, None)
            sent = following is not None and self._hand(following)
            yield item, made
            item = following

    def end(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    _close(pipe)

    def _settle(self, item: Item, sent: bool) -> tuple[Read, ...]:
        """Return what came of an item that was handed over, if need be in another process."""
        for tries_left in range(_TRIES - 1, -1, -1):
            try:
                if not sent and not self._hand(item):
                    raise Lost("killed", "the process that read it was killed")
                return self._answer()
            except Lost as error:
                self.end()
                sent = False
                if not tries_left or error.code == "timeout":
                    return lost(item, error.code, str(error))
        raise AssertionError("every try ends")

    def _hand(self, item: Item) -> bool:
        """Send an item; say whether there was somebody to take it."""
        pipe = self._started().stdin
        assert pipe is not None
        try:
            send(pipe, msgspec.msgpack.encode(item))
        except OSError:
            return False
        return True

    def _answer(self) -> tuple[Read, ...]:
        message = self._message(self._options.seconds * _PATIENCE)
        return msgspec.msgpack.decode(message, type=tuple[Read, ...])

    def _message(self, patience: float) -> bytes:
        process = self._process
        assert process is not None
        assert process.stdout is not None
        ready, _, _ = select.select([process.stdout], [], [], patience)
        if not ready:
            raise Lost("timeout", f"it was not read within {patience:,.0f} seconds")
        message = receive(process.stdout)
        if message is None:
            raise self._why(process)
        return message

    def _why(self, process: subprocess.Popen[bytes]) -> Lost:
        if process.wait() == -signal.SIGPROF:
            taken = f"reading it took more than {self._options.seconds:,} seconds of the processor"
            return Lost("timeout", taken)
        return Lost("killed", "the process that read it was killed twice (out of memory?)")

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.end()
        self._process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | dict.fromkeys(_THREADS, "1"),
            bufsize=-1,
        )
        assert self._process.stdin is not None
        try:
            send(self._process.stdin, msgspec.msgpack.encode(self._options))
            self._message(_START)
        except (OSError, Lost) as error:
            raise CommuniqueError(f"the reader did not start: {error}") from error
        return self._process


@cache
def reader(options: Options) -> Supervised:
    """Return this worker's reader; it is loaded once, whatever the number of parts."""
    made = Supervised(options)
    atexit.register(made.end)
    return made


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # what was still to be written has nobody to go to
        return
