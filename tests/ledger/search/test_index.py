"""Both databases find what a plain reading of the query finds, in the same order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.ledger.search import index
from communique.ledger.search.index import Asked, Entry
from communique.ledger.search.query import All, Beginning, Either, Not, Query, Words, parse
from communique.ledger.search.words import beginnings, indexed

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

WORDS = (
    "plan",
    "plans",
    "planning",
    "of",
    "action",
    "fund",
    "26th",
    "6,000",
    "co-operation",
    "東盟",
    "é",
    "x",
    "or",
)


def holds(query: Query, entry: Entry) -> bool:
    """Tell whether an entry is what a query asks for, by reading it."""
    kept = indexed(entry.text)
    match query:
        case Words(_, stems):
            places = range(len(kept.stems) - len(stems) + 1)
            return any(kept.stems[i : i + len(stems)] == stems for i in places)
        case Beginning(_, token):
            starts = beginnings(token)
            return any(one.startswith(starts) for one in (*kept.stems, *kept.forms))
        case Not(part):
            return not holds(part, entry)
        case All(parts):
            return all(holds(part, entry) for part in parts)
        case Either(parts):
            return any(holds(part, entry) for part in parts)


def read_by_hand(asked: Asked, entries: Iterable[Entry]) -> list[int]:
    """Return the keys of what is asked for, newest first."""
    return sorted(
        (
            e.key
            for e in entries
            if (asked.query is None or holds(asked.query, e))
            and all(set(group) & {*e.facets, ("of", e.of)} for group in asked.facets)
            and not set(asked.without) & set(e.facets)
            and (not asked.years or (e.day is not None and e.day.year in asked.years))
            and (asked.past or e.current)
        ),
        reverse=True,
    )


TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join) | st.text(max_size=12)
FACETS = st.sampled_from([("act", "pledge"), ("act", "report-progress"), ("party", "1"), ("party", "12")])
DAYS = st.none() | st.dates(date(2019, 11, 1), date(2021, 2, 28)) | st.sampled_from([date.min, date.max])


@st.composite
def corpora(draw: st.DrawFn) -> list[Entry]:
    drawn = draw(st.lists(st.tuples(st.booleans(), DAYS, TEXTS, st.lists(FACETS, max_size=3)), max_size=8))
    gone = draw(st.sets(st.integers(0, 7), max_size=2))
    return [
        Entry(
            row + 1, "passage" if is_passage else "claim", day, text, tuple(facets), current=row not in gone
        )
        for row, (is_passage, day, text, facets) in enumerate(drawn)
    ]


def _leaf(said: str) -> Query | None:
    stems = tuple(t for t in indexed(said).stems if t)
    return Words(said, stems) if stems else None


LEAVES = TEXTS.map(_leaf).filter(bool) | st.sampled_from(
    [parse(f"{w}*") for w in ("pla", "plann", "coo", "26t", "東")]
)
QUERIES = st.recursive(
    LEAVES,
    lambda parts: (
        st.lists(parts, min_size=1, max_size=3).map(lambda p: All(tuple(p)))
        | st.lists(parts, min_size=1, max_size=3).map(lambda p: Either(tuple(p)))
        | parts.map(Not)
    ),
    max_leaves=6,
)
ASKED = st.builds(
    Asked,
    query=st.none() | QUERIES,
    facets=st.lists(st.lists(FACETS, min_size=1, max_size=2).map(tuple), max_size=2).map(tuple),
    without=st.lists(FACETS, max_size=1).map(tuple),
    years=st.lists(st.sampled_from([1, 2019, 2020, 2021, 9999]), max_size=3).map(tuple),
    past=st.booleans(),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=corpora(), asked=st.lists(ASKED, min_size=1, max_size=4))
def test_what_is_found_is_what_reading_finds(db: None, entries: list[Entry], asked: list[Asked]) -> None:
    with transaction.atomic():
        index.add(entries)
        for one in asked:
            wanted = read_by_hand(one, entries)
            assert [hit.key for hit in index.match(one, limit=20)] == wanted
            assert [
                hit.key for hit in index.match(one, limit=500)
            ] == wanted  # PostgreSQL looks for many otherwise
            for page in range(len(wanted)):
                rest = index.match(one, before=wanted[page], limit=2)
                assert [hit.key for hit in rest] == wanted[page + 1 : page + 3]
        transaction.set_rollback(True)
