"""Reads inputs one after the other or side by side; what fails is said, and stops nothing else.

Each document is read and written out in the process that reads it, and only the written part comes back. A
process that is killed takes the pool with it: what was under way is then read again, one document alone in a
process, so that only the one that kills its reader is lost.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from pathlib import PurePath
from traceback import extract_tb

from communique.cli.inputs import Input, contents
from communique.errors import DEFECTS, CommuniqueError, UnreadableDocument
from communique.export import Part, Screen, export
from communique.model import Text

_LOST = (BrokenProcessPool, CancelledError)
_KILLED = "the process that read it was killed"


@dataclass(frozen=True, slots=True)
class How:
    """How everything is read and written in one run."""

    format: str
    screen: Screen
    media_type: str | None = None
    published: str | None = None
    title: str | None = None
    language: str | None = None
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One input, or one document of a collection, whose text is then already there."""

    source: Input
    text: Text | UnreadableDocument | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: the parts written, and what is to be said about what failed."""

    source: Input
    parts: tuple[Part, ...] = ()
    failures: tuple[str, ...] = ()


def read_all(sources: Iterable[Input], how: How, *, workers: int) -> Iterator[Outcome]:
    """Read inputs and yield what came of them, in the order given."""
    jobs = (job for source in sources for job in _jobs(source, how))
    return (read_one(job, how) for job in jobs) if workers == 1 else _side_by_side(jobs, how, workers)


def read_one(job: Job, how: How) -> Outcome:
    """Read one job to its end, whatever happens."""
    parts: list[Part] = []
    failures: list[str] = []
    try:
        for text in _texts(job, how):
            made = _read_text(text, how, job.source.name)
            if isinstance(made, Part):
                parts.append(made)
            else:
                failures.append(made)
    except CommuniqueError as error:
        failures.append(str(error))
    except DEFECTS as defect:
        failures.append(_defect(job.source.name, defect))
    return Outcome(job.source, tuple(parts), tuple(failures))


def _read_text(text: Text | UnreadableDocument, how: How, name: str) -> Part | str:
    from communique.reading import read_text

    if isinstance(text, UnreadableDocument):
        return str(text)
    try:
        record = read_text(text, published=how.published, title=how.title, language=how.language)
        return export(how.format).part(record, how.screen)
    except CommuniqueError as error:
        return str(error)
    except DEFECTS as defect:
        return _defect(name, defect)


def _texts(job: Job, how: How) -> Iterator[Text | UnreadableDocument]:
    from communique.formats import read_bytes

    if job.text is not None:
        return iter([job.text])
    if job.source.kind == "url":
        return _fetched(job.source.name, how)
    return read_bytes(contents(job.source), path=job.source.name, media_type=how.media_type)


def _fetched(url: str, how: How) -> Iterator[Text | UnreadableDocument]:
    import msgspec

    from communique.fetch import fetch
    from communique.formats import read_bytes

    got = fetch(url, allow_private=how.allow_private)
    for text in read_bytes(got.data, path=got.url, media_type=how.media_type or got.media_type):
        if isinstance(text, UnreadableDocument) or text.url is not None:
            yield text
        else:
            yield msgspec.structs.replace(text, url=got.url)


def _jobs(source: Input, how: How) -> Iterator[Job]:
    """Take a collection apart, document by document; leave everything else whole."""
    if not source.is_collection:
        yield Job(source)
        return
    try:
        for text in _texts(Job(source), how):
            yield Job(source, text)
    except UnreadableDocument as error:
        yield Job(source, error)


def _defect(name: str, defect: BaseException) -> str:
    frame = extract_tb(defect.__traceback__)[-1]
    where = f"{PurePath(frame.filename).name}:{frame.lineno}"
    return f"{name}: the reader failed: {type(defect).__name__} at {where} (please report it)"


def _side_by_side(jobs: Iterable[Job], how: How, workers: int) -> Iterator[Outcome]:
    pool = _Pool(workers, how)
    waiting: deque[tuple[Job, Future[Outcome] | Outcome]] = deque()
    try:
        for job in jobs:
            waiting.append((job, pool.submit(job)))
            if len(waiting) >= 4 * workers:
                yield pool.settle(waiting)
        while waiting:
            yield pool.settle(waiting)
    finally:
        pool.end()


class _Pool:
    """Worker processes that are replaced when one of them is killed."""

    def __init__(self, workers: int, how: How) -> None:
        self._workers, self._how = workers, how
        self._pool = self._start(workers)

    @staticmethod
    def _start(workers: int) -> ProcessPoolExecutor:
        # spawned, not forked: a forked child inherits locks that nobody will release
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_leave_interrupts)

    def submit(self, job: Job) -> Future[Outcome]:
        try:
            return self._pool.submit(read_one, job, self._how)
        except BrokenProcessPool:
            self._renew()
            return self._pool.submit(read_one, job, self._how)

    def settle(self, waiting: deque[tuple[Job, Future[Outcome] | Outcome]]) -> Outcome:
        """Return the outcome of the first job in line, after mending what a killed process left behind."""
        job, result = waiting.popleft()
        if isinstance(result, Outcome):
            return result
        try:
            error = result.exception()
        except CancelledError as cancelled:
            error = cancelled
        if error is None:
            return result.result()
        if not isinstance(error, _LOST):
            return Outcome(job.source, failures=(_defect(job.source.name, error),))
        self._renew()
        under_way = [(job, result), *waiting]
        waiting.clear()
        waiting.extend(self._again(under_way))
        return self.settle(waiting)

    def end(self) -> None:
        """Stop every worker now; there is nothing left that anybody waits for."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for child in active_children():
            child.terminate()

    def _renew(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = self._start(self._workers)

    def _again(
        self, under_way: Iterable[tuple[Job, Future[Outcome] | Outcome]]
    ) -> Iterator[tuple[Job, Future[Outcome] | Outcome]]:
        for job, result in under_way:
            yield job, self._alone(job) if isinstance(result, Future) and _is_lost(result) else result

    def _alone(self, job: Job) -> Outcome:
        with self._start(1) as single:
            try:
                return single.submit(read_one, job, self._how).result()
            except BrokenProcessPool:
                why = UnreadableDocument(job.source.name, _KILLED, hint="out of memory?")
                return Outcome(job.source, failures=(str(why),))


def _is_lost(result: Future[Outcome]) -> bool:
    return result.cancelled() or isinstance(result.exception(), BrokenProcessPool)


def _leave_interrupts() -> None:
    """Leave Ctrl-C to the process that a person sees."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
