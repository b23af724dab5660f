"""A newer reader never changes what a person decided."""

from __future__ import annotations

from dataclasses import astuple

import pytest
from msgspec.structs import replace

from communique.ledger.claims import actions
from communique.ledger.claims.models import Claim, State
from communique.ledger.history.undo import NotUndoable, undo
from communique.ledger.history.verify import verify
from communique.ledger.log.models import Act
from communique.ledger.rereading import actions as rereading

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
RELEASE = """\
---
title: Japan Pledges Funds for Tide Gauges
date: 1974-02-11
publisher: Example Wire
url: https://example.org/tide-gauges
---

Suva: Japan pledged US$2 million to the Ocean Fund at the 4th ASEAN-PIF Dialogue, held here on 7 February 1974.

ASEAN welcomed the pledge.
"""


@pytest.fixture
def newer(monkeypatch):
    """A reader of a newer version, that reads as it is told to."""

    def install(change):
        read = rereading.read_text

        def newer_reader(text):
            record = read(text)
            return change(replace(record, reader=replace(record.reader, version="99")))

        monkeypatch.setattr(rereading, "read_text", newer_reader)
        monkeypatch.setattr(rereading, "__version__", "99")

    return install


def test_the_same_reader_changes_nothing(take):
    document = take()
    acts = Act.objects.count()
    assert rereading.reread(document.pk, by="malik").same == Claim.objects.filter(until=None).count()
    assert Act.objects.count() == acts


def test_a_newer_reader_that_reads_the_same_changes_no_claim(take, newer):
    document = take()
    newer(lambda record: record)
    before = set(Claim.objects.values_list("pk", flat=True))
    done = rereading.reread(document.pk, by="malik")
    assert (done.proposed, done.ended, done.challenged) == (0, 0, 0)
    assert set(Claim.objects.values_list("pk", flat=True)) == before
    assert verify().faults == ()


def test_proposals_follow_the_newer_reader_and_decisions_are_challenged(take, find, newer):
    document = take()
    accepted, meeting = find("contribution"), find("meeting")
    actions.decide(accepted.uid, State.ACCEPTED, version=1, by="malik")

    def change(record):
        gift = replace(record.contributions[0], kind="announced", supports=())
        return replace(record, contributions=(gift,), meetings=())

    newer(change)
    done = rereading.reread(document.pk, by="thanat")
    assert (done.ended, done.challenged) == (1, 1)
    kept = find("contribution")
    assert (kept.state, kept.stage, kept.by) == (State.ACCEPTED, "pledge", "malik")
    assert kept.challenge["code"] == "reading/differs"
    assert kept.challenge["value"]["kind"] == "announced"
    assert not Claim.objects.filter(uid=meeting.uid, until=None).exists()
    assert verify().faults == ()


def test_a_decision_on_what_is_no_longer_read_is_challenged_and_a_rejection_is_confirmed(take, find, newer):
    document = take()
    actions.decide(find("contribution").uid, State.ACCEPTED, version=1, by="malik")
    actions.decide(find("meeting").uid, State.REJECTED, version=1, by="malik")
    newer(lambda record: replace(record, contributions=(), meetings=()))
    rereading.reread(document.pk, by="thanat")
    assert find("contribution").challenge["code"] == "reading/gone"
    assert find("meeting").challenge is None
    assert verify().faults == ()


def test_a_newer_reading_is_taken_back(take, find, newer):
    document = take()
    held = {c.uid for c in Claim.objects.filter(until=None)}
    newer(lambda record: replace(record, meetings=()))
    rereading.reread(document.pk, by="thanat")
    assert {c.uid for c in Claim.objects.filter(until=None)} < held
    undo(Act.objects.last().seq, by="malik")
    assert {c.uid for c in Claim.objects.filter(until=None)} == held
    assert document.readings.get(current=True).number == 1
    assert verify().faults == ()


def test_numbers_of_several_documents_add_up():
    one, two = rereading.Reread(1, 2, 3, 4, 5), rereading.Reread(1, 1, 1, 1, 1)
    assert astuple(one + two) == (2, 3, 4, 5, 6)


def test_what_a_reader_lost_and_a_newer_one_finds_again_is_the_same_claim(take, find, newer, monkeypatch):
    document = take()
    uid = find("meeting").uid
    newer(lambda record: replace(record, meetings=()))
    rereading.reread(document.pk, by="thanat")
    monkeypatch.undo()
    again = rereading.reread(document.pk, by="thanat")
    assert again.proposed == 3  # the meeting, and the two claims that are about it
    assert (find("meeting").uid, find("meeting").version) == (uid, 2)
    assert verify().faults == ()


def test_a_decision_carried_over_from_an_earlier_version_is_met_in_its_place(take, find, newer):
    take(url="", text=RELEASE)
    actions.decide(find("contribution").uid, State.ACCEPTED, version=1, by="malik")
    changed = take(text=RELEASE.replace("ASEAN welcomed", "The members of ASEAN welcomed"), name="second.md")
    newer(lambda record: record)
    done = rereading.reread(changed.pk, by="thanat")
    assert find("contribution").challenge is None
    assert (done.proposed, done.challenged) == (0, 0)
    assert find("contribution").by == "malik"
    assert verify().faults == ()


def test_the_earlier_version_of_a_source_is_not_read_again(take, newer):
    first = take(text=RELEASE)
    take(text=RELEASE.replace("ASEAN welcomed", "The members of ASEAN welcomed"), name="second.md")
    newer(lambda record: replace(record, meetings=(), contributions=()))
    assert first.pk not in rereading.to_read_again().values_list("pk", flat=True)
    rereading.reread(first.pk, by="thanat")
    assert first.readings.count() == 1


def test_a_reading_is_not_taken_back_once_a_later_version_of_the_source_was_read(take, newer):
    first = take(text=RELEASE)
    newer(lambda record: replace(record, contributions=()))
    rereading.reread(first.pk, by="thanat")
    act = Act.objects.get(verb="read again")
    take(text=RELEASE.replace("US$2 million", "US$3 million"), name="second.md")
    with pytest.raises(NotUndoable, match="later version"):
        undo(act.seq, by="malik")
    assert not Claim.objects.filter(document=first, until=None).exists()
    assert verify().faults == ()
