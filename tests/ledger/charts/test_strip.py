"""Dots in a line of text."""

from __future__ import annotations

import itertools
from datetime import date
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree

from communique.ledger.charts import strip

SPAN = (date(1967, 1, 1), date(1976, 12, 31))


def _tree(*days: date, span: tuple[date, date] = SPAN, href: str = "") -> Element:
    tree: Element = ElementTree.fromstring(str(strip(days, span=span, what="statements", href=href)))
    return tree


def _dots(tree: Element) -> list[tuple[float, float]]:
    return [(float(c.attrib["cx"]), float(c.attrib["r"])) for c in tree.iter("circle")]


def test_without_days_there_is_no_strip() -> None:
    assert strip([], span=SPAN, what="statements") == ""
    assert strip([date(1999, 1, 1)], span=SPAN, what="statements") == ""


def test_a_strip_tells_its_figures_to_those_who_listen() -> None:
    tree = _tree(date(1976, 2, 24), date(1967, 8, 8), date(1967, 8, 8))
    assert tree.attrib["aria-label"] == "3 statements: 2 in 1967, 1 in 1976"
    assert tree.attrib["role"] == "img"


def test_more_is_larger() -> None:
    (_, twice), (_, once) = _dots(_tree(date(1967, 8, 8), date(1967, 8, 8), date(1976, 2, 24)))
    assert twice > once


@pytest.mark.parametrize("last", [1967, 1968, 1971, 1976, 1999, 2026])
def test_dots_never_run_into_each_other_nor_off_the_strip(last: int) -> None:
    span = (date(1967, 1, 1), date(last, 12, 31))
    tree = _tree(
        *(date(year, month, 1) for year in range(1967, last + 1) for month in range(1, 13)), span=span
    )
    dots = _dots(tree)
    assert all(b[0] - a[0] >= a[1] + b[1] - 0.3 for a, b in itertools.pairwise(dots))
    assert dots[0][0] - dots[0][1] >= 0
    assert dots[-1][0] + dots[-1][1] <= float(tree.attrib["width"])


def test_the_whole_strip_leads_to_the_quotes() -> None:
    assert _tree(date(1967, 8, 8), href="/search/?q=zone").attrib["href"] == "/search/?q=zone"
    with pytest.raises(ValueError, match="no address"):
        _tree(date(1967, 8, 8), href="javascript:alert(1)")
