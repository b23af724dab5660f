"""Ordinals, in figures, words and Roman numerals."""

import pytest

from communique.find.ordinals import find_ordinals, roman


def numbers(text: str) -> list[int]:
    return [n for _, _, n in find_ordinals(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the 26th ASEAN-ROK Dialogue", 26),
        ("the 1st meeting", 1),
        ("the second summit", 2),
        ("Today’s inaugural meeting", 1),
        ("the first-ever leader-level summit", 1),
        ("the twenty-sixth session", 26),
        ("the Twenty-Sixth Session", 26),
        ("the V Summit of the Americas", 5),
        ("the XIV BRICS Summit", 14),
        ("host of COP28", 28),
        ("COP 26 in Glasgow", 26),
    ],
)
def test_an_ordinal_is_read_however_it_is_written(text: str, number: int) -> None:
    assert numbers(text) == [number]


@pytest.mark.parametrize(
    "text", ["I attended the Summit", "first-hand accounts", "the VX Summit", "PACE 2030"]
)
def test_what_only_looks_like_an_ordinal_is_none(text: str) -> None:
    assert numbers(text) == []


def test_ordinals_point_at_their_words() -> None:
    text = "from the first to the 26th Dialogue"
    assert [text[start:end] for start, end, _ in find_ordinals(text, 0, len(text))] == ["first", "26th"]


def test_roman_numerals_must_be_well_formed() -> None:
    assert (roman("XLIX"), roman("IIX")) == (49, None)
