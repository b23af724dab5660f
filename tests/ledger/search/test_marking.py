"""The words looked for are marked where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.ledger.search.marking import marks, pieces, window
from communique.ledger.search.query import Words, parse
from communique.ledger.search.words import indexed


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("cooperation", "They cooperate; co-operation grows.", ["cooperate", "co-operation"]),
        ('"plan of action"', "A plan, the Plan of Action.", ["Plan of Action"]),
        ("plan -action", "plan of action", ["plan"]),
        ("plan OR fund", "the fund's plan", ["fund", "plan"]),
        ("touris*", "tourism and tourists", ["tourism", "tourists"]),
        ("6,000", "6 US$6,000 000", ["6,000"]),
        ("naive", "naïve", ["naïve"]),
        ("東盟", "韓國與東盟", ["東盟"]),
        ("nothing", "", []),
    ],
)
def test_words_are_marked_where_they_stand(query: str, text: str, marked: list[str]) -> None:
    found = pieces(text, marks(text, parse(query)))
    assert "".join(p.text for p in found) == text
    assert [p.text for p in found if p.marked] == marked


@given(st.text(max_size=60), st.data())
def test_what_the_index_finds_is_marked(text: str, data: st.DataObject) -> None:
    stems = [s for s in indexed(text).stems if s]
    if not stems:
        return
    first = data.draw(st.integers(0, len(stems) - 1))
    last = data.draw(st.integers(first + 1, len(stems)))
    assert marks(text, Words("", tuple(stems[first:last])))


@given(st.text(max_size=400), st.integers(20, 100))
def test_a_window_is_a_part_of_the_text(text: str, size: int) -> None:
    spans = marks(text, parse("a b")) if text.isascii() else []
    start, end = window(text, spans, size)
    assert 0 <= start <= end <= len(text)
    assert end - start <= size + 60
