"""What the pages of instruments, issues, areas and commitments show."""

from __future__ import annotations

import pytest

from .conftest import DIALOGUE, FOURTH

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PLAN = """\
---
title: ASEAN-PIF Plan of Action 1977-1981
date: 1976-05-02
publisher: Dialogue Office
---

# ASEAN-PIF Plan of Action 1977-1981

The 4th ASEAN-PIF Dialogue adopted the ASEAN-PIF Plan of Action 1977-1981.

1. FISHERIES

1.1 Share lists of vessels found fishing illegally;

1.2 Train inspectors;
"""


@pytest.fixture
def first_plan(take, entity):
    """Take in two documents on two plans, and return the path of the first plan."""
    take(DIALOGUE)
    take(FOURTH)
    return f"/instruments/{entity('instrument', 'ASEAN-PIF Plan of Action 1972-1976').pk}/"


def test_an_instrument_shows_its_period_its_parties_and_the_progress_under_it(pages, first_plan):
    told = pages.words(first_plan)
    assert "Period 1972–1976" in told
    assert "Parties ASEAN and Pacific Islands Forum" in told
    assert "Significant progress has been made" in told


def test_an_instrument_without_progress_is_not_called_failed(pages, first_plan, entity):
    second = f"/instruments/{entity('instrument', 'ASEAN-PIF Plan of Action 1977-1981').pk}/"
    assert "not assessed is not failed" in pages.words(second)


def test_the_plan_before_and_after_are_found_by_name(pages, first_plan):
    told = pages.words(first_plan)
    assert "ASEAN-PIF Plan of Action 1977-1981 the same name, other years" in told


def test_the_measures_of_a_plan_stand_in_their_order(pages, take, entity):
    take(PLAN)
    path = f"/instruments/{entity('instrument', 'ASEAN-PIF Plan of Action 1977-1981').pk}/measures/"
    told = pages.words(path)
    assert told.index("1.1") < told.index("Share lists of vessels") < told.index("Train inspectors")


def test_the_measures_of_a_plan_are_its_own_though_it_names_the_plan_before(pages, take, entity):
    take(
        PLAN.replace(
            "adopted the ASEAN-PIF Plan of Action 1977-1981",
            "reviewed the ASEAN-PIF Plan of Action 1972-1976",
        )
    )
    path = f"/instruments/{entity('instrument', 'ASEAN-PIF Plan of Action 1977-1981').pk}/measures/"
    assert "Share lists of vessels" in pages.words(path)
    before = f"/instruments/{entity('instrument', 'ASEAN-PIF Plan of Action 1972-1976').pk}/measures/"
    assert "No measures on the record" in pages.words(before)


def test_an_issue_shows_who_took_it_up_and_when(pages, first_plan, entity):
    told = pages.words(f"/issues/{entity('issue', 'situation in Timor').pk}/")
    assert "ASEAN and Pacific Islands Forum took up situation in Timor , 12 March 1975" in told
    assert "The same as a table" not in told, "one day is no line over time"


def test_an_issue_of_several_years_has_a_line_whose_marks_lead_to_the_words(pages, take, entity):
    documents = [take(DIALOGUE.replace("1975", str(year))) for year in (1974, 1975, 1976)]
    page = pages.get(f"/issues/{entity('issue', 'situation in Timor').pk}/")
    drawn = page[page.index("<svg", page.index('id="over-time"')) : page.index("</figure>")]
    assert all(f'href="/documents/{document.pk}/#c-' in drawn for document in documents)


def test_an_area_shows_who_works_in_it(pages, take, entity):
    take(
        "---\ndate: 1975-03-12\n---\nASEAN and the Pacific Islands Forum agreed to cooperate in fisheries; shipping;"
        " and tourism."
    )
    told = pages.words(f"/areas/{entity('area', 'shipping').pk}/")
    assert "shipping named as a field of cooperation" in told
    assert "Who ASEAN 2 1975" in told


def test_commitments_are_listed_by_the_day_they_are_due(pages, first_plan):
    told = pages.words("/commitments/", due="overdue")
    assert told.index("train 40 more pilots") < told.index("train 40 pilots by")
    assert "pledged US$2 million" not in told
    assert "No commitments like that" in pages.words("/commitments/", due="next")
    assert "pledged US$2 million" in pages.words("/commitments/", due="none")


def test_what_was_due_is_that_of_the_day_looked_at(pages, first_plan):
    """Nothing was on the record in 1975, whatever was due then."""
    assert "No commitments like that" in pages.words("/commitments/", due="overdue", as_of="1975-06-01")


def test_commitments_are_narrowed_to_who_owes_them(pages, first_plan, entity):
    told = pages.words("/commitments/", **{"with": str(entity("party", "Japan").pk)})
    assert "pledged US$2 million" in told
    assert "train 40" not in told[told.index("1 claim") :]


def test_a_commitment_shows_similar_wording_as_nothing_more_than_that(pages, first_plan, find):
    claim = find("commitment", "train 40 pilots")
    told = pages.words(f"/commitments/{claim.uid}/")
    assert "By when 31 December 1976 (the day has passed)" in told
    assert "They may be the same one said again, or another." in told
    assert told.index("Similar wording") < told.index("train 40 more pilots")
    assert "Not assessed is not failed." in told


def test_a_corrected_deadline_moves_a_commitment_in_the_list(pages, first_plan, find):
    from communique.ledger.claims.actions import correct

    claim = find("commitment", "train 40 pilots")
    correct(claim.uid, {"deadline": "2999"}, version=claim.version, by="malik", why="As agreed in the annex")
    assert "train 40 pilots" in pages.words("/commitments/", due="next")
