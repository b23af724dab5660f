"""Issues are what was discussed or taken a position on, as compact slices of the text."""

from __future__ import annotations

import pytest

from communique.model import Record
from communique.reading import read


def record(words: str) -> Record:
    return read(words.encode(), media_type="text/plain", language="en")


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        (
            "Japan and Fiji exchanged views on issues of common interest including the South China Sea, "
            "the Korean Peninsula, developments in Myanmar, and the situation in Ukraine.",
            ["South China Sea", "Korean Peninsula", "developments in Myanmar", "situation in Ukraine"],
        ),
        (
            "Japan reaffirmed the importance of maintaining peace and stability across the Taiwan Strait.",
            ["peace and stability across the Taiwan Strait"],
        ),
        ("Japan and Fiji discussed the drought and the climate crisis.", ["drought", "climate crisis"]),
        ("Japan expressed concern about the coup in Myanmar.", ["coup in Myanmar"]),
        (
            "Japan and Australia discussed efforts to broker a ceasefire in Gaza, support for Ukraine in its "
            "defence, and the peaceful resolution of disputes.",
            ["ceasefire in Gaza", "support for Ukraine", "peaceful resolution of disputes"],
        ),
        (
            "Japan condemned the missile launch today in violation of international law.",
            ["missile launch"],
        ),
        (
            "Japan discussed recent violence and tensions in Jerusalem and the importance of freedom of navigation.",
            ["violence and tensions in Jerusalem", "freedom of navigation"],
        ),
        (
            "The talks focused on food security, arms control and the situation in Haiti.",
            ["food security", "arms control", "situation in Haiti"],
        ),
        (
            "Japan reiterated the importance of protecting civilian lives and respecting international law.",
            ["civilian lives", "international law"],
        ),
        (
            "Japan discussed shared priorities, including China and Iran.",
            ["China and Iran"],
        ),
        (
            "We will discuss arms control and the movement of workers.",
            ["arms control", "movement of workers"],
        ),
        ("Japan and Fiji discussed supporting Ukraine.", ["supporting Ukraine"]),
        (
            "The crisis in Haiti and food prices were discussed by Japan and Fiji.",
            ["crisis in Haiti", "food prices"],
        ),
        ("Japan discussed trade with Australian officials.", []),
        ("Japan and Fiji discussed ways to deepen their partnership.", []),
    ],
)
def test_what_was_discussed_is_listed(words: str, topics: list[str]) -> None:
    assert [i.topic for i in record(words).issues] == topics


def test_an_issue_is_listed_once_and_quotes_the_text() -> None:
    found = record("Japan and Fiji discussed climate change. They also discussed the climate crisis.")
    assert [i.topic for i in found.issues] == ["climate change"]
    assert all(i.quote == found.document.text[i.start : i.end] for i in found.issues)


def test_an_issue_names_those_who_spoke_of_it() -> None:
    (issue,) = record("Japan and Australia discussed the coup in Myanmar.").issues
    assert {p.name for p in issue.parties} == {"Japan", "Australia"}
