"""The document page: the text with its findings marked, beside the findings."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from communique.ledger.claims import actions
from communique.ledger.claims.models import Claim, State
from communique.ledger.claims.withdrawing import set_withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

CHANGED = """\
---
title: Japan Pledges Funds for Tide Gauges
date: 1974-02-11
publisher: Example Wire
---

Suva: Japan pledged US$3 million to the Ocean Fund at the 4th ASEAN-PIF Dialogue, held here on 7 February 1974.

ASEAN welcomed the pledge. Both sides agreed to begin joint training by 1975. Fiji did not endorse the proposal.
"""


def shown(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_every_finding_stands_in_the_text_and_in_the_list(take, desk):
    document = take()
    page = shown(desk(), f"/documents/{document.pk}/")
    for uid in Claim.objects.values_list("uid", flat=True):
        assert page.count(f'id="t-{uid}"') == page.count(f'id="c-{uid}"') == 1


def test_the_text_on_the_page_is_that_of_the_document_character_for_character(take, desk):
    document = take()
    text = shown(desk(), f"/documents/{document.pk}/text/")
    strips = re.findall(r'data-at="(\d+)"[^>]*>(.*?)</(?:p|h2|h3|blockquote)>', text, re.S)
    assert strips
    for start, inner in strips:
        told = words(inner)
        assert told == document.text[int(start) : int(start) + len(told)]


def test_doubts_are_told_with_their_reasons(take, desk, find):
    document = take("Officials appreciated Japan's contribution of US$6 million to the Ocean Fund.")
    claim = find("contribution")
    page = shown(desk(), f"/documents/{document.pk}/")
    assert claim.doubts
    assert all(one["message"] in unescape(page) for one in claim.doubts)


def test_a_corrected_claim_shows_what_was_read_beside_it(take, desk, find):
    document = take()
    claim = find("contribution")
    actions.correct(claim.uid, {"kind": "disbursed"}, version=1, by="thanat", why="Paid on the spot.")
    page = words(shown(desk(), f"/documents/{document.pk}/"))
    assert re.search(r"Stage\s*disbursed\s*read as\s*pledge", page)
    assert "Paid on the spot." in page


def test_how_much_was_read_is_told_in_numbers(take, desk):
    document = take()
    page = words(shown(desk(), f"/documents/{document.pk}/"))
    assert re.search(r"\d+ % read, \d+ % set aside, \d+ % unread", page)


def test_who_sees_no_proposals_sees_what_was_accepted_and_no_more(take, desk, find):
    from communique.ledger.accounts import actions as accounts

    document = take()
    accounts.change_setting("public", True, by="")
    assert Client().get(f"/documents/{document.pk}/").status_code == 404
    claim = find("contribution")
    actions.decide(claim.uid, State.ACCEPTED, version=1, by="thanat")
    page = shown(Client(), f"/documents/{document.pk}/")
    assert page.count('class="finding ') == 1
    assert f'id="c-{claim.uid}"' in page
    assert "<form" not in page.partition('id="desk"')[2].partition("<footer")[0]


def test_a_reader_sees_findings_and_can_not_decide(take, desk):
    document = take()
    page = shown(desk("reader", "U Thant"), f"/documents/{document.pk}/")
    assert 'class="finding ' in page
    assert "/decide/" not in page


def test_an_earlier_day_is_shown_as_it_stood_and_nothing_is_decided_on_it(take, desk, find):
    document = take()
    claim = find("contribution")
    actions.decide(claim.uid, State.ACCEPTED, version=1, by="thanat")
    from django.utils import timezone

    today = timezone.now().date().isoformat()
    page = shown(desk(), f"/documents/{document.pk}/?as_of={today}")
    assert "/decide/" not in page
    assert desk().get(f"/documents/{document.pk}/?as_of=1974-02-11").status_code == 404


def test_a_changed_source_leads_from_one_version_to_the_next_and_shows_what_changed(take, desk):
    first = take(url="https://wire.example/gauges")
    second = take(CHANGED, url="https://wire.example/gauges")
    client = desk()
    old, new = shown(client, f"/documents/{first.pk}/"), shown(client, f"/documents/{second.pk}/")
    assert "The source was changed since." in words(old)
    assert f"/documents/{second.pk}/" in old
    assert "version 2 of 2" in words(new)
    changes = shown(client, f"/documents/{second.pk}/changes/")
    assert "<del>2</del><ins>3</ins>" in changes
    assert client.get(f"/documents/{first.pk}/changes/").status_code == 404


def test_the_same_text_on_another_site_is_named_as_a_copy(take, desk):
    first = take(url="https://wire.example/gauges")
    take(f"{first.text}\n\nShare this page\n", url="https://gazette.example/1974/gauges")
    assert "Same text elsewhere" in shown(desk(), f"/documents/{first.pk}/")


def test_the_source_is_shown_as_it_came_and_the_bytes_are_sent_to_be_kept(take, desk):
    document = take("# Notes\n\nJapan <script>alert(1)</script> pledged US$2 million.")
    client = desk()
    assert "<script>alert" not in shown(client, f"/documents/{document.pk}/source/").partition("<main")[2]
    sent = client.get(f"/documents/{document.pk}/original/")
    assert sent["Content-Disposition"] == 'attachment; filename="release.md"'
    assert b"".join(sent.streaming_content).startswith(b"# Notes")


def test_an_editor_withdraws_a_document_with_a_reason_and_brings_it_back(take, desk):
    document = take()
    editor = desk("editor", "S. Rajaratnam")
    assert desk().post(f"/documents/{document.pk}/withdraw/", {"withdrawn": "yes"}).status_code == 403
    editor.post(f"/documents/{document.pk}/withdraw/", {"withdrawn": "yes", "why": "Sent in error."})
    assert desk().get(f"/documents/{document.pk}/").status_code == 404
    assert "This document is withdrawn" in words(shown(editor, f"/documents/{document.pk}/"))
    editor.post(f"/documents/{document.pk}/withdraw/", {"withdrawn": "no"})
    assert desk().get(f"/documents/{document.pk}/").status_code == 200


def test_hostile_words_stand_on_the_page_inert(take, desk):
    document = take(
        "---\ntitle: <img src=x onerror=alert(1)>\n---\n\n"
        "Japan pledged US$2 million to the <svg onload=alert(2)> Fund\u202e, and “</mark><b>” was said."
    )
    page = shown(desk(), f"/documents/{document.pk}/")
    assert "<img" not in page
    assert "<svg onload" not in page
    assert "</mark><b>”" not in page
    assert "\u202e" not in page.replace('data-code="U+202E">\u202e</bdi>', "")


def test_documents_are_listed_the_newest_first_and_narrowed_down(take, desk):
    take()
    take("---\npublisher: Gazette\ndate: 1980-03-01\n---\n\nASEAN welcomed the plan of Japan.", name="b.md")
    client = desk()
    listed = shown(client, "/documents/")
    assert listed.index("b.md") < listed.index("Japan Pledges Funds")
    assert "b.md" not in shown(client, "/documents/?year=1974")
    assert "Japan Pledges Funds" not in shown(client, "/documents/?publisher=Gazette")
    assert "No documents here" in shown(client, "/documents/?kind=speech")


def test_what_changed_since_a_withdrawn_version_is_told_to_nobody_who_may_not_see_it(take, desk):
    url = "https://example.org/pledge"
    first = take(f"{CHANGED}\nMalik's home number is 5550123.\n", url=url)
    second = take(CHANGED, url=url)
    set_withdrawn(first, True, by="malik", why="It names a number.")
    assert desk("reader").get(f"/documents/{second.pk}/changes/").status_code == 404
    assert desk("editor", "Ama").get(f"/documents/{second.pk}/changes/").status_code == 200


@pytest.mark.parametrize(
    "path", ["documents/?publisher=", "history/?by=", "history/?subject=", "history/?verb="]
)
def test_a_character_that_no_database_keeps_is_left_out_of_an_address(desk, path):
    assert desk().get(f"/{path}%00").status_code == 200
