"""Who is named: states, organisations, groups and bodies, found in sentences."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from communique.find.parties import find_named
from communique.link.parties import party_list
from communique.model import PartyRef
from communique.text.page import Named, Sentence

USA = PartyRef("USA", "United States")
AUS = PartyRef("AUS", "Australia")


def named(
    text: str, *, title: str | None = None, on: date | None = None, issuer: PartyRef | None = None
) -> tuple[Named, ...]:
    sentence = Sentence(0, 0, len(text), "body", 0)
    return find_named(text, (sentence,), title=title, published=on, issuer=issuer)


def ids(text: str) -> list[str]:
    return [n.id for n in named(text)]


def surfaces(text: str) -> list[tuple[str, str]]:
    return [(text[n.start : n.end], n.id) for n in named(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ROK and the DPRK talked.", ["KOR", "PRK"]),
        ("South Korea, North Korea and Viet Nam talked.", ["KOR", "PRK", "VNM"]),
        ("The Australian and Burmese delegations left.", ["AUS", "MMR"]),
        ("Papua New Guinea and Guinea-Bissau joined.", ["PNG", "GNB"]),
        ("The U.S. and the UK will give US$6 million to us.", ["USA", "GBR"]),
        ("They met in Türkiye, formerly written Turkey.", ["TUR", "TUR"]),
        ("The Soviet Union and Czechoslovakia protested.", ["SUN", "CSK"]),
        ("North and South Korea talked; East and West German envoys listened.", ["PRK", "KOR", "DDR", "DEU"]),
        ("The north and South Sudan lie apart, as do North and South Sudan.", ["SSD", "SSD"]),
    ],
)
def test_a_state_is_found_under_its_names_acronyms_and_demonyms(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Peace on the Korean Peninsula and in the South China Sea matters.",
        "He left New Mexico for the Indian Ocean.",
        "It cost 300 Australian dollars in Latin America.",
        "Please join us, who know Michael Jordan, in May.",
        "He read it in the Washington Post in Seoul.",
    ],
)
def test_a_longer_phrase_with_a_states_name_in_it_names_no_party(text: str) -> None:
    assert ids(text) == []


def test_both_sides_of_a_compound_are_named() -> None:
    assert surfaces("The ASEAN-ROK Dialogue opened.") == [("ASEAN", "asean"), ("ROK", "KOR")]


def test_a_capital_stands_for_its_government_only_where_it_acts() -> None:
    assert ids("Seoul has agreed with what was said in Canberra.") == ["KOR"]


def test_a_government_is_its_state() -> None:
    assert surfaces("The Government of the Republic of Korea and the French Government agreed.") == [
        ("Government of the Republic of Korea", "KOR"),
        ("French Government", "FRA"),
    ]


def test_a_document_that_says_burma_names_it_burma() -> None:
    assert {n.name for n in named("Burma must act. The Burmese people wait.")} == {"Burma"}
    assert {n.name for n in named("Burma, that is Myanmar, must act.")} == {"Myanmar"}


def test_members_of_an_organisation_stand_beside_it_and_those_of_a_group_are_the_group() -> None:
    assert [(n.id, n.form) for n in named("ASEAN Member States, ASEAN Leaders and G7 countries met.")] == [
        ("asean_members", "group"),
        ("asean", "group"),
        ("g7", "group"),
    ]


def test_member_states_alone_are_those_of_the_one_organisation_named() -> None:
    assert ids("The European Union and its Member States agreed.") == ["eu", "eu_members"]


@pytest.mark.parametrize(
    ("text", "name", "party"),
    [
        ("It asked the Mekong Fisheries Commission to act.", "Mekong Fisheries Commission", None),
        ("It asked the U.S. Central Command to act.", "U.S. Central Command", "United States"),
        (
            "It asked the Ministry of Foreign Affairs of Japan to act.",
            "Ministry of Foreign Affairs of Japan",
            "Japan",
        ),
        ("The Royal Australian Navy sailed.", "Royal Australian Navy", "Australia"),
        ("The Biden-Harris Administration will invest.", "Biden-Harris Administration", "United States"),
        ("The U.S.-EU Trade and Technology Council met.", "U.S.-EU Trade and Technology Council", None),
    ],
)
def test_a_body_is_found_by_the_build_of_its_name(text: str, name: str, party: str | None) -> None:
    assert [(n.name, n.party) for n in named(text) if n.kind == "body"] == [(name, party)]


def test_a_body_is_found_again_by_the_acronym_it_was_introduced_with() -> None:
    found = surfaces("The Nuclear Consultative Group (NCG) met. The NCG will meet again.")
    assert found == [("Nuclear Consultative Group", "ncg"), ("NCG", "ncg"), ("NCG", "ncg")]


@pytest.mark.parametrize(
    "text",
    ["The Plan of Action was adopted.", "The Clean Energy Fund opened.", "They held the Peace Summit."],
)
def test_an_instrument_or_meeting_is_no_party(text: str) -> None:
    assert ids(text) == []


def test_mentions_are_sorted_and_do_not_overlap() -> None:
    text = (
        "The President of the Republic of Korea, Lee Myung-bak, met the ASEAN Secretariat and ASEAN Leaders."
    )
    found = named(text)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_only_what_stands_in_the_sentences_is_named() -> None:
    text = "Menu: Japan\nFrance agreed."
    found = find_named(
        text, (Sentence(0, 12, len(text), "body", 0),), title=None, published=None, issuer=None
    )
    assert [n.id for n in found] == ["FRA"]


def test_the_party_list_holds_each_party_once_with_its_mentions_in_order() -> None:
    text = "Japan and ASEAN met. Japanese officials thanked ASEAN."
    parties = party_list(named(text), text)
    assert [(p.id, [m.text for m in p.mentions]) for p in parties] == [
        ("JPN", ["Japan", "Japanese"]),
        ("asean", ["ASEAN", "ASEAN"]),
    ]


def test_a_state_named_only_with_a_person_is_a_party_too() -> None:
    text = "President Yoon Suk Yeol of the Republic of Korea spoke."
    parties = {p.id: p for p in party_list(named(text), text)}
    assert [m.text for m in parties["KOR"].mentions] == ["Republic of Korea"]
    assert parties["yoon-suk-yeol"].party == "Republic of Korea"


def test_a_person_of_the_title_and_the_author_are_listed_without_mentions() -> None:
    title = "Statement by NSC Spokesperson Emily Horne"
    author = PartyRef("prime-minister-of-australia", "Prime Minister of Australia", "Australia")
    parties = party_list((), "I thank you.", also=named(title, issuer=USA), author=author)
    assert [(p.name, p.party, p.mentions) for p in parties] == [
        ("Emily Horne", "United States", ()),
        ("Prime Minister of Australia", "Australia", ()),
    ]
