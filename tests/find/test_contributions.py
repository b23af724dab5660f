"""Who gives how much to whom, at what stage: in every form of words, and what is no gift at all."""

from __future__ import annotations

import pytest

from communique.find.contributions import find_contributions
from communique.find.parties import find_named
from communique.model import Contribution, Document, DocumentKind, PartyRef, Statement
from communique.reading import read
from communique.text.page import Page, Sentence
from communique.text.sentences import split_sentences

AUSTRALIA = PartyRef("AUS", "Australia")
UNITED_STATES = PartyRef("USA", "United States")


def page_of(text: str, *, issuer: PartyRef | None = AUSTRALIA, kind: DocumentKind = "press_release") -> Page:
    spans, at = [], 0
    for number, line in enumerate(text.split("\n")):
        spans += [(number, a, b) for a, b in split_sentences(text, at, at + len(line))]
        at += len(line) + 1
    sentences = tuple(Sentence(i, a, b, "body", n) for i, (n, a, b) in enumerate(spans))
    named = find_named(text, sentences, title=None, published=None, issuer=issuer)
    return Page(Document(text, "0" * 64, "text/plain", kind=kind), (), sentences, named, None, issuer)


def given(text: str, *statements: Statement, issuer: PartyRef | None = AUSTRALIA) -> list[Contribution]:
    return list(find_contributions(page_of(text, issuer=issuer), statements))


def told(text: str, *, issuer: PartyRef | None = AUSTRALIA) -> list[tuple[str | None, ...]]:
    return [
        (c.donor.name if c.donor else None, c.amount, c.currency, c.recipient, c.kind)
        for c in given(text, issuer=issuer)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The meeting appreciated ROK’s contribution of US$6 million to the COVID-19 ASEAN Response Fund.",
            ("Republic of Korea", "6000000", "USD", "COVID-19 ASEAN Response Fund", "unspecified"),
        ),
        (
            "Japan will provide JPY 120 billion to Ukraine.",
            ("Japan", "120000000000", "JPY", "Ukraine", "pledge"),
        ),
        (
            "Japan has provided 5 million euros to the Green Climate Fund.",
            ("Japan", "5000000", "EUR", "Green Climate Fund", "disbursed"),
        ),
        (
            "Canada donated C$3 million to the World Food Programme.",
            ("Canada", "3000000", "CAD", "World Food Programme", "disbursed"),
        ),
        (
            "France pledged EUR 20 million for flood relief in Pakistan.",
            ("France", "20000000", "EUR", "flood relief", "pledge"),
        ),
        (
            "Germany announced a package of more than EUR 50 million for Moldova.",
            ("Germany", "50000000", "EUR", "Moldova", "announced"),
        ),
        (
            "US$2 million was provided by Japan to the Mekong River Commission.",
            ("Japan", "2000000", "USD", "Mekong River Commission", "disbursed"),
        ),
        (
            "Ministers welcomed a grant of EUR 3 million from the European Union to Tonga.",
            ("European Union", "3000000", "EUR", "Tonga", "unspecified"),
        ),
        (
            "Leaders welcomed Japan's US$5 million grant to the Pacific Community.",
            ("Japan", "5000000", "USD", "Pacific Community", "unspecified"),
        ),
        (
            "China is contributing RMB 300 million to the South-South Cooperation Fund.",
            ("China", "300000000", "CNY", "South-South Cooperation Fund", "unspecified"),
        ),
        (
            "India provided Nepal with Rs 500 crore.",
            ("India", "5000000000", "INR", "Nepal", "disbursed"),
        ),
        (
            "Norway committed an additional 300 million Norwegian kroner to Sudan over five years.",
            ("Norway", "300000000", "NOK", "Sudan", "pledge"),
        ),
        (
            "The United Kingdom intends to provide up to £2.5m to support the Caribbean Community.",
            ("United Kingdom", "2500000", "GBP", "Caribbean Community", "pledge"),
        ),
        (
            "The UAE will invest $2 billion USD to develop a series of food parks across India.",
            ("United Arab Emirates", "2000000000", "USD", "food parks across India", "pledge"),
        ),
        (
            "The Australian Government will contribute $15 million towards the Centre.",
            ("Australia", "15000000", "AUD", "Centre", "pledge"),
        ),
        (
            "Ministers thanked New Zealand for its contribution of NZ$4 million to Samoa.",
            ("New Zealand", "4000000", "NZD", "Samoa", "unspecified"),
        ),
        (
            "The Fund, to which Sweden is contributing USD 7 million, supports small farmers.",
            ("Sweden", "7000000", "USD", "Fund", "unspecified"),
        ),
        (
            "Indonesia noted that Viet Nam had paid USD 1 million into the Trust Fund.",
            ("Viet Nam", "1000000", "USD", "Trust Fund", "disbursed"),
        ),
    ],
)
def test_a_gift_has_its_giver_its_sum_and_its_receiver(text: str, expected: tuple[str, ...]) -> None:
    assert told(text, issuer=None if "$15" not in text else AUSTRALIA) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Two-way trade between Japan and Australia reached $80 billion in 2022.",
        "Japan is our largest market, with exports worth $20 billion.",
        "Cyber attacks cost trillions of dollars, some $6 trillion this year.",
        "The agency funded a study for the $330 million project.",
        "Australia's economy is worth $1.5 trillion.",
        "Our $90 billion trading relationship with China is growing.",
        "The budget deficit rose to $40 billion.",
        "The United States froze $2 billion of assets under its sanctions on Russia.",
        "We reaffirm our goal of mobilizing $100 billion annually in climate finance.",
        "The President requested $3.3 billion from Congress for the fund.",
        "Japan did not provide $5 million to the fund.",
        "Japan would provide $5 million to the fund if others did.",
        "The threshold for foreign investment will rise from $5 million to $50 million.",
        "The programme has helped 6 million people in Australia.",
        "India aims to raise trade with Viet Nam to $15 billion by 2020.",
        "The two leaders spoke for an hour.",
    ],
)
def test_trade_cost_target_and_request_are_no_gifts(text: str) -> None:
    assert told(text) == []


def test_several_sums_in_a_sentence_each_have_their_receiver() -> None:
    found = told("Japan will provide USD 5 million to Tonga and USD 3 million to Fiji.")
    assert [(c[1], c[3]) for c in found] == [("5000000", "Tonga"), ("3000000", "Fiji")]


def test_sums_that_share_a_receiver_both_get_it() -> None:
    found = told("Japan gave USD 5 million in grants and USD 3 million in loans to Tonga.")
    assert [(c[1], c[3]) for c in found] == [("5000000", "Tonga"), ("3000000", "Tonga")]


def test_a_part_of_a_sum_is_given_with_it() -> None:
    found = told("The EU is providing EUR 1 billion in aid to the Sahel, with EUR 50 million for Chad.")
    assert ("50000000", "Chad") in [(c[1], c[3]) for c in found]


def test_a_gift_welcomed_by_others_is_the_givers() -> None:
    found = told("The United States welcomed the decision by Japan to provide EUR 10 million to Kenya.")
    assert [c[0] for c in found] == ["Japan"]


def test_reported_speech_keeps_the_giver() -> None:
    found = told("The minister of Finland said that Norway had given EUR 4 million to Mali.")
    assert [c[0] for c in found] == ["Norway"]


def test_those_who_give_together_are_one_donor() -> None:
    (found,) = given("Japan and the European Union will provide USD 9 million to Laos.")
    assert found.donor == PartyRef("JPN+eu", "Japan and European Union")


def test_some_members_of_a_group_are_not_the_group() -> None:
    (found,) = given("He noted that some GCC partners plan to invest a total of USD 3 billion in projects.")
    assert found.donor is not None
    assert found.donor.name == "some GCC partners"


def test_a_person_gives_for_their_state() -> None:
    (found,) = given("President Emmanuel Macron of France announced EUR 8 million for Armenia.", issuer=None)
    assert found.donor == PartyRef("FRA", "France")


def test_we_are_those_who_speak() -> None:
    text = "We will provide USD 5 million to Haiti."
    said = Statement(text, 0, len(text), "commit", "will provide", speakers=(PartyRef("g7", "G7"),))
    (found,) = given(text, said, issuer=None)
    assert found.donor == PartyRef("g7", "G7")
    assert ("donor", "donor/speaker") in [(s.field, s.rule) for s in found.supports]


def test_my_government_is_the_publisher() -> None:
    (found,) = given("My Government will provide $5 million to Kiribati.")
    assert found.donor == AUSTRALIA
    assert ("donor", "donor/issuer") in [(s.field, s.rule) for s in found.supports]


def test_a_bare_dollar_names_the_rule_that_gave_its_currency() -> None:
    (found,) = given("Australia will provide $5 million to Kiribati.")
    assert found.currency == "AUD"
    assert ("currency", "currency/issuer:AUS") in [(s.field, s.rule) for s in found.supports]


def test_without_a_known_publisher_a_bare_dollar_has_no_currency() -> None:
    (found,) = given("Australia will provide $5 million to Kiribati.", issuer=None)
    assert found.currency is None


@pytest.mark.parametrize(
    ("words", "bound"),
    [("up to", "up_to"), ("at least", "at_least"), ("more than", "at_least"), ("approximately", "about")],
)
def test_a_bound_stays_with_its_sum(words: str, bound: str) -> None:
    (found,) = given(f"Japan will provide {words} USD 5 million to Haiti.")
    assert found.bound == bound
    assert words in found.quote


def test_a_list_of_gifts_is_given_by_who_announced_it() -> None:
    text = (
        "I am pleased to announce a new package of assistance:\n"
        "* $32 million to combat infectious diseases;\n"
        "* a $4 million, three-year capacity building program for ASEAN;\n"
        "* $10 million to support the International Labour Organization."
    )
    assert told(text) == [
        ("Australia", "32000000", "AUD", "infectious diseases", "announced"),
        ("Australia", "4000000", "AUD", "ASEAN", "announced"),
        ("Australia", "10000000", "AUD", "International Labour Organization", "announced"),
    ]


def test_a_list_of_requests_is_no_list_of_gifts() -> None:
    text = "The request to Congress prioritizes:\n1. $1 billion to buy fuel;\n2. $2 million for spare parts."
    assert told(text, issuer=UNITED_STATES) == []


def test_goods_are_given_in_kind() -> None:
    (found,) = given("The United States has donated 5 million vaccine doses to Viet Nam.")
    assert (found.amount, found.currency, found.in_kind) == ("5000000", None, "vaccine doses")
    assert (found.recipient, found.kind) == ("Viet Nam", "disbursed")


def test_a_conversion_in_brackets_is_not_a_second_gift() -> None:
    found = told("Canada will provide C$20 million (US$14.8 million) to Barbados.")
    assert [(c[1], c[2], c[3]) for c in found] == [("20000000", "CAD", "Barbados")]


def test_a_new_program_is_given_and_a_known_one_is_not() -> None:
    new = "We will build ties through a new $2 million, two-year Pacific Connect pilot program."
    known = "The leaders discussed the $20 billion Just Energy Transition Partnership."
    assert [c[3] for c in told(new)] == ["Pacific Connect pilot program"]
    assert told(known) == []


def test_every_quote_is_a_slice_that_holds_sum_and_receiver() -> None:
    text = "Last week, Japan's Prime Minister said Japan will provide USD 5 million to Haiti in 2023."
    for found in given(text):
        assert text[found.start : found.end] == found.quote
        assert "USD 5 million" in found.quote
        assert "Haiti" in found.quote


def test_a_page_without_money_parses_nothing() -> None:
    page = page_of("The leaders reaffirmed their commitment to peace.")
    assert list(find_contributions(page, ())) == []
    assert page._parses == {}


def test_a_recipient_ends_where_another_party_s_gift_begins() -> None:
    assert told(
        "ASEAN appreciated Australia's contribution of A$4.5 million to the Ocean Fund and Japan's pledge of "
        "up to US$2 million to the same Fund."
    ) == [
        ("Australia", "4500000", "AUD", "Ocean Fund", "unspecified"),
        ("Japan", "2000000", "USD", "same Fund", "pledge"),
    ]


def test_goods_may_be_given_by_a_noun() -> None:
    assert told("Japan announced the donation of an additional two million vaccine doses to Colombia.") == [
        ("Japan", "2000000", None, "Colombia", "announced")
    ]
    assert told("The leaders discussed the delivery of two million vaccine doses to Colombia.") == []


def test_verbs_of_a_purpose_share_the_object_that_receives() -> None:
    assert told(
        "Japan is moving forward on $20 million of investment over 5 years to strengthen and expand "
        "key industries for Jamaica."
    ) == [("Japan", "20000000", "AUD", "key industries", "unspecified")]


def test_what_is_fought_receives_only_where_nobody_else_does() -> None:
    (gift,) = given("Japan announced $5 million in grants to Laos to counter the smuggling of persons.")
    assert gift.recipient == "Laos"
    (gift,) = given("Japan announced $5 million in grants across Laos to counter the smuggling of persons.")
    assert gift.recipient == "Laos"


def test_the_owner_of_a_recipient_does_not_give_the_next_sum() -> None:
    text = (
        "Japan has donated $3 million to the Laotian Premier's Relief Fund and $1 million to the Red Cross."
    )
    assert told(text) == [
        ("Japan", "3000000", "AUD", "Laotian Premier's Relief Fund", "disbursed"),
        ("Japan", "1000000", "AUD", "Red Cross", "disbursed"),
    ]


def test_a_table_that_lost_its_lines_is_told_of() -> None:
    words = "Japan gave " + ", ".join(f"${n} million to Fiji" for n in range(1, 60)) + "."
    found = read(words.encode(), media_type="text/plain", language="en")
    assert found.contributions == ()
    assert [p.code for p in found.problems] == ["sentence/table"]
