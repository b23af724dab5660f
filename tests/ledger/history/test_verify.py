"""Verifying a ledger finds whatever was altered behind its back."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from communique.ledger.claims import actions, search_entries
from communique.ledger.claims.indexing import refill
from communique.ledger.claims.models import Claim, State
from communique.ledger.documents import store
from communique.ledger.documents.models import Document, Reading
from communique.ledger.history.undo import NotUndoable, undo
from communique.ledger.history.verify import verify
from communique.ledger.log.models import Act
from communique.ledger.search import index

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def decided(take, find):
    """A claim that was read, accepted and corrected."""
    take()
    claim = find("contribution")
    actions.decide(claim.uid, State.ACCEPTED, version=1, by="malik")
    return actions.correct(claim.uid, {"bound": "up_to"}, version=2, by="malik", why="In the annex.").claim


def test_a_whole_ledger_has_no_faults_and_says_how_much_was_looked_at(decided):
    found = verify()
    assert (found.documents, found.acts, found.faults) == (1, 3, ())
    assert found.claims == Claim.objects.filter(until=None).count() > 5


def _altered(update):
    with transaction.atomic():
        update()
        return verify().faults


def test_an_altered_state_is_found(decided):
    faults = _altered(lambda: Claim.objects.filter(pk=decided.pk).update(state="rejected"))
    assert faults == (f"claim {decided.uid}: version 3 is not what the log says",)


def test_an_altered_value_of_an_unreviewed_claim_is_found(decided, find):
    claim = find("meeting")
    value = claim.value | {"ordinal": 40}
    (fault,) = _altered(lambda: Claim.objects.filter(pk=claim.pk).update(value=value))
    assert "was altered" in fault


def test_an_altered_quote_is_found(decided, find):
    claim = find("meeting")
    faults = _altered(lambda: Claim.objects.filter(pk=claim.pk).update(quote="the 5th Dialogue"))
    assert any("quote does not stand" in f for f in faults)


def test_a_claim_taken_out_is_found(decided, find):
    claim = find("meeting")
    claim.links.all().delete()
    proposed, indexed = _altered(lambda: Claim.objects.filter(pk=claim.pk).delete())
    assert "claims were proposed" in proposed
    assert "the search index has" in indexed


def test_a_claim_ended_by_nobody_is_found(decided, find):
    claim = find("meeting")
    (fault,) = _altered(lambda: Claim.objects.filter(pk=claim.pk).update(until=claim.since))
    assert fault == f"claim {claim.uid} is not held, and no act ended it"


def test_an_altered_text_is_found(decided):
    faults = _altered(lambda: Document.objects.update(text="Nothing was said."))
    assert any("text differ" in f for f in faults)


def test_an_altered_record_is_found(decided):
    (fault,) = _altered(lambda: Reading.objects.update(packed=b"x"))
    assert fault.endswith("was altered")


def test_bytes_that_are_gone_are_found(decided):
    path = store.path_of(Document.objects.get().sha256)
    kept = path.read_bytes()
    path.unlink()
    assert [f for f in verify().faults if "are gone" in f]
    path.write_bytes(b"something else")
    assert [f for f in verify().faults if "bytes were altered" in f]
    path.write_bytes(kept)


def test_an_act_can_neither_be_altered_nor_deleted(decided):
    for change in (
        lambda: Act.objects.filter(seq=2).update(by="thanat"),
        lambda: Act.objects.filter(seq=2).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_the_log_is_not_emptied_at_once(decided):
    emptied = {"postgresql": "TRUNCATE log_act CASCADE", "sqlite": "DELETE FROM log_act"}
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(emptied[connection.vendor])


def test_an_act_altered_past_the_databases_guard_breaks_the_chain(decided):
    guard = {
        "postgresql": ["ALTER TABLE log_act DISABLE TRIGGER log_act_append_only"],
        "sqlite": ["DROP TRIGGER log_act_no_UPDATE"],
    }
    with connection.cursor() as cursor:
        for statement in guard[connection.vendor]:
            cursor.execute(statement)
        cursor.execute("UPDATE log_act SET by = 'thanat' WHERE seq = 2")
    assert "act 2 was altered: its words no longer have its hash" in verify().faults


def test_any_act_can_be_taken_back_and_that_too(decided, find):
    undo(3, by="thanat", why="The annex was withdrawn.")
    assert (find("contribution").state, find("contribution").by) == ("accepted", "malik")
    undo(4, by="thanat")
    assert find("contribution").state == "corrected"
    assert verify().faults == ()


def test_an_act_under_a_later_one_is_not_taken_back_alone(decided):
    with pytest.raises(NotUndoable, match="take that back first"):
        undo(2, by="thanat")


def test_an_act_is_taken_back_once(decided):
    undo(3, by="thanat")
    with pytest.raises(NotUndoable, match="already"):
        undo(3, by="thanat")


def test_taking_a_document_in_is_taken_back_by_withdrawing_it(decided):
    undo(1, by="malik")
    assert Document.objects.get().withdrawn
    undo(Act.objects.last().seq, by="malik")
    assert not Document.objects.get().withdrawn
    assert verify().faults == ()


def test_an_index_that_holds_more_or_less_than_the_ledger_is_found(decided):
    entries = index.size()
    assert _altered(index.clear) == (
        f"the search index has 0 entries of {entries} versions of claims and passages: "
        "communique reindex makes it anew",
    )
    with transaction.atomic():
        refill()
    assert index.size() == entries
    assert verify().faults == ()


def test_an_index_without_the_facets_of_today_is_found(decided, monkeypatch):
    facets = search_entries._facets
    monkeypatch.setattr(search_entries, "_facets", lambda *of: (f for f in facets(*of) if f[0] != "document"))
    with transaction.atomic():
        refill()
    monkeypatch.undo()
    (fault,) = verify().faults
    assert "communique reindex" in fault
    with transaction.atomic():
        refill()
    assert verify().faults == ()
