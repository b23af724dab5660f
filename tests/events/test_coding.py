"""What is coded as an event, who acts in it and to whom, and on which words."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

import pytest

from communique.evaluation.events import coded, quiet_sentences
from communique.events import Event, code, read_coded
from communique.events.places import find_places
from communique.events.sides import side_of
from communique.model import Text
from communique.reading import read_page
from communique.vocab.events import event_types

EXAMPLES = [e.text for t in event_types().values() for e in t.examples]


def events(text: str, published: str = "2003-04-09") -> tuple[Event, ...]:
    return read_coded(_text(text), published=published).events


def triples(text: str) -> list[tuple[str, str, str | None]]:
    return [(e.actor, e.type, e.recipient) for e in events(text)]


def _text(words: str) -> Text:
    return Text(words, "text/plain", hashlib.sha256(words.encode()).hexdigest())


def test_every_quote_stands_at_its_offsets() -> None:
    text = "\n\n".join(EXAMPLES)
    found = events(text)
    assert len(found) > 20
    assert all(text[e.start : e.end] == e.quote for e in found)
    assert all(text[w.start : w.end] == w.quote for e in found for w in e.also)


def test_one_event_said_twice_is_one_event_with_two_quotes() -> None:
    (event,) = events(
        "Japan suspended aid to Tonga after the coup.\n\nTokyo also cut aid to Tonga, a minister said."
    )
    assert (event.actor, event.type, event.recipient) == ("JPN", "SANCTION", "TON")
    assert event.quote == "Japan suspended aid to Tonga after the coup"
    assert [w.quote for w in event.also] == ["Tokyo also cut aid to Tonga"]


def test_two_events_of_one_type_are_two_rows() -> None:
    assert triples("Kenya accused Chad of fraud. Kenya accused Mali of fraud.") == [
        ("KEN", "ACCUSE", "TCD"),
        ("KEN", "ACCUSE", "MLI"),
    ]


def test_a_sum_is_that_of_its_words() -> None:
    (event,) = events("Norway gave Zambia a grant of 20 million dollars for rural schools.")
    assert (event.type, event.amount) == ("AID", Decimal(20_000_000))


def test_a_pledge_is_a_promise_and_no_aid() -> None:
    (event,) = events("Japan pledged US$4 million to Fiji for roads.")
    assert (event.type, event.recipient, event.amount, event.currency) == (
        "AGREE",
        "FJI",
        Decimal(4_000_000),
        "USD",
    )


def test_the_day_is_that_of_publication() -> None:
    assert {e.date for e in events("Kenya accused Chad of fraud.", "2003-04-09")} == {date(2003, 4, 9)}


@pytest.mark.parametrize(
    ("sentence", "triple"),
    [
        ("Ghana sent food aid to Mali.", ("GHA", "AID", "MLI")),
        ("Ghana will send food aid to Mali.", ("GHA", "AGREE", "MLI")),
        ("Ghana agreed to send food aid to Mali.", ("GHA", "AGREE", "MLI")),
        ("Ghana refused to send food aid to Mali.", ("GHA", "REJECT", "MLI")),
        ("Ghana said it would not send food aid to Mali.", ("GHA", "REJECT", "MLI")),
        ("Ghana suspended food aid to Mali.", ("GHA", "SANCTION", "MLI")),
        ("Ghana threatened to suspend food aid to Mali.", ("GHA", "THREATEN", "MLI")),
        ("Ghana demanded that Mali resume talks.", ("GHA", "REQUEST", "MLI")),
        ("Ghana said on Friday that Mali must release the miners.", ("GHA", "REQUEST", "MLI")),
        ("Ghana will bomb Mali if the raids go on, its army warned.", ("GHA", "THREATEN", "MLI")),
    ],
)
def test_what_an_event_hangs_on_makes_it_another(sentence: str, triple: tuple[str, str, str]) -> None:
    assert triple in triples(sentence)


@pytest.mark.parametrize(
    ("sentence", "triple"),
    [
        ("Mali was attacked by soldiers from Chad.", ("TCD", "ASSAULT", "MLI")),
        ("Police in Kampala arrested twenty students.", ("UGA", "COERCE", "UGA")),
        ("A Danish reporter was detained in Eritrea.", ("ERI", "COERCE", "DNK")),
        ("Thousands of Peruvians marched against the government.", ("PER", "PROTEST", "PER")),
        ("The pro-Libyan militia shelled a village in Chad.", ("TCD", "ASSAULT", "TCD")),
        ("Rebels in Chad freed two Belgian pilots, French officials said.", ("TCD", "RETREAT", "BEL")),
        ("President Yoweri Museveni accused Sudan of arming the rebels.", ("UGA", "ACCUSE", "SDN")),
        ("Hezbollah attacked an Israeli patrol.", ("LBN", "ASSAULT", "ISR")),
        ("Soviet troops withdrew from Hungary.", ("RUS", "RETREAT", "HUN")),
    ],
)
def test_who_acts_and_to_whom(sentence: str, triple: tuple[str, str, str]) -> None:
    assert triple in triples(sentence)


def test_organisations_are_coded_by_kind_and_named() -> None:
    (event,) = events("The United Nations condemned Burundi for the arrests.")
    assert (event.actor, event.actor_name, event.recipient) == ("IGO", "United Nations", "BDI")


def test_those_who_act_together_do_it_to_one_another() -> None:
    assert set(triples("Ghana and Togo held talks in Accra on their border.")) == {
        ("GHA", "CONSULT", "TGO"),
        ("TGO", "CONSULT", "GHA"),
    }


def test_a_joint_statement_of_many_is_no_table_of_pairs() -> None:
    many = "Fiji, Japan, Kenya, Ghana, Togo, Benin, Chad and Mali agreed to protect the forests."
    assert all(recipient is None for _, _, recipient in triples(many))


def test_roles_are_told_by_their_words() -> None:
    (event,) = events("Police in Kampala arrested twenty students.")
    assert (event.actor_role, event.recipient_role, event.mode, event.cameo) == (
        "COP",
        "EDU",
        "arrest",
        "173",
    )


def test_who_they_are_rests_on_the_words_that_name_them() -> None:
    text = "Kenya sent troops to the border.\n\nThey attacked Chad at dawn."
    attack = next(e for e in events(text) if e.type == "ASSAULT")
    (support,) = attack.supports
    assert (attack.actor, support.field, support.rule, support.quote) == (
        "KEN",
        "actor",
        "anaphora/last",
        "Kenya",
    )
    assert text[support.start : support.end] == "Kenya"


def test_who_is_named_in_one_of_the_quotes_needs_no_support() -> None:
    twice = "Japan suspended aid to Tonga after the coup.\n\nIt suspended all aid to Tonga, a minister said."
    told = [e for e in events(twice) if e.also]
    assert [(e.actor, e.type, len(e.also), e.supports) for e in told] == [("JPN", "SANCTION", 1, ())]


def test_who_is_named_in_the_quote_needs_no_support() -> None:
    (event, *_) = events("Japan suspended aid to Tonga after the coup.")
    assert event.supports == ()


def test_who_we_are_rests_on_what_the_statement_rests_on() -> None:
    opening = "Joint Statement by Fiji and Tonga\n\nWe, the Governments of Fiji and Tonga, met today."
    text = f"{opening}\n\nWe condemn the attack by Chad."
    found = [e for e in events(text) if e.type == "ACCUSE"]
    assert {e.actor for e in found} == {"FJI", "TON"}
    assert all(s.rule.startswith("voice/") for e in found for s in e.supports if s.field == "actor")
    assert all(any(s.field == "actor" for s in e.supports) for e in found)


def test_each_side_is_named_in_the_words_or_rests_on_others() -> None:
    for words in EXAMPLES:
        reading = read_page(_text(words), published="2003-04-09")
        text = reading.page.text
        for event in code(reading):
            spans = [(event.start, event.end), *((w.start, w.end) for w in event.also)]
            spans += [(s.start, s.end) for s in event.supports if s.start is not None and s.end is not None]
            whole = {s.field for s in event.supports if s.start is None}
            named = {p.side.code for span in spans for p in find_places(text, *span)}
            named |= {s.code for span in spans for n in reading.page.named_in(*span) if (s := side_of(n.ref))}
            for field, side in (("actor", event.actor), ("recipient", event.recipient)):
                assert side is None or side in named | {"NGO"} or field in whole, (words, event)


def test_officials_of_two_states_act_for_both() -> None:
    assert triples("Officials of Fiji and Tonga met in Suva.") == [
        ("FJI", "CONSULT", "TON"),
        ("TON", "CONSULT", "FJI"),
    ]


def test_of_two_states_that_share_a_word_each_acts() -> None:
    assert triples("North and South Korean officials met at the border.") == [
        ("PRK", "CONSULT", "KOR"),
        ("KOR", "CONSULT", "PRK"),
    ]


@pytest.mark.parametrize(
    ("words", "blamed"),
    [
        ("Japan condemned the attack on Kenya.", []),
        ("Japan condemned Chad's attack on Kenya.", ["TCD"]),
        ("Japan blamed the attack on Chad.", ["TCD"]),
        ("Japan criticised the strikes against Kenya by Chad.", ["TCD"]),
        ("Japan brought charges against Chad.", ["TCD"]),
    ],
)
def test_those_who_suffer_are_not_blamed(words: str, blamed: list[str]) -> None:
    assert [r for _, t, r in triples(words) if t == "ACCUSE"] == blamed


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Tonga will never recognise Chad's annexation of the islands.", [("TON", "REJECT", "TCD")]),
        ("Kenya defends itself against Chad's aggression.", [("TCD", "ASSAULT", None)]),
        ("Japan reinforced its commitment to the reefs of Tonga.", []),
    ],
)
def test_nobody_refuses_supports_or_invades_themselves(
    words: str, told: list[tuple[str, str, str | None]]
) -> None:
    assert triples(words) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "Fiji and Tonga declared a truce on Monday.",
            [("FJI", "RETREAT", "TON"), ("TON", "RETREAT", "FJI")],
        ),
        ("The withdrawal of Kenyan soldiers from Chad ended on Friday.", [("KEN", "RETREAT", "TCD")]),
        ("Peru moved two brigades to its border with Chile.", [("PER", "MOBILIZE", "CHL")]),
        ("Three Kenyan pilots were granted asylum by Peru.", [("PER", "AID", "KEN")]),
        ("The lifting of Japanese sanctions against Chad pleased traders.", [("JPN", "RETREAT", "TCD")]),
        ("The suspension of Japanese aid to Chad took effect in May.", [("JPN", "SANCTION", "TCD")]),
    ],
)
def test_who_is_meant_stands_where_news_puts_it(words: str, told: list[tuple[str, str, str | None]]) -> None:
    assert triples(words) == told


def test_a_noun_in_a_name_tells_nothing() -> None:
    assert triples("The Office of ASEAN Cooperation of Indonesia stands near the harbour.") == []


def test_a_treaty_is_no_party_for_the_name_in_its_name() -> None:
    words = "Kenya asked its neighbours to respect the United Nations Charter."
    assert "IGO" not in {r for _, _, r in triples(words)}


def test_what_may_be_is_no_event() -> None:
    assert triples("Kenya might have attacked Chad.") == []


def test_nobody_acts_where_nobody_is_named() -> None:
    assert triples("They attacked the village and took the cattle.") == []


@pytest.mark.parametrize(
    "words",
    [
        "Norway attacked Finland late and won 3-2 before a full stadium.",
        "Locusts from Somalia invaded Kenya for the second time in a year.",
        "Chile fought back from two goals down to edge out Peru, whose full-back had hit the bar.",
    ],
)
def test_sport_and_beasts_make_no_war(words: str) -> None:
    assert triples(words) == []


def test_a_vote_is_counted_as_matches_are_and_stays_an_event() -> None:
    assert [
        t for _, t, _ in triples("Uganda rejected the Kenyan proposal after a 12-3 vote in its cabinet.")
    ] == ["REJECT"]


def test_the_gate_loses_nothing() -> None:
    for words in ("\n\n".join(EXAMPLES), "\n\n".join(quiet_sentences())):
        gated = code(read_page(_text(words), published="2003-04-09"))
        assert gated == code(read_page(_text(words), published="2003-04-09", gate=False), gate=False)


def test_fewer_than_a_tenth_of_sentences_without_events_raise_an_alarm() -> None:
    assert len(quiet_sentences()) == 100
    assert sum(bool(coded(sentence, "2003-04-09")) for sentence in quiet_sentences()) < 10
