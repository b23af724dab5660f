"""Search: quotes and documents by their words, narrowed by what they are about, the same on both databases."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

if TYPE_CHECKING:
    from communique.ledger.claims.models import Claim
    from communique.ledger.documents.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
Ask = Callable[[str], str]
_SAID = re.compile(r'<span class="said">(.*?)</span><span class="around">', re.S)


def quotes(page: str) -> list[str]:
    """Return the quotes that a page lists, marks in square brackets."""
    marked = [q.replace("<mark>", "[").replace("</mark>", "]") for q in _SAID.findall(page)]
    return [" ".join(q.split()) for q in marked]


@pytest.fixture
def reader(db: None) -> Client:
    from communique.ledger.accounts import actions

    client = Client()
    client.force_login(actions.create("Thanat Khoman", "reader", by=""))
    return client


@pytest.fixture
def ask(two_releases: object, searcher: Callable[..., Ask]) -> Ask:
    return searcher("reader")


def test_a_quote_is_found_by_its_words_in_any_form_and_shown_where_it_stands(ask: Ask) -> None:
    page = ask("?q=pledging&act=pledge")
    (quote,) = quotes(page)
    assert "[pledged]" in quote
    assert "Japan Pledges Funds for Tide Gauges" in page
    assert "proposed" in page


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("?q=tourism&kind=statement", ["[tourism]", "[tourism]"]),
        ('?q="plan of action"&kind=instrument', ["[Plan of Action]"]),
        ("?q=cooperation&kind=statement", ["[co-operation]"]),
        ("?q=welcomed+-plan&act=welcome", ["[welcomed]", "[welcomed]"]),
        ("?q=pledge+OR+tourism&act=welcome", ["[tourism]", "[pledge]"]),
        ("?q=touris*&act=reaffirm", ["[tourism]"]),
        ("?q=welcomed&act=welcome&year=1974", ["[welcomed]"]),
        ("?q=zebra", []),
    ],
)
def test_words_and_facets_are_all_asked_for(ask: Ask, address: str, found: list[str]) -> None:
    listed = quotes(ask(address))
    assert len(listed) == len(found)
    assert all(marked in quote for marked, quote in zip(found, listed, strict=True))


def test_newer_claims_come_first(ask: Ask) -> None:
    page = ask("?q=asean")
    listed = page[page.index('class="claims"') :]
    days = re.findall(r'<p class="source">.*?<time datetime="([\d-]+)"', listed)
    assert days == sorted(days, reverse=True)
    assert {"1974-02-11", "1976-07-26"} <= set(days)


def test_documents_are_found_by_words_outside_any_claim(ask: Ask) -> None:
    page = ask("?q=bangkok&in=documents")
    assert "Ministers Meet in <mark>Bangkok</mark>" in page
    assert "Tide Gauges" not in page


def test_an_earlier_version_of_a_document_is_called_so(ask: Ask, take: Callable[..., Document]) -> None:
    take("Malaysia welcomed the proposal on rubber.", url="https://wire.example/rubber")
    assert "an earlier version" not in ask("?q=rubber&in=documents")
    take("Malaysia welcomed the new proposal on rubber and tin.", url="https://wire.example/rubber")
    page = ask("?q=rubber&in=documents")
    assert page.count('<article class="claim">') == 2
    assert page.count("an earlier version") == 1


def test_the_party_facet_counts_what_is_about_all_that_were_merged(ask: Ask, two_releases: object) -> None:
    from communique.ledger.entities.actions import merge, unmerge
    from communique.ledger.entities.models import Entity

    japan = Entity.objects.get(kind="party", key="JPN")
    other = Entity.objects.filter(kind="party").exclude(pk=japan.pk).exclude(links=None).first()
    assert other is not None
    both = len(quotes(ask(f"?party={japan.pk}"))), len(quotes(ask(f"?party={other.pk}")))
    merge(other, japan, by="malik", why="one and the same")
    merged = quotes(ask(f"?party={japan.pk}"))
    assert max(both) <= len(merged) <= sum(both)
    assert len(merged) > both[0]
    assert merged == quotes(ask(f"?party={other.pk}"))
    unmerge(other, by="malik")
    assert len(quotes(ask(f"?party={japan.pk}"))) == both[0]


def test_the_facets_beside_a_list_say_how_many_there_would_be(ask: Ask) -> None:
    page = ask("?q=asean")
    offered = re.findall(
        r'<li><a href="([^"]+)" rel="nofollow"><span>(.*?)</span> <span class="count">(\d+)<', page, re.S
    )
    assert {"statement", "Japan", "1976"} <= {re.sub("<.*?>", "", label) for _, label, _ in offered}
    for href, _, count in offered:
        assert len(quotes(ask(href.removeprefix("/search/")))) == int(count)


def take_more(take: Callable[..., Document]) -> None:
    """Take in twelve releases that say nearly the same."""
    for number in range(12):
        take(
            f"---\ntitle: Release {number}\ndate: 1977-03-{number + 1:02}\n---\n\n"
            f"ASEAN welcomed the pledge of year {number}. Japan pledged US${number + 1} million to the Ocean Fund.\n"
        )


def test_pages_are_turned_without_losing_or_doubling_any(ask: Ask, take: Callable[..., Document]) -> None:
    take_more(take)
    listed: list[str] = []
    pages, address = 0, "?q=asean+OR+japan"
    while address:
        page = ask(address)
        listed += quotes(page)
        older = re.search(r'href="/search/([^"]+)" rel="next"', page)
        address = older[1] if older else ""
        pages += 1
    whole = json.loads(ask("?q=asean+OR+japan&format=json"))
    assert pages > 1
    assert [re.sub(r"[\[\]]", "", said) for said in listed] == [
        " ".join(row["quote"].split()) for row in whole
    ]
    assert len({row["claim"] for row in whole}) == len(whole)


def test_the_whole_list_is_sent_as_csv_and_json(ask: Ask) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("?q=welcomed&format=csv"))))
    told = json.loads(ask("?q=welcomed&format=json"))
    assert [row["claim"] for row in rows] == [row["claim"] for row in told]
    assert len(rows) == len(quotes(ask("?q=welcomed")))
    assert any("speaker: Japan" in row["about"] for row in rows)
    passages = json.loads(ask("?q=bangkok&in=documents&format=json"))
    assert [row["title"] for row in passages] == ["Ministers Meet in Bangkok"]


def test_a_search_of_an_earlier_day_finds_what_was_held_then(ask: Ask, find: Callable[..., Claim]) -> None:
    from communique.ledger.claims.actions import decide
    from communique.ledger.claims.models import Claim, State
    from communique.ledger.documents.models import Document

    claim = find("contribution")
    before = claim.since - timedelta(days=10)
    Claim.objects.update(since=before)
    Document.objects.update(taken_in=before)
    decide(claim.uid, State.REJECTED, version=claim.version, by="malik", why="an example")
    then = (before + timedelta(days=1)).date().isoformat()
    assert quotes(ask("?kind=contribution")) == []
    assert len(quotes(ask("?kind=contribution&state=rejected"))) == 1
    assert len(quotes(ask(f"?kind=contribution&as_of={then}"))) == 1
    assert quotes(ask(f"?kind=contribution&as_of={(before - timedelta(days=1)).date().isoformat()}")) == []
    assert "Tide <mark>Gauges</mark>" in ask(f"?q=gauges&in=documents&as_of={then}")
    assert "Tide" not in ask("?q=gauges&in=documents&as_of=1990-01-01")


def test_who_may_not_see_proposals_finds_what_was_accepted(
    two_releases: object, searcher: Callable[..., Ask], find: Callable[..., Claim]
) -> None:
    from communique.ledger.accounts.actions import change_setting
    from communique.ledger.claims.actions import decide
    from communique.ledger.claims.models import State

    change_setting("public", True, by="")
    ask = searcher(None)
    assert quotes(ask("?q=asean")) == []
    assert "<mark>" not in ask("?q=bangkok&in=documents")
    claim = find("instrument", "Plan of Action")
    decide(claim.uid, State.ACCEPTED, version=claim.version, by="malik")
    assert len(quotes(ask("?q=plan"))) == 1
    assert quotes(ask("?q=plan&state=proposed")) == []
    assert "Tide" not in ask("?q=gauges&in=documents")
    assert "<mark>Bangkok</mark>" in ask("?q=bangkok&in=documents")
    assert json.loads(ask("?q=welcomed&format=json")) == []


def test_what_was_withdrawn_is_not_found_until_it_is_brought_back(
    ask: Ask, two_releases: tuple[Document, Document]
) -> None:
    from communique.ledger.claims.withdrawing import set_withdrawn

    before = quotes(ask("?q=pledged"))
    set_withdrawn(two_releases[0], True, by="malik")
    assert quotes(ask("?q=pledged")) == []
    assert "Tide" not in ask("?q=gauges&in=documents")
    set_withdrawn(two_releases[0], False, by="malik")
    assert quotes(ask("?q=pledged")) == before


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("?q=%22plan+of", "a quotation mark is never closed"),
        ("?q=plan&kind=opinion", "there is no kind called opinion"),
        ("?q=plan&party=abc", "abc is no party"),
        ("?q=plan&year=0", "0 is no year"),
        ("?q=plan&in=attic", "there is nothing to search called attic"),
        ("?q=plan&before=-1", "-1 is no place in a list"),
        ("?q=plan&party=99999999999999999999999", "is no party"),
    ],
)
def test_what_cannot_be_read_is_said_and_not_guessed(
    searcher: Callable[..., Ask], address: str, reason: str
) -> None:
    assert reason in searcher("reader", status=400)(address)


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>"', "</title><svg onload=1>"]
)
def test_what_is_typed_runs_nowhere(reader: Client, typed: str) -> None:
    for place in ("quotes", "documents"):
        raw = reader.get("/search/", {"q": typed, "in": place}).content.decode()
        assert "<script>alert" not in raw
        assert "<img" not in raw
        assert "<svg onload" not in raw


def test_what_a_document_says_runs_nowhere(reader: Client, take: Callable[..., Document]) -> None:
    take(
        "---\ntitle: <img src=x onerror=alert(1)>\ndate: 1976-01-01\n---\n\n"
        "Japan welcomed <script>alert(1)</script> tourism.\n"
    )
    for place in ("quotes", "documents"):
        raw = reader.get("/search/", {"q": "tourism", "in": place}).content.decode()
        assert "<mark>tourism</mark>" in raw
        assert "<script>alert" not in raw
        assert "<img" not in raw


def test_the_questions_to_the_database_do_not_grow_with_what_is_found(
    ask: Ask, take: Callable[..., Document]
) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            ask(address)
        return len(captured)

    ask("?q=asean")
    few = asked("?q=asean"), asked("?q=asean&in=documents")
    take_more(take)
    assert (asked("?q=asean"), asked("?q=asean&in=documents")) == few


@pytest.mark.parametrize("asked", ["q=a&before", "party", "document"])
@pytest.mark.parametrize("digits", [60, 5_000])
def test_a_number_longer_than_any_is_refused(reader: Client, asked: str, digits: int) -> None:
    number = "0" * 19 + "1" + "9" * digits
    assert reader.get(f"/search/?{asked}={number}").status_code == 400
