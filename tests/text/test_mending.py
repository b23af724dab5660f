"""What the parser misreads in communiqués is mended before it is read."""

from __future__ import annotations

import pytest

from communique.find.acts import find_acts
from communique.text.mending import mended
from communique.text.syntax import Parse, parse_all


def parsed(text: str) -> Parse:
    return mended(parse_all([(0, text)])[0])


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Requests the Commission to convene the Panel within two months;", ["Requests"]),
        ("Calls upon the parties to open the port;", ["Calls upon"]),
        (
            "Heads condemned piracy in all its forms and encouraged members to act.",
            ["condemned", "encouraged"],
        ),
        (
            "The Ministers exchanged views on the border, and strongly opposed unilateral attempts to move it.",
            ["exchanged views", "opposed"],
        ),
        ("The members of the Council condemned in the strongest terms the attack in Niger.", ["condemned"]),
    ],
)
def test_verbs_taken_for_nouns_or_participles_act(text: str, verbs: list[str]) -> None:
    assert [text[h.cue_start : h.cue_end] for h in find_acts(parsed(text))] == verbs


@pytest.mark.parametrize(
    "text",
    ["Requests were many.", "The opposed armies camped on the plain.", "Renewed trust followed the war."],
)
def test_real_nouns_and_participles_do_not_act(text: str) -> None:
    assert find_acts(parsed(text)) == []
