"""The process that reads: documents in on one pipe, rows out on another, until the first is closed.

What can go wrong with a document goes wrong here: it may take all its time, all its memory, or the process.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from typing import IO

import msgspec

from communique.bulk.items import Item
from communique.bulk.plan import Options
from communique.bulk.reader import read_item

LENGTH = 8
_READY = b"ready"
_FIRST = b"""Fiji and Japan Agree

Suva: At the 3rd Dialogue, held on 5 July 2022, Fiji and Japan agreed to share tide data by 2030. Japan pledged US$2
million to the Pacific Tide Fund. Both sides discussed trade, health and fisheries, and welcomed the Plan of Action.
"""


def main() -> None:
    """Read what comes, one item after the other. The first message says how."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no reply
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    asked = sys.stdin.buffer
    first = receive(asked)
    if first is None:
        return
    options = msgspec.msgpack.decode(first, type=Options)
    most = options.megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    _warm_up(options)
    send(replies, _READY)
    while (message := receive(asked)) is not None:
        item = msgspec.msgpack.decode(message, type=Item)
        signal.setitimer(signal.ITIMER_PROF, options.seconds)
        made = read_item(item, options)
        signal.setitimer(signal.ITIMER_PROF, 0)
        send(replies, msgspec.msgpack.encode(made))


def send(pipe: IO[bytes], message: bytes) -> None:
    """Send a message with its length before it."""
    pipe.write(len(message).to_bytes(LENGTH, "big") + message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Return the next message, None where the other side is gone."""
    head = pipe.read(LENGTH)
    if len(head) < LENGTH:
        return None
    size = int.from_bytes(head, "big")
    message = pipe.read(size)
    return message if len(message) == size else None


def _warm_up(options: Options) -> None:
    """Load vocabulary and parser before the first document's time runs."""
    read_item(Item("start", "row", _FIRST, is_text=True), options)


if __name__ == "__main__":
    main()
