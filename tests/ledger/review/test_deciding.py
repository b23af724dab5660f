"""Decisions over the web: what is answered, what is kept, and what happens when two decide at once."""

from __future__ import annotations

import pytest
from django.test import Client

from communique.ledger.claims import actions
from communique.ledger.claims.models import Claim, State
from communique.ledger.history.verify import verify
from communique.ledger.log.models import Act

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def decide(client: Client, claim: Claim, decision: str, **more: object):
    return client.post(
        f"/claims/{claim.uid}/decide/", {"decision": decision, "version": claim.version, **more}
    )


@pytest.mark.parametrize(
    ("decision", "state"), [("accept", "accepted"), ("reject", "rejected"), ("unsure", "unsure")]
)
def test_a_decision_answers_with_the_card_as_it_stands_now(take, find, reviewer, decision, state):
    take()
    claim = find("contribution")
    answer = decide(reviewer, claim, decision, why="As the minutes have it.")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert f'data-claim="{claim.uid}" data-version="2" data-state="{state}"' in html
    assert "As the minutes have it." in html
    now = find("contribution")
    assert (now.state, now.by, now.why) == (state, "Thanat Khoman", "As the minutes have it.")
    assert verify().faults == ()


def test_the_second_of_two_is_told_who_decided_what_and_overwrites_nothing(take, find, reviewer):
    take()
    claim = find("contribution")
    actions.decide(claim.uid, State.REJECTED, version=1, by="Adam Malik")
    answer = decide(reviewer, claim, "accept")
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Adam Malik has changed this claim since you saw it: it is rejected now" in html
    assert 'data-version="2" data-state="rejected"' in html
    assert find("contribution").state == State.REJECTED


def test_a_decision_sent_again_since_its_answer_was_lost_is_one_decision(take, find, reviewer):
    take()
    claim = find("contribution")
    assert decide(reviewer, claim, "accept").status_code == 200
    assert decide(reviewer, claim, "accept").status_code == 200
    assert Act.objects.filter(subject=f"claim:{claim.uid}").count() == 1
    assert decide(reviewer, claim, "reject").status_code == 409


def test_without_script_a_decision_leads_back_to_the_finding(take, find, desk):
    document = take()
    claim = find("contribution")
    answer = decide(desk(), claim, "accept")
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/documents/{document.pk}/#c-{claim.uid}",
    )
    assert find("contribution").state == State.ACCEPTED


def test_what_is_no_decision_is_refused(take, find, reviewer):
    take()
    assert decide(reviewer, find("contribution"), "perhaps").status_code == 400
    assert reviewer.post("/claims/nosuchclaim/decide/", {"decision": "accept"}).status_code == 404
    assert find("contribution").version == 1


def test_a_claim_on_a_withdrawn_document_can_not_be_decided(take, find, reviewer):
    from communique.ledger.claims.withdrawing import set_withdrawn

    document = take()
    claim = find("contribution")
    set_withdrawn(document, True, by="S. Rajaratnam")
    assert decide(reviewer, claim, "accept").status_code == 404


def corrected(claim: Claim, **changed: object) -> dict[str, object]:
    """Return what the form of a contribution sends."""
    told: dict[str, object] = {
        "version": claim.version, "start": claim.start, "end": claim.end, "donor": "Japan", "amount": "2000000",
        "currency": "USD", "bound": "", "kind": "pledge", "recipient": "Ocean Fund", "purpose": "", "in_kind": "",
        "why": "",
    }  # fmt: skip
    return told | changed


def test_the_form_of_a_correction_shows_what_is_held(take, find, reviewer):
    take()
    claim = find("contribution")
    form = reviewer.get(f"/claims/{claim.uid}/correct/").content.decode()
    assert 'name="amount" value="2000000"' in form
    assert '<option value="pledge" selected>' in form
    assert 'name="donor" value="Japan"' in form
    assert '<option value="ASEAN">' in form


def test_what_the_words_do_not_say_needs_a_reason(take, find, reviewer):
    take()
    claim = find("contribution")
    path = f"/claims/{claim.uid}/correct/"
    refused = reviewer.post(path, corrected(claim, amount="20000000"))
    assert refused.status_code == 422
    assert "The words do not say so" in refused.content.decode()
    assert find("contribution").version == 1
    kept = reviewer.post(path, corrected(claim, amount="20000000", why="A slip of the wire; see the treaty."))
    assert kept.status_code == 200
    now = find("contribution")
    assert (now.state, now.amount, now.as_read["value"]["amount"]) == ("corrected", 20_000_000, "2000000")


def test_a_value_that_can_not_be_is_refused_at_its_field(take, find, reviewer):
    take()
    claim = find("contribution")
    path = f"/claims/{claim.uid}/correct/"
    for field, value in (
        ("amount", "two million"),
        ("amount", "-1"),
        ("currency", "dollars"),
        ("kind", "gift"),
    ):
        answer = reviewer.post(path, corrected(claim, why="So.", **{field: value}))
        assert (answer.status_code, f'id="f-contribution-{field}_error"' in answer.content.decode()) == (
            422,
            True,
        )
    assert find("contribution").version == 1


def test_a_correction_that_changes_nothing_is_no_correction(take, find, reviewer):
    take()
    claim = find("contribution")
    answer = reviewer.post(f"/claims/{claim.uid}/correct/", corrected(claim))
    assert answer.status_code == 422
    assert "Nothing is changed" in answer.content.decode()


def test_a_correction_can_stand_on_other_words(take, find, reviewer):
    document = take()
    claim = find("contribution")
    end = document.text.index(" at the 4th")
    start = document.text.index("Suva")
    answer = reviewer.post(f"/claims/{claim.uid}/correct/", corrected(claim, start=start, end=end))
    assert answer.status_code == 200
    now = find("contribution")
    assert (now.quote, now.as_read["quote"]) == (document.text[start:end], claim.quote)
    assert verify().faults == ()


def test_a_party_that_nobody_knew_is_made_and_one_that_is_known_is_found(take, find, reviewer):
    take()
    claim = find("contribution")
    path = f"/claims/{claim.uid}/correct/"
    reviewer.post(path, corrected(claim, donor="Fiji", why="So says the treaty."))
    assert find("contribution").value["donor"]["id"] == "FJI"
    again = corrected(find("contribution"), donor="League of Small Harbours", why="It acted for it.")
    assert reviewer.post(path, again).status_code == 200
    now = find("contribution")
    assert now.value["donor"] == {
        "id": "league-of-small-harbours",
        "name": "League of Small Harbours",
        "party": None,
    }
    assert now.links.filter(role="donor", entity__name="League of Small Harbours").exists()


def test_a_statement_within_another_can_be_corrected(take, reviewer):
    take("Fiji reaffirmed its pledge of US$1.5 million and said that it would pay one half of it in 1975.")
    claim = next(c for c in Claim.objects.filter(kind="statement") if c.value["inside"] is not None)
    form = {
        "version": 1, "act": claim.act, "speakers": ["Fiji"], "addressees": [], "cue": claim.value["cue"],
        "about": "one half of it", "polarity": "positive", "status": "planned", "reported_by": "", "why": "",
    }  # fmt: skip
    assert reviewer.post(f"/claims/{claim.uid}/correct/", form).status_code == 200
    assert Claim.objects.get(uid=claim.uid, until=None).value["about"] == "one half of it"


def test_undo_takes_back_ones_own_last_decision_on_the_document(take, find, reviewer):
    document = take()
    contribution, meeting = find("contribution"), find("meeting")
    decide(reviewer, contribution, "accept")
    decide(reviewer, meeting, "reject")
    first = reviewer.post(f"/documents/{document.pk}/undo/")
    assert (first.status_code, f'data-claim="{meeting.uid}"' in first.content.decode()) == (200, True)
    assert find("meeting").state == State.PROPOSED
    second = reviewer.post(f"/documents/{document.pk}/undo/")
    assert f'data-claim="{contribution.uid}"' in second.content.decode()
    assert reviewer.post(f"/documents/{document.pk}/undo/").status_code == 404
    assert verify().faults == ()


def test_undo_leaves_alone_what_somebody_decided_since(take, find, reviewer):
    document = take()
    claim = find("contribution")
    decide(reviewer, claim, "accept")
    actions.decide(claim.uid, State.REJECTED, version=2, by="Adam Malik")
    answer = reviewer.post(f"/documents/{document.pk}/undo/")
    assert answer.status_code == 409
    assert "Adam Malik" in answer.content.decode()
    assert find("contribution").state == State.REJECTED


def test_undo_of_what_was_added_takes_it_away(take, reviewer):
    document = take()
    start = document.text.index("joint training")
    added = reviewer.post(
        f"/documents/{document.pk}/add/",
        {"kind": "area", "start": start, "end": start + 14, "name": "joint training", "why": ""},
    )
    assert added.status_code == 201
    undone = reviewer.post(f"/documents/{document.pk}/undo/").content.decode()
    assert "data-gone" in undone
    assert not Claim.objects.filter(kind="area", until=None, reading=None).exists()


def test_a_challenged_decision_shows_what_speaks_against_it_and_the_newer_reading_can_be_taken(
    take, find, reviewer
):
    document = take()
    claim = find("contribution")
    decide(reviewer, claim, "accept")
    now = find("contribution")
    newer = now.value | {"kind": "announced"}
    actions.challenge(now, "reading/differs", "The newer reader reads this differently.", newer)
    page = reviewer.get(f"/documents/{document.pk}/").content.decode()
    assert "The newer reader reads this differently." in page
    assert "Take the newer" in page
    answer = reviewer.post(f"/claims/{claim.uid}/newer/", {"version": 3})
    assert answer.status_code == 200
    after = find("contribution")
    assert (after.state, after.stage, after.challenge) == ("corrected", "announced", None)


def test_what_was_missed_is_added_on_the_words_selected(take, reviewer):
    document = take()
    start = document.text.index(" joint training")
    path = f"/documents/{document.pk}/add/"
    form = reviewer.get(path, {"start": start, "end": start + 16, "kind": "area"}).content.decode()
    assert 'value="joint training"' in form
    told = {"kind": "area", "start": start, "end": start + 16, "name": "joint training", "why": ""}
    answer = reviewer.post(path, told)
    assert answer.status_code == 201
    claim = Claim.objects.get(kind="area", reading=None)
    assert (claim.quote, claim.state, claim.by) == ("joint training", "accepted", "Thanat Khoman")
    assert reviewer.post(path, told).status_code == 409
    assert verify().faults == ()


def test_the_form_of_a_contribution_begins_with_the_sum_that_the_words_name(take, reviewer):
    document = take("The envoys of Japan spoke. A gift of US$4.5 million was named by Japan.")
    start = document.text.index("A gift")
    form = reviewer.get(
        f"/documents/{document.pk}/add/", {"start": start, "end": len(document.text), "kind": "contribution"}
    ).content.decode()
    assert 'name="amount" value="4500000"' in form
    assert 'name="currency" value="USD"' in form
    assert 'name="donor" value="Japan"' in form


def test_nothing_is_added_on_no_words_or_on_words_that_are_not_there(take, reviewer):
    document = take()
    path = f"/documents/{document.pk}/add/"
    for start, end in ((5, 5), (10**8, 10**8 + 5), ("", ""), ("-3", "9")):
        answer = reviewer.post(
            path, {"kind": "area", "start": start, "end": end, "name": "training", "why": "So."}
        )
        assert answer.status_code == 422
    assert not Claim.objects.filter(reading=None).exists()


def test_readers_decide_nothing(take, find, desk):
    document = take()
    claim = find("contribution")
    client = desk("reader", "U Thant")
    assert decide(client, claim, "accept").status_code == 403
    assert client.post(f"/documents/{document.pk}/undo/").status_code == 403
    assert client.get(f"/claims/{claim.uid}/correct/").status_code == 403


def test_a_character_that_no_database_keeps_is_left_out_of_a_reason(take, find, desk):
    take()
    claim = find("contribution")
    desk().post(f"/claims/{claim.uid}/decide/", {"decision": "accept", "version": "1", "why": "as\0 told"})
    assert find("contribution").why == "as told"
