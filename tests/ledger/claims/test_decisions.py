"""What people do with claims, through the actions that pages and the API call."""

from __future__ import annotations

import pytest

from communique.ledger.claims import actions
from communique.ledger.claims.models import Claim, State
from communique.ledger.claims.versions import Conflict
from communique.ledger.entities.models import Kind
from communique.ledger.entities.resolve import Named, resolve
from communique.ledger.history.verify import verify
from communique.ledger.log.models import Act

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_what_is_read_is_proposed_on_its_exact_words(take, find):
    document = take()
    claim = find("contribution")
    assert claim.state == State.PROPOSED
    assert (
        claim.quote
        == document.text[claim.start : claim.end]
        == "Japan pledged US$2 million to the Ocean Fund"
    )
    assert (claim.amount, claim.currency, claim.stage) == (2_000_000, "USD", "pledge")
    roles = {(link.role, link.entity.name) for link in claim.links.select_related("entity")}
    assert roles == {("donor", "Japan"), ("fund", "Ocean Fund")}


def test_an_accepted_claim_says_who_accepted_it_and_keeps_the_version_before(take, find):
    take()
    claim = find("contribution")
    actions.decide(claim.uid, State.ACCEPTED, version=1, by="rajaratnam", why="As the minutes have it.")
    versions = Claim.objects.filter(uid=claim.uid).order_by("version")
    assert [(v.state, v.by, v.until is None) for v in versions] == [
        ("proposed", "", False),
        ("accepted", "rajaratnam", True),
    ]
    assert versions[0].until == versions[1].since


def test_the_second_of_two_reviewers_is_told_what_the_first_decided(take, find):
    take()
    claim = find("contribution")
    actions.decide(claim.uid, State.ACCEPTED, version=1, by="rajaratnam")
    with pytest.raises(Conflict, match=r"rajaratnam has changed this claim .* accepted now"):
        actions.decide(claim.uid, State.REJECTED, version=1, by="thanat")
    assert find("contribution").state == State.ACCEPTED


def test_a_correction_keeps_the_reading_beside_the_corrected_value(take, find):
    take()
    claim = find("contribution")
    done = actions.correct(
        claim.uid, {"kind": "disbursed"}, version=1, by="thanat", why="Paid on the spot, says the minister."
    )
    assert done.claim.state == State.CORRECTED
    assert (done.claim.stage, done.claim.finding_as_read().kind) == ("disbursed", "pledge")
    assert done.claim.quote == claim.quote


def test_a_value_that_the_words_do_not_hold_needs_a_reason(take, find):
    take()
    claim = find("contribution")
    with pytest.raises(actions.Unsupported, match="amount"):
        actions.correct(claim.uid, {"amount": "20000000"}, version=1, by="thanat", why="")
    corrected = actions.correct(
        claim.uid, {"amount": "20000000"}, version=1, by="thanat", why="The signed note says twenty."
    )
    assert corrected.claim.amount == 20_000_000
    assert corrected.claim.why == "The signed note says twenty."


@pytest.mark.parametrize(
    ("value", "told"),
    [({"kind": "gift"}, "gift"), ({"no_such_field": 1}, "no_such_field"), ({"amount": 5}, "str")],
)
def test_a_value_that_is_none_of_its_kind_is_refused_by_name(take, find, value, told):
    take()
    with pytest.raises(actions.Impossible, match=told):
        actions.correct(find("contribution").uid, value, version=1, by="thanat", why="because")


def test_a_corrected_speaker_moves_the_claim_to_that_partys_page(take, find):
    take()
    claim = find("statement", "ASEAN welcomed")
    done = actions.correct(
        claim.uid,
        {"speakers": [{"id": "FJI", "name": "Fiji"}]},
        version=1,
        by="malik",
        why="Fiji spoke for it.",
    )
    assert [link.entity.key for link in done.claim.links.filter(role="speaker")] == ["FJI"]


def test_what_the_reader_missed_is_added_on_its_words(take, find):
    document = take()
    start = document.text.index("held here on 7 February 1974")
    added = actions.add(
        document,
        "area",
        {"name": "tide gauges"},
        start=start,
        end=start + 9,
        by="malik",
        why="As in the title.",
    )
    assert (added.claim.state, added.claim.by, added.claim.quote) == (State.ACCEPTED, "malik", "held here")
    with pytest.raises(Conflict):
        actions.add(
            document, "area", {"name": "tide gauges"}, start=start, end=start + 9, by="thanat", why="Too."
        )


def test_words_outside_the_text_are_no_words(take):
    document = take()
    with pytest.raises(actions.Impossible, match="no words of a text"):
        actions.add(document, "area", {"name": "x"}, start=5, end=100_000, by="malik")


def test_every_decision_is_one_act_and_the_ledger_verifies(take, find):
    take()
    claim = find("contribution")
    actions.decide(claim.uid, State.UNSURE, version=1, by="malik")
    actions.decide(claim.uid, State.REJECTED, version=2, by="malik")
    acts = Act.objects.filter(subject=f"claim:{claim.uid}")
    assert [(a.verb, a.before["state"], a.after["state"]) for a in acts] == [
        ("doubt", "proposed", "unsure"),
        ("reject", "unsure", "rejected"),
    ]
    assert verify().faults == ()


def test_a_person_whom_the_document_does_not_name_is_a_person_still(take, find):
    (malik,) = resolve([Named(Kind.PERSON, "adam-malik", "Adam Malik", detail="person")]).values()
    document = take()
    claim = find("statement", "ASEAN welcomed")
    speaker = {"speakers": [{"id": "adam-malik", "name": "Adam Malik"}]}
    done = actions.correct(claim.uid, speaker, version=1, by="thanat", why="He read it out.")
    assert done.claim.links.get(role="speaker").entity == malik
    post = {"person": {"id": "thanat-khoman", "name": "Thanat Khoman"}, "post": "Foreign Minister"}
    with pytest.raises(actions.Unsupported, match="person and post"):
        actions.add(document, "post", post, start=0, end=10, by="thanat")
    added = actions.add(document, "post", post, start=0, end=10, by="thanat", why="I hold it.")
    assert added.claim.links.get().entity.kind == Kind.PERSON
