"""Documents that come in: once, again, elsewhere, and changed."""

from __future__ import annotations

import pytest

from communique.errors import UnreadableDocument
from communique.ledger.claims import actions
from communique.ledger.claims.models import Claim, State
from communique.ledger.documents.copies import copies
from communique.ledger.documents.models import Arrival, Document
from communique.ledger.history.undo import NotUndoable, undo
from communique.ledger.history.verify import verify
from communique.ledger.intake.taking import Arriving, Taken, take_in
from communique.ledger.log.models import Act

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

RELEASE = """\
<html><head><title>Ministers Meet</title></head><body><article><h1>Ministers Meet in Suva</h1>
<p>Suva, 4 May 1974 - The Ministers of Fiji and Tonga met in Suva on Friday to discuss the fishing grounds.</p>
<p>Fiji pledged F$300,000 to the Harbour Fund. Tonga welcomed the pledge and reaffirmed its support for the plan.</p>
<p>{more}</p></article>{furniture}</body></html>"""
URL = "https://example.org/ministers-meet"


def page(more="Both Ministers agreed to meet again in September.", furniture=""):
    return RELEASE.format(more=more, furniture=furniture)


def test_the_same_bytes_twice_are_one_document_that_arrived_twice(take):
    first = take(page(), name="a.html", url="https://example.org/a")
    second = take(page(), name="b.html", url="https://example.net/b")
    assert first == second
    assert [a.url for a in Arrival.objects.all()] == ["https://example.org/a", "https://example.net/b"]
    assert verify().faults == ()


def test_the_same_text_on_two_sites_is_shown_as_copies(take):
    first = take(page(), name="a.html", url="https://example.org/a")
    second = take(
        page(furniture="<footer><p>Share this page</p></footer>"), name="b.html", url="https://example.net/b"
    )
    assert first != second
    assert [list(copies(d)) for d in (first, second)] == [[second], [first]]


def test_other_texts_are_no_copies(take):
    first = take(page(), name="a.html")
    take(
        "---\ntitle: Other\n---\n\nJapan pledged US$1 million to the Fund of the Pacific Islands Forum today."
    )
    assert not copies(first)


def test_a_page_whose_furniture_changed_is_no_new_version(take):
    first = take(page(), name="a.html", url=URL)
    again = take(page(furniture="<footer><p>Share this page</p></footer>"), name="a.html", url=URL)
    assert first == again
    assert Arrival.objects.count() == 2


def test_a_changed_page_is_a_new_version_and_decisions_go_with_their_words(take, find):
    first = take(page(), name="a.html", url=URL)
    actions.decide(find("contribution").uid, State.ACCEPTED, version=1, by="malik")
    second = take(page("The Ministers did not agree on a date."), name="a.html", url=URL)
    assert second.previous == first
    carried = find("contribution")
    assert (carried.document, carried.state, carried.by) == (second, State.ACCEPTED, "malik")
    assert not Claim.objects.filter(document=first, until=None, state=State.PROPOSED).exists()
    assert verify().faults == ()


def test_a_decision_on_words_that_a_changed_page_lost_is_opened_again(take, find):
    first = take(page(), name="a.html", url=URL)
    lost = find("commitment", "meet again")
    actions.decide(lost.uid, State.ACCEPTED, version=1, by="malik")
    take(page("The Ministers did not agree on a date."), name="a.html", url=URL)
    now = Claim.objects.get(uid=lost.uid, until=None)
    assert (now.document, now.state) == (first, State.ACCEPTED)
    assert now.challenge["code"] == "source/changed"
    assert verify().faults == ()


def test_a_list_of_documents_is_taken_in_entry_by_entry_and_what_is_unreadable_is_told():
    lines = b'{"text": "Japan pledged US$1 million to the Ocean Fund."}\nnot json\n{"text": "Fiji welcomed it."}\n'
    found = list(take_in(Arriving(lines, name="archive.jsonl")))
    assert [type(f) for f in found] == [Taken, UnreadableDocument, Taken]
    assert Document.objects.count() == 2
    again = list(take_in(Arriving(lines, name="archive.jsonl")))
    assert [f.new for f in again if isinstance(f, Taken)] == [False, False]
    assert verify().faults == ()


def test_characters_that_no_database_keeps_are_replaced_one_for_one(take):
    document = take("Japan\0 pledged US$1 million to the Ocean Fund.", name="a.txt")
    assert "\0" not in document.text
    assert verify().faults == ()


def test_bytes_that_are_no_document_leave_nothing_behind():
    with pytest.raises(UnreadableDocument):
        list(take_in(Arriving(b"", name="empty.txt")))
    assert not Document.objects.exists()


def test_a_version_that_decisions_were_carried_to_is_not_taken_back_before_them(take, find):
    take(page(), name="a.html", url=URL)
    actions.decide(find("contribution").uid, State.ACCEPTED, version=1, by="malik")
    second = take(page("The Ministers did not agree on a date."), name="a.html", url=URL)
    taken_in = Act.objects.get(subject=f"document:{second.pk}", verb="take in").seq
    with pytest.raises(NotUndoable, match="take back that they were carried"):
        undo(taken_in, by="malik")
    undo(Act.objects.get(verb="carry").seq, by="malik")
    undo(taken_in, by="malik")
    assert find("contribution").state == State.ACCEPTED
    assert verify().faults == ()
