"""Words are cut as the index holds them. Where one of these changes, the index of every ledger has to be made anew:
say in the changelog that ``communique reindex`` does it, then change the line.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.ledger.search.words import indexed, tokens


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("The ministers welcomed progress", "xthe xminist xwelcom xprogress"),
        ("co-operation, Co-ordinating, CO‑OPERATES", "xcooper xcoordin xcooper"),
        ("US$6,000.50 for the 26th", "xus x6 x000 x50 xfor xthe x26th"),
        ("1e5 NEAR -x AND", "x1e5 xnear xx xand"),
        ("Việt Nam Đà Nẵng naïve Øresund Łódź", "xviet xnam xda xnang xnaiv xoresund xlodz"),
        ("soft\u00adhyphen zero\u200bwidth ﬁnance ½ ²", "xsofthyphen xzerowidth xfinanc x1 x2 x2"),
        ("plan_of_action", "xplan xof xaction"),
        ("Страна СТРАНЫ", "yd181d182d180d0b0d0bdd0b0 yd181d182d180d0b0d0bdd18b"),
        ("東盟 한국", "ye69db1 ye79b9f yed959c yeab5ad"),
        ("हिन्दी", "ye0a4b9e0a4bfe0a4a8e0a58de0a4a6e0a580"),
        ("مُعاهَدة معاهدة", "yd985d8b9d8a7d987d8afd8a9 yd985d8b9d8a7d987d8afd8a9"),
        ("…!?", ""),
    ],
)
def test_words_are_cut_and_stemmed_alike_ever_after(text: str, stems: str) -> None:
    assert " ".join(indexed(text).stems) == stems


def test_a_word_without_end_goes_on_in_tokens_of_its_own() -> None:
    found = [t.stem for t in tokens("a" * 130)]
    assert found[0] == "x" + "a" * 60
    assert len(found) == 3
    assert len(set(found)) == 3


def test_what_a_database_can_not_place_is_left_out_by_both() -> None:
    found = indexed("plan " * 300 + "fund").stems
    assert found.count("xplan") == 250
    assert found[300] == "xfund"
    assert len(indexed("word " * 20_000).stems) == 16_000
    assert sum(map(len, indexed(" ".join(f"{n:x}" * 12 for n in range(20_000))).stems)) <= 400_000


@given(st.text())
def test_databases_see_nothing_but_letters_and_digits(text: str) -> None:
    kept = indexed(text)
    assert all(re.fullmatch("[xyz][a-z0-9]+", stem) for stem in kept.stems)
    assert all(re.fullmatch("[wv][a-z0-9]+", form) for form in kept.forms)


@given(st.text(st.characters(max_codepoint=127)))
def test_case_does_not_count(text: str) -> None:
    assert indexed(text.upper()) == indexed(text.lower())
