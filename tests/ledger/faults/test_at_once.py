"""Two at once: on one claim, one document, one source, one act."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import pytest
from django.db import connection
from django.db.models import Count

from communique.errors import CommuniqueError, UnreadableDocument
from communique.ledger.claims.actions import decide
from communique.ledger.claims.models import Claim, State
from communique.ledger.claims.versions import Conflict
from communique.ledger.documents.models import Document
from communique.ledger.history.undo import NotUndoable, undo
from communique.ledger.history.verify import verify
from communique.ledger.intake import actions, worker
from communique.ledger.intake.models import Job, JobState
from communique.ledger.intake.taking import Arriving, Taken, take_in
from communique.ledger.log.models import Act

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
T = TypeVar("T")
TIMES = 5


def at_once(*each: Callable[[], T]) -> list[T | CommuniqueError]:
    """Do things in threads that start together, each with a connection of its own; errors are results."""
    together = threading.Barrier(len(each))

    def begin(do: Callable[[], T]) -> T | CommuniqueError:
        try:
            together.wait(30)
            return do()
        except CommuniqueError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(each)) as pool:
        return list(pool.map(begin, each))


def _taken(data: bytes, name: str) -> list[Taken | UnreadableDocument]:
    return list(take_in(Arriving(data, name=name)))


def test_the_second_of_two_reviewers_is_told_and_overwrites_nothing(take, find):
    take()
    uid = find("contribution").uid
    for version in range(1, TIMES + 1):
        ended = at_once(
            partial(decide, uid, State.ACCEPTED, version=version, by="Adam Malik"),
            partial(decide, uid, State.REJECTED, version=version, by="Thanat Khoman"),
        )
        (told,) = [e for e in ended if isinstance(e, Conflict)]
        now = Claim.objects.get(uid=uid, until=None)
        assert (now.version, told.now.version) == (version + 1, version + 1)
        assert now.by in str(told)
    assert Act.objects.filter(subject=f"claim:{uid}").count() == TIMES
    assert verify().faults == ()


def test_two_who_take_one_act_back_take_it_back_once(take, find):
    take()
    uid = find("contribution").uid
    for version in range(1, 2 * TIMES, 2):
        act = decide(uid, State.ACCEPTED, version=version, by="Adam Malik").act
        ended = at_once(partial(undo, act.seq, by="Adam Malik"), partial(undo, act.seq, by="Thanat Khoman"))
        assert sum(isinstance(e, NotUndoable) for e in ended) == 1
    assert Act.objects.filter(verb="undo").count() == TIMES
    assert verify().faults == ()


def test_the_same_bytes_taken_in_at_once_are_one_document():
    for number in range(TIMES):
        data = f"Suva: Japan pledged US${number + 1} million to the Ocean Fund.".encode()
        taken = at_once(*[partial(_taken, data, "note.txt")] * 3)
        assert sum(one.new for found in taken for one in found) == 1
    assert Document.objects.count() == TIMES
    assert not Claim.objects.filter(until=None).values("uid").annotate(n=Count("pk")).filter(n__gt=1).exists()
    assert verify().faults == ()


def test_two_versions_of_a_source_taken_in_at_once_follow_each_other():
    for number in range(TIMES):
        page = f"---\nurl: https://example.org/{number}\n---\n\nASEAN and Fiji agreed to meet in Suva."
        at_once(
            partial(_taken, page.encode(), "one.md"),
            partial(_taken, f"{page} Japan welcomed that.".encode(), "two.md"),
        )
    versions = Document.objects.filter(next=None).count(), Document.objects.exclude(previous=None).count()
    assert versions == (TIMES, TIMES)
    assert verify().faults == ()


def test_two_workers_do_each_job_once():
    for number in range(8):
        actions.ask_bytes(f"ASEAN and Fiji agreed to share chart {number}.".encode(), name="note", by="malik")
    at_once(*(lambda: worker.work(threading.Event(), until_empty=True) for _ in range(2)))
    assert {j.state for j in Job.objects.all()} == {JobState.DONE}
    assert sum(j.taken for j in Job.objects.all()) == Document.objects.count() == 8
    assert {j.tries for j in Job.objects.all()} == {1}
    assert verify().faults == ()


def test_a_worker_whose_job_went_to_another_keeps_nothing_of_it(monkeypatch):
    job = actions.ask_bytes(b"ASEAN and Fiji agreed to meet in Suva.", name="note.txt", by="malik")
    read = worker.take_in

    def lost_meanwhile(*given, **how):
        Job.objects.filter(pk=job.pk).update(worker="another:1:abcd")
        return read(*given, **how)

    monkeypatch.setattr(worker, "take_in", lost_meanwhile)
    held = actions.take(actions.me())
    with pytest.raises(actions.TakenOver):
        worker.do(held, threading.Event())
    job.refresh_from_db()
    assert (Document.objects.count(), job.state, job.worker) == (0, JobState.RUNNING, "another:1:abcd")


def test_a_job_of_a_process_whose_number_another_has_now_is_done_again():
    job = actions.ask_bytes(b"ASEAN and Fiji agreed to meet in Suva.", name="note.txt", by="malik")
    host, number, _ = actions.me().rsplit(":", 2)
    actions.take(f"{host}:{number}:00000000")
    assert actions.release_abandoned() == 1
    job.refresh_from_db()
    assert job.state == JobState.WAITING
