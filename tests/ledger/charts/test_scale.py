"""Ticks that a person would choose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from communique.ledger.charts.scale import days, rounded_steps


@pytest.mark.parametrize(
    ("highest", "steps"),
    [
        ("1", "0 1"),
        ("3", "0 1 2 3"),
        ("5", "0 2 4 6"),
        ("9", "0 5 10"),
        ("10", "0 5 10"),
        ("37", "0 10 20 30 40"),
        ("5000000", "0 2000000 4000000 6000000"),
        ("120000000", "0 50000000 100000000 150000000"),
        ("0.5", "0 0.2 0.4 0.6"),
        ("0", "0 1"),
    ],
)
def test_steps_are_round_few_and_reach_the_highest(highest: str, steps: str) -> None:
    assert rounded_steps(Decimal(highest)) == [Decimal(step) for step in steps.split()]


@pytest.mark.parametrize("exponent", range(-2, 14))
@pytest.mark.parametrize("first", ["1", "1.01", "2.4", "3.7", "4.9", "9.99"])
def test_steps_stay_few_at_every_size(first: str, exponent: int) -> None:
    highest = Decimal(first).scaleb(exponent)
    steps = rounded_steps(highest)
    assert 2 <= len(steps) <= 6
    assert steps[-1] >= highest > steps[-2]


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2022-07-05", "2022-07-05", "Jan 2022 Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
        ("2021-12-31", "2022-01-01", "Jan 2021 Apr Jul Oct Jan 2022 Apr Jul Oct"),
        ("2018-05-01", "2022-07-05", "2018 2019 2020 2021 2022"),
        ("1999-05-01", "2022-07-05", "2000 2002 2004 2006 2008 2010 2012 2014 2016 2018 2020 2022"),
        ("1967-08-08", "2022-07-05", "1970 1975 1980 1985 1990 1995 2000 2005 2010 2015 2020"),
        ("0001-01-01", "9999-12-31", "1000 2000 3000 4000 5000 6000 7000 8000 9000"),
    ],
)
def test_a_line_of_days_is_ticked_at_months_quarters_or_round_years(
    first: str, last: str, labels: str
) -> None:
    line = days([date.fromisoformat(last), date.fromisoformat(first)], width=700)
    assert " ".join(tick.label for tick in line.ticks()) == labels
    assert all(0 <= tick.at < 700 for tick in line.ticks())
