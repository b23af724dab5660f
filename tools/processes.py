"""The processes that stand under one another, as Linux tells of them: what they are, took and hold."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_GONE = (FileNotFoundError, ProcessLookupError, PermissionError)


@dataclass(frozen=True, slots=True)
class Process:
    """One process: its number, its parent's, its command, and the seconds of a processor it took so far."""

    number: int
    parent: int
    command: str
    seconds: float

    @property
    def memory(self) -> int:
        """Bytes that it holds, what it shares with others counted in shares; 0 where it is gone."""
        try:
            told = Path(f"/proc/{self.number}/smaps_rollup").read_text("ascii")
        except _GONE:
            return 0
        return 1024 * sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:"))


def under(number: int) -> list[Process]:
    """Return a process and all that stand under it."""
    everyone = {p.number: p for p in _everyone()}
    found = [p for p in everyone.values() if _stands_under(p, number, everyone)]
    return sorted(found, key=lambda p: p.number)


def _stands_under(process: Process, number: int, everyone: dict[int, Process]) -> bool:
    seen: set[int] = set()
    at: Process | None = process
    while at is not None and at.number not in seen:
        if at.number == number:
            return True
        seen.add(at.number)
        at = everyone.get(at.parent)
    return False


def _everyone() -> Iterator[Process]:
    for entry in os.scandir("/proc"):
        if entry.name.isdecimal():
            try:
                yield _process(Path(entry.path))
            except _GONE:
                continue


def _process(folder: Path) -> Process:
    command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    # the name in brackets may hold anything; what follows it doesn't
    told = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    seconds = sum(map(int, told[11:15])) / _TICKS  # its own, and that of children it waited for
    return Process(int(folder.name), int(told[1]), command, seconds)
