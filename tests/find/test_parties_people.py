"""Who is named: people by post, honorific and name, and the offices that stand unnamed."""

from __future__ import annotations

from datetime import date

import pytest

from communique.find.parties import find_named
from communique.model import PartyRef
from communique.text.page import Named, Sentence

USA = PartyRef("USA", "United States")
AUS = PartyRef("AUS", "Australia")


def people(
    text: str, *, title: str | None = None, on: date | None = None, issuer: PartyRef | None = None
) -> list[Named]:
    sentence = Sentence(0, 0, len(text), "body", 0)
    found = find_named(text, (sentence,), title=title, published=on, issuer=issuer)
    return [n for n in found if n.kind == "person"]


@pytest.mark.parametrize(
    ("text", "name", "post", "party"),
    [
        ("President Tran Duc Luong of Viet Nam spoke.", "Tran Duc Luong", "President", "Viet Nam"),
        (
            "ROK Deputy Foreign Minister for Political Affairs Yeo Seung-bae spoke.",
            "Yeo Seung-bae",
            "Deputy Foreign Minister for Political Affairs",
            "Republic of Korea",
        ),
        (
            "It was chaired by Director-General, Acting SOM Leader of Viet Nam, Vu Ho, and others.",
            "Vu Ho",
            "Director-General, Acting SOM Leader of Viet Nam",
            "Viet Nam",
        ),
        (
            "Dr. Kim Tae-hyo, Principal Deputy National Security Advisor of the ROK, spoke.",
            "Kim Tae-hyo",
            "Principal Deputy National Security Advisor of the ROK",
            "Republic of Korea",
        ),
        (
            "His Excellency Mr Pham Van Dong, Prime Minister of Vietnam, came.",
            "Pham Van Dong",
            "Prime Minister of Vietnam",
            "Vietnam",
        ),
        (
            "King Faisal bin Khalid Al Saud of Saudi Arabia came.",
            "Faisal bin Khalid Al Saud",
            "King",
            "Saudi Arabia",
        ),
        ("NATO Secretary General Stoltenberg spoke.", "Jens Stoltenberg", "Secretary General", "NATO"),
        ("Australia's Foreign Minister Penny Wong spoke.", "Penny Wong", "Foreign Minister", "Australia"),
        (
            "The President of the Republic of Korea, Lee Myung-bak, spoke.",
            "Lee Myung-bak",
            "President of the Republic of Korea",
            "Republic of Korea",
        ),
        ("President Ursula von der Leyen spoke.", "Ursula von der Leyen", "President", "European Union"),
        ("the Hon Anthony Albanese MP spoke.", "Anthony Albanese", "Prime Minister", "Australia"),
    ],
)
def test_a_person_is_named_with_post_and_party(text: str, name: str, post: str, party: str) -> None:
    (found,) = people(text)
    assert (found.name, found.post) == (name, post)
    assert found.party == party


def test_the_span_holds_name_post_and_party() -> None:
    text = "Then U.S. President Joe Biden of the United States spoke."
    (found,) = people(text)
    assert text[found.start : found.end] == "U.S. President Joe Biden of the United States"


def test_a_family_name_is_the_fuller_name_of_the_same_document() -> None:
    text = "Minister Golda Meir met Mr. Olof Palme. Mr. Palme thanked Minister Meir. Meir left."
    assert [n.name for n in people(text)] == [
        "Golda Meir",
        "Olof Palme",
        "Olof Palme",
        "Golda Meir",
        "Golda Meir",
    ]


def test_the_title_gives_the_fuller_name() -> None:
    (found,) = people("Mr. Palme spoke.", title="Meeting with Olof Palme, Minister of Trade of Sweden")
    assert (found.name, found.party) == ("Olof Palme", "Sweden")


def test_the_order_of_names_is_the_documents_own_and_the_id_the_same() -> None:
    (eastern,) = people("Prime Minister Kishida Fumio of Japan spoke.")
    (western,) = people("Prime Minister Fumio Kishida spoke.")
    assert (eastern.name, western.name) == ("Kishida Fumio", "Fumio Kishida")
    assert eastern.id == western.id


def test_initials_and_juniors_of_a_known_person_are_the_known_name() -> None:
    assert [n.name for n in people("President Joseph R. Biden, Jr. spoke.")] == ["Joe Biden"]


def test_a_family_name_with_a_post_is_the_holder_in_office_on_the_day() -> None:
    assert people("President Bush spoke.", on=date(1991, 5, 1))[0].name == "George H. W. Bush"
    assert people("President Bush spoke.", on=date(2003, 5, 1))[0].name == "George W. Bush"


def test_several_people_share_one_plural_post() -> None:
    assert [(n.name, n.post) for n in people("Presidents Biden and Macron met.", on=date(2022, 1, 1))] == [
        ("Joe Biden", "President"),
        ("Emmanuel Macron", "President"),
    ]


def test_capitals_of_a_letterhead_are_a_name() -> None:
    (found,) = people(
        "STATEMENT BY THE PRIME MINISTER, THE HON P J KEATING MP", on=date(1995, 6, 15), issuer=AUS
    )
    assert (found.name, found.party) == ("P J Keating", "Australia")
    assert found.id == "paul-keating"


def test_the_wife_of_a_prime_minister_is_not_the_prime_minister() -> None:
    text = "Prime Minister Gough Whitlam and Mrs Whitlam arrived."
    assert [n.name for n in people(text)] == ["Gough Whitlam", "Mrs Whitlam"]


def test_an_office_alone_is_the_issuers_holder() -> None:
    (found,) = people("The President thanked them.", on=date(2022, 3, 1), issuer=USA)
    assert (found.form, found.name, found.party) == ("office", "Joe Biden", "United States")


def test_an_office_alone_is_the_counterpart_where_the_issuers_lead_holds_another() -> None:
    text = "Vice President Harris met President Yoon of the ROK. The Vice President and the President agreed."
    found = people(text, on=date(2022, 9, 29), issuer=USA)
    assert [n.name for n in found if n.form == "office"] == ["Kamala Harris", "Yoon Suk Yeol"]


def test_an_office_whose_holder_nobody_knows_is_called_by_its_post() -> None:
    (found,) = people("The Prime Minister of Bhutan came.")
    assert (found.form, found.name, found.party) == ("office", "Prime Minister of Bhutan", "Bhutan")


@pytest.mark.parametrize(
    "text",
    [
        "The General Assembly adopted it.",
        "The Young Leaders Program opened.",
        "It was discussed by Ministers and Senior Officials.",
        "The Secretary General of the Liberal Union left.",
    ],
)
def test_words_of_posts_without_a_name_are_no_person(text: str) -> None:
    assert people(text) == []


def test_an_office_alone_beside_a_post_with_a_name_are_two_people() -> None:
    found = people("The President and Prime Minister Bennett spoke.", on=date(2021, 8, 27), issuer=USA)
    assert [n.name for n in found] == ["Joe Biden", "Naftali Bennett"]


def test_the_title_says_whose_an_unknown_president_is() -> None:
    (found,) = people("President Glafcos Clerides arrived.", title="Visit by the President of Cyprus")
    assert found.party == "Cyprus"


def test_an_ambassador_to_a_state_does_not_speak_for_it() -> None:
    (found,) = people("Tom Rigby, Ambassador to Spain, spoke.")
    assert found.party is None


def test_under_at_the_start_of_a_sentence_is_no_part_of_a_post() -> None:
    text = "Under President Biden, it grew. Under Secretary of State Lena Ortal agreed."
    assert [(n.name, n.post) for n in people(text, on=date(2022, 3, 1))] == [
        ("Joe Biden", "President"),
        ("Lena Ortal", "Under Secretary of State"),
    ]


def test_a_post_with_a_middle_name_is_the_holder_and_not_the_wife() -> None:
    text = "President Raul Alfonsin Foulkes and Mrs Maria Alfonsin came. President Alfonsin spoke."
    assert [n.name for n in people(text)] == [
        "Raul Alfonsin Foulkes",
        "Maria Alfonsin",
        "Raul Alfonsin Foulkes",
    ]


def test_a_rank_between_honorific_and_name_is_no_name() -> None:
    (person,) = people(
        "The Prime Minister of Thailand, His Excellency Field Marshal Thanom Kittikachorn, has accepted."
    )
    assert (person.name, person.party) == ("Thanom Kittikachorn", "Thailand")


def test_an_honorific_with_an_apostrophe_leads_to_the_name() -> None:
    (person,) = people("The Foreign Minister of Malaysia, Hon. Dato' Sri Abdul Razak Hussein met the press.")
    assert (person.name, person.party) == ("Abdul Razak Hussein", "Malaysia")


def test_two_offices_share_an_article() -> None:
    found = people(
        "The Vice President and Prime Minister discussed the region.", issuer=AUS, on=date(2011, 3, 1)
    )
    assert [n.post for n in found] == ["Vice President", "Prime Minister"]


def test_offices_of_two_states_are_two_people() -> None:
    found = people("We, the President of Kenya and the Prime Minister of Fiji, agree to meet.")
    assert [(n.post, n.party) for n in found] == [("President", "Kenya"), ("Prime Minister", "Fiji")]


@pytest.mark.parametrize(
    "text",
    [
        "He met later with Cabinet Ministers in the Cabinet Room.",
        "We thanked the Minister Assisting the Prime Minister for the Status of Women.",
    ],
)
def test_rooms_and_portfolios_are_nobody(text: str) -> None:
    assert not {"Room", "Assisting"} & {n.name for n in people(text)}


def test_letters_of_honours_are_no_part_of_a_name() -> None:
    (person,) = people("Major General Mark Reid AC CVO MC, the Governor-General of New Zealand, came.")
    assert person.name == "Mark Reid"


def test_a_space_torn_into_a_name_of_the_title_makes_no_other_person() -> None:
    found = people(
        "President João Duarte Gonçalves of Angola came.",
        title="Meeting With President Joã o Duarte Gonçalves",
    )
    assert {n.name for n in found} == {"João Duarte Gonçalves"}
