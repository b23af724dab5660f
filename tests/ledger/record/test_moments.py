"""The record as it stood on another day, entities that were held to be one, and what the public sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from .conftest import DIALOGUE, RETOLD

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def two_names(take, entity):
    """Take in two documents that name one fund in two ways, and return both funds."""
    take("---\ndate: 1975-01-01\n---\nJapan pledged US$2 million to the Pacific Tide Fund.")
    take("---\ndate: 1975-02-01\n---\nCanada pledged US$1 million to the Tide Fund of the Pacific Fund.")
    take("---\ndate: 1975-02-01\n---\nCanada pledged US$1 million to the Great Ocean Fund.")
    return entity("fund", "Pacific Tide Fund"), entity("fund", "Great Ocean Fund")


def test_a_merged_entity_leads_to_the_one_it_was_merged_into(pages, two_names):
    from communique.ledger.entities.actions import merge

    one, other = two_names
    merge(other, one, by="malik", why="Renamed in 1975")
    response = pages.client.get(f"/funds/{other.pk}/?year=1975")
    assert (response.status_code, response["Location"]) == (302, f"/funds/{one.pk}/?year=1975")
    told = pages.words(f"/funds/{one.pk}/")
    assert "Also known as Great Ocean Fund" in told
    assert "Canada" in told
    assert "Pledged US$3 million" in told
    assert "Great Ocean Fund" not in pages.words("/funds/")


def test_a_split_entity_has_its_own_page_again(pages, two_names):
    from communique.ledger.entities.actions import merge, unmerge

    one, other = two_names
    merge(other, one, by="malik", why="Renamed in 1975")
    unmerge(other, by="malik")
    assert "Canada" in pages.words(f"/funds/{other.pk}/")
    assert "Canada" not in pages.words(f"/funds/{one.pk}/")


def test_a_page_of_an_earlier_day_knows_no_later_merge(pages, two_names):
    from communique.ledger.claims.models import Claim
    from communique.ledger.entities.actions import merge

    one, other = two_names
    long_ago = timezone.now() - timedelta(days=10)
    Claim.objects.update(since=long_ago)
    merge(other, one, by="malik", why="Renamed in 1975")
    yesterday = f"{timezone.now() - timedelta(days=1):%Y-%m-%d}"
    then = pages.words(f"/funds/{other.pk}/", as_of=yesterday)
    assert "Canada" in then
    assert "Canada" not in pages.words(f"/funds/{one.pk}/", as_of=yesterday)
    assert "Great Ocean Fund" in pages.words("/funds/", as_of=yesterday)


def test_a_page_of_a_day_before_anything_was_taken_in_is_empty(pages, take, entity):
    take(DIALOGUE)
    told = pages.words(f"/parties/{entity('party', 'Japan').pk}/said/", as_of="2001-01-01")
    assert "Nothing on the record" in told


def test_ways_on_a_page_of_another_day_stay_on_that_day(pages, take, entity):
    take(DIALOGUE)
    today = f"{timezone.now():%Y-%m-%d}"
    page = pages.get(f"/parties/{entity('party', 'Japan').pk}/said/", as_of=today)
    content = page[page.index("<main") : page.index("</main>")]
    ways = [part.partition('"')[0] for part in content.split('href="')[1:]]
    assert ways
    assert all(f"as_of={today}" in way for way in ways if not way.startswith(("#", "/who/")))


@pytest.fixture
def public(looking, db):
    """Return the browser of nobody, on a ledger that is open to the public."""
    from communique.ledger.accounts.models import Setting

    Setting.objects.create(name="public", value=True)
    return looking("public")


def test_the_public_sees_nothing_that_nobody_accepted(public, take, entity):
    take(DIALOGUE)
    japan = entity("party", "Japan")
    assert "Japan" not in public.words("/parties/")
    public.get(f"/parties/{japan.pk}/", status=404)
    public.get(f"/meetings/{entity('meeting', '3rd ASEAN-PIF Dialogue').pk}/", status=404)


def test_the_public_sees_what_was_accepted_and_its_page(public, take, entity, find):
    from communique.ledger.claims.actions import decide
    from communique.ledger.claims.models import State

    take(DIALOGUE)
    take(RETOLD)
    claim = find("contribution", "Australia paid")
    decide(claim.uid, State.ACCEPTED, version=1, by="malik")
    fund = public.words(f"/funds/{entity('fund', 'Pacific Tide Fund').pk}/")
    assert "Paid A$1 million" in fund
    assert "Japan" not in fund
    assert "Australia" in public.words("/parties/")
    assert claim.uid in public.get(f"/claims/{claim.uid}/")
    hidden = find("contribution", "Republic of Korea")
    public.get(f"/claims/{hidden.uid}/", status=404)


def test_claims_of_a_withdrawn_document_are_on_no_page(pages, take, entity):
    from communique.ledger.documents.models import Document

    document = take(DIALOGUE)
    Document.objects.filter(pk=document.pk).update(withdrawn=True)
    assert "Nothing" in pages.words(f"/parties/{entity('party', 'Japan').pk}/said/")
    assert "Japan" not in pages.words("/parties/")
