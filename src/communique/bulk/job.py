"""A job from its beginning or from where it was left, to tables that are whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from communique.bulk.plan import Counts, Job, Options
from communique.bulk.planning import MOST, look, moved, plan
from communique.bulk.publishing import publish, withdraw
from communique.bulk.spark import Engine
from communique.bulk.store import Home, Store
from communique.errors import CommuniqueError

_LOOK = 0.5  # seconds between two looks at what is committed


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a job is."""

    job: Job
    counts: Counts
    parts: int
    """Committed."""
    tables: dict[str, int]
    done: bool


Watch = Callable[[Standing], None]


def run(
    given: Path,
    output: Path,
    options: Options,
    *,
    master: str,
    settings: Mapping[str, str],
    again: bool,
    most: int | None,
    watch: Watch,
) -> Standing:
    """Do a job, or what is left of it; ``watch`` is told how far it is, first before Spark starts.

    A part has at most ``most`` documents; how a job was cut once is kept.

    Raises CommuniqueError where the folder holds another job, the input changed, or Spark gives up.
    """
    home = Home(output)
    _refuse_what_is_not_ours(given, output)
    with home.locked():
        job = _planned(home, look(given, options), again=again, most=most)
        reckoning = Reckoning(home, job)
        watch(reckoning.now())
        if home.is_done():
            return reckoning.now()
        store = Store(output, job.key)
        left = sorted(set(range(job.parts)) - store.committed())
        if left:
            with Engine(master, settings, home.log) as engine:
                _read(engine, store, left, options, lambda: watch(reckoning.now()))
        _check(reckoning.now())
        publish(home, store, range(job.parts))
        return reckoning.now()


class Reckoning:
    """Adds up what is committed, each part once."""

    def __init__(self, home: Home, job: Job) -> None:
        self._home, self._job = home, job
        self._store = Store(home.output, job.key)
        self._seen: set[int] = set()
        self._counts = Counts()
        self._tables: dict[str, int] = {}

    def now(self) -> Standing:
        for number in sorted(self._store.committed() - self._seen):
            manifest = self._store.manifest(number)
            self._seen.add(number)
            self._counts += manifest.counts
            for table, rows in manifest.tables.items():
                self._tables[table] = self._tables.get(table, 0) + rows
        return Standing(self._job, self._counts, len(self._seen), dict(self._tables), self._home.is_done())


def standing(output: Path) -> Standing:
    """Return how far the job in a folder is. Raises CommuniqueError where there is none."""
    home = Home(output)
    job = home.job()
    if job is None:
        raise CommuniqueError(
            f"{output}: no job was planned here", hint="communique bulk INPUT OUTPUT begins one"
        )
    return Reckoning(home, job).now()


def _planned(home: Home, wanted: Job, *, again: bool, most: int | None) -> Job:
    held = None if again else home.job()
    if held is None:
        home.clear()
        withdraw(home)
        return plan(home, wanted, most=most or MOST)
    if held.key != wanted.key:
        raise CommuniqueError(
            f"{home.output}: holds another job: {_difference(held, wanted)}",
            hint="name another folder, or start over with --again",
        )
    return moved(home, held, wanted)


def _difference(held: Job, wanted: Job) -> str:
    if held.options != wanted.options:
        return "its options were others"
    if (held.version, held.lexicon) != (wanted.version, wanted.lexicon):
        return f"it was read by another version of the reader ({held.version}, vocabulary {held.lexicon[:8]})"
    before, now = {f.name: f.sha256 for f in held.files}, {f.name: f.sha256 for f in wanted.files}
    changed = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    if not changed:
        return "its input was another"
    more = f" and {len(changed) - 1:,} more" if len(changed) > 1 else ""
    return f"its input was another ({changed[0]}{more})"


def _read(engine: Engine, store: Store, left: list[int], options: Options, watch: Callable[[], None]) -> None:
    """Let parts be read until all are, or until somebody can't go on."""
    store.go_on()
    running = engine.start(store, left, options)
    try:
        while not running.wait(_LOOK):
            watch()
            if store.failure() is not None:
                running.cancel()
    except CommuniqueError:
        if store.failure() is None:
            raise
    except KeyboardInterrupt:
        running.cancel()
        raise
    if (why := store.failure()) is not None:
        raise CommuniqueError(why)


def _check(now: Standing) -> None:
    """Raise CommuniqueError where rows in are not documents and problems out: a mistake of ours, not to be hidden."""
    counts = now.counts
    if now.parts != now.job.parts or counts.rows != now.job.rows or not counts.adds_up:
        raise CommuniqueError(
            f"{now.job.rows:,} rows were planned and {counts.rows:,} read, as {counts.documents:,} documents "
            f"and {counts.unread:,} problems: they don't add up",
            hint="please report it; --again starts over",
        )


def _refuse_what_is_not_ours(given: Path, output: Path) -> None:
    if "://" in str(output) or ":/" in str(output):
        raise CommuniqueError(
            f"{output}: tables are written to a folder, which all workers must share",
            hint="mount the store, or write to a folder and copy it there",
        )
    if output.resolve().is_relative_to(given.resolve()):
        raise CommuniqueError(
            f"{output}: lies in the input, which it would change", hint="name a folder elsewhere"
        )
    if output.exists() and not output.is_dir():
        raise CommuniqueError(f"{output}: is no folder")
    if output.is_dir() and any(output.iterdir()) and not (output / "_job").is_dir():
        raise CommuniqueError(
            f"{output}: holds other things already", hint="name a folder that is empty or new"
        )
