"""A process that has imported everything and opened nothing: each step runs in a process forked from it.

So a process to be killed starts in a moment, as one that was started long ago, and shares nothing with the next.
It reads an order a line, as JSON, and answers with a line:

    {"step": …, "database": …, "folder": …, "file": …, "out": …, "arguments": […]}    → the process's number
    {"wait": number}                                                                   → how it ended
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection, connections

from communique.formats import read_bytes
from communique.reading import read_text


def main() -> None:
    """Answer orders until there are none."""
    django.setup()
    sys.path.insert(0, str(Path(__file__).parent))
    importlib.import_module("steps")
    for text in read_bytes(b"ASEAN agreed to meet on 5 May 1975.", path="warm.txt"):
        read_text(text)  # loads the vocabulary and the parser before anything is forked
    assert connection.connection is None
    assert len(os.listdir("/proc/self/task")) == 1, "a fork keeps one thread only"
    answer("ready")
    for line in sys.stdin:
        order = json.loads(line)
        answer(waited(order["wait"]) if "wait" in order else forked(order))


def forked(order: dict[str, Any]) -> int:
    """Start a step in a process of its own, and return its number."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        out = os.open(order["out"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        run(order, out)
        code = 0
    finally:
        if code:
            Path(f"{order['out']}.error").write_text(traceback.format_exc())
        os._exit(code)


def run(order: dict[str, Any], out: int) -> None:
    """Open the ledger that the order names, do the step, and write what it acknowledges and returns."""
    connections.settings["default"]["NAME"] = order["database"]
    settings.DATA = Path(order["folder"])
    settings.BYTES = settings.DATA / "bytes"

    def ack(word: str) -> None:
        os.write(out, f"ack {word}\n".encode())

    result = sys.modules["steps"].STEPS[order["step"]](ack, Path(order["file"]), *order["arguments"])
    connection.close()
    os.write(out, f"end {json.dumps(result)}\n".encode())


def waited(pid: int) -> int:
    """Return how a process ended: its exit status, or the negative number of the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def answer(told: object) -> None:
    """Write a line."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
