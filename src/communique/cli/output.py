"""Where the output goes: standard output, one file, or a folder with a file for each document.

A file appears only when it is whole: it is written beside its place and moved there at the end.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import TextIO

from communique.errors import CommuniqueError
from communique.export import Export, Part, Screen

_UNFIT = re.compile(r"[^\w.-]+")


def write_stream(chunks: Iterable[str], out: TextIO) -> None:
    for chunk in chunks:
        out.write(chunk)
    out.flush()


def write_file(path: Path, chunks: Iterable[str]) -> None:
    """Write a file as a whole or not at all. Raises CommuniqueError where it can't be written."""
    with _replacing(path) as out:
        write_stream(chunks, out)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file that is no text, as `write_file` does."""
    with _replacing(path) as out:
        out.buffer.write(content)


def write_folder(folder: Path, named: Iterable[tuple[str, Part]], made: Export) -> int:
    """Write each document to a file of its own, called after its source, and return how many."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommuniqueError(f"{folder}: {error.strerror}") from error
    taken: set[str] = set()
    for name, part in named:
        path = folder / _file_name(name, made.SUFFIX, taken)
        write_file(path, made.whole([part], several=False))
    return len(taken)


def is_folder(path: str) -> bool:
    """Whether a person means a folder: it is one, or its name ends as one."""
    return path.endswith(("/", os.sep)) or Path(path).is_dir()


def standard_output() -> TextIO:
    """Return standard output as UTF-8, whatever the system's habits: JSON is."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")
    return sys.stdout


def screen_of(output: str | Path | None) -> Screen:
    """Find out how wide the terminal is and whether it shows colour; a file is 80 wide and has none."""
    if output is not None:
        return Screen()
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    colour = "FORCE_COLOR" in os.environ or (sys.stdout.isatty() and not plain)
    return Screen(min(shutil.get_terminal_size((80, 24)).columns, 110), colour)


def _file_name(name: str, suffix: str, taken: set[str]) -> str:
    stem = _UNFIT.sub("-", PurePath(name.rstrip("/")).stem).strip("-.")[:100] or "document"
    file, number = stem + suffix, 1
    while file.lower() in taken:
        number += 1
        file = f"{stem}-{number}{suffix}"
    taken.add(file.lower())
    return file


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8") as stream:  # a device or a pipe can't be moved into place
            yield stream
        return
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
    except OSError as error:
        raise CommuniqueError(f"{path}: cannot be written: {error.strerror}") from error
    draft = Path(name)
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        draft.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
