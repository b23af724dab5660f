"""A database that another holds locked: said in a line, nothing lost, and work goes on when it is free."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator

import pytest
from django.test import Client

from communique.cli import main
from communique.ledger.accounts import actions as accounts
from communique.ledger.claims.models import Claim, State
from communique.ledger.history.verify import verify
from communique.ledger.intake import actions, worker
from communique.ledger.intake.models import Job, JobState
from communique.ledger.log.models import Act

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


@pytest.fixture
def reviewer(transactional_db: None) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(accounts.create("Thanat Khoman", "editor", by=""))
    client.get("/")
    return client


def decide(client: Client, claim: Claim):
    return client.post(
        f"/claims/{claim.uid}/decide/",
        {"decision": "accept", "version": claim.version},
        headers={"HX-Request": "true"},
    )


def test_a_decision_that_can_not_be_written_is_answered_with_503_and_can_be_made_again(
    take, find, locked, reviewer
):
    take()
    claim, acts = find("contribution"), Act.objects.count()
    with locked():
        refused = decide(reviewer, claim)
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert "locked" in refused.text
    assert "Nothing was kept" in refused.text
    assert Act.objects.count() == acts
    assert decide(reviewer, claim).status_code == 200
    assert find("contribution").state == State.ACCEPTED
    assert verify().faults == ()


def test_pages_are_read_while_the_database_is_locked(take, locked, reviewer):
    document = take()
    with locked():
        assert reviewer.get(f"/documents/{document.pk}/").status_code == 200


def test_the_api_says_so_in_json(take, find, locked):
    take()
    account = accounts.create("Dag Hammarskjöld", "editor", by="")
    _, secret = accounts.make_token(account, "script", ("read", "review"), until=None, by="")
    client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {secret}"})
    claim = find("contribution")
    with locked():
        refused = client.post(
            f"/api/claims/{claim.uid}/decide",
            {"decision": "accept", "version": 1},
            content_type="application/json",
        )
    assert refused.status_code == 503, refused.text
    assert "locked" in refused.json()["detail"]
    assert find("contribution").state == State.PROPOSED


def test_files_given_while_it_is_locked_are_all_asked_for_or_none(locked, reviewer, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    given = [SimpleUploadedFile(f"{n}.txt", b"ASEAN agreed to meet.") for n in range(3)]
    with locked():
        refused = reviewer.post("/add/", {"way": "files", "given": given})
    assert refused.status_code == 503
    assert Job.objects.count() == 0


def test_a_command_says_so_in_a_line(take, locked, tmp_path, monkeypatch, capsys):
    take()
    (tmp_path / "note.txt").write_text("ASEAN and Fiji agreed to meet in Suva.")
    monkeypatch.setattr("sys.argv", ["communique", "add", str(tmp_path / "note.txt"), "--no-wait"])
    with locked(), pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert "locked" in said
    assert "Traceback" not in said


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A worker that looks again soon."""
    monkeypatch.setattr(worker, "_OUTAGE", 0.1)
    monkeypatch.setattr(worker, "_PAUSE", 0.1)
    stop = threading.Event()
    yield stop
    stop.set()


def test_a_worker_waits_until_it_is_free_and_goes_on_with_the_job_it_had(
    locked, patient, monkeypatch, caplog
):
    job = actions.ask_bytes(
        b"Suva: Japan pledged US$2 million to the Ocean Fund.", name="note.txt", by="malik"
    )
    read, held = worker.take_in, []

    def locked_meanwhile(*given, **how):
        """The lock falls while the document is read: the worker has taken the job, and can't keep what it read."""
        if not held:
            held.append(locked())
            held[0].__enter__()
            threading.Thread(target=free_once_it_waits, daemon=True).start()
        return read(*given, **how)

    def free_once_it_waits() -> None:
        end = time.monotonic() + 30
        while "taking in waits" not in caplog.text and time.monotonic() < end:
            time.sleep(0.05)
        held[0].__exit__(None, None, None)

    monkeypatch.setattr(worker, "take_in", locked_meanwhile)
    with caplog.at_level(logging.WARNING):
        worker.work(patient, until_empty=True)
    job.refresh_from_db()
    assert (job.state, job.taken, job.tries) == (JobState.DONE, 1, 1)
    assert "taking in waits" in caplog.text
    assert verify().faults == ()
