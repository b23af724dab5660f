"""The folder of a job: what is planned, what is committed, and the tables. All that is in it was written whole.

    OUTPUT/_job/job.json               the plan; where it is not there, nothing was begun
    OUTPUT/_job/done                   the tables are whole
    OUTPUT/_job/KEY/plan/000012.json   what part 12 reads
    OUTPUT/_job/KEY/input/             compressed input, in pieces that can be read apart
    OUTPUT/_job/KEY/work/              what is being written; left behind by whoever is killed
    OUTPUT/_job/KEY/parts/000012/      what part 12 holds, committed by being renamed to this
    OUTPUT/statements/000012.parquet   the tables, when all is committed

KEY names what the result hangs on. A worker that outlives its job can write only where its own job has its parts.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

import msgspec

from communique.bulk.plan import Job, Manifest, Part
from communique.errors import CommuniqueError

T = TypeVar("T")


class Home:
    """The folder that jobs write to, one at a time."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = output / "_job"
        self.log = self.folder / "spark.log"
        self._job = self.folder / "job.json"
        self._done = self.folder / "done"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others from writing here. Raises CommuniqueError where somebody does, or where nobody may."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            file = (self.folder / "lock").open("wb")
        except OSError as error:
            raise CommuniqueError(f"{self.output}: {error.strerror}") from error
        with file:
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

    def keep(self, job: Job) -> None:
        """Write down that the plan of a job is whole."""
        _keep(self._job, job)

    def clear(self) -> None:
        """Remove the job; that it is one goes first, so that half a job is none."""
        self._job.unlink(missing_ok=True)
        self._done.unlink(missing_ok=True)
        for entry in self.folder.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)

    def is_done(self) -> bool:
        return self._done.exists()

    def finish(self) -> None:
        """Say that the tables are whole."""
        self._done.touch()
        sync(self.folder)


class Store:
    """What one job keeps."""

    def __init__(self, output: Path, key: str) -> None:
        self.folder = output.resolve() / "_job" / key
        self.input = self.folder / "input"
        self.tables = self.folder / "tables"
        self._work = self.folder / "work"
        self._parts = self.folder / "parts"
        self._plan = self.folder / "plan"
        self._failure = self.folder / "failure"

    def create(self) -> None:
        for folder in (self._plan, self._parts, self._work, self.input):
            folder.mkdir(parents=True, exist_ok=True)

    def part(self, number: int) -> Part:
        """Return what a part reads."""
        return _there(self._plan / f"{number:06}.json", Part)

    def keep_part(self, part: Part) -> None:
        _keep(self._plan / f"{part.name}.json", part, durable=False)

    def keep_plan(self) -> None:
        """See that the plan is on the disk."""
        for folder in (self._plan, self.input, self.folder):
            sync(folder)

    def committed(self) -> set[int]:
        """Return the numbers of the parts that are committed."""
        return {int(entry.name) for entry in os.scandir(self._parts)} if self._parts.is_dir() else set()

    def is_committed(self, number: int) -> bool:
        return (self._parts / f"{number:06}").is_dir()

    def manifest(self, number: int) -> Manifest:
        """Return what a committed part holds."""
        return _there(self._parts / f"{number:06}" / "manifest.json", Manifest)

    def file(self, number: int, table: str) -> Path:
        """Return where a committed part has its share of a table, until that is moved to the others."""
        return self._parts / f"{number:06}" / f"{table}.parquet"

    def begin(self, part: Part) -> Path:
        """Return a new folder to write a part in."""
        return Path(mkdtemp(prefix=f"{part.name}-", dir=self._work))

    def commit(self, made: Path, part: Part, manifest: Manifest) -> None:
        """Commit what was made of a part. Where somebody else was faster, theirs is kept: it is the same."""
        _keep(made / "manifest.json", manifest, durable=False)
        for path in made.iterdir():
            sync(path)
        sync(made)
        try:
            made.rename(self._parts / part.name)
        except OSError:
            if not self.is_committed(part.number):
                raise
            shutil.rmtree(made, ignore_errors=True)
        sync(self._parts)

    def fail(self, why: str) -> None:
        """Say that the job can't go on, for all who work on it."""
        _keep(self._failure, why, durable=False)

    def failure(self) -> str | None:
        """Return why the job can't go on, if somebody said that."""
        return _load(self._failure, str)

    def go_on(self) -> None:
        """Forget why the job could not go on."""
        self._failure.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove what only the work needed."""
        for folder in (self.input, self._work, self.tables):
            shutil.rmtree(folder, ignore_errors=True)


def sync(path: Path) -> None:
    """See that a file or a folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _keep(path: Path, value: object, *, durable: bool = True) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(msgspec.json.encode(value))
    if durable:
        sync(beside)
    beside.rename(path)
    if durable:
        sync(path.parent)


def _there(path: Path, type_: type[T]) -> T:
    found = _load(path, type_)
    if found is None:
        raise CommuniqueError(f"{path}: is gone", hint="start over with --again")
    return found


def _load(path: Path, type_: type[T]) -> T | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=type_)
    except FileNotFoundError:
        return None
    except (msgspec.MsgspecError, OSError) as error:
        raise CommuniqueError(
            f"{path}: written by another version, or damaged", hint="start over with --again"
        ) from error
