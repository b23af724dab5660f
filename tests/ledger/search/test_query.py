"""What people type is read as they mean it, or refused with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.ledger.search.query import (
    All,
    Beginning,
    Either,
    Not,
    Query,
    UnclearQuery,
    Words,
    leaves,
    parse,
    told,
)


def shape(query: Query | None) -> str:
    """Return a query as its brackets show it."""
    match query:
        case None:
            return ""
        case All(parts):
            return f"({' & '.join(map(shape, parts))})"
        case Either(parts):
            return f"({' | '.join(map(shape, parts))})"
        case Not(part):
            return f"!{shape(part)}"
        case Beginning(said):
            return f"{said}*"
        case Words(_, stems):
            return "+".join(stem[1:] for stem in stems)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("   ", ""),
        ("tourism", "tourism"),
        ("trade tourism", "(trade & tourism)"),
        ("Cooperation", "cooper"),
        ("co-operating", "cooper"),
        ('"plan of action"', "plan+of+action"),
        ("“plan of action”", "plan+of+action"),
        ("«plan of action» tourism", "(plan+of+action & tourism)"),
        ("tourism OR culture", "(tourism | cultur)"),
        ("asean tourism OR culture fund", "(asean & (tourism | cultur) & fund)"),
        ("tourism AND culture", "(tourism & cultur)"),
        ("tourism or culture", "(tourism & or & cultur)"),
        ("asean -summit", "(asean & !summit)"),
        ("asean −summit", "(asean & !summit)"),
        ('-"joint statement"', "!joint+statement"),
        ("(plan OR fund) -draft", "((plan | fund) & !draft)"),
        ("-(plan fund)", "!(plan & fund)"),
        ("-(-plan)", "plan"),
        ("(plan fund) OR pact", "((plan & fund) | pact)"),
        ("cooperat*", "cooperat*"),
        ("US$6,000", "us+6+000"),
        ("plan(s)", "plan+s"),
        ("a) plan", "(a & plan)"),
        ("trade & tourism", "(trade & tourism)"),
        ("ASEAN – ROK", "(asean & rok)"),
        ("ASEAN - ROK", "(asean & rok)"),
        ('"plan of action", tourism', "(plan+of+action & tourism)"),
        ("Việt Nam", "(viet & nam)"),
        ("東盟*", "e69db1+e79b9f"),
        ("1e5 NEAR NOT", "(1e5 & near & not)"),
    ],
)
def test_what_is_typed_is_read(typed: str, read: str) -> None:
    assert shape(parse(typed)) == read


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ('"plan of', "a quotation mark is never closed"),
        ('plan of"', 'there is no space between of and "'),
        ('say"plan of"', "there is no space between say and"),
        ('""', "there is nothing to search for between the quotation marks"),
        ("(plan OR fund", "a bracket is never closed"),
        ("OR plan", "OR stands between two words"),
        ("plan OR", "OR stands between two words"),
        ("plan OR & fund", "OR stands between two words"),
        ("plan AND", "AND stands between two words"),
        ("-()", "there is nothing to leave out after a minus"),
        ("*", "a star stands at the end of a word: not in *"),
        ("*tion", "a star stands at the end of a word: not in *tion"),
        ("co*tion", "a star stands at the end of a word: not in co*tion"),
        ('"plan of act*"', "a star can't stand inside quotation marks"),
        ('"plan of"*', "there is no space between"),
        ("6,000*", "6,000 is more than one word: a star can't follow it"),
        ("c*", "too many words begin with c"),
        ("!!!", "there is no letter or digit to search for in !!!"),
        ("a" * 1001, "a search of 1,001 characters is too long"),
        ("a " * 61, "this search has too many words"),
        ("(" * 11 + "a" + ")" * 11, "there are too many brackets inside brackets"),
    ],
)
def test_what_is_unclear_is_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(UnclearQuery) as refused:
        parse(typed)
    assert str(refused.value).startswith(reason)


@given(st.text(alphabet=st.sampled_from('ab1é東 "()-*OR.“'), max_size=25) | st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused_and_means_the_same_when_told(typed: str) -> None:
    try:
        query = parse(typed)
    except UnclearQuery:
        return
    if query is not None:
        again = parse(told(query))
        assert shape(again) == shape(query)
        assert sum(1 for _ in leaves(query)) >= 1
