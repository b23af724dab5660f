"""Instruments are found by their names, joined where written in several ways, and dated by their period."""

from __future__ import annotations

import pytest

from communique.model import Instrument
from communique.reading import read


def instruments(words: str) -> tuple[Instrument, ...]:
    return read(words.encode(), media_type="text/plain", language="en").instruments


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        (
            "The Meeting welcomed the ASEAN-Japan Plan of Action on Ports.",
            "ASEAN-Japan Plan of Action on Ports",
            "plan_of_action",
        ),
        (
            "Ministers thanked Japan for its support to the Mekong Flood Response Fund.",
            "Mekong Flood Response Fund",
            "fund",
        ),
        (
            "Japan paid US$750,000 to the Mekong Flood Response Fund in July.",
            "Mekong Flood Response Fund",
            "fund",
        ),
        (
            "They signed the Agreement on Coastal Fisheries between Australia and the Republic of Korea.",
            "Agreement on Coastal Fisheries between Australia and the Republic of Korea",
            "agreement",
        ),
        (
            "Japan joined the Partnership for Clean Harbours (PCH) last year.",
            "Partnership for Clean Harbours",
            "initiative",
        ),
        (
            "The two sides will conclude a bilateral agreement on the protection of classified maps.",
            "bilateral agreement on the protection of classified maps",
            "agreement",
        ),
        (
            "Leaders adopted the Suva Declaration on Ocean Noise.",
            "Suva Declaration on Ocean Noise",
            "declaration",
        ),
        (
            "Disputes must be settled in accordance with UNCLOS.",
            "United Nations Convention on the Law of the Sea",
            "treaty",
        ),
        (
            "We announced an enhanced security partnership called “HARBOUR”.",
            "HARBOUR",
            "initiative",
        ),
    ],
)
def test_an_instrument_is_found_with_its_name_and_kind(words: str, name: str, kind: str) -> None:
    assert [(i.name, i.kind) for i in instruments(words)] == [(name, kind)]


@pytest.mark.parametrize(
    "words",
    [
        "They met on the sidelines of the Trade Framework Summit.",
        "The 26th ASEAN-Japan Dialogue was held in Hanoi.",
        "They issued a Joint Statement.",
        "She condemned its nuclear program and its smuggling network.",
        "They reached agreement on the date of the next visit.",
        "The President spoke with the Minister for Planning.",
    ],
)
def test_a_meeting_a_body_or_a_common_noun_is_no_instrument(words: str) -> None:
    assert instruments(words) == ()


def test_written_variants_and_later_acronyms_are_one_instrument() -> None:
    words = (
        "Japan supports the ASEAN Outlook in the Indo-Pacific (AOIP). The AOIP is open to all. "
        "Ministers recalled the ASEAN Outlook on the Indo-Pacific."
    )
    (outlook,) = instruments(words)
    assert outlook.name == "ASEAN Outlook on the Indo-Pacific"
    assert outlook.surface == "ASEAN Outlook in the Indo-Pacific (AOIP)"
    assert [s.rule for s in outlook.supports] == ["instruments/variant"]
    assert [m.text for m in outlook.mentions][1:] == ["AOIP", "ASEAN Outlook on the Indo-Pacific"]


def test_a_bare_head_noun_is_a_mention_of_the_instrument_before_it() -> None:
    (plan,) = instruments(
        "Ministers adopted the Lagoon Action Plan. They will review the Action Plan in June."
    )
    assert [m.text for m in plan.mentions] == ["Lagoon Action Plan", "Action Plan"]


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("They adopted the ASEAN-Japan Plan of Action 2021-2025.", ("2021", "2025")),
        ("They adopted the Reef Action Plan for the period 2022–2026.", ("2022", "2026")),
        ("They recalled the 2030 Agenda for Sustainable Development.", (None, "2030")),
        ("They adopted the Reef Action Plan.", None),
    ],
)
def test_a_period_is_what_the_words_say(words: str, period: tuple[str | None, str | None] | None) -> None:
    (plan,) = instruments(words)
    assert plan.period == period


def test_agreements_listed_under_one_noun_are_several() -> None:
    found = instruments(
        "They concluded agreements on electronic commerce, energy and resources, and fisheries."
    )
    assert [i.name for i in found] == [
        "agreement on electronic commerce",
        "agreement on energy and resources",
        "agreement on fisheries",
    ]
    assert {s.rule for i in found for s in i.supports} == {"instruments/shared-head"}


def test_the_parties_in_a_name_are_its_parties() -> None:
    (treaty,) = instruments("They signed the Treaty on Mutual Aid between Japan and Australia.")
    assert {p.name for p in treaty.parties} == {"Japan", "Australia"}
