"""What two names have in common, and what only looks so: a table of names as documents write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.ledger.entities.models import Entity, Kind
from communique.ledger.resolution.abbreviations import explained
from communique.ledger.resolution.likeness import is_part, nearly, of_names
from communique.ledger.resolution.marks import marks
from communique.ledger.resolution.wording import spelt

LIKE = [
    ("fund", "ASEAN-ROK Cooperation Fund", "ASEAN-Republic of Korea Cooperation Fund", "words"),
    ("instrument", "ASEAN-ROK FTA", "ASEAN-Republic of Korea Free Trade Agreement", "words"),
    ("instrument", "Korea-Australia Free Trade Agreement", "Australia-Korea free trade agreement", "order"),
    ("instrument", "Colombo Programme", "Colombo Program", "words"),
    ("instrument", "Treaty on Amity", "Treaty of Amity", "words"),
    ("instrument", "Agriculture Innovation Mission", "Agricultural Innovation Mission", "endings"),
    ("instrument", "Bangkok Declaration (ASEAN)", "Bangkok Declaration", "words"),
    ("party", "U.S. Coast Guard", "United States Coast Guard", "words"),
    ("party", "Bank of Asia, a Manila-based lender", "Bank of Asia", "words"),
    ("party", "State Department", "Department of State", "order"),
    ("party", "Comonwealth Secretariat", "Commonwealth Secretariat", "typo"),
    ("series", "ASEAN Leaders' Summit", "ASEAN Summit", "words"),
    ("series", "Session of the Ministerial Conference", "Ministerial Conference", "words"),
    ("series", "East Asia Summit (EAS)", "EAS", "brackets"),
    ("area", "co-operation in tourism", "cooperation in tourism", "letters"),
    ("area", "emerging technologies", "emerging technology", "words"),
    ("person", "Sinnathamby Rajaratnam", "Sinnathambi Rajaratnam", "typo"),
    ("person", "Robert Menzies", "Bob Menzies", "given"),
    ("person", "Thanat Khoman", "Khoman Thanat", "order"),
    ("person", "U Thant", "U-Thant", "letters"),
]
UNLIKE = [
    ("instrument", "Resolution 1267", "Resolution 1268"),
    ("instrument", "Plan of Action 2016-2020", "Plan of Action 2021-2025"),
    ("instrument", "National Action Plan on Women", "National Action Plans on Women"),
    ("instrument", "Treaty II on Trade", "Treaty III on Trade"),
    ("party", "Ministry of Defence", "Ministry of Finance"),
    ("party", "Republic of Iran", "Republic of Iraq"),
    ("party", "Gambia Airways", "Zambia Airways"),
    ("party", "Government", "governments"),
    ("series", "Visit by the Prime Minister of Japan", "Visit by the Prime Minister to Japan"),
    ("series", "Visit of Malaysia to Japan", "Visit of Japan to Malaysia"),
    ("area", "trade in services", "trade and services"),
    ("area", "agricultural productivity", "agricultural products"),
    ("person", "Adam Malik", "Adam Smith"),
    ("person", "Minister of Foreign Affairs", "Minister for Foreign Affairs"),
    ("person", "Salman bin Abdulaziz", "Abdulaziz bin Salman"),
]


@pytest.mark.parametrize(("kind", "one", "other", "code"), LIKE)
def test_names_of_one_thing_are_recognised(kind: str, one: str, other: str, code: str) -> None:
    assert [r.code for r in of_names(kind, spelt(one), spelt(other))] == [code]
    assert [r.code for r in of_names(kind, spelt(other), spelt(one))] == [code]


@pytest.mark.parametrize(("kind", "one", "other"), UNLIKE)
def test_names_of_two_things_are_left_apart(kind: str, one: str, other: str) -> None:
    assert list(of_names(kind, spelt(one), spelt(other))) == []


@pytest.mark.parametrize(
    ("part", "whole", "is_so"),
    [
        ("Malik", "Adam Malik", True),
        ("A. Malik", "Adam Malik", True),
        ("Dag Hammarskjöld", "Dag Hjalmar Hammarskjöld", True),
        ("Li", "Bo Li", False),
        ("Malik", "Malik", False),
        ("Charles Malik", "Adam Malik", False),
    ],
)
def test_a_surname_is_part_of_a_full_name(part: str, whole: str, is_so: bool) -> None:
    assert is_part(spelt(part), spelt(whole)) is is_so


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("soeharto", "socharto", True),
        ("holyoake", "holoyake", True),
        ("mcmahon", "mcmahone", True),
        ("iran", "iraq", False),
        ("miyazawa", "miyazaki", False),
    ],
)
def test_a_slip_is_one_letter_missing_wrong_or_swapped(one: str, other: str, is_so: bool) -> None:
    assert nearly(one, other) is is_so


def test_short_forms_that_a_text_explains_are_found() -> None:
    text = (
        "The Commonwealth Heads of Government Meeting (CHOGM) met. The ASEAN Outlook on the Indo-Pacific (AOIP) and"
        " the Treaty of Amity and Cooperation (TAC) stand. Adam Malik (Indonesia) spoke (IN FULL)."
    )
    assert [(e.short, e.long) for e in explained(text)] == [
        ("chogm", "Commonwealth Heads of Government Meeting"),
        ("aoip", "ASEAN Outlook on the Indo-Pacific"),
        ("tac", "Treaty of Amity and Cooperation"),
    ]


_NAMES = st.text(max_size=40) | st.lists(
    st.sampled_from(
        ["the", "ASEAN", "(EAS)", "II", "’s", "-", "3rd", ", a", "&", "U.S.", "Malik", "Dr", "Jr", "()"]
    ),
    max_size=7,
).map(" ".join)


@given(_NAMES, _NAMES, st.sampled_from(Kind.values))
def test_whatever_a_document_calls_things_can_be_compared(one: str, other: str, kind: str) -> None:
    entity = Entity(kind=kind, key=f"{one[:200]}#1974", name=one, ordinal=None)
    assert marks(entity, spelt(one), (1, 2)) or not spelt(one).squeezed
    for reason in of_names(kind, spelt(one), spelt(other)):
        assert reason.told
    is_part(spelt(one), spelt(other))
    list(explained(f"{one} {other} (ABC) ({other}) {one}"))
