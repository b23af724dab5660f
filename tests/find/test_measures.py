"""Plans of action are read into numbered measures under their headings; numbered statements are not."""

from __future__ import annotations

from communique.model import Measure
from communique.reading import read

PLAN = """Plan of Action to Implement the Harbour Partnership (2021-2025)

I. POLITICAL COOPERATION

1.1 Strengthen dialogue on issues of
common interest through the Summit;

1.1.1 Promote exchanges of officials;
1.1.2 Support the Harbour Forum.

II. ECONOMIC COOPERATION

(a) Hold seminars;
(b) Share practice.

III. FOLLOW-UP

(a) Review this Plan every year.
"""


def measures(words: str, title: str | None = None) -> tuple[Measure, ...]:
    return read(words.encode(), media_type="text/plain", language="en", title=title).measures


def test_measures_stand_under_the_headings_above_them() -> None:
    assert [(m.number, m.parent) for m in measures(PLAN)] == [
        ("I", None),
        ("1.1", "I"),
        ("1.1.1", "1.1"),
        ("1.1.2", "1.1"),
        ("II", None),
        ("a", "II"),
        ("b", "II"),
        ("III", None),
        ("a", "III"),
    ]


def test_a_wrapped_measure_is_read_to_its_end() -> None:
    first = next(m for m in measures(PLAN) if m.number == "1.1")
    assert first.text == "Strengthen dialogue on issues of\ncommon interest through the Summit;"
    assert PLAN[first.start : first.end] == f"1.1 {first.text}"


def test_numbered_paragraphs_of_a_statement_are_no_measures() -> None:
    words = "1. We met in Suva.\n\n2. We welcomed the new members.\n\n3. We will meet again in May.\n"
    assert measures(words, title="Joint Statement of the Leaders") == ()
