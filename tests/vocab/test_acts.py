"""The sentences in the acts' files hold: each example performs its act by its cue, and no counter-example does."""

from __future__ import annotations

import pytest

from communique.find.acts import find_acts
from communique.reading import read
from communique.text.mending import mended
from communique.text.syntax import parse_all
from communique.vocab.acts import acts

EXAMPLES = [(a.label, e.text, e.cue) for a in acts().values() for e in a.examples]
COUNTER_EXAMPLES = [(a.label, n.text) for a in acts().values() for n in a.not_]


def performed(text: str) -> list[tuple[str, str]]:
    (parse,) = parse_all([(0, text)])
    return [(hit.act, text[hit.cue_start : hit.cue_end]) for hit in find_acts(mended(parse))]


@pytest.mark.parametrize(("act", "text", "cue"), EXAMPLES)
def test_an_example_performs_its_act_by_its_cue(act: str, text: str, cue: str) -> None:
    assert (act, cue) in performed(text)


@pytest.mark.parametrize(("act", "text"), COUNTER_EXAMPLES)
def test_a_counter_example_does_not_perform_the_act(act: str, text: str) -> None:
    record = read(text.encode(), media_type="text/plain")
    assert act not in [statement.act for statement in record.statements]
