"""The API does what the pages do, with the rights that they have."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from threading import Event

import pytest

from communique.ledger.accounts import actions as accounts
from communique.ledger.accounts.models import Account, Token
from communique.ledger.accounts.rights import scopes_within
from communique.ledger.claims import actions
from communique.ledger.claims.models import Claim, State
from communique.ledger.documents.models import Document
from communique.ledger.entities.models import Entity, Kind, Name
from communique.ledger.entities.resolve import Named, resolve
from communique.ledger.history.verify import verify
from communique.ledger.intake.worker import work
from communique.ledger.log.models import Act
from communique.ledger.resolution import actions as who

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PLEDGE = """\
---
title: Japan Pledges Funds for Tide Gauges
date: 1974-02-11
publisher: Example Wire
---

Suva: Japan pledged US$2 million to the Ocean Fund at the 4th ASEAN-PIF Dialogue, held here on 7 February 1974.

ASEAN welcomed the pledge.
"""
CHILE = """\
---
title: Another Pledge
date: 1974-02-12
publisher: Gazette of the South
---

Suva: Chile pledged US$3 million to the Reef Fund. SPC welcomed the offer.
"""


@pytest.fixture
def call(client):
    """Call the API as an account of a role would, with a token of all its scopes."""

    def call(role, method, path, body=None):
        name = f"malik the {role}"
        account = Account.objects.filter(name=name).first() or accounts.create(name, role, by="malik")
        _, secret = accounts.make_token(account, "test", scopes_within(role), until=None, by=name)
        data = json.dumps(body) if body is not None else None
        answer = client.generic(
            method,
            f"/api/{path}",
            data or "",
            content_type="application/json",
            headers={"authorization": f"Bearer {secret}"},
        )
        told = answer.content and "json" in answer.headers.get("Content-Type", "")
        return answer.status_code, answer.json() if told else answer

    return call


def test_claims_come_with_their_quotes_and_whom_they_are_about(take, call):
    take()
    status, page = call("reader", "GET", "claims?kind=contribution")
    (claim,) = page["items"]
    assert (status, claim["quote"]) == (200, "Japan pledged US$2 million to the Ocean Fund")
    assert {(a["role"], a["name"]) for a in claim["about"]} == {("donor", "Japan"), ("fund", "Ocean Fund")}


def test_a_list_comes_in_parts_that_hold_each_claim_once(take, call):
    take()
    seen, cursor = [], None
    while True:
        _, page = call("reader", "GET", f"claims?limit=2{'' if cursor is None else f'&cursor={cursor}'}")
        seen += [c["uid"] for c in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert sorted(seen) == sorted(Claim.objects.filter(until=None).values_list("uid", flat=True))


def test_a_decision_is_made_once_and_who_comes_second_is_told(take, find, call):
    take()
    uid = find("contribution").uid
    status, claim = call("reviewer", "POST", f"claims/{uid}/decide", {"decision": "accept", "version": 1})
    assert (status, claim["state"], claim["version"]) == (200, "accepted", 2)
    status, told = call("reviewer", "POST", f"claims/{uid}/decide", {"decision": "reject", "version": 1})
    assert status == 409
    assert "it is accepted now" in told["detail"]
    assert verify().faults == ()


def test_a_correction_that_the_words_do_not_hold_is_refused_with_the_field(take, find, call):
    take()
    uid = find("contribution").uid
    body = {"version": 1, "value": {"amount": "7"}}
    status, told = call("reviewer", "POST", f"claims/{uid}/correct", body)
    assert (status, "amount" in told["detail"]) == (422, True)
    status, claim = call(
        "reviewer", "POST", f"claims/{uid}/correct", body | {"why": "A slip of the press office."}
    )
    assert (status, claim["amount"], claim["as_read"]["value"]["amount"]) == (200, "7", "2000000")


def test_what_was_missed_is_added_and_taken_back(take, call):
    document = take()
    start = document.text.index("joint training")
    body = {
        "kind": "area",
        "value": {"name": "tide gauges"},
        "start": start,
        "end": start + 14,
        "why": "As titled.",
    }
    status, claim = call("reviewer", "POST", f"documents/{document.pk}/claims", body)
    assert (status, claim["quote"], claim["state"]) == (201, "joint training", "accepted")
    _, history = call("reviewer", "GET", f"history?subject=claim:{claim['uid']}")
    status, _ = call(
        "reviewer", "POST", f"history/{history['items'][0]['seq']}/undo", {"why": "It is no area."}
    )
    assert status == 200
    assert call("reviewer", "GET", f"claims/{claim['uid']}")[0] == 404


@pytest.mark.parametrize(
    ("role", "method", "path", "body"),
    [
        ("reader", "POST", "claims/{uid}/decide", {"decision": "accept", "version": 1}),
        (
            "reader",
            "POST",
            "documents/{pk}/claims",
            {"kind": "area", "value": {"name": "x"}, "start": 0, "end": 4},
        ),
        ("reviewer", "POST", "add/text", {"text": "Fiji agreed."}),
        ("reviewer", "POST", "documents/{pk}/withdraw", {}),
        ("reviewer", "POST", "entities/{entity}/merge", {"into": 1}),
        ("reviewer", "POST", "history/1/undo", {}),
    ],
)
def test_what_a_role_may_not_do_is_refused_and_not_done(take, find, call, role, method, path, body):
    document = take()
    told = {"uid": find("contribution").uid, "pk": document.pk, "entity": Entity.objects.first().pk}
    status, answer = call(role, method, path.format(**told), body)
    assert status == 403
    assert "right to" in answer["detail"]


def test_nobody_gets_anything_without_a_token_or_with_one_that_was_revoked(take, client, call):
    take()
    assert client.get("/api/claims").status_code == 401
    call("reader", "GET", "me")
    assert client.get("/api/claims", headers={"authorization": "Bearer cmq_nonsense"}).status_code == 401
    accounts.revoke_token(Token.objects.get(), by="malik")
    assert call("reader", "GET", "me")[0] == 200


def test_documents_are_taken_in_and_the_job_tells_how_far_it_is(call):
    status, job = call(
        "editor", "POST", "add/text", {"text": "Fiji agreed to host the talks.", "title": "Talks"}
    )
    assert (status, job["state"]) == (202, "waiting")
    work(Event(), until_empty=True)
    _, done = call("editor", "GET", f"jobs/{job['id']}")
    assert (done["state"], done["taken"]) == ("done", 1)
    _, whole = call("reader", "GET", f"documents/{done['document']}")
    assert whole["document"]["title"] == "Talks"
    assert "".join(whole["text"][s["start"] : s["end"]] for s in whole["segments"]).startswith("Fiji agreed")


def test_the_record_as_it_stood_before_anything_was_taken_in_is_empty(take, call):
    take()
    _, page = call("reader", "GET", "claims?as_of=2001-01-01")
    assert page["items"] == []
    assert call("reader", "GET", "claims?as_of=last-week")[0] == 422


def test_merging_leads_from_one_entity_to_the_other_and_back(take, call):
    take()
    japan, fiji = Entity.objects.get(key="JPN"), Entity.objects.get(key="FJI")
    status, merged = call(
        "editor", "POST", f"entities/{japan.pk}/merge", {"into": fiji.pk, "why": "For the test."}
    )
    assert (status, merged["merged_into"]) == (200, fiji.pk)
    _, page = call("editor", "GET", f"claims?entity={fiji.pk}&role=donor")
    assert len(page["items"]) == 1
    status, _ = call("editor", "POST", f"entities/{japan.pk}/unmerge", {})
    assert (status, verify().faults) == (200, ())


def test_search_finds_quotes_by_words_and_facets(take, find, call):
    take()
    japan = Entity.objects.get(key="JPN").pk
    _, page = call("reader", "GET", f'search?q="Ocean Fund"&party={japan}&kind=contribution')
    assert [c["kind"] for c in page["items"]] == ["contribution"]
    assert call("reader", "GET", "search?kind=rumour")[0] == 422
    _, passages = call("reader", "GET", "search/documents?q=endorse")
    assert "endorse" in passages["items"][0]["text"]


def test_the_public_sees_accepted_claims_only(take, find, client):
    take()
    actions.decide(find("contribution").uid, State.ACCEPTED, version=1, by="malik")
    accounts.change_setting("public", True, by="malik")
    answer = client.get("/api/claims")
    assert answer.status_code == 200
    assert {(c["state"], c["by"], c["why"]) for c in answer.json()["items"]} == {("accepted", "", "")}
    assert client.get("/api/queue").status_code == 401


def test_nobody_brings_their_own_support_for_a_value(take, call):
    document = take()
    quote, money = "ASEAN welcomed the pledge.", document.text.index("US$2 million")
    start = document.text.index(quote)
    value = {"amount": "2000000", "currency": "USD", "kind": "pledge"}
    value["supports"] = [{"field": "amount", "rule": "mine", "start": money, "end": money + 12}]
    body = {"kind": "contribution", "start": start, "end": start + len(quote), "value": value}
    status, told = call("reviewer", "POST", f"documents/{document.pk}/claims", body)
    assert (status, "amount" in told["detail"]) == (422, True)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *(
            ("contribution", {"amount": a, "currency": "USD"})
            for a in ("abc", "NaN", "1e99", "-5", "0.00001")
        ),
        ("contribution", {"amount": "5", "currency": "DOLLARS"}),
        ("contribution", {"recipient": "a\0b"}),
        ("contribution", {"recipient": "\ud800"}),
        ("meeting", {"name": "Dialogue", "ordinal": 10**30}),
        ("meeting", {"name": "Dialogue", "ordinal": -3}),
        ("meeting", {"name": "Dialogue", "date": "2022-13"}),
        ("meeting", {"name": "Dialogue", "date": "2022-02/2022-01"}),
        ("meeting", {"name": " "}),
        ("meeting", {"name": "Dialogue", "attendees": ["Fiji", ""]}),
        ("meeting", {"name": "Dialogue", "chairs": [{"name": ""}]}),
        ("meeting", {"name": "Dialogue", "place": ""}),
        ("commitment", {"action": "begin training", "deadline": "soon"}),
        ("commitment", {"action": ""}),
        ("statement", {"act": "welcome", "cue": "welcomed", "inside": 99}),
        ("statement", {"act": "welcome", "cue": "welcomed", "inside": 0}),
        ("statement", {"act": "welcome", "cue": "welcomed", "speakers": [{"id": "JPN", "name": "Fiji"}]}),
        ("statement", {"act": "welcome", "cue": "welcomed", "speakers": [{"id": "", "name": ""}]}),
        ("statement", {"act": "welcome", "cue": "w", "speakers": [{"id": "JPN", "name": "Japan", "x": 1}]}),
        (
            "instrument",
            {"name": "Plan", "surface": "Plan", "kind": "plan_of_action", "period": ["2025", "2021"]},
        ),
        ("instrument", {"name": "Plan", "surface": "", "kind": "plan_of_action"}),
        ("post", {"person": {"id": "JPN", "name": "Japan"}, "post": "Minister"}),
        ("area", {"name": "fisheries", "quote": "fisheries"}),
    ],
)
def test_a_value_that_cannot_be_kept_is_refused_whatever_the_reason(take, call, kind, value):
    document = take()
    body = {"kind": kind, "start": 0, "end": 10, "why": "I say so.", "value": value}
    status, told = call("reviewer", "POST", f"documents/{document.pk}/claims", body)
    assert (status, Claim.objects.filter(reading=None).exists()) == (422, False)
    assert "character" in told["detail"] or any(
        field in told["detail"] for field in (*value, "sum", "number")
    )


def test_names_longer_than_an_index_holds_are_kept(take, call):
    document = take()
    long = " ".join(f"{n:x}" for n in range(10**6, 10**6 + 800))
    for kind, value in (
        ("meeting", {"name": long, "series": long, "ordinal": 3}),
        ("contribution", {"donor": {"id": long, "name": long}}),
    ):
        body = {"kind": kind, "start": 0, "end": 10, "why": "I say so.", "value": value}
        assert call("reviewer", "POST", f"documents/{document.pk}/claims", body)[0] == 201
    assert verify().faults == ()


def test_a_reviewer_does_not_take_a_split_back_claim_by_claim(take, find, call):
    take()
    claim = find("contribution")
    donor = claim.links.get(role="donor").entity
    who.split(donor, [claim.uid], by="ama", why="", name="Japan Foundation")
    seq = Act.objects.get(verb="split", subject=f"claim:{claim.uid}").seq
    assert call("reviewer", "POST", f"history/{seq}/undo", {})[0] == 403
    status, undone = call("editor", "POST", f"history/{seq}/undo", {})
    assert status == 200
    assert call("reviewer", "POST", f"history/{undone['seq']}/undo", {})[0] == 403


def test_the_history_of_two_held_apart_can_be_asked_for(call):
    assert call("reader", "GET", "history?subject=apart:1-2")[0] == 200


def test_the_public_learns_no_names_that_nobody_checked(take, find, client):
    document = take()
    take(CHILE, name="second.md")
    accepted = find("statement", "welcomed the pledge", document)
    actions.decide(accepted.uid, State.ACCEPTED, version=1, by="malik")
    accounts.change_setting("public", True, by="malik")
    asean, chile = accepted.links.get().entity, Entity.objects.get(name="Chile")
    Name.objects.create(entity=asean, surface="Zebra Bloc")
    told = client.get(f"/api/entities/{asean.pk}").json()
    assert (told["names"], told["children"]) == ([], [])
    for path in (f"/search/?party={chile.pk}", f"/commitments/?with={chile.pk}", "/documents/"):
        page = client.get(path)
        assert page.status_code == 200
        assert not [word for word in ("Chile", "Gazette") if word in page.content.decode()]


def test_the_public_sees_of_an_earlier_day_the_documents_that_were_accepted_then(take, find, client):
    document, copy = take(PLEDGE), take(PLEDGE.replace("Example Wire", "Other Wire"), name="copy.md")
    claim = find("contribution", document=document)
    actions.decide(claim.uid, State.ACCEPTED, version=1, by="malik")
    actions.decide(claim.uid, State.REJECTED, version=2, by="malik")
    other = find("contribution", document=copy)
    actions.decide(other.uid, State.ACCEPTED, version=1, by="malik")
    accounts.change_setting("public", True, by="malik")
    then, later = datetime(2024, 5, 4, tzinfo=UTC), datetime(2024, 5, 6, tzinfo=UTC)
    Document.objects.update(taken_in=then)
    Claim.objects.filter(until=None).update(since=later)
    Claim.objects.filter(document=document, version=2).update(since=then, until=later)

    def seen(day):
        return [d["id"] for d in client.get(f"/api/documents?as_of={day}").json()["items"]]

    assert seen("2024-05-05") == [document.pk]
    assert seen("2024-05-06") == [copy.pk]
    assert client.get(f"/api/documents/{document.pk}?as_of=2024-05-05").json()["copies"] == []
    page = client.get(f"/documents/{document.pk}/?as_of=2024-05-05")
    assert (page.status_code, "Other Wire" in page.content.decode()) == (200, False)
    assert client.get(f"/documents/{document.pk}/").status_code == 404


def test_an_editor_says_whom_a_claim_is_about_and_the_decision_stays(take, find, call):
    take()
    claim = find("contribution")
    actions.decide(claim.uid, State.ACCEPTED, version=1, by="thanat")
    fund = claim.links.get(role="fund").entity
    other = resolve([Named(Kind.FUND, "sea-fund", "Sea Fund")])["fund", "sea-fund"]
    body = {"version": 2, "role": "fund", "entity": fund.pk, "to": other.pk, "why": "See the annex."}
    assert call("reviewer", "POST", f"claims/{claim.uid}/resolve", body)[0] == 403
    status, told = call("editor", "POST", f"claims/{claim.uid}/resolve", body)
    assert (status, told["state"], told["by"]) == (200, "accepted", "thanat")
    assert {"role": "fund", "entity": other.pk, "kind": "fund", "name": "Sea Fund"} in told["about"]
    assert call("editor", "POST", f"claims/{claim.uid}/resolve", body)[0] == 409
    _, total = call("reader", "GET", f"entities/{other.pk}/money")
    assert [(t["stage"], t["currency"], float(t["amount"])) for t in total["totals"]] == [
        ("pledge", "USD", 2e6)
    ]
    assert verify().faults == ()


def test_a_newer_reading_is_taken_and_the_queue_is_narrowed(take, find, call):
    document = take()
    claim = find("contribution")
    done = actions.decide(claim.uid, State.ACCEPTED, version=1, by="malik")
    assert call("reviewer", "POST", f"claims/{claim.uid}/newer", {"version": 2})[0] == 422
    actions.challenge(done.claim, "reading/differs", "Differs.", claim.value | {"bound": "about"})
    _, queue = call("reviewer", "GET", f"queue?challenged=true&document={document.pk}")
    assert [c["uid"] for c in queue["items"]] == [claim.uid]
    status, told = call("reviewer", "POST", f"claims/{claim.uid}/newer", {"version": 3})
    assert (status, told["value"]["bound"]) == (200, "about")
    _, first = call("reviewer", "GET", "queue?limit=1")
    _, rest = call("reviewer", "GET", f"queue?after={first['next']}")
    assert first["items"][0]["uid"] not in [c["uid"] for c in rest["items"]]
    assert call("reviewer", "POST", "queue/seen")[0] == 204


def test_what_a_merge_changes_what_is_held_and_what_changed_are_told(take, find, call):
    first = take(PLEDGE, url="https://example.org/a")
    second = take(PLEDGE.replace("welcomed the", "noted the"), url="https://example.org/a")
    fund = find("contribution").links.get(role="fund").entity
    other = resolve([Named(Kind.FUND, "sea-fund", "Sea Fund")])["fund", "sea-fund"]
    _, told = call("reader", "GET", f"entities/{fund.pk}/merging?into={other.pk}")
    assert (told["documents"], told["refusal"]) == (1, "")
    call("editor", "POST", f"entities/{fund.pk}/merge", {"into": other.pk})
    _, held = call("reader", "GET", f"judgements?entity={other.pk}")
    assert [(j["verb"], j["one"]["id"], j["other"]["id"]) for j in held] == [("is", fund.pk, other.pk)]
    assert call("reviewer", "POST", "suggestions/look")[1]["waiting"] == 0
    status, changes = call("reader", "GET", f"documents/{second.pk}/changes")
    words = {p["fate"]: p["words"] for paragraph in changes["paragraphs"] for p in paragraph["pieces"]}
    assert (status, changes["since"], words["gone"], words["new"]) == (200, first.pk, "welcomed", "noted")
    assert call("reader", "GET", f"documents/{first.pk}/changes")[0] == 404


def test_failed_jobs_watches_accounts_and_tokens_are_looked_after(call):
    assert call("editor", "POST", "retry-failed-jobs") == (200, {"tried": 0})
    watch = call("editor", "POST", "watches", {"url": "https://example.org/", "every": 3600})[1]
    assert call("editor", "POST", f"watches/{watch['id']}/look")[0] == 200
    me = Account.objects.get(name="malik the editor")
    _, renamed = call("administrator", "POST", f"accounts/{me.pk}/name", {"full_name": "Desk Officer"})
    assert renamed["full_name"] == "Desk Officer"
    _, tokens = call("administrator", "GET", f"accounts/{me.pk}/tokens")
    path = f"accounts/{me.pk}/tokens/{tokens[0]['id']}/revoke"
    assert call("reviewer", "POST", path, {})[0] == 403
    assert call("administrator", "POST", path, {})[0] == 204
    assert call("administrator", "POST", path, {})[0] == 404


def test_a_moment_of_any_offset_is_understood_or_refused(take, call):
    take()
    assert call("reviewer", "GET", "queue?since=1974-11-08T21%3A35%3A38-16%3A08")[0] == 200
    assert call("reviewer", "GET", "queue?since=0001-01-01T00%3A00%3A00%2B16%3A00")[0] == 422
