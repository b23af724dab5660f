"""Sentences, and the abbreviations that end none."""

from __future__ import annotations

import pytest

from communique.model import Text
from communique.text.prepare import prepare


def sentences(content: str) -> list[str]:
    prepared = prepare(Text(content=content, media_type="text/plain", sha256=""))
    return [content[s.start : s.end] for s in prepared.sentences]


@pytest.mark.parametrize(
    "content",
    [
        "The Hon. E. G. Whitlam met Mr. Smith of the U.S. Department of State at 5 p.m. on Monday.",
        "President Joseph R. Biden, Jr. spoke today with H.E. Prof. Dr. Kim of St. Vincent.",
        "The group convened in Washington D.C. on 15 December under P. M. No. 5 and Arts. 2 and 3.",
        "The U.S.-Republic of Korea talks (see No. 4) cost US$6.5 million, i.e. 3.2 per cent of the total.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(content: str) -> None:
    assert sentences(content) == [content]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "It rose by 3.5 per cent. Mr. Fraser was glad.",
            ["It rose by 3.5 per cent.", "Mr. Fraser was glad."],
        ),
        (
            "They welcomed the ASEAN-U.S. Plan of Action. It ends in 2025.",
            ["They welcomed the ASEAN-U.S. Plan of Action.", "It ends in 2025."],
        ),
        ("They met in the U.S. The visit ended.", ["They met in the U.S.", "The visit ended."]),
        (
            "They met in Washington, D.C. He thanked Korea.",
            ["They met in Washington, D.C.", "He thanked Korea."],
        ),
        (
            '" We agree," he said. " We shall act."',
            ['" We agree," he said.', '" We shall act."'],
        ),
        ("The talks were “frank.” They ended late.", ["The talks were “frank.”", "They ended late."]),
    ],
)
def test_a_sentence_ends_where_another_begins(content: str, expected: list[str]) -> None:
    assert sentences(content) == expected


def test_a_sentence_spans_the_line_ends_of_hard_wrapped_text() -> None:
    content = (
        "On behalf of the South Pacific Forum heads of government as current Chair of the Forum,\n\n"
        "I condemn the decision to resume nuclear testing in the South Pacific. Members have protested\n\n"
        "and their statements reflect the depth of their disappointment. The immediate antagonism to the\n\n"
        "decision right across the region shows the resentment felt by our\n\n"
        "peoples.\n"
    )
    assert sentences(content) == [
        "On behalf of the South Pacific Forum heads of government as current Chair of the Forum,\n\n"
        "I condemn the decision to resume nuclear testing in the South Pacific.",
        "Members have protested\n\nand their statements reflect the depth of their disappointment.",
        "The immediate antagonism to the\n\ndecision right across the region shows the resentment felt by our"
        "\n\npeoples.",
    ]


def test_a_list_item_begins_after_its_marker_and_is_a_sentence_of_its_own() -> None:
    content = (
        "The two ministers agreed on the following fields of cooperation:\n"
        "• trade and investment;\n(a) energy transition; and\n1.1.2 Promote exchanges. This includes sport.\n"
        "- tourism\n\nRecognising that peace is indivisible;\n\n2. We have convened to review progress.\n"
    )
    prepared = prepare(Text(content=content, media_type="text/plain", sha256=""))
    assert [(s.role, content[s.start : s.end]) for s in prepared.sentences] == [
        ("body", "The two ministers agreed on the following fields of cooperation:"),
        ("list_item", "trade and investment;"),
        ("list_item", "energy transition; and"),
        ("list_item", "Promote exchanges."),
        ("list_item", "This includes sport."),
        ("list_item", "tourism"),
        ("body", "Recognising that peace is indivisible;"),
        ("body", "We have convened to review progress."),
    ]


def test_a_year_that_begins_a_line_is_no_list_marker() -> None:
    content = (
        "National Security Advisor Sullivan met Mr. Doval in New Delhi for talks on technology on 6 January,"
        "\n\n2025. Mr. Sullivan was accompanied by officials."
    )
    assert len(sentences(content)) == 2
    assert sentences(content)[0].endswith("6 January,\n\n2025.")
