"""Sums as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from communique.ledger.writing.money import digits, sum_of


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        ("6000000", "USD", "US$6\u00a0million"),
        ("4500000", "USD", "US$4.5\u00a0million"),
        ("1234567", "USD", "US$1,234,567"),
        ("1234567000", "KRW", "₩1,234,567,000"),
        ("2000000000000", "IDR", "IDR\u00a02\u00a0trillion"),
        ("5000000000000000", "IDR", "IDR\u00a05,000,000,000,000,000"),
        ("999", "EUR", "€999"),
        ("1200.5", "EUR", "€1,200.50"),
        ("0", "JPY", "¥0"),
        ("6000000", None, "6\u00a0million"),
    ],
)
def test_a_sum_keeps_its_currency_and_every_digit_that_counts(
    amount: str, currency: str | None, words: str
) -> None:
    assert sum_of(amount, currency) == words


def test_a_column_of_sums_shows_all_digits() -> None:
    assert sum_of("6000000", "USD", exact=True) == "US$6,000,000"
    assert digits(Decimal("1200.125")) == "1,200.125"


@pytest.mark.parametrize(
    ("bound", "words"),
    [("up_to", "up to €5"), ("at_least", "at least €5"), ("about", "about €5"), (None, "€5")],
)
def test_a_bound_is_said(bound: str | None, words: str) -> None:
    assert sum_of("5", "EUR", bound=bound) == words
