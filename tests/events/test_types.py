"""Each type of event tells by examples what it is and what it is not."""

from __future__ import annotations

import pytest

from communique.evaluation.events import coded
from communique.vocab.events import event_types

EXAMPLES = [(e.text, e.event) for t in event_types().values() for e in t.examples]
COUNTER = [(n.text, t.label) for t in event_types().values() for n in t.not_]


def told(sentence: str) -> list[str]:
    return [f"{e.actor} {e.type} {e.recipient or '-'}" for e in coded(sentence, "2003-04-09")]


@pytest.mark.parametrize(("sentence", "event"), EXAMPLES)
def test_an_example_tells_its_event(sentence: str, event: str) -> None:
    assert event in told(sentence)


@pytest.mark.parametrize(("sentence", "label"), COUNTER)
def test_a_counter_example_tells_no_such_event(sentence: str, label: str) -> None:
    assert not [e for e in told(sentence) if e.split()[1] == label]


def test_every_type_has_an_example_and_a_counter_example() -> None:
    assert all(t.examples and t.not_ for t in event_types().values())
