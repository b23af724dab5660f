"""Sums of money in every written form, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import list_currencies

from communique.find.amounts import Amount, find_amounts, find_goods, may_hold_money, sums_in
from communique.vocab.money import currency_codes, dollars


def only(text: str, dollar: str | None = "AUD") -> Amount:
    found = find_amounts(text, 0, len(text), dollar=dollar)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("words", "value", "currency"),
    [
        ("US$6 million", "6000000", "USD"),
        ("US$ 6 million", "6000000", "USD"),
        ("U.S.$20 million", "20000000", "USD"),
        ("U.S. $5 million", "5000000", "USD"),
        ("$US50 million", "50000000", "USD"),
        ("USD 50 billion", "50000000000", "USD"),
        ("USD50bn", "50000000000", "USD"),
        ("A$57 million", "57000000", "AUD"),
        ("$A50 million", "50000000", "AUD"),
        ("AUD 57m", "57000000", "AUD"),
        ("AUD13.1 million", "13100000", "AUD"),
        ("AUD $29.6 million", "29600000", "AUD"),
        ("$1.2 billion USD", "1200000000", "USD"),
        ("$2 billion USD", "2000000000", "USD"),
        ("$330 million (US dollars aside)", "330000000", "AUD"),
        ("$10 billion", "10000000000", "AUD"),
        ("$10bn", "10000000000", "AUD"),
        ("$570,000", "570000", "AUD"),
        ("$ 1.29 million", "1290000", "AUD"),
        ("a $50-million fund", "50000000", "AUD"),
        ("A $5 million, three-year programme", "5000000", "AUD"),
        ("EUR 1.2 billion", "1200000000", "EUR"),
        ("€500 million", "500000000", "EUR"),
        ("€ 500m", "500000000", "EUR"),
        ("100 million EUR", "100000000", "EUR"),
        ("1.5 million euros", "1500000", "EUR"),
        ("a million euros", "1000000", "EUR"),
        ("120 billion yen", "120000000000", "JPY"),
        ("JPY 120 billion", "120000000000", "JPY"),
        ("¥120bn", "120000000000", "JPY"),
        ("two billion Japanese yen", "2000000000", "JPY"),
        ("KRW 10 billion", "10000000000", "KRW"),
        ("10 billion won", "10000000000", "KRW"),
        ("10 billion South Korean won", "10000000000", "KRW"),
        ("RMB 300 million", "300000000", "CNY"),
        ("20 billion yuan", "20000000000", "CNY"),
        ("6 million US dollars", "6000000", "USD"),
        ("6 million U.S. dollars", "6000000", "USD"),
        ("20 million Australian dollars", "20000000", "AUD"),
        ("£1,200,000", "1200000", "GBP"),
        ("£2.5m", "2500000", "GBP"),
        ("3 million pounds sterling", "3000000", "GBP"),
        ("Rs 500 crore", "5000000000", "INR"),
        ("Rs. 500 crore", "5000000000", "INR"),
        ("Rs 1,00,000", "100000", "INR"),
        ("5 lakh rupees", "500000", "INR"),
        ("Rs 2 lakh crore", "2000000000000", "INR"),
        ("RM 30 million", "30000000", "MYR"),
        ("S$20 million", "20000000", "SGD"),
        ("NZ$5m", "5000000", "NZD"),
        ("C$3.8 billion", "3800000000", "CAD"),
        ("HK$ 4 million", "4000000", "HKD"),
        ("NT$40 million", "40000000", "TWD"),
        ("Rp 1 trillion", "1000000000000", "IDR"),
        ("3 trillion rupiah", "3000000000000", "IDR"),
        ("1.2 trillion VND", "1200000000000", "VND"),
        ("CHF 20 million", "20000000", "CHF"),
        ("300 million Norwegian kroner", "300000000", "NOK"),
        ("SDR 200 million", "200000000", "XDR"),
        ("200 million Special Drawing Rights", "200000000", "XDR"),
        ("six million dollars", "6000000", "AUD"),
        ("twenty-five million dollars", "25000000", "AUD"),
        ("one hundred million dollars", "100000000", "AUD"),
        ("half a billion dollars", "500000000", "AUD"),
        ("200,000 dollars", "200000", "AUD"),
        ("$400 billion dollars", "400000000000", "AUD"),
    ],
)
def test_a_sum_has_its_value_and_its_currency(words: str, value: str, currency: str) -> None:
    amount = only(words)
    assert (amount.written, amount.currency) == (value, currency)


@pytest.mark.parametrize(
    "words",
    [
        "$HOME",
        "6 million people",
        "50 percent",
        "AUD",
        "in 2022",
        "COP 27 and COP28 in 2023",
        "the TOP 10 countries",
        "20 million all told",
        "5m tall",
        "He won 5 million votes",
        "2 of them won",
        "50,000 tonnes",
        "500 pounds of rice",
        "COVID-19",
        "millions of dollars",
        "UN Security Council resolution 2397",
    ],
)
def test_what_is_no_money_is_left_alone(words: str) -> None:
    assert find_amounts(words, 0, len(words), dollar="USD") == []


@pytest.mark.parametrize(
    ("words", "bound", "first"),
    [
        ("up to $5 million", "up_to", "up"),
        ("as much as $5 million", "up_to", "as"),
        ("up to an additional $35 million", "up_to", "up"),
        ("up to an additional approximately $1 million", "up_to", "up"),
        ("at least EUR 5 million", "at_least", "at"),
        ("more than $5 million", "at_least", "more"),
        ("just over $400 million", "at_least", "just"),
        ("a minimum of $10 billion USD", "at_least", "a"),
        ("in excess of £2m", "at_least", "in"),
        ("approximately $50 billion", "about", "approximately"),
        ("some US$300 million", "about", "some"),
        ("nearly 10 billion yen", "about", "nearly"),
        ("$5 million or more", "at_least", "$"),
        ("US$1 million-plus", "at_least", "US"),
        ("$1.5-2 billion", "up_to", "$"),
        ("$5 to $10 million", "up_to", "$"),
        ("5 to 10 million euros", "up_to", "5"),
        ("$5 million", None, "$"),
    ],
)
def test_a_bound_belongs_to_its_sum(words: str, bound: str | None, first: str) -> None:
    amount = only(words)
    assert amount.bound == bound
    assert words[amount.first :].startswith(first)


def test_the_value_of_a_range_is_its_upper_end() -> None:
    assert only("between $1 billion and $2 billion").value == Decimal(2_000_000_000)


def test_two_sums_joined_by_and_stay_two() -> None:
    assert [a.written for a in sums_in("$1 billion and $2 billion", "USD")] == ["1000000000", "2000000000"]


def test_a_bare_dollar_is_the_issuers_and_says_so() -> None:
    amount = only("$5 million", dollar="NZD")
    assert (amount.currency, amount.currency_rule) == ("NZD", "currency/issuer")


def test_a_bare_dollar_without_a_known_issuer_has_no_currency() -> None:
    amount = only("$5 million", dollar=None)
    assert (amount.currency, amount.currency_rule) == (None, None)


def test_a_dollar_that_nobody_knows_is_not_the_issuers() -> None:
    assert only("T$5 million", dollar="USD").currency is None


def test_offsets_count_from_the_start_of_the_text() -> None:
    text = "In 2022 Japan gave more than US$6 million to the Fund."
    amount = find_amounts(text, 8, len(text), dollar=None)[0]
    assert text[amount.start : amount.end] == "US$6 million"
    assert text[amount.first : amount.end] == "more than US$6 million"


def test_goods_are_counted_without_a_currency() -> None:
    found = find_goods("500 million doses of vaccine for 92 countries", 0, 45)
    assert [(g.written, g.currency) for g in found] == [("500000000", None)]


def test_a_text_without_digit_or_scale_holds_no_money() -> None:
    assert not may_hold_money("The leaders reaffirmed their commitment to peace.")
    assert may_hold_money("six million dollars")


def test_every_currency_is_one_of_iso_4217() -> None:
    assert currency_codes() <= set(list_currencies())
    assert set(dollars().values()) <= set(list_currencies())
