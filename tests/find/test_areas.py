"""Areas are fields of cooperation as listed, each a slice of the text."""

from __future__ import annotations

import pytest

from communique.reading import read


def areas(words: str) -> list[str]:
    return [a.name for a in read(words.encode(), media_type="text/plain", language="en").areas]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (
            "They highlighted several areas for closer cooperation, such as digital economy; labor market; "
            "tourism; and narrowing the development gap.",
            ["digital economy", "labor market", "tourism", "narrowing the development gap"],
        ),
        (
            "They agreed to increase cooperation in the fields of education, tourism and maritime transport.",
            ["education", "tourism", "maritime transport"],
        ),
        (
            "They discussed cooperation on combating piracy, advancing sea rescue, and training pilots.",
            ["combating piracy", "advancing sea rescue", "training pilots"],
        ),
        ("Japan underlined climate change as a new priority area of cooperation.", ["climate change"]),
        ("They pledged to deepen maritime cooperation.", ["maritime cooperation"]),
        ("They agreed to deepen their bilateral cooperation in the Indo-Pacific.", []),
    ],
)
def test_fields_of_cooperation_are_listed_apart(words: str, names: list[str]) -> None:
    assert areas(words) == names


def test_bullets_under_areas_are_areas() -> None:
    words = "The leaders agreed to work together in these areas:\n\n- Clean harbours\n- Training of pilots\n"
    assert areas(words) == ["Clean harbours", "Training of pilots"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (
            "The relationship is broad, spanning education, defence and tourism.",
            ["education", "defence", "tourism"],
        ),
        ("Japan will cooperate in the wake of the flood.", []),
        ("They agreed to hold the next dialogue in Georgetown in 2026.", []),
        ("Japan promised cooperation with Fiji and Tonga on trade.", ["trade"]),
    ],
)
def test_people_places_and_set_phrases_are_no_fields(words: str, names: list[str]) -> None:
    assert areas(words) == names
