"""Processes are killed at random moments; after that nothing is lost, half there, or doubled.

COMMUNIQUE_KILLS says how often each step is killed (2), COMMUNIQUE_SEED from what its moments are drawn. What is
acknowledged to a person or a caller is noted by the process before it goes on: the note outlives it.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from .killing import Ended, Forks, Ledger, Ledgers, forks

pytestmark = pytest.mark.both_databases

KILLS = int(os.environ.get("COMMUNIQUE_KILLS", "2"))
SEED = int(os.environ.get("COMMUNIQUE_SEED", str(random.randrange(1_000_000))))
SERVED = os.environ.get("TEST_DATABASE_URL")


@dataclass
class Workshop:
    """Ledgers in the states that steps begin with, and the processes to do them."""

    ledgers: Ledgers
    forks: Forks
    empty: Ledger
    filled: Ledger

    def standing(self, ledger: Ledger) -> dict[str, Any]:
        found: dict[str, Any] = self.forks.run("standing", ledger).returned
        return found


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    home = tmp_path_factory.mktemp("kills")
    with forks(home, SERVED) as started:
        ledgers = Ledgers(home, SERVED)
        empty = ledgers.new()
        started.run("migrated", empty)
        ledgers.settle(empty)
        filled = ledgers.new(empty)
        started.run("filled", filled)
        started.run("write_backup", filled)
        ledgers.settle(filled)
        yield Workshop(ledgers, started, empty, filled)
        ledgers.drop(empty)
        ledgers.drop(filled)


@dataclass
class Whole:
    """How a step goes that nobody disturbs: how long it takes, and how the ledger stands after it."""

    before: dict[str, Any]
    seconds: float
    standing: dict[str, Any]


def undisturbed(workshop: Workshop, step: str, prepared: Ledger) -> Whole:
    ledger = workshop.ledgers.new(prepared)
    before = workshop.standing(ledger)
    workshop.ledgers.settle(ledger)
    began = time.monotonic()
    ended = workshop.forks.run(step, ledger)
    seconds = time.monotonic() - began
    standing = workshop.standing(ledger)
    assert ended.acknowledged
    assert (standing["faults"], standing["unfinished"]) == ([], 0)
    workshop.ledgers.settle(ledger)
    workshop.ledgers.drop(ledger)
    return Whole(before, seconds, standing)


def same(standing: dict[str, Any]) -> dict[str, Any]:
    """Leave out what differs between two ledgers in which the same was done: the hashes of acts hold their times."""
    return {name: value for name, value in standing.items() if name != "log"}


def after_kill(step: str, killed: Ended, now: dict[str, Any], whole: Whole) -> None:
    """Check how a ledger stands right after a process was killed, before anything goes on."""
    assert now["faults"] == []
    log = whole.before["log"]
    assert now["log"][: len(log)] == log
    if step == "review":
        acts = now["log"][len(log) :]
        assert acts[: len(killed.acknowledged)] == killed.acknowledged
        assert len(acts) <= len(killed.acknowledged) + 1
    if step == "restore_backup":
        assert same(now) in (same(whole.before), same(whole.standing))
    if step == "write_backup":
        assert now["backup"] == whole.before["backup"]


@pytest.mark.parametrize(
    ("step", "prepared"),
    [
        ("take_in", "empty"),
        ("review", "filled"),
        ("read_again", "filled"),
        ("write_backup", "filled"),
        ("restore_backup", "empty"),
    ],
)
def test_killed_at_any_moment_nothing_is_lost_half_there_or_doubled(
    step: str, prepared: str, workshop: Workshop, record_property: Any
) -> None:
    moments = random.Random(f"{SEED}-{step}")
    begin = workshop.ledgers.new(getattr(workshop, prepared))
    if step == "restore_backup":
        begin.file.write_bytes(workshop.filled.file.read_bytes())
    whole = undisturbed(workshop, step, begin)
    in_time = 0
    for number in range(KILLS):
        ledger = workshop.ledgers.new(begin)
        at = moments.uniform(0, whole.seconds)
        where = (
            f"{step}, killed after {at:.4f} s of {whole.seconds:.2f} s ({number + 1} of {KILLS}, seed {SEED})"
        )
        killed = workshop.forks.run(step, ledger, kill_after=at)
        in_time += killed.killed
        workshop.ledgers.settle(ledger)
        try:
            after_kill(step, killed, workshop.standing(ledger), whole)
            workshop.forks.run(step, ledger, *killed.acknowledged)
            assert same(workshop.standing(ledger)) == same(whole.standing)
        except AssertionError as error:
            raise AssertionError(f"{where}: acknowledged {killed.acknowledged}\n{error}") from error
        workshop.ledgers.settle(ledger)
        workshop.ledgers.drop(ledger)
    workshop.ledgers.drop(begin)
    database = "PostgreSQL" if SERVED else "SQLite"
    record_property(
        "told",
        f"{step.replace('_', ' ')} on {database}: killed {in_time} times of {KILLS} before its end"
        f" ({whole.seconds:.2f} s, seed {SEED}); nothing was lost, half there or doubled",
    )
