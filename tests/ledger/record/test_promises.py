"""“What did we promise on shipping since 1975?”: one list answers."""

from __future__ import annotations

import csv
import io
import json

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

FIRST = """\
---
title: Third ASEAN-PIF Dialogue Ends in Suva
date: 1974-03-12
---

ASEAN agreed to train 40 pilots for inter-island shipping by the end of 1976.
Fiji agreed to open a school of navigation.
"""
SECOND = """\
---
title: Fourth ASEAN-PIF Dialogue Ends in Jakarta
date: 1976-05-03
---

ASEAN agreed to lend ships for coastal shipping by the end of 2078. Japan agreed to send teachers of tourism.
ASEAN agreed to support the tourism of small islands.
"""


@pytest.fixture
def promised(take):
    """Take in what was promised in two years."""
    take(FIRST)
    take(SECOND)


def _quotes(pages, **asked):
    return {row["quote"].strip() for row in json.loads(pages.file("/commitments/", format="json", **asked))}


def test_promises_are_found_by_their_topic_and_since_when(pages, promised):
    told = pages.words("/commitments/", on="shipping", **{"from": "1975"})
    assert "coastal shipping" in told
    assert "40 pilots" not in told
    assert "tourism of small islands" not in told


def test_the_topic_is_written_as_in_a_search(pages, promised):
    assert len(_quotes(pages, on="shipping OR tourism")) == 4
    assert len(_quotes(pages, on="tourism -teachers")) == 1
    assert len(_quotes(pages, on="ships*")) == 1


def test_a_day_is_a_year_a_month_or_a_day(pages, promised):
    assert len(_quotes(pages, **{"from": "1976-05"})) == 3
    assert len(_quotes(pages, to="1974")) == 2
    assert len(_quotes(pages, to="1974-03-11")) == 0


def test_topic_debtor_day_and_due_narrow_together_and_the_file_is_the_list(pages, promised, entity):
    asked = {"on": "shipping", "with": str(entity("party", "ASEAN").pk), "from": "1974", "due": "overdue"}
    assert "40 pilots" in pages.words("/commitments/", **asked)
    (row,) = csv.DictReader(io.StringIO(pages.file("/commitments/", format="csv", **asked)))
    assert "40 pilots" in row["quote"]


def test_the_list_says_how_they_stand(pages, promised):
    told = pages.words("/commitments/", on="shipping")
    assert "1 was due before today, 1 is due later. 0 of 2 checked by a person." in told


def test_the_form_keeps_what_was_asked(pages, promised):
    page = pages.get("/commitments/", on="shipping", year="1976")
    assert 'name="on" value="shipping"' in page
    assert 'name="from" class="day" value="1976"' in page


def test_a_topic_that_cannot_be_read_finds_nothing_and_says_why(pages, promised):
    told = pages.words("/commitments/", on='"shipping')
    assert "a quotation mark is never closed" in told
    assert "coastal shipping" not in told
    assert pages.client.get("/commitments/", {"on": '"shipping', "format": "csv"}).status_code == 400


def test_a_topic_finds_what_is_about_the_plan_by_any_of_its_names(pages, take, entity):
    from communique.ledger.entities.actions import merge
    from communique.ledger.entities.models import Kind
    from communique.ledger.entities.resolve import Named, resolve

    take(
        "---\ndate: 1976-06-01\n---\nASEAN agreed to extend the ASEAN-PIF Plan of Action 1972-1976 by two years."
    )
    (suva,) = resolve([Named(Kind.INSTRUMENT, "suva-paper", "Suva Paper")]).values()
    assert _quotes(pages, on="Suva Paper") == set()
    merge(suva, entity("instrument", "ASEAN-PIF Plan of Action 1972-1976"), by="malik", why="the same")
    assert len(_quotes(pages, on="the Suva paper")) == 1


def test_the_public_finds_only_what_was_accepted(looking, promised, find):
    from communique.ledger.accounts.models import Setting
    from communique.ledger.claims.actions import decide
    from communique.ledger.claims.models import State

    one = find("commitment", "coastal shipping")
    decide(one.uid, State.ACCEPTED, version=one.version, by="malik")
    Setting.objects.create(name="public", value=True)
    (quote,) = _quotes(looking("public"), on="shipping")
    assert "coastal" in quote


def test_every_list_of_a_party_is_narrowed_by_topic_and_keeps_its_side(pages, promised, entity):
    path = f"/parties/{entity('party', 'ASEAN').pk}/promised/"
    told = pages.words(path, on="tourism", **{"from": "1976"})
    assert "small islands" in told
    assert "coastal" not in told
    assert 'name="side" value="to"' in pages.get(path, side="to")
