"""What the verifier refuses, and what it lets stand: promise 1, value by value."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from communique.evidence import polarity_of
from communique.model import (
    Area,
    Chair,
    Commitment,
    Contribution,
    Coverage,
    Document,
    Instrument,
    Issue,
    Meeting,
    Mention,
    Party,
    PartyRef,
    Reader,
    Record,
    Statement,
    Support,
)
from communique.verify import refuse, verify

TEXT = """\
Senior officials of ASEAN and Japan met in Suva at the 4th ASEAN-Japan Ocean Dialogue last week. \
The Dialogue was co-chaired by Kamisese Mara, Permanent Secretary for Foreign Affairs of Fiji. \
Both sides agreed to begin joint training by 2025. \
ASEAN welcomed Japan's contribution of up to US$6 million to the Ocean Fund. \
Japan did not endorse the ASEAN-Japan Plan of Action 2021-2025. \
They discussed the situation in the Red Sea; coral reefs; and tourism.
"""
PARTIES = {
    "asean": ("ASEAN", "organisation"),
    "JPN": ("Japan", "state"),
    "FJI": ("Fiji", "state"),
    "PRK": ("Democratic People's Republic of Korea", "state"),
}
ASEAN, JAPAN = PartyRef("asean", "ASEAN"), PartyRef("JPN", "Japan")
NORTH_KOREA = PartyRef("PRK", "Democratic People's Republic of Korea")


def at(words: str, text: str = TEXT) -> dict[str, Any]:
    start = text.index(words)
    return {"quote": words, "start": start, "end": start + len(words)}


def on(field: str, words: str, rule: str = "anaphora/both-sides") -> Support:
    start = TEXT.index(words)
    return Support(field, rule, start, start + len(words))


def party(id_: str) -> Party:
    name, kind = PARTIES[id_]
    starts = [i for i in range(len(TEXT)) if TEXT.startswith(name, i)]
    mentions = tuple(Mention(start, start + len(name), name) for start in starts)
    return Party(id_, name, kind, mentions=mentions)  # type: ignore[arg-type]


def record(**lists: Any) -> Record:
    empty: dict[str, Any] = dict.fromkeys(Record.__struct_fields__, ())
    empty["document"] = Document(TEXT, "0" * 64, "text/plain", published="2024-03-12T10:00:00+07:00")
    empty["coverage"], empty["reader"] = Coverage(0, 0, 0), Reader("1", "1")
    empty["parties"] = tuple(party(id_) for id_ in PARTIES)
    return Record(**(empty | lists))


BOTH = on("speakers", "ASEAN and Japan")
AGREED = Statement(
    **at("Both sides agreed to begin joint training by 2025"),
    act="agree",
    cue="agreed",
    speakers=(ASEAN, JAPAN),
    supports=(BOTH,),
)
WELCOMED = Statement(
    **at("ASEAN welcomed Japan's contribution of up to US$6 million to the Ocean Fund"),
    act="welcome",
    cue="welcomed",
    speakers=(ASEAN,),
)
REFUSED = Statement(
    **at("Japan did not endorse the ASEAN-Japan Plan of Action 2021-2025"),
    act="support",
    cue="endorse",
    speakers=(JAPAN,),
    polarity="negative",
)
OWED = Commitment(
    **at("Both sides agreed to begin joint training by 2025"),
    debtors=(ASEAN, JAPAN),
    action="begin joint training",
    deadline="2025",
    supports=(on("debtors", "ASEAN and Japan"),),
)
GIVEN = Contribution(
    **at("Japan's contribution of up to US$6 million to the Ocean Fund"),
    donor=JAPAN,
    amount="6000000",
    currency="USD",
    bound="up_to",
    recipient="Ocean Fund",
)
MET = Meeting(
    **at("Senior officials of ASEAN and Japan met in Suva at the 4th ASEAN-Japan Ocean Dialogue last week"),
    name="4th ASEAN-Japan Ocean Dialogue",
    series="ASEAN-Japan Ocean Dialogue",
    ordinal=4,
    date="2024-03-04/2024-03-10",
    date_rule="week/published",
    place="Suva",
    chairs=(Chair("Kamisese Mara", "Permanent Secretary for Foreign Affairs", "Fiji"),),
    supports=(
        on("chairs", "Kamisese Mara, Permanent Secretary for Foreign Affairs of Fiji", "chairs/sentence"),
    ),
)
PLAN = Instrument(
    **at("ASEAN-Japan Plan of Action 2021-2025"),
    name="ASEAN-Japan Plan of Action 2021-2025",
    surface="ASEAN-Japan Plan of Action 2021-2025",
    kind="plan_of_action",
    period=("2021", "2025"),
)
TOPIC = Issue(**at("discussed the situation in the Red Sea"), topic="situation in the Red Sea")
FIELD = Area(**at("coral reefs"), name="coral reefs")
GOOD = {
    "statements": (AGREED, WELCOMED, REFUSED),
    "commitments": (OWED,),
    "contributions": (GIVEN,),
    "meetings": (MET,),
    "instruments": (PLAN,),
    "issues": (TOPIC,),
    "areas": (FIELD,),
}

WRONG = [
    ("statements", WELCOMED, {"quote": "ASEAN welcomed Japan's contribution"}, "quote"),
    ("statements", WELCOMED, {"start": WELCOMED.start + 1}, "quote"),
    ("statements", WELCOMED, {"act": "condemn"}, "act"),
    ("statements", WELCOMED, {"cue": "rejected"}, "cue"),
    ("statements", WELCOMED, {"polarity": "negative"}, "polarity"),
    ("statements", REFUSED, {"polarity": "positive"}, "polarity"),
    ("statements", WELCOMED, {"speakers": (JAPAN,)}, "speakers"),
    ("statements", WELCOMED, {"speakers": (NORTH_KOREA,)}, "speakers"),
    ("statements", WELCOMED, {"speakers": (PartyRef("TON", "Tonga"),)}, "speakers"),
    ("statements", WELCOMED, {"speakers": (ASEAN, ASEAN)}, "speakers"),
    ("statements", AGREED, {"supports": ()}, "speakers"),
    ("statements", AGREED, {"speakers": (ASEAN, NORTH_KOREA)}, "speakers"),
    ("statements", WELCOMED, {"about": "the Carbon Fund"}, "about"),
    ("statements", WELCOMED, {"inside": 7}, "inside"),
    ("commitments", OWED, {"deadline": "2026"}, "deadline"),
    ("commitments", OWED, {"debtors": (NORTH_KOREA,)}, "debtors"),
    ("commitments", OWED, {"action": "end joint training"}, "action"),
    ("commitments", OWED, {"instrument": "Ocean Treaty"}, "instrument"),
    ("contributions", GIVEN, {"amount": "60000000"}, "amount"),
    ("contributions", GIVEN, {"amount": "6000000000"}, "amount"),
    ("contributions", GIVEN, {"amount": "6"}, "amount"),
    ("contributions", GIVEN, {"currency": "AUD"}, "currency"),
    ("contributions", GIVEN, {"bound": None}, "bound"),
    ("contributions", GIVEN, {"bound": "at_least"}, "bound"),
    ("contributions", GIVEN, {"donor": ASEAN}, "donor"),
    ("contributions", GIVEN, {"recipient": "Carbon Fund"}, "recipient"),
    ("meetings", MET, {"ordinal": 5}, "ordinal"),
    ("meetings", MET, {"name": "5th ASEAN-Japan Ocean Dialogue"}, "name"),
    ("meetings", MET, {"date": "2023-03-06/2023-03-12"}, "date"),
    ("meetings", MET, {"place": "Nadi"}, "place"),
    ("meetings", MET, {"chairs": (Chair("Kamisese Mara", "Permanent Secretary", "Japan"),)}, "chairs"),
    ("meetings", MET, {"chairs": (Chair("Ana Tora", None, "Fiji"),)}, "chairs"),
    ("instruments", PLAN, {"period": ("2022", "2025")}, "period"),
    ("instruments", PLAN, {"name": "ASEAN-Japan Plan of Action 2021-2026"}, "name"),
    ("issues", TOPIC, {"topic": "situation in the Black Sea"}, "topic"),
    ("areas", FIELD, {"name": "kelp forests"}, "name"),
]


def test_a_record_whose_every_value_has_its_words_is_good() -> None:
    assert verify(record(**GOOD)) == ()


@pytest.mark.parametrize(("name", "finding", "change", "field"), WRONG, ids=lambda v: str(v)[:40])
def test_a_value_without_its_words_is_refused(name: str, finding: Any, change: Any, field: str) -> None:
    changed = msgspec.structs.replace(finding, **change)
    problems = verify(record(**(GOOD | {name: (changed,)})))
    assert {p.code for p in problems} == {f"refused/{field}"}


def test_a_date_counted_from_publication_falls_with_the_day_of_publication() -> None:
    good = record(**GOOD)
    later = msgspec.structs.replace(good.document, published="2023-03-12")
    assert [p.code for p in verify(msgspec.structs.replace(good, document=later))] == ["refused/date"]


def test_a_mention_that_does_not_name_its_party_supports_nothing() -> None:
    start = TEXT.index("ASEAN welcomed")
    false = Party("PRK", NORTH_KOREA.name, "state", mentions=(Mention(start, start + 5, "ASEAN"),))
    said = msgspec.structs.replace(WELCOMED, speakers=(NORTH_KOREA,))
    problems = verify(record(parties=(false,), statements=(said,)))
    assert {p.code for p in problems} == {"refused/mentions", "refused/speakers"}


def test_refusing_keeps_the_rest_says_why_and_lets_nested_statements_point_right() -> None:
    wrong = msgspec.structs.replace(AGREED, act="condemn")
    inner = msgspec.structs.replace(REFUSED, inside=1)
    orphan = msgspec.structs.replace(REFUSED, inside=0)
    kept = refuse(record(**(GOOD | {"statements": (wrong, WELCOMED, inner, orphan)})))
    assert [s.act for s in kept.statements] == ["welcome", "support", "support"]
    assert [s.inside for s in kept.statements] == [None, 0, None]
    assert [p.code for p in kept.problems] == ["refused/act"]
    assert kept.contributions == (GIVEN,)


def test_a_good_record_is_returned_as_it_is() -> None:
    good = record(**GOOD)
    assert refuse(good) is good


@pytest.mark.parametrize(
    ("words", "cue", "polarity"),
    [
        ("Japan did not endorse the plan", "endorse", "negative"),
        ("Japan will not recognise the vote", "will not recognise", "negative"),
        ("We are not aware of a plan", "are not aware", "negative"),
        ("We commit not to test such weapons", "commit not to", "positive"),
        ("We will not only deepen our work", "will not only deepen", "positive"),
        ("Japan, which did not attend, endorsed the plan", "endorsed", "positive"),
    ],
)
def test_a_denial_counts_where_it_denies_the_act(words: str, cue: str, polarity: str) -> None:
    assert polarity_of(words, cue) == polarity
