"""Who speaks, in the registers of communiqués, councils, ministries and wires."""

from __future__ import annotations

import json

from communique.model import Record
from communique.reading import read


def reading(text: str, *, title: str = "", published: str = "2024-03-01") -> Record:
    return read(text.encode(), media_type="text/plain", title=title or None, published=published)


def said(record: Record) -> list[tuple[str, tuple[str, ...]]]:
    """List each act with those who perform it; what is only asserted left out."""
    return [(s.act, tuple(p.name for p in s.speakers)) for s in record.statements if s.act != "assert"]


def test_a_council_that_only_opens_a_decision_speaks_in_its_recitals_and_numbered_paragraphs() -> None:
    record = reading(
        "The Peace and Security Council,\n\n"
        "Recalling its earlier decisions on the lake region;\n\n"
        "1. Expresses concern over the fighting;\n\n"
        "2. Requests the Commission to send a mission within a month;\n\n"
        "3. Calls upon the parties to lay down their arms.",
        title="Communiqué on the Lake Region",
    )
    council = ("African Union Peace and Security Council",)
    assert said(record) == [
        ("note", council),
        ("concern", council),
        ("request", council),
        ("urge", council),
    ]


def test_the_meeting_of_a_chairmans_statement_is_those_whom_its_title_names() -> None:
    record = reading(
        "1. The 30th ASEAN-Canada Summit was held in Jakarta. The Meeting was chaired by the Prime Minister of "
        "Malaysia, and attended by the Leaders of ASEAN Member States.\n\n2. The Meeting commended the Centre.",
        title="Chairman's Statement of the 30th ASEAN-Canada Summit",
    )
    assert ("appreciate", ("ASEAN", "Canada")) in said(record)


def test_a_scene_named_in_the_title_does_not_speak() -> None:
    record = reading(
        "The members of the Security Council condemned in the strongest terms the attack. They underscored the "
        "need for justice.",
        title="Security Council Press Statement on Attack in Niger",
    )
    council = ("United Nations Security Council",)
    assert said(record) == [("condemn", council), ("emphasise", council)]


def test_a_headlines_verb_is_no_name() -> None:
    record = reading(
        "The Secretary-General strongly condemns the shelling. He reiterates that civilians must be spared.",
        title="Secretary-General Condemns Shelling in Sudan",
    )
    assert said(record) == [("condemn", ("Secretary-General",)), ("reaffirm", ("Secretary-General",))]


def test_members_who_attend_their_organisations_meeting_speak_as_the_organisation() -> None:
    record = reading(
        "The Fiftieth Pacific Islands Forum was held in Apia and was attended by the Heads of Government of "
        "Australia, Fiji, New Zealand, Samoa and Tonga.\n\nLeaders declared that the ocean warms, and called for "
        "action.",
        title="Forum Communiqué of the Fiftieth Pacific Islands Forum",
    )
    assert ("urge", ("Pacific Islands Forum",)) in said(record)


def test_views_are_exchanged_by_both_who_met() -> None:
    record = reading(
        "Vice Minister Ban Ki-moon met with Deputy Minister of Foreign Affairs of Thailand Thanat Khoman on "
        "May 9 and exchanged views on trade."
    )
    assert said(record) == [("discuss", ("Ban Ki-moon", "Thanat Khoman"))]


def test_what_one_came_to_hold_a_summit_for_names_both_sides() -> None:
    record = reading(
        "Prime Minister KISHIDA Fumio of Japan paid a visit to Delhi in March to hold the Annual Summit with "
        "Prime Minister Narendra Modi of India. The two leaders concurred on reform."
    )
    assert ("agree", ("Kishida Fumio", "Narendra Modi")) in said(record)


def test_a_saying_stands_itself_where_nobody_performs_what_it_carries() -> None:
    record = reading("Foreign Minister Wang Yi of China said that trade supports peace.")
    assert [(s.act, s.cue, s.speakers[0].name) for s in record.statements] == [("assert", "said", "Wang Yi")]


def test_a_spokesperson_speaks_in_person_whatever_ministry_stands_before_the_name() -> None:
    record = reading("China's foreign ministry spokesperson Mao Ning welcomed the truce.")
    assert said(record) == [("welcome", ("Mao Ning",))]


def test_under_we_will_every_item_binds_also_one_without_a_word_of_speaking() -> None:
    record = reading(
        "We, the Leaders of the G20, met in Delhi.\n\nWe will:\n\na. Accelerate strong and balanced growth.\n"
        "b. Finance schools in all regions.",
        title="G20 Leaders' Declaration",
    )
    assert [c.quote for c in record.commitments] == [
        "Accelerate strong and balanced growth",
        "Finance schools in all regions",
    ]


def test_member_states_speak_as_their_organisation_in_its_own_declaration() -> None:
    record = reading(
        "The leaders met in Samarkand.\n\nThe Member States oppose interference. They call for dialogue.",
        title="Declaration of the Council of Heads of State of the Shanghai Cooperation Organisation",
    )
    assert [p for _, p in said(record)] == [("Shanghai Cooperation Organisation",)] * 2


def test_recitals_in_capitals_and_numbered_decisions_belong_to_the_heads_who_open_them() -> None:
    record = reading(
        "WE, the Heads of State/Government of the Member States of ASEAN and the Republic of India, gathered in "
        "New Delhi;\n\nNOTING with concern the threat of piracy;\n\nDO HEREBY AGREE TO:\n\n"
        "1. Promote regular talks among coast guards;\n\n2. Strengthen cooperation at sea by 2030.",
        title="Joint Declaration of ASEAN and India on the Sea",
    )
    assert ("concern", ("ASEAN", "India")) in said(record) or ("note", ("ASEAN", "India")) in said(record)
    assert [c.deadline for c in record.commitments] == [None, "2030"]


def test_those_who_came_along_are_not_all_who_met() -> None:
    record = reading(
        "1. The Heads of State of fifty-one countries, together with the President of the European Council, "
        "gathered for the Summit.\n\n2. Leaders underlined the role of dialogue.",
        title="Chair's Statement of the 13th ASEM Summit",
    )
    assert "European Union" not in str(said(record))


def test_a_participle_between_a_subjects_commas_is_the_subjects_act() -> None:
    record = reading("Canada and Chile, expressing deep concern over the drought, agreed to share seed.")
    assert said(record) == [("concern", ("Canada", "Chile")), ("agree", ("Canada", "Chile"))]


def test_a_joint_statement_with_a_leader_is_also_that_of_the_issuers_leader() -> None:
    text = "The two leaders agreed to hold talks each year. They welcomed the trade agreement."
    title = "Joint Statement with Prime Minister Shinzo Abe"
    line = json.dumps({"text": text, "title": title, "url": "https://pmtranscripts.pmc.gov.au/release/1"})
    record = read(line.encode(), media_type="application/jsonl")
    assert said(record) == [
        ("agree", ("Shinzo Abe", "Prime Minister of Australia")),
        ("welcome", ("Shinzo Abe", "Prime Minister of Australia")),
    ]


def test_a_joint_statement_that_names_one_side_is_not_that_sides_alone() -> None:
    record = reading(
        "We agreed to hold talks each year.", title="Joint Statement with Prime Minister Shinzo Abe"
    )
    assert said(record) == [("agree", ())]
