"""Every speech act does what its file says: the examples perform it, the counter-examples don't."""

from __future__ import annotations

from typing import get_args

import pytest

from communique.model import Act, Record
from communique.reading import read
from communique.vocab.acts import acts

EXAMPLES = [(a.label, e.text, e.cue) for a in acts().values() for e in a.examples]
COUNTER_EXAMPLES = [(a.label, e.text) for a in acts().values() for e in a.not_]


def read_words(words: str) -> Record:
    return read(words.encode(), media_type="text/plain")


@pytest.mark.parametrize(("act", "text", "cue"), EXAMPLES)
def test_an_example_performs_its_act_with_its_cue(act: Act, text: str, cue: str) -> None:
    found = [(s.act, s.cue) for s in read_words(text).statements]
    assert any(a == act and cue in c for a, c in found), found


@pytest.mark.parametrize(("act", "text"), COUNTER_EXAMPLES)
def test_a_counter_example_does_not_perform_the_act(act: Act, text: str) -> None:
    assert act not in [s.act for s in read_words(text).statements]


def test_every_act_has_a_file_an_example_and_a_counter_example() -> None:
    assert set(acts()) == set(get_args(Act))
    assert all(a.examples and a.not_ for a in acts().values())


def said(words: str) -> list[tuple[tuple[str, ...], str, str]]:
    return [(tuple(p.name for p in s.speakers), s.act, s.cue) for s in read_words(words).statements]


def test_coordinated_verbs_are_separate_statements_and_coordinated_objects_are_one() -> None:
    words = "Japan condemned the launches and the tests, and urged restraint."
    assert said(words) == [(("Japan",), "condemn", "condemned"), (("Japan",), "urge", "urged")]


def test_a_promise_in_reported_speech_belongs_to_the_speaker() -> None:
    found = said("The Republic of Korea said it would pay US$6 million to the fund.")
    assert found[0][0] == ("Republic of Korea",)


def test_recitals_belong_to_those_who_agree() -> None:
    words = (
        "Indonesia and Fiji,\n\nREAFFIRMING their commitment to the oceans;\n\n"
        "RECALLING the visit of 2019;\n\nHave agreed to open a joint office."
    )
    assert [(act, who) for who, act, _ in said(words)] == [
        ("reaffirm", ("Indonesia", "Fiji")),
        ("note", ("Indonesia", "Fiji")),
        ("agree", ("Indonesia", "Fiji")),
    ]


def test_both_sides_are_those_who_met() -> None:
    words = "The Foreign Minister of Peru met the Foreign Minister of Chile in Lima. Both sides agreed to meet yearly."
    ((speakers, act, _),) = said(words)
    assert act == "agree"
    assert len(speakers) == 2


def test_negation_is_kept() -> None:
    record = read_words("The European Union does not support the plan.")
    assert [(s.act, s.polarity) for s in record.statements] == [("support", "negative")]


def test_what_is_done_is_not_said() -> None:
    assert said("The committee met twice, addressing fisheries and supporting small ports.") == []
