"""The queue: what needs a person, in which order, narrowed down, assigned, and what changed meanwhile."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from communique.ledger.assignments import queries as assignments
from communique.ledger.assignments.models import Assignment
from communique.ledger.claims import actions
from communique.ledger.claims.models import Claim, State
from communique.ledger.history.undo import undo
from communique.ledger.history.verify import verify
from communique.ledger.log.models import Act
from communique.ledger.review.models import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LATER = "---\ndate: 1980-03-01\n---\n\nASEAN welcomed the offer of Fiji. Both sides agreed to meet again in {year}.\n"


def uids(client: Client, path: str = "/queue/") -> list[str]:
    return re.findall(r'<li class="finding[^>]*data-claim="(\w+)"', client.get(path).content.decode())


def held(uid: str) -> Claim:
    return Claim.objects.get(uid=uid, until=None)


def test_money_and_commitments_come_first(take, reviewer):
    take()
    found = [held(uid) for uid in uids(reviewer)]
    assert found[0].kind == "contribution"
    assert [c.weight for c in found] == sorted((c.weight for c in found), reverse=True)


def test_what_is_decided_leaves_the_queue_and_what_is_unsure_stays(take, find, reviewer):
    take()
    contribution, meeting = find("contribution"), find("meeting")
    actions.decide(contribution.uid, State.ACCEPTED, version=1, by="Adam Malik")
    actions.decide(meeting.uid, State.UNSURE, version=1, by="Adam Malik")
    waiting = uids(reviewer)
    assert contribution.uid not in waiting
    assert meeting.uid in waiting
    assert uids(reviewer, "/queue/?unsure=1") == [meeting.uid]


def test_a_challenged_decision_comes_back(take, find, reviewer):
    take()
    claim = find("contribution")
    done = actions.decide(claim.uid, State.ACCEPTED, version=1, by="Adam Malik")
    actions.challenge(done.claim, "reading/gone", "The newer reader no longer finds this.", None)
    assert uids(reviewer, "/queue/?challenged=1") == [claim.uid]
    assert claim.uid in uids(reviewer)


def test_the_queue_is_narrowed_by_kind_year_document_and_party(take, find, reviewer):
    first = take()
    second = take(LATER.format(year=1981), name="later.md")
    assert {held(u).kind for u in uids(reviewer, "/queue/?kind=meeting")} == {"meeting"}
    assert {held(u).document_id for u in uids(reviewer, "/queue/?year=1980")} == {second.pk}
    assert {held(u).document_id for u in uids(reviewer, f"/queue/?document={first.pk}")} == {first.pk}
    japan = find("contribution").links.get(role="donor").entity_id
    about = [held(u) for u in uids(reviewer, f"/queue/?party={japan}")]
    assert about
    assert all(c.links.filter(entity=japan).exists() for c in about)
    assert uids(reviewer, "/queue/?party=987654") == []


def test_the_queue_goes_on_where_a_page_of_it_ended(take, reviewer):
    for year in range(1981, 1995):
        take(LATER.format(year=year), name=f"{year}.md")
    path, seen = "/queue/", []
    for _ in range(20):
        html = reviewer.get(path).content.decode()
        seen += re.findall(r'<li class="finding[^>]*data-claim="(\w+)"', html)
        further = re.search(r'id="more" href="([^"]+)"', html)
        if further is None:
            break
        path = f"/queue/{further[1].replace('&amp;', '&')}"
    assert len(seen) == len(set(seen)) == Claim.objects.filter(until=None, state="proposed").count()
    assert [held(u).weight for u in seen] == sorted((held(u).weight for u in seen), reverse=True)


def test_next_leads_through_the_documents_by_their_heaviest_claims(take, desk):
    client = desk()
    money = take()
    words = take(LATER.format(year=1981), name="later.md")
    assert client.get("/queue/next/")["Location"] == f"/documents/{money.pk}/"
    page = client.get(f"/documents/{money.pk}/").content.decode()
    onward = re.search(r'data-next="([^"]+)"', page)
    assert onward is not None
    assert client.get(onward[1])["Location"] == f"/documents/{words.pk}/"
    page = client.get(f"/documents/{words.pk}/").content.decode()
    last = re.search(r'data-next="([^"]+)"', page)
    assert last is not None
    assert client.get(last[1])["Location"] == "/queue/"


def test_a_document_or_a_claim_is_assigned_to_one_person_at_a_time(take, find, desk):
    document = take()
    claim = find("contribution")
    thanat, malik = desk(), desk("editor", "Adam Malik")
    thanat.post("/queue/assign/", {"document": document.pk, "account": "Adam Malik"})
    assert len(uids(malik, "/queue/?mine=1")) > 1
    assert uids(thanat, "/queue/?mine=1") == []
    malik.post("/queue/assign/", {"claim": claim.uid, "account": "Thanat Khoman"})
    assert uids(thanat, "/queue/?mine=1") == [claim.uid]
    thanat.post("/queue/assign/", {"document": document.pk, "account": "Thanat Khoman"})
    assert uids(malik, "/queue/?mine=1") == []
    assert [a.account.name for a in assignments.on((document.pk,), ())] == ["Thanat Khoman"]
    thanat.post("/queue/assign/", {"document": document.pk, "account": ""})
    assert assignments.on((document.pk,), ()) == []
    assert verify().faults == ()


def test_a_claim_is_given_to_somebody_from_its_card_and_one_is_back_at_it(take, find, desk):
    take()
    claim = find("contribution")
    client = desk()
    desk("editor", "Adam Malik")
    page = client.get("/queue/?kind=contribution").content.decode()
    card = page[page.index(f'id="c-{claim.uid}"') :]
    assert '<option value="Adam Malik">' in card[: card.index("</article>")]
    back = re.search(r'name="next" value="([^"]+)"', card)
    assert back is not None
    given = {"claim": claim.uid, "account": "Adam Malik", "next": back[1]}
    assert client.post("/queue/assign/", given)["Location"] == f"/queue/?kind=contribution#c-{claim.uid}"
    assert "for Adam Malik" in client.get("/queue/?kind=contribution").content.decode()


def test_a_card_that_is_decided_from_the_queue_still_offers_to_give_it_to_somebody(take, find, desk):
    take()
    claim = find("contribution")
    client = desk()
    given = {"version": claim.version, "decision": "unsure", "from": "queue"}
    answer = client.post(f"/claims/{claim.uid}/decide/", given, headers={"HX-Request": "true"})
    assert f'name="next" value="/queue/#c-{claim.uid}"' in answer.content.decode()


def test_an_assignment_can_be_taken_back(take, desk):
    document = take()
    client = desk()
    client.post("/queue/assign/", {"document": document.pk, "account": "Thanat Khoman"})
    act = Act.objects.get(verb="assign")
    undo(act.seq, by="Adam Malik")
    assert not Assignment.objects.filter(until=None).exists()
    assert verify().faults == ()


def test_nothing_is_assigned_to_nobody_known_or_of_what_is_not_there(take, desk):
    document = take()
    client = desk()
    assert client.post("/queue/assign/", {"document": document.pk, "account": "Nobody"}).status_code == 404
    assert client.post("/queue/assign/", {"document": 987654, "account": "Thanat Khoman"}).status_code == 404
    assert client.post("/queue/assign/", {"claim": "x", "account": "Thanat Khoman"}).status_code == 404


def test_what_changed_since_the_last_visit_is_told(take, find, desk):
    client = desk()
    client.get("/queue/")
    earlier = timezone.now() - timedelta(days=2)
    Visit.objects.update(seen=earlier, last=earlier)
    take()
    claim = find("contribution")
    actions.decide(claim.uid, State.ACCEPTED, version=1, by="Adam Malik")
    page = client.get("/queue/").content.decode()
    fresh = Claim.objects.filter(until=None, state="proposed").count()
    assert f"<dt>Newly proposed</dt><dd>{fresh}</dd>" in page
    assert "Adam Malik" in page
    assert len(uids(client, "/queue/?new=1")) == fresh
    client.post("/queue/seen/")
    assert uids(client, "/queue/?new=1") == []


def test_a_decision_from_the_queue_leads_back_to_the_queue(take, find, desk):
    take()
    claim = find("contribution")
    answer = desk().post(
        f"/claims/{claim.uid}/decide/", {"decision": "accept", "version": 1, "from": "queue"}
    )
    assert answer["Location"].startswith("/queue/")


def test_the_first_page_shows_what_came_and_what_waits(take, desk):
    assert "Nothing is kept here yet" in desk().get("/").content.decode()
    take()
    page = desk().get("/").content.decode()
    assert "Japan Pledges Funds for Tide Gauges" in page
    assert "to decide" in page
    assert "to decide" not in desk("reader", "U Thant").get("/").content.decode().partition("What came in")[0]


def test_a_commitment_past_its_day_is_named_on_the_first_page(take, find, desk):
    take()
    claim = find("commitment", "joint training")
    actions.decide(claim.uid, State.ACCEPTED, version=1, by="Adam Malik")
    assert "Past its day" in desk().get("/").content.decode()
