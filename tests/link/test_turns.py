"""Who "I" and "we" are in a transcript: whom the label above names, not who publishes it."""

from __future__ import annotations

from communique.reading import read

TRANSCRIPT = """\
PRESIDENT KEKKONEN (through an interpreter): I welcome Prime Minister Gough Whitlam of Australia. We will open \
our market to Australian wool. Finland thanks Australia.

PRIME MINISTER WHITLAM: Thank you. I commend President Urho Kekkonen of Finland for this work. We will send a trade \
mission to Helsinki by 1975.

JOURNALIST: I would like to ask about coal.

PRESIDENT KEKKONEN: I support this proposal.
"""


def said(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    record = read(text.encode(), media_type="text/plain", title="Transcript", published="1974-05-02")
    assert not [p for p in record.problems if p.code.startswith("refused")]
    return [(s.act, tuple(p.name for p in s.speakers), s.quote.split(".")[0][:30]) for s in record.statements]


def test_each_turn_is_said_by_the_person_of_its_label_and_we_are_their_state() -> None:
    speakers = {quote: who for _, who, quote in said(TRANSCRIPT)}
    assert speakers["We will open our market to Aus"] == ("Finland",)
    assert speakers["We will send a trade mission t"] == ("Australia",)
    assert speakers["I support this proposal"] == ("Urho Kekkonen",)


def test_who_asks_speaks_for_nobody() -> None:
    asked = [who for _, who, quote in said(TRANSCRIPT) if quote.startswith("I would like to ask")]
    assert asked == [("JOURNALIST",)]


def test_a_label_is_no_part_of_what_is_said() -> None:
    record = read(TRANSCRIPT.encode(), media_type="text/plain", title="Transcript")
    assert not [s.quote for s in record.statements if ":" in s.quote]


def test_a_heading_in_capitals_opens_no_turn() -> None:
    text = "TARGETS: We will train 40 divers.\n\nNEXT STEPS: We will report in May.\n"
    assert not [who for _, who, _ in said(text) if "TARGETS" in who or "NEXT STEPS" in who]
