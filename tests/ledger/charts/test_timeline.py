"""Events on their days."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date, timedelta
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree

from communique.ledger.charts import Event, timeline

HOSTILE = "\"><script>alert(1)</script><text x='\u202e&amp;"


def _tree(events: Sequence[Event], **options: object) -> Element:
    drawn = timeline(events, key="said", title="What was said", **options)  # type: ignore[arg-type]
    tree: Element = ElementTree.fromstring(str(drawn))
    return tree


def _marks(tree: Element) -> list[Element]:
    return [a for svg in tree.iter("svg") for a in svg.iter("a")]


def _event(
    day: str | None, label: str = "Indonesia welcomed it", lane: str = "Statements", **more: object
) -> Event:
    return Event(day and date.fromisoformat(day), label, lane, "/claims/1/", **more)  # type: ignore[arg-type]


def test_without_events_there_is_no_timeline() -> None:
    assert timeline([], key="said", title="What was said") == ""


def test_a_mark_leads_to_its_quotes_and_says_what_it_is() -> None:
    (mark,) = _marks(_tree([_event("1967-08-08")]))
    assert mark.attrib["href"] == "/claims/1/"
    assert mark.attrib["aria-label"] == "8 August 1967: Indonesia welcomed it"


def test_a_proposed_event_is_hollow_and_said_to_be_proposed() -> None:
    (mark,) = _marks(_tree([_event("1967-08-08", proposed=True, kind="statement")]))
    assert mark.attrib["class"].split() == ["mark", "kind-statement", "proposed"]
    assert mark.attrib["aria-label"].endswith("(proposed)")


def test_an_event_without_a_date_is_in_the_table_only() -> None:
    tree = _tree([_event("1967-08-08"), _event(None, "Nobody knows when")])
    assert len(_marks(tree)) == 1
    assert "1 without a date, in the table only." in "".join(tree.itertext())
    assert "Nobody knows when" in ["".join(td.itertext()) for td in tree.iter("td")]


def test_events_of_which_none_has_a_date_are_a_table_without_a_line() -> None:
    tree = _tree([_event(None), _event(None)])
    assert list(tree.iter("svg")) == []
    assert len(list(tree.iter("tr"))) == 3


def test_marks_that_would_overlap_become_one_with_their_number() -> None:
    tree = _tree([_event("1967-08-08"), _event("1967-08-08"), _event("1967-08-09"), _event("1975-01-01")])
    many, one = _marks(tree)
    assert many.attrib["aria-label"] == "3 of Statements, 8–9 August 1967"
    assert "".join(text.text or "" for text in many.iter("text")) == "3"
    assert one.attrib["aria-label"].startswith("1 January 1975")


def test_a_mark_of_many_leads_to_the_first_of_them_in_the_table() -> None:
    tree = _tree([_event("1960-01-01"), _event("1967-08-08"), _event("1967-08-08")])
    target = _marks(tree)[1].attrib["href"].removeprefix("#")
    assert [row.attrib.get("id") for row in tree.iter("tr")].index(target) == 2


def test_a_mark_of_many_leads_where_the_page_says() -> None:
    def between(lane: str, first: date, last: date) -> str:
        return f"?lane={lane}&from={first}&to={last}"

    (mark,) = _marks(_tree([_event("1967-08-08"), _event("1967-08-10")], between=between))
    assert mark.attrib["href"] == "?lane=Statements&from=1967-08-08&to=1967-08-10"


@pytest.mark.parametrize("every", [0, 1, 5, 30, 97, 400])
def test_no_two_marks_of_a_lane_are_closer_than_a_target_is_wide(every: int) -> None:
    events = [_event(str(date(1967, 8, 8) + timedelta(days=every * n))) for n in range(60)]
    tree = _tree(events)
    places = [float(next(a.iter("circle")).attrib["cx"]) for a in _marks(tree)]
    assert all(after - before >= 24 for before, after in itertools.pairwise(places))
    counts = [re.match(r"(\d+) of", a.attrib["aria-label"]) for a in _marks(tree)]
    assert sum(int(count[1]) if count else 1 for count in counts) == 60


def test_lanes_stand_in_the_order_in_which_they_begin() -> None:
    tree = _tree([_event("1968-01-01", lane="Pledges"), _event("1967-01-01", lane="Meetings")])
    assert [t.text for t in tree.iter("text") if t.attrib["class"] == "lane"] == ["Meetings", "Pledges"]


def test_every_mark_lies_on_the_drawing() -> None:
    tree = _tree([_event("1967-01-01"), _event("1967-12-31"), _event("9999-12-31"), _event("0001-01-01")])
    width = float(next(tree.iter("svg")).attrib["width"])
    assert all(12 <= float(c.attrib["cx"]) <= width - 12 for c in tree.iter("circle"))


def test_today_is_drawn_where_it_is_on_the_line() -> None:
    events = [_event("1967-08-08")]
    assert "today" in {e.attrib.get("class") for e in _tree(events, today=date(1967, 9, 1)).iter("line")}
    assert "today" not in {e.attrib.get("class") for e in _tree(events, today=date(1990, 9, 1)).iter("line")}


def test_hostile_words_stay_words() -> None:
    tree = _tree([_event("1967-08-08", HOSTILE, HOSTILE), _event("1967-08-08", HOSTILE, HOSTILE)])
    assert {e.tag for e in tree.iter()}.isdisjoint({"script", "style"})
    assert not any(name.startswith("on") or name == "style" for e in tree.iter() for name in e.attrib)
    assert HOSTILE in ["".join(td.itertext()) for td in tree.iter("td")]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "//elsewhere.example", "https://elsewhere.example", "data:,"]
)
def test_a_mark_leads_nowhere_else(href: str) -> None:
    with pytest.raises(ValueError, match="no address within the ledger"):
        timeline([Event(date(1967, 8, 8), "It", "Statements", href)], key="said", title="What was said")


def test_a_chart_has_a_name_that_can_stand_in_a_page() -> None:
    with pytest.raises(ValueError, match="can't name a chart"):
        timeline([_event("1967-08-08")], key='x" onload="', title="What was said")
