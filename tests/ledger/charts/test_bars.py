"""Figures by year, and money by year and currency."""

from __future__ import annotations

import itertools
from decimal import Decimal
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from django.utils.safestring import SafeString

from communique.ledger.charts import Bars, Column, Series, Sum, bars, sums


def _tree(drawn: SafeString) -> Element:
    tree: Element = ElementTree.fromstring(f"<div>{drawn}</div>")
    return tree


def _columns(*values: int | None) -> tuple[Column, ...]:
    return tuple(
        Column(str(1967 + n), (None if value is None else Decimal(value),), (f"/q/{n}",))
        for n, value in enumerate(values)
    )


def _chart(
    *columns: Column, series: tuple[Series, ...] = (Series("Agreed"),), stacked: bool = False
) -> Element:
    return _tree(bars(Bars("Acts", series, columns, stacked=stacked), key="acts"))


def _labels(tree: Element) -> list[str]:
    return [a.attrib["aria-label"] for svg in tree.iter("svg") for a in svg.iter("a")]


def _bars(tree: Element) -> list[Element]:
    return [rect for rect in tree.iter("rect") if rect.attrib["class"].startswith("bar ")]


def _rows(tree: Element) -> list[list[str]]:
    return [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]


@pytest.mark.parametrize("columns", [(), _columns(0), _columns(None, None), _columns(0, None)])
def test_without_a_value_there_is_no_chart(columns: tuple[Column, ...]) -> None:
    assert bars(Bars("Acts", (Series("Agreed"),), columns), key="acts") == ""


def test_one_bar_says_its_value_and_leads_to_its_quotes() -> None:
    tree = _chart(*_columns(7))
    assert _labels(tree) == ["1967, Agreed: 7"]
    assert [a.attrib["href"] for svg in tree.iter("svg") for a in svg.iter("a")] == ["/q/0"]


def test_unknown_and_nothing_are_told_apart_in_the_table() -> None:
    assert _rows(_chart(*_columns(7, 0, None))) == [
        ["Year", "Agreed"],
        ["1967", "7"],
        ["1968", "0"],
        ["1969", "–"],
    ]


def test_heights_are_in_proportion() -> None:
    low, high = (float(rect.attrib["height"]) for rect in _bars(_chart(*_columns(25, 100))))
    assert high == pytest.approx(4 * low, abs=0.2)


def test_a_small_value_is_still_seen() -> None:
    low, _ = (float(rect.attrib["height"]) for rect in _bars(_chart(*_columns(1, 1_000_000))))
    assert low >= 1


def test_parts_of_a_whole_stand_upon_each_other() -> None:
    tree = _chart(
        Column("1967", (Decimal(2), Decimal(3))),
        series=(Series("Agreed"), Series("Welcomed", "hollow")),
        stacked=True,
    )
    below, above = _bars(tree)
    assert float(above.attrib["y"]) + float(above.attrib["height"]) == pytest.approx(
        float(below.attrib["y"]), abs=0.2
    )
    assert below.attrib["x"] == above.attrib["x"]


@pytest.mark.parametrize("years", [1, 5, 30, 80])
def test_bars_side_by_side_can_be_hit_and_do_not_overlap(years: int) -> None:
    series = (Series("Pledged", "hollow"), Series("Paid"), Series("Open", "hatched"))
    columns = [Column(str(1900 + n), (Decimal(1), Decimal(2), Decimal(3))) for n in range(years)]
    tree = _chart(*columns, series=series)
    hits = [
        (float(r.attrib["x"]), float(r.attrib["width"]))
        for r in tree.iter("rect")
        if r.attrib["class"] == "hit"
    ]
    assert len(hits) == 3 * years
    assert all(width >= 24 for _, width in hits)
    assert all(b[0] - a[0] >= a[1] - 0.2 for a, b in itertools.pairwise(hits))
    assert hits[-1][0] + hits[-1][1] <= float(next(tree.iter("svg")).attrib["width"])


def test_a_value_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        _chart(*_columns(-1))


def test_a_column_has_one_value_for_each_series() -> None:
    with pytest.raises(ValueError, match="2 values are wanted"):
        _chart(*_columns(1), series=(Series("Agreed"), Series("Welcomed")))


def test_hostile_labels_stay_words() -> None:
    hostile = "\"><script>alert(1)</script>'&"
    tree = _chart(Column(hostile, (Decimal(1),)), series=(Series(hostile),))
    assert "script" not in {e.tag for e in tree.iter()}
    assert [hostile, hostile] in [[row[0], row[0]] for row in _rows(tree)]


def test_currencies_never_share_an_axis() -> None:
    tree = _tree(
        sums(
            [
                Sum(1969, "pledge", "USD", Decimal(5_000_000), "/q/1"),
                Sum(1970, "pledge", "USD", Decimal(1_000_000), "/q/2"),
                Sum(1969, "pledge", "JPY", Decimal(120_000_000), "/q/3"),
            ],
            key="money",
            title="Pledged and paid",
        )
    )
    titles = ["".join(t.itertext()) for t in tree.iter("span") if t.attrib["class"] == "chart-title"]
    assert titles == ["Pledged and paid, in USD", "Pledged and paid, in JPY"]
    signs = [
        {text.text[0] for text in svg.iter("text") if text.text and not text.text[0].isdigit()}
        for svg in tree.iter("svg")
    ]
    assert signs == [{"U"}, {"¥"}]


def test_what_was_pledged_paid_and_left_open_stand_apart() -> None:
    tree = _tree(
        sums(
            [
                Sum(1969, "unspecified", "USD", Decimal(3), ""),
                Sum(1969, "disbursed", "USD", Decimal(2), ""),
                Sum(1969, "pledge", "USD", Decimal(1), ""),
                Sum(1971, "pledge", "USD", Decimal(1), ""),
            ],
            key="money",
            title="Money",
        )
    )
    assert _rows(tree) == [
        ["Year", "Pledged", "Paid", "Not said whether pledged or paid"],
        ["1969", "US$1", "US$2", "US$3"],
        ["1970", "–", "–", "–"],
        ["1971", "US$1", "–", "–"],
    ]
    assert [bar.attrib["class"] for bar in _bars(tree)] == [
        "bar hollow",
        "bar full",
        "bar hatched",
        "bar hollow",
    ]


def test_sums_of_one_year_and_stage_are_added() -> None:
    of = [
        Sum(1969, "pledge", "USD", Decimal("0.10"), "/a"),
        Sum(1969, "pledge", "USD", Decimal("0.20"), "/b"),
    ]
    assert "1969, Pledged: US$0.30" in sums(of, key="money", title="Money")
