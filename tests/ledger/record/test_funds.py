"""Money on the pages of funds and parties: what is added up, and what never is."""

from __future__ import annotations

import pytest

from communique.ledger.claims import actions
from communique.ledger.claims.models import State

from .conftest import DIALOGUE, RETOLD

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

UNNAMED = """\
---
title: Accounts of the Fund
date: 1976-03-0{}
---

{} was disbursed to the Pacific Tide Fund.
"""
BOUNDED = """\
---
title: New Zealand Promises More
date: 1976-02-01
---

New Zealand pledged up to US$3 million to the Pacific Tide Fund. Canada provided two ships to the Pacific Tide Fund.
"""


@pytest.fixture
def fund(take, entity):
    """Take in two documents on a fund, and return its path."""
    take(DIALOGUE)
    take(RETOLD)
    return f"/funds/{entity('fund', 'Pacific Tide Fund').pk}/"


def test_pledges_and_payments_stand_apart_each_in_its_own_currency(pages, fund):
    told = pages.words(fund)
    assert "Pledged US$2 million" in told
    assert "Paid A$1 million" in told
    assert "US$3 million" not in told


def test_a_sum_told_by_two_documents_is_counted_once_and_that_is_said(pages, fund):
    told = pages.words(fund)
    assert "told again 1 time and counted once: US$4 million if each were money of its own" in told


def test_a_sum_told_without_who_gives_it_is_counted_once(pages, fund, take):
    for number, money in enumerate(("A$1 million", "US$7 million", "US$7 million"), start=1):
        document = take(UNNAMED.format(number, money), name=f"{number}.md")
        start = document.text.index(money)
        value = {"currency": "USD" if "US" in money else "AUD", "amount": f"{money[-9]}000000"}
        value |= {"kind": "disbursed", "recipient": "Pacific Tide Fund"}
        actions.add(
            document, "contribution", value, start=start, end=len(document.text), by="malik", why="Paid."
        )
    told = pages.words(fund)
    assert "Paid US$7 million from 1 contribution; told again 1 time" in told
    assert "Paid A$1 million from 1 contribution, not checked yet; told again 1 time" in told


def test_what_nobody_said_was_pledged_or_paid_is_in_no_total(pages, fund):
    told = pages.words(fund)
    assert "2 of 4 contributions are in a total, 1 more tells one of these again" in told
    assert "In no total: 1 of a stage that is not said." in told
    assert "US$6 million" in told, "it is listed all the same"


def test_a_sum_that_is_bound_from_above_is_not_shown_as_certain(pages, take, fund):
    take(BOUNDED)
    told = pages.words(fund)
    assert "Pledged US$5 million , of which 1 “up to”" in told
    assert "up to US$3 million" in told


def test_each_donor_has_a_line_with_what_it_pledged_and_paid_in_each_currency(pages, fund, take):
    take(
        "---\ndate: 1976-02-01\n---\nJapan paid US$1 million to the Pacific Tide Fund. "
        "Japan pledged ¥30 million to the Pacific Tide Fund."
    )
    table = pages.words(fund)
    table = table[table.index("Pledged and paid, by donor") : table.index("Until")]
    assert "Japan JPY ¥30 million – " in table
    assert "Japan USD US$2 million US$1 million 1 told again" in table
    assert "Australia AUD – A$1 million" in table
    assert "Republic of Korea USD – – 1 of a stage that is not said" in table


def test_the_contributions_can_be_narrowed_to_a_stage(pages, fund):
    told = pages.words(fund, stage="disbursed")
    assert "1 contribution, the newest first" in told
    assert "Japan" not in told[told.index("Day") : told.index("Said last")]


def test_a_payment_that_a_person_rejected_is_on_no_page_and_in_no_total(pages, fund, find):
    from communique.ledger.claims.actions import decide
    from communique.ledger.claims.models import State

    paid = find("contribution", "Australia paid")
    decide(paid.uid, State.REJECTED, version=paid.version, by="malik")
    assert "A$1 million" not in pages.words(fund)


def test_a_party_shows_what_it_gave(pages, fund, entity):
    told = pages.words(f"/parties/{entity('party', 'Australia').pk}/money/")
    assert "Paid A$1 million" in told


PAID = """\
---
title: Canada Pays
date: 1976-03-01
url: https://example.org/canada-pays
---

Canada paid C${sum} million to the Pacific Tide Fund in March. Fiji welcomed the payment to the Pacific Tide Fund.
"""


def test_a_payment_that_its_source_took_back_is_counted_no_more_and_that_is_said(pages, take, find, fund):
    url = "https://example.org/canada-pays"
    take(PAID.format(sum=3), url=url)
    paid = find("contribution", "C$3 million")
    actions.decide(paid.uid, State.ACCEPTED, version=1, by="malik")
    take(PAID.format(sum=2), url=url)
    told = pages.words(fund)
    assert "Paid C$2 million" in told
    assert "1 whose source was changed since" in told
