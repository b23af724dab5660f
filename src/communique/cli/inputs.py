"""What a person named on the command line: files, folders, patterns, addresses, standard input."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import Literal

from communique.errors import UnreadableDocument

STDIN = "<stdin>"
MOST_BYTES = 1_000_000_000
"""More than this is never read into memory, whatever it is."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")  # eats "https://…", "file://…"; leaves "C:\…"
_PATTERN = re.compile(r"[*?\[]")
_COLLECTIONS = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read: ``name`` is how messages call it."""

    name: str
    kind: Literal["file", "url", "stdin"]

    @property
    def is_collection(self) -> bool:
        """Whether it holds many documents that are better read side by side."""
        return self.kind == "file" and self.name.lower().endswith(_COLLECTIONS)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is to be read, what was named but isn't there, and how many files of other kinds were left out."""

    found: tuple[Input, ...]
    missing: tuple[UnreadableDocument, ...]
    left_out: int


def find_inputs(arguments: Sequence[str]) -> Inputs:
    """Turn arguments into inputs, each once, in the order given and folders in the order of their names."""
    found: dict[Input, None] = {}
    missing: list[UnreadableDocument] = []
    left_out = 0
    for argument in arguments:
        got, others = _named(argument)
        left_out += others
        found.update(dict.fromkeys(got))
        if not got:
            missing.append(_nothing(argument))
    return Inputs(tuple(found), tuple(missing), left_out)


def contents(source: Input) -> bytes:
    """Read a file or standard input. Raises UnreadableDocument."""
    if source.kind == "stdin":
        return _bounded(sys.stdin.buffer.read(MOST_BYTES + 1), source.name)
    try:
        with Path(source.name).open("rb") as file:
            return _bounded(file.read(MOST_BYTES + 1), source.name)
    except OSError as error:
        raise UnreadableDocument(source.name, _reason(error)) from error


def _named(argument: str) -> tuple[list[Input], int]:
    if argument == "-":
        return [Input(STDIN, "stdin")], 0
    if _ADDRESS.match(argument):
        return [Input(argument, "url")], 0
    path = Path(argument)
    if path.is_dir():
        return _folder(path)
    if path.exists() or not _PATTERN.search(argument):
        return [Input(argument, "file")], 0
    return _matching(argument)


def _matching(pattern: str) -> tuple[list[Input], int]:
    found: list[Input] = []
    left_out = 0
    for name in sorted(glob(pattern, recursive=True)):
        if not Path(name).is_dir():
            found.append(Input(name, "file"))
        elif "**" not in pattern:
            inside, others = _folder(Path(name))
            found += inside
            left_out += others
    return found, left_out


def _folder(folder: Path) -> tuple[list[Input], int]:
    """List the files of kinds that can be read, at any depth; hidden files and folders don't count."""
    known = _endings()
    files = list(_walk(folder))
    good = [Input(str(path), "file") for path in files if path.suffix.lower() in known]
    return good, len(files) - len(good)


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(files) if not name.startswith("."))


def _endings() -> frozenset[str]:
    from communique.formats import formats

    return frozenset(ending for known in formats() for ending in known.endings)


def _nothing(argument: str) -> UnreadableDocument:
    if Path(argument).is_dir():
        return UnreadableDocument(argument, "the folder holds no file of a kind that can be read")
    return UnreadableDocument(argument, "no file matches this pattern")


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > MOST_BYTES:
        raise UnreadableDocument(name, "larger than 1 GB", hint="split it into smaller files")
    return data


def _reason(error: OSError) -> str:
    text = (error.strerror or str(error)).strip()
    return text[:1].lower() + text[1:]
