"""The one seam to Spark: hands out the numbers of parts, and reads them on its workers.

Only numbers and counts travel through Spark; documents and rows go between the workers and the shared folder.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self
from warnings import catch_warnings

from communique.bulk.plan import Options
from communique.errors import CommuniqueError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

_TRIES = 20
"""Times that a part is begun before the job is given up: more workers may be lost than one would think."""


class Engine:
    """A Spark session, started when it is entered and stopped when it is left."""

    def __init__(self, master: str, log: Path) -> None:
        self._master, self._log = _with_tries(master), log

    def __enter__(self) -> Self:
        with _told_to(self._log):
            self._spark = _session(self._master, self._log)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spark.stop()

    def start(self, output: Path, parts: Sequence[int], options: Options) -> Running:
        """Begin to read parts."""
        return Running(self._spark, output, tuple(parts), options)


class Running:
    """Parts being read, in a thread of its own that waits for Spark."""

    def __init__(self, spark: SparkSession, output: Path, parts: tuple[int, ...], options: Options) -> None:
        self._spark = spark
        self._error: Exception | None = None
        self.failures: list[str] = []
        self._thread = Thread(target=self._run, args=(output, parts, options), daemon=True)
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
        self._spark.sparkContext.cancelAllJobs()

    def _run(self, output: Path, parts: tuple[int, ...], options: Options) -> None:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        numbers = self._spark.range(0, len(parts), 1, len(parts))
        with catch_warnings(action="ignore"):  # on pandas, which is not used
            read = numbers.mapInArrow(_Reads(str(output), parts, options), "part int, failure string")
        try:
            self.failures = [row.failure for row in read.collect() if row.failure is not None]
        except (PySparkException, Py4JError, OSError) as error:
            self._error = error


class _Reads:
    """What runs on a worker: numbers of parts in, what came of them out."""

    def __init__(self, output: str, parts: tuple[int, ...], options: Options) -> None:
        self._output, self._parts, self._options = output, parts, options

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        for given in batches:
            for n in given.column(0).to_pylist():
                part = self._parts[n]
                failure = self._read(part)
                columns = [pa.array([part], pa.int32()), pa.array([failure], pa.string())]
                yield pa.RecordBatch.from_arrays(columns, ["part", "failure"])

    def _read(self, number: int) -> str | None:
        from communique.bulk.parts import read_part
        from communique.bulk.store import Store
        from communique.bulk.supervising import reader

        store = Store(Path(self._output))
        try:
            if number not in store.committed():
                read_part(store, store.part(number), reader(self._options), self._options.columns)
        except CommuniqueError as error:
            return str(error)
        return None


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


def _session(master: str, log: Path) -> SparkSession:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise CommuniqueError(
            "Spark is not installed", hint="install it with: pip install 'communique[spark]'"
        ) from error
    _java()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("communique bulk")
    for name, value in _SETTINGS.items():
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
