"""What the pages of parties and people show, and how their lists are narrowed."""

from __future__ import annotations

import pytest

from .conftest import DIALOGUE, FOURTH

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def asean(take, entity):
    """Take in two documents, and return ASEAN's path."""
    take(DIALOGUE)
    take(FOURTH)
    return f"/parties/{entity('party', 'ASEAN').pk}/"


def test_the_list_of_parties_is_in_the_order_of_names_and_says_what_is_checked(pages, asean, find):
    from communique.ledger.claims.actions import decide
    from communique.ledger.claims.models import State

    given = find("contribution", "Australia paid")
    decide(given.uid, State.ACCEPTED, version=given.version, by="malik")
    told = pages.words("/parties/")
    assert told.index("ASEAN") < told.index("Australia") < told.index("Fiji") < told.index("Japan")
    assert "Australia state · 1 checked" in told


def test_a_party_is_found_by_the_first_letters_of_any_of_its_names(pages, take):
    take("Seoul: The ROK welcomed the plan. The Republic of Korea said that it would help.")
    assert "Republic of Korea" in pages.words("/parties/", letters="rep")
    assert "Nothing like that" in pages.words("/parties/", letters="zz")


def test_parties_are_narrowed_by_kind_and_year(pages, asean):
    states = pages.words("/parties/", kind="state")
    assert "Japan" in states
    assert "Pacific Islands Forum" not in states
    assert "Japan" not in pages.words("/parties/", year="1976")


def test_what_a_party_said_is_narrowed_by_act_year_and_to_whom(pages, take, entity):
    take(
        "---\ndate: 1975-01-02\n---\nJapan urged Fiji to wait. Japan urged Samoa to act. Japan welcomed the plan."
    )
    said = f"/parties/{entity('party', 'Japan').pk}/said/"
    samoa = str(entity("party", "Samoa").pk)
    assert "3 claims" in pages.words(said)
    assert "2 claims" in pages.words(said, act="urge")
    assert "Japan urged Samoa" in pages.words(said, **{"with": samoa})
    assert "1 claim," in pages.words(said, **{"with": samoa})
    assert "Nothing like that" in pages.words(said, year="1999")


def test_what_was_promised_by_a_party_and_to_it_are_two_lists(pages, take, entity):
    take("Japan will provide two ships to Fiji by 1980. Fiji will lend Japan its charts.")
    fiji = f"/parties/{entity('party', 'Fiji').pk}/promised/"
    assert "Fiji promised" in pages.words(fiji)
    assert "Japan promised" in pages.words(fiji, side="to")


def test_every_claim_leads_to_its_words_in_the_document_and_says_that_nobody_checked_it(pages, asean, find):
    claim = find("commitment", "train 40 pilots")
    page = pages.get(f"{asean}promised/")
    assert f'href="/documents/{claim.document_id}/#c-{claim.uid}"' in page
    assert "badge proposed" in page


def test_a_long_list_is_turned_a_page_at_a_time_there_and_back(pages, take, entity):
    for day in range(1, 31):
        take(f"---\ndate: 1975-01-{day:02}\n---\nJapan welcomed the plan number {day} of Fiji.")
    said = f"/parties/{entity('party', 'Japan').pk}/said/"
    first = pages.get(said)
    assert "plan number 30 of" in first
    assert "plan number 5 of" not in first
    older = first[first.rindex('href="', 0, first.index('rel="next"')) + 6 :].partition('"')[0]
    second = pages.get(said + older.replace("&amp;", "&"))
    assert "plan number 5 of" in second
    assert "plan number 30 of" not in second
    newer = second[second.rindex('href="', 0, second.index('rel="prev"')) + 6 :].partition('"')[0]
    assert "plan number 30 of" in pages.get(said + newer.replace("&amp;", "&"))


def test_claims_without_a_day_come_last_and_are_reached(pages, take, entity):
    for day in range(1, 26):
        take(f"---\ndate: 1975-01-{day:02}\n---\nJapan welcomed the plan number {day} of Fiji.")
    take("Japan welcomed a plan of no day.")
    said = f"/parties/{entity('party', 'Japan').pk}/said/"
    first = pages.get(said)
    assert "of no day" not in first
    older = first[first.rindex('href="', 0, first.index('rel="next"')) + 6 :].partition('"')[0]
    assert "of no day" in pages.get(said + older)


def test_a_person_has_their_posts_with_the_first_and_the_last_document_that_names_them(pages, take, entity):
    for year in (1966, 1970, 1975):
        take(
            f"---\ndate: {year}-08-01\n---\nAdam Malik, Minister of Foreign Affairs of Indonesia, welcomed the plan"
            f" of {year}."
        )
    told = pages.words(f"/people/{entity('person', 'Adam Malik').pk}/")
    assert "Minister of Foreign Affairs" in told
    assert "1 August 1966 1 August 1975 (3 documents)" in told
    assert "Adam Malik welcomed" in told


def test_a_party_names_its_people(pages, take, entity):
    take("Adam Malik, Minister of Foreign Affairs of Indonesia, welcomed the plan. Indonesia agreed to wait.")
    assert "Adam Malik" in pages.words(f"/parties/{entity('party', 'Indonesia').pk}/")


@pytest.mark.parametrize(
    "path",
    ["/parties/0/", "/parties/99999999999999999999/", "/people/1/", "/meetings/7/", "/claims/nothing/"],
)
def test_what_is_not_on_the_record_is_not_found(pages, path):
    pages.get(path, status=404)


@pytest.mark.parametrize(
    "asked",
    ["older=x", "older=1975-13-01.1", "year=0", "year=99999", "act=sing", "with=99999999999999999999", "from=soon",
     "newer=undated.1", "older=undated.1", "state=x", "letters=%00"],
)  # fmt: skip
def test_an_address_that_asks_for_nonsense_is_answered(pages, asean, asked):
    response = pages.client.get(f"{asean}said/?{asked}")
    assert response.status_code == 200
    assert pages.client.get(f"/parties/?{asked}&after=x&before=9.").status_code == 200
