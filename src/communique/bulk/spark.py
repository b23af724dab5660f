"""The one seam to Spark: hands out the numbers of parts, and reads them on its workers.

Only numbers and counts travel through Spark; documents and rows go between the workers and the shared folder.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self
from warnings import catch_warnings

from communique.bulk.plan import Options
from communique.bulk.store import Store
from communique.errors import CommuniqueError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

_TRIES = 20
"""Times that a part is begun before the job is given up: more workers may be lost than one would think."""


class Engine:
    """A Spark session, started when it is entered and stopped when it is left."""

    def __init__(self, master: str, settings: Mapping[str, str], log: Path) -> None:
        self._master, self._settings, self._log = _with_tries(master), settings, log

    def __enter__(self) -> Self:
        with _told_to(self._log):
            self._spark = _session(self._master, self._settings, self._log)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        from py4j.protocol import Py4JError

        try:
            self._spark.stop()
        except (Py4JError, OSError):  # it was killed: there is nothing left to stop
            return

    def start(self, store: Store, parts: Sequence[int], options: Options) -> Running:
        """Begin to read parts."""
        return Running(self._spark, _Reads(store, tuple(parts), options), len(parts))


class Running:
    """Parts being read, in a thread of its own that waits for Spark."""

    def __init__(self, spark: SparkSession, reads: _Reads, parts: int) -> None:
        self._spark = spark
        self._error: Exception | None = None
        self._cancelled = False
        self._thread = Thread(target=self._run, args=(reads, parts), daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; say whether it is over. Raises CommuniqueError where Spark gave up."""
        self._thread.join(seconds)
        if self._thread.is_alive():
            return False
        if self._error is not None:
            raise CommuniqueError(
                f"Spark gave up: {_why(self._error)}",
                hint="what is committed is kept: the same command goes on from there",
            ) from self._error
        return True

    def cancel(self) -> None:
        """Let the workers end."""
        from py4j.protocol import Py4JError

        self._cancelled = True
        try:
            self._spark.sparkContext.cancelAllJobs()
        except (Py4JError, OSError):  # it is gone, and its workers with it
            return

    def _run(self, reads: _Reads, parts: int) -> None:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            with catch_warnings(action="ignore"):  # on pandas, which is not used
                read = self._spark.range(0, parts, 1, parts).mapInArrow(reads, "part int")
            read.collect()
        except (PySparkException, Py4JError, OSError) as error:
            self._error = error
        except AttributeError:  # of a session that was stopped before this thread came to use it
            if not self._cancelled:
                raise


class _Reads:
    """What runs on a worker: places in a list of parts in, the parts that were read out."""

    def __init__(self, store: Store, parts: tuple[int, ...], options: Options) -> None:
        self._store, self._parts, self._options = store, parts, options

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        for given in batches:
            parts = [self._parts[place] for place in given.column(0).to_pylist()]
            for part in parts:
                self._read(part)
            yield pa.RecordBatch.from_arrays([pa.array(parts, pa.int32())], ["part"])

    def _read(self, number: int) -> None:
        from communique.bulk.parts import read_part
        from communique.bulk.supervising import reader

        store = self._store
        if store.failure() is not None or store.is_committed(number):
            return
        try:
            read_part(store, store.part(number), reader(self._options), self._options.columns)
        except CommuniqueError as error:
            store.fail(str(error))
        except OSError as error:
            store.fail(f"{error.filename or store.folder}: {error.strerror or error}")


@contextmanager
def _told_to(log: Path) -> Iterator[None]:
    """Let what is started meanwhile write its own messages to a file: Spark has many, and none for our users."""
    ours = os.dup(2)
    with log.open("ab") as file:
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(ours, 2)
        os.close(ours)


def _session(master: str, settings: Mapping[str, str], log: Path) -> SparkSession:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    _java()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("communique bulk")
    for name, value in {**_SETTINGS, **settings}.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, OSError) as error:
        raise CommuniqueError(f"Spark did not start: {_why(error)}", hint=f"{log} may say more") from error


_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.task.maxFailures": str(_TRIES),
    "spark.driver.memory": "512m",
    # the JVM hands out numbers: it need not optimise itself for long work
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1",
}


def _java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not (Path(home) / "bin" / "java").exists() if home else shutil.which("java") is None:
        raise CommuniqueError(
            "Spark needs Java 17 or newer, and there is none",
            hint="on Debian or Ubuntu: apt-get install openjdk-17-jre-headless; or set JAVA_HOME",
        )


def _with_tries(master: str) -> str:
    """Let a local master begin a part again when its worker is lost: it would not by itself."""
    if master == "local":
        return f"local[1,{_TRIES}]"
    if master.startswith("local[") and master.endswith("]") and "," not in master:
        return f"{master[:-1]},{_TRIES}]"
    return master


def _why(error: Exception) -> str:
    """Return the one line of what Spark says that tells something."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = [line for line in lines if not line.startswith(("at ", "...", "Driver stacktrace", "File "))]
    return (said or [type(error).__name__])[0][:300]
