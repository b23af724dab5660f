"""Documents that come in: once, again, elsewhere, and changed."""

from __future__ import annotations

import pytest

from communique.errors import UnreadableDocument
from communique.ledger.accounts.rights import rights_of
from communique.ledger.accounts.viewer import Viewer
from communique.ledger.claims import actions
from communique.ledger.claims.models import Claim, State
from communique.ledger.claims.queries import held
from communique.ledger.claims.withdrawing import set_withdrawn
from communique.ledger.documents.copies import copies
from communique.ledger.documents.models import Arrival, Document
from communique.ledger.history.undo import undo
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


MORE = "The Ministers did not agree on a date."


def test_a_page_that_says_again_what_it_said_before_is_a_version_of_its_own(take, find):
    first = take(page(), name="a.html", url=URL)
    kept, lost = find("contribution"), find("commitment", "meet again")
    actions.decide(kept.uid, State.ACCEPTED, version=1, by="malik")
    actions.decide(lost.uid, State.ACCEPTED, version=1, by="malik")
    second = take(page(MORE), name="a.html", url=URL)
    third = take(page(), name="a.html", url=URL)
    assert (third.previous, third.text, third.sha256) == (second, first.text, first.sha256)
    assert [
        (c.document, c.state, c.by, c.challenge)
        for c in (find("contribution"), find("commitment", "meet again"))
    ] == [(third, State.ACCEPTED, "malik", None)] * 2
    assert not held(_anyone()).exclude(document=third).exists()
    assert held(_anyone(), as_of=second.taken_in).get(kind="contribution").document == second
    assert verify().faults == ()


def test_what_a_page_says_still_is_no_version_however_often_it_comes(take):
    for more in ("", MORE, "", "", MORE, MORE):
        take(page(more), name="a.html", url=URL)
    take(page(""), name="a.html")
    assert Document.objects.count() == 4
    assert Document.objects.filter(next=None).get().text.find(MORE) > 0
    assert verify().faults == ()


def test_withdrawing_a_version_lets_the_one_before_stand_with_the_decisions_on_its_words(take, find):
    first = take(page(), name="a.html", url=URL)
    read = {c.uid for c in Claim.objects.filter(until=None)}
    pledge, lost = find("contribution"), find("commitment", "meet again")
    actions.decide(pledge.uid, State.ACCEPTED, version=1, by="malik")
    actions.decide(lost.uid, State.REJECTED, version=1, by="malik")
    second = take(page(MORE), name="a.html", url=URL)
    newer = find("statement", "discuss", second)
    actions.decide(newer.uid, State.ACCEPTED, version=1, by="khoman")
    act = set_withdrawn(second, True, by="malik", why="It was a draft.")
    stands = {c.uid: c for c in held(_anyone())}
    assert (stands[pledge.uid].document, stands[pledge.uid].value) == (first, pledge.value)
    assert (stands[lost.uid].state, stands[lost.uid].challenge) == (State.REJECTED, None)
    assert (stands[newer.uid].document, stands[newer.uid].by) == (first, "khoman")
    assert len(stands) == len(read)
    assert verify().faults == ()
    undo(act.seq, by="malik")
    assert {c.document for c in held(_anyone())} - {second} == {first}
    assert held(_anyone()).get(document=first).challenge["code"] == "source/changed"
    assert held(_anyone()).get(uid=newer.uid).document == second
    assert verify().faults == ()


def test_taking_in_a_version_is_taken_back_with_the_decisions_that_went_with_it(take, find):
    first = take(page(), name="a.html", url=URL)
    actions.decide(find("contribution").uid, State.ACCEPTED, version=1, by="malik")
    second = take(page(MORE), name="a.html", url=URL)
    undo(Act.objects.get(subject=f"document:{second.pk}", verb="take in").seq, by="malik")
    assert (find("contribution").document, find("contribution").state) == (first, State.ACCEPTED)
    assert verify().faults == ()


def test_a_version_that_comes_after_a_withdrawn_one_has_the_decisions_of_that_which_stood(take, find):
    take(page(), name="a.html", url=URL)
    actions.decide(find("contribution").uid, State.ACCEPTED, version=1, by="malik")
    set_withdrawn(take(page(MORE), name="a.html", url=URL), True, by="malik")
    third = take(page("They will meet in Nuku'alofa."), name="a.html", url=URL)
    assert (find("contribution").document, find("contribution").by) == (third, "malik")
    assert {c.document for c in held(_anyone())} == {third}
    assert verify().faults == ()


def test_a_decision_made_while_its_words_were_gone_goes_with_them_when_they_are_back(take, find):
    take(page(), name="a.html", url=URL)
    lost = find("commitment", "meet again")
    actions.decide(lost.uid, State.ACCEPTED, version=1, by="malik")
    take(page(MORE), name="a.html", url=URL)
    actions.decide(lost.uid, State.REJECTED, version=3, by="khoman")
    third = take(page("Both Ministers agreed to meet again in September. It rained."), name="a.html", url=URL)
    now = find("commitment", "meet again")
    assert (now.uid, now.document, now.state, now.by) == (lost.uid, third, State.REJECTED, "khoman")
    assert verify().faults == ()


def test_whatever_is_withdrawn_and_brought_back_one_version_stands(take):
    first, second = (take(page(more), name="a.html", url=URL) for more in ("", MORE))
    set_withdrawn(second, True, by="malik")
    set_withdrawn(first, True, by="malik")
    third = take(page("They will meet in Nuku'alofa."), name="a.html", url=URL)
    set_withdrawn(first, False, by="malik")
    set_withdrawn(second, False, by="malik")
    assert {c.document for c in held(_anyone())} == {third}
    assert verify().faults == ()


def test_an_address_longer_than_an_index_holds_is_a_source(take):
    url = "https://example.org/" + "".join(chr(0x4E00 + n * 7 % 20_000) for n in range(1_900))
    first = take(page(), name="a.html", url=url)
    assert take(page(MORE), name="a.html", url=url).previous == first


def _anyone():
    return Viewer(None, "reviewer", rights_of("reviewer"))
