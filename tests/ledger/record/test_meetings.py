"""What the pages of meetings and their series show."""

from __future__ import annotations

import pytest

from .conftest import DIALOGUE, FOURTH, RETOLD

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def third(take, entity):
    """Take in three documents on two meetings, and return the first meeting's path."""
    take(DIALOGUE)
    take(RETOLD)
    take(FOURTH)
    return f"/meetings/{entity('meeting', '3rd ASEAN-PIF Dialogue').pk}/"


def test_a_series_lists_its_meetings_the_latest_first(pages, third, entity):
    series = f"/meetings/{entity('series', 'ASEAN-PIF Dialogue').pk}/"
    told = pages.words(series)
    assert told.index("4th ASEAN-PIF Dialogue") < told.index("3rd ASEAN-PIF Dialogue")
    assert "2 May 1976 Jakarta yes" in told


def test_a_meeting_leads_to_the_one_after_it_and_that_back(pages, third, entity):
    fourth = f"/meetings/{entity('meeting', '4th ASEAN-PIF Dialogue').pk}/"
    assert f'href="{fourth}" rel="next"' in pages.get(third)
    assert f'href="{third}" rel="prev"' in pages.get(fourth)


def test_dates_on_which_documents_disagree_stand_side_by_side(pages, third):
    told = pages.words(third)
    assert "The documents disagree." in told
    assert "10 March 1975" in told
    assert "11 March 1975" in told


def test_a_place_that_all_documents_give_stands_once(pages, third):
    assert pages.words(third).count("Place Suva") == 1


def test_who_chaired_is_named_with_the_words_that_say_so(pages, third):
    page = pages.get(third)
    chairs = page[page.index("Chaired by") :]
    assert "Minister of Foreign Affairs of Indonesia" in chairs
    assert "/documents/" in chairs[:900]


def test_what_was_discussed_agreed_and_pledged_is_said_to_come_from_the_documents_alone(pages, third):
    told = pages.words(third)
    assert "What follows stands in the 2 documents that report this meeting as held." in told
    assert told.index("Discussed") < told.index("situation in Timor") < told.index("Agreed and adopted")
    assert "agreed to train 40 pilots by the end of 1976" in told
    assert "Japan pledged US$2 million to Pacific Tide Fund" in told
    assert "train 40 more pilots" not in told


def test_the_list_of_meetings_finds_a_series_by_its_first_letters(pages, third):
    assert "ASEAN-PIF Dialogue" in pages.words("/meetings/", letters="asean-p")
    assert "Nothing like that" in pages.words("/meetings/", letters="pacific")
