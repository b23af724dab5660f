"""The folder of a job: what is planned, what is committed, and the tables. All that is in it was written whole.

OUTPUT/_job/job.json               the plan; where it is not there, nothing was begun
OUTPUT/_job/plan/000012.json       what part 12 reads
OUTPUT/_job/input/                 copies of compressed input, in pieces that can be read apart
OUTPUT/_job/work/                  what is being written; left behind by whoever is killed
OUTPUT/_job/parts/000012/          what part 12 holds, committed by being renamed to this
OUTPUT/statements/000012.parquet   the tables, when all is committed
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from communique.bulk.plan import Job, Manifest, Part
from communique.errors import CommuniqueError

S = TypeVar("S", bound=msgspec.Struct)


class Store:
    """The folder that a job writes."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.home = output / "_job"
        self.input = self.home / "input"
        self.work = self.home / "work"
        self.parts = self.home / "parts"
        self._plan = self.home / "plan"
        self._job = self.home / "job.json"
        self._done = self.home / "done"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others from running the same job. Raises CommuniqueError where somebody does."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "lock").open("wb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise CommuniqueError(
                    f"{self.output}: another job is writing here", hint="wait for it, or stop it"
                ) from error
            yield

    def job(self) -> Job | None:
        """Return the job that was planned here, if one was. Raises CommuniqueError where none can be made out."""
        return _load(self._job, Job)

    def keep_job(self, job: Job) -> None:
        """Write down that the plan is whole."""
        self.parts.mkdir(exist_ok=True)
        self.work.mkdir(exist_ok=True)
        sync(self._plan)
        _keep(self._job, job)

    def part(self, number: int) -> Part:
        part = _load(self._plan / f"{number:06}.json", Part)
        if part is None:
            raise CommuniqueError(
                f"{self._plan}: part {number} of the plan is gone", hint="start over with --again"
            )
        return part

    def keep_part(self, part: Part) -> None:
        self._plan.mkdir(parents=True, exist_ok=True)
        _keep(self._plan / f"{part.name}.json", part, durable=False)

    def committed(self) -> set[int]:
        """Return the numbers of the parts that are committed."""
        if not self.parts.is_dir():
            return set()
        return {int(entry.name) for entry in os.scandir(self.parts)}

    def manifest(self, number: int) -> Manifest:
        """Return what a committed part holds."""
        found = _load(self.parts / f"{number:06}" / "manifest.json", Manifest)
        if found is None:
            raise CommuniqueError(f"{self.parts}: part {number} is gone", hint="start over with --again")
        return found

    def commit(self, made: Path, part: Part, manifest: Manifest) -> None:
        """Commit what was made of a part. Where somebody else was faster, theirs is kept: it is the same."""
        _keep(made / "manifest.json", manifest, durable=False)
        for path in made.iterdir():
            sync(path)
        sync(made)
        try:
            made.rename(self.parts / part.name)
        except OSError:
            if not (self.parts / part.name).is_dir():
                raise
            shutil.rmtree(made, ignore_errors=True)
        sync(self.parts)

    def wipe(self) -> None:
        """Remove the job and its tables, and nothing else; the lock stays."""
        self._job.unlink(missing_ok=True)
        self._done.unlink(missing_ok=True)
        for folder in (self.input, self.work, self.parts, self._plan):
            shutil.rmtree(folder, ignore_errors=True)

    def is_done(self) -> bool:
        return self._done.exists()

    def finish(self) -> None:
        """Say that the tables are whole, and remove what only the work needed."""
        self._done.touch()
        sync(self.home)
        for folder in (self.input, self.work):
            shutil.rmtree(folder, ignore_errors=True)


def sync(path: Path) -> None:
    """See that a file or a folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _keep(path: Path, value: msgspec.Struct, *, durable: bool = True) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_bytes(msgspec.json.encode(value))
    if durable:
        sync(beside)
    beside.rename(path)
    if durable:
        sync(path.parent)


def _load(path: Path, type_: type[S]) -> S | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=type_)
    except FileNotFoundError:
        return None
    except (msgspec.MsgspecError, OSError) as error:
        raise CommuniqueError(
            f"{path}: written by another version, or damaged", hint="start over with --again"
        ) from error
