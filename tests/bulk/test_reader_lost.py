"""A document that takes its reader down is a problem of its own; what merely ended the reader is none."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.bulk import supervising
from communique.bulk.items import Item
from communique.bulk.plan import Options
from communique.bulk.supervising import Supervised

# A reader that does what its document says, in place of the true one: no document of ours takes that down.
STUB = """
import os, signal, sys
from communique.bulk import child, reader
from communique.bulk.reader import read_item
def obey(item, options):
    said = item.data.decode()
    if said == "endless":
        while True:
            pass
    if said == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if said.startswith("once ") and not os.path.exists(said[5:]):
        open(said[5:], "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return read_item(item, options)
def greedy(text, **more):
    if text.content == "greedy":
        bytearray(3_000_000_000)
    return read_coded(text, **more)
read_coded, reader.read_coded = reader.read_coded, greedy
child.read_item, child._warm_up = obey, lambda options: None  # the parser is not needed, nor waited for
child.main()
"""


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Supervised]:
    stub = tmp_path / "stub.py"
    stub.write_text(STUB)
    monkeypatch.setattr(supervising, "COMMAND", (sys.executable, str(stub)))
    made = Supervised(Options(seconds=1, megabytes=1_500))
    yield made
    made.end()


def read(reader: Supervised, *texts: str) -> list[tuple[str, object]]:
    """Return what came of texts: where they stand, and the code of a problem or that it is a document."""
    items = [Item(f"x:{n}", "row", text.encode(), is_text=True) for n, text in enumerate(texts, 1)]
    found = []
    for item, (one,) in reader.read(items):
        code = None if one.is_document else one.rows["problems"][0][3]
        found.append((item.source, code))
    return found


def test_each_document_that_takes_its_reader_down_is_a_problem_and_the_others_are_read(
    reader: Supervised, tmp_path: Path
) -> None:
    good = "Rain fell in Suva."
    assert read(reader, good, "endless", good, "crash", "greedy", good) == [
        ("x:1", None),
        ("x:2", "document/timeout"),
        ("x:3", None),
        ("x:4", "document/killed"),
        ("x:5", "document/failed"),
        ("x:6", None),
    ]


def test_a_document_whose_reader_was_killed_by_somebody_else_is_read_again(
    reader: Supervised, tmp_path: Path
) -> None:
    assert read(reader, f"once {tmp_path}/a", "Rain fell.", f"once {tmp_path}/b") == [
        ("x:1", None),
        ("x:2", None),
        ("x:3", None),
    ]


def test_a_reader_that_was_killed_while_nothing_was_read_is_replaced(reader: Supervised) -> None:
    assert read(reader, "Rain fell.") == [("x:1", None)]
    process = reader._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert read(reader, "Rain fell.") == [("x:1", None)]
