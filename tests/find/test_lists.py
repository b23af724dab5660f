"""Enumerations are split into slices of the text."""

from __future__ import annotations

import pytest

from communique.find.lists import split_list


def items(words: str) -> list[str]:
    return [item.of(words) for item in split_list(words, 0, len(words))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "digital economy; maritime cooperation; development of Micro, Small and Medium Enterprises; "
            "tourism; and narrowing the development gap",
            [
                "digital economy",
                "maritime cooperation",
                "development of Micro, Small and Medium Enterprises",
                "tourism",
                "narrowing the development gap",
            ],
        ),
        (
            "public health, environment and climate change, education, culture and youth exchanges",
            ["public health", "environment and climate change", "education", "culture", "youth exchanges"],
        ),
        (
            "combating piracy, addressing the pandemic and promoting recovery, and encouraging exchanges",
            [
                "combating piracy",
                "addressing the pandemic and promoting recovery",
                "encouraging exchanges",
            ],
        ),
        (
            "electronic commerce, energy and resources, science and technology",
            ["electronic commerce", "energy and resources", "science and technology"],
        ),
        ("economic, financial and corporate governance", ["economic, financial and corporate governance"]),
        (
            "health, crime prevention and promoting regional security and combating terrorism",
            ["health", "crime prevention", "promoting regional security", "combating terrorism"],
        ),
        ("the drought and the famine in the north", ["the drought", "the famine in the north"]),
        ("trade and investment", ["trade and investment"]),
        ("their brutal and unjust war", ["their brutal and unjust war"]),
        ("the refugee camps as well as the border", ["the refugee camps", "border"]),
        ("", []),
        (" , ;", []),
    ],
)
def test_an_enumeration_is_split_into_what_it_lists(words: str, expected: list[str]) -> None:
    assert items(words) == expected


def test_a_comma_in_a_number_or_in_brackets_parts_nothing() -> None:
    assert items("1,200 patrols, fisheries (tuna, cod), and ports") == [
        "1,200 patrols",
        "fisheries (tuna, cod)",
        "ports",
    ]
