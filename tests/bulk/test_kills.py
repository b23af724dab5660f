"""Whatever is killed, at whatever moment: the same command goes on, and its tables are those of an undisturbed run.

`make test` kills each thing once; `make test-long` (COMMUNIQUE_KILLS) as often as it says, and executors that are
processes of their own, too.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from processes import Process, under

from .outcome import Tables, tables_in, tables_one_by_one

pytestmark = pytest.mark.usefixtures("java")
KILLS = int(os.environ.get("COMMUNIQUE_KILLS", "0"))
LONGEST = 300.0
DRIVER, JVM, WORKER, READER, EXECUTOR = "driver", "jvm", "worker", "reader", "executor"
_SHOWN = {
    JVM: "org.apache.spark.deploy.SparkSubmit",
    WORKER: "pyspark.daemon",
    READER: "communique.bulk.child",
    EXECUTOR: "CoarseGrainedExecutorBackend",
}


@pytest.fixture(scope="module")
def expected(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return tables_one_by_one(archive, tmp_path_factory.mktemp("staging"))


@contextmanager
def started(archive: Path, out: Path, master: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start the command, and see to it that nothing of it is left."""
    command = [sys.executable, "-m", "communique", "bulk", str(archive), str(out), "--part", "2"]
    with (out.parent / "said").open("ab") as said:
        process = subprocess.Popen(
            [*command, "--master", master],
            stderr=said,
            stdout=said,
            start_new_session=True,
            env=os.environ | {"SPARK_WORKER_DIR": str(out.parent)},
        )
    try:
        yield process
    finally:
        for left in reversed(under(process.pid)):
            _kill(left)
        process.wait()


def strike(process: subprocess.Popen[bytes], what: str, moment: float) -> bool:
    """Kill one of the processes that a job is made of, so many seconds from now or as soon as there is one.

    Says whether there was one before the job was done.
    """
    end = time.monotonic() + moment
    while process.poll() is None:
        there = [p for p in under(process.pid) if _is(p, what, process.pid)]
        if there and time.monotonic() >= end:
            _kill(random.choice(there))
            return True
        time.sleep(0.02)
    return False


def _is(process: Process, what: str, driver: int) -> bool:
    return process.number == driver if what == DRIVER else _SHOWN[what] in process.command


def _kill(process: Process) -> None:
    try:
        os.kill(process.number, signal.SIGKILL)
    except ProcessLookupError:
        return


def finish(archive: Path, out: Path, master: str, *blows: tuple[str, Callable[[], float]]) -> int:
    """Run a job until it is done, and strike at it meanwhile; return how many blows hit."""
    left = list(blows)
    hit = 0
    for _ in range(len(blows) + 3):
        with started(archive, out, master) as process:
            while left and process.poll() is None:
                what, moment = left[0]
                if strike(process, what, moment()):
                    hit += 1
                    left.pop(0)
                    if what in (DRIVER, JVM):
                        break
            if process.wait(LONGEST) == 0:
                return hit
    raise AssertionError((out.parent / "said").read_text())


def soon() -> float:
    """Draw a moment of a run, start and end included."""
    return random.uniform(0, 6)


def now() -> float:
    return random.uniform(0, 1)


def test_killed_driver_jvm_worker_and_reader_leave_nothing_lost_or_doubled(
    archive: Path, tmp_path: Path, expected: Tables
) -> None:
    out = tmp_path / "tables"
    finish(archive, out, "local[1]", (DRIVER, soon), (JVM, soon), (WORKER, now), (READER, now))
    assert tables_in(out) == expected


@pytest.mark.skipif(not KILLS, reason="takes long: see COMMUNIQUE_KILLS")
@pytest.mark.parametrize(
    ("what", "master"),
    [
        (WORKER, "local[2]"),
        (READER, "local[2]"),
        (JVM, "local[2]"),
        (DRIVER, "local[2]"),
        (EXECUTOR, "local-cluster[2,1,1024]"),
    ],
)
def test_killed_again_and_again(
    what: str,
    master: str,
    archive: Path,
    tmp_path: Path,
    expected: Tables,
    record_property: Callable[[str, object], None],
) -> None:
    hit = jobs = 0
    while hit < KILLS:
        out = tmp_path / str(jobs) / "tables"
        out.parent.mkdir()
        moment = soon if what in (JVM, DRIVER) else now
        hit += finish(archive, out, master, *[(what, moment)] * min(5, KILLS - hit))
        jobs += 1
        assert tables_in(out) == expected
    record_property("told", f"{what}: killed {hit} times in {jobs} jobs, tables the same")
