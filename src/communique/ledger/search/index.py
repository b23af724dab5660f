"""The index: entries go in, keys come out, newest first, the same on SQLite and PostgreSQL.

An entry is never altered. What is held no longer is retired, and found only where the past is asked for too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models.expressions import RawSQL

from communique.ledger.search.expressions import EVERY, only, to_fts5, to_tsquery
from communique.ledger.search.query import All, Either, Not, Query
from communique.ledger.search.words import FILLER, indexed

Of = Literal["claim", "passage"]
Facet = tuple[str, str]
"""What an entry can be chosen by: ``("act", "pledge")``, ``("party", "12")``."""

_OF: tuple[Of, Of] = ("claim", "passage")
_DAY, _ROW = 40, 1  # bits that the day and the row of a key are shifted by
_BATCH = 500
_FETCHED = 4  # times what it takes to look through a row is what it takes to fetch one that was found
_MANY = 100  # entries asked for at once, from which on it matters how they are looked for
_ALL = "SELECT key FROM search_index"
_BETWEEN = "key >= %s AND key < %s"
_OTHER = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as it is searched: its words and facets, and the day by which it is sorted."""

    row: int
    of: Of
    day: date | None
    text: str
    facets: tuple[Facet, ...] = ()
    current: bool = True

    @property
    def key(self) -> int:
        """Its number: newest last, with no two rows alike."""
        return key(self.of, self.row, self.day)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found."""

    key: int

    @property
    def row(self) -> int:
        """The primary key of the claim or passage."""
        return (self.key & ((1 << _DAY) - 1)) >> _ROW

    @property
    def of(self) -> Of:
        """What the row is of."""
        return _OF[self.key & 1]

    @property
    def day(self) -> date | None:
        """The day it is sorted by."""
        ordinal = self.key >> _DAY
        return date.fromordinal(ordinal) if ordinal else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for."""

    query: Query | None = None
    facets: tuple[tuple[Facet, ...], ...] = ()
    """One of each group."""
    without: tuple[Facet, ...] = ()
    """None of these."""
    years: tuple[int, ...] = ()
    """Of one of these years; empty: of any, or of no known day."""
    past: bool = False
    """Also what is held no longer."""


def key(of: Of, row: int, day: date | None) -> int:
    """Return the number of an entry."""
    return (day.toordinal() if day is not None else 0) << _DAY | row << _ROW | _OF.index(of)


def add(entries: Iterable[Entry]) -> None:
    """Add entries, in the transaction that adds their rows."""
    waiting = iter(entries)
    while batch := list(islice(waiting, _BATCH)):
        if connection.vendor == "postgresql":
            _add_to_postgresql(batch)
        else:
            _add_to_sqlite(batch)
        retire(e for e in batch if not e.current)


def retire(entries: Iterable[Entry]) -> None:
    """Let entries be found no longer, but where the past is asked for."""
    keys = [entry.key for entry in entries]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("UPDATE search_index SET current = false WHERE key = ANY(%s)", [keys])
        else:
            cursor.executemany("INSERT OR IGNORE INTO search_past VALUES (%s)", [(k,) for k in keys])


def clear() -> None:
    """Forget all entries."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("TRUNCATE search_index")
        else:
            cursor.execute("INSERT INTO search_index(search_index) VALUES ('delete-all')")
            cursor.execute("DELETE FROM search_past")


def size() -> int:
    """Return how many entries there are, those held no longer with them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT count(*) FROM search_index")
        else:
            cursor.execute("SELECT count(*) FROM search_index WHERE search_index MATCH %s", [EVERY])
        return int(cursor.fetchone()[0])


def match(asked: Asked, *, before: int | None = None, limit: int) -> list[Hit]:
    """Return the newest entries asked for, at most ``limit``, all before a key where one is given."""
    found: list[Hit] = []
    for low, high in _ranges(asked.years, before):
        if len(found) < limit:
            found += [Hit(k) for k in _keys(asked, low, high, limit - len(found))]
    return found


def rows(asked: Asked) -> RawSQL:
    """Return the subquery of the rows asked for, however many: for ``pk__in`` in a query of claims."""
    sql, values = _select(asked, 0, 1 << 62)
    place = _place()
    row = f"({place} & {(1 << _DAY) - 1}) >> {_ROW}"
    return RawSQL(sql.replace(f"SELECT {place} ", f"SELECT {row} ", 1), values)


def _ranges(years: Sequence[int], before: int | None) -> list[tuple[int, int]]:
    """Return the ranges of keys that years and a key to start before leave, newest first, ends excluded."""
    end = before if before is not None else 1 << 62
    if not years:
        return [(0, end)]
    spans: list[tuple[int, int]] = []
    for year in sorted({y for y in years if 1 <= y <= 9999}, reverse=True):
        low = date(year, 1, 1).toordinal() << _DAY
        high = (date(year, 12, 31).toordinal() + 1) << _DAY
        if spans and spans[-1][0] == high:
            spans[-1] = (low, spans[-1][1])
        else:
            spans.append((low, high))
    return [(low, min(high, end)) for low, high in spans if low < end]


def _add_to_sqlite(entries: Sequence[Entry]) -> None:
    rows = []
    for entry in entries:
        kept = indexed(entry.text)
        rows.append((entry.key, " ".join((*kept.stems, *sorted(kept.forms), *_facets(entry)))))
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO search_index(rowid, words) VALUES (%s, %s)", rows)


def _add_to_postgresql(entries: Sequence[Entry]) -> None:
    vectors = []
    for entry in entries:
        kept = indexed(entry.text)
        places: dict[str, list[str]] = {}
        for place, stem in enumerate(kept.stems, 1):
            if stem != FILLER:
                places.setdefault(stem, []).append(str(place))
        lexemes = [f"{stem}:{','.join(at)}" for stem, at in places.items()]
        vectors.append(" ".join((*lexemes, *kept.forms, *_facets(entry))))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_index (key, words, current)"
            " SELECT key, words::tsvector, true FROM unnest(%s::bigint[], %s::text[]) AS new (key, words)",
            [[e.key for e in entries], vectors],
        )


def _facets(entry: Entry) -> list[str]:
    return [EVERY, _facet(("of", entry.of)), *(_facet(f) for f in dict.fromkeys(entry.facets))]


def _facet(facet: Facet) -> str:
    """Return a facet as a token: two that differ never give the same."""
    name, value = facet
    return f"{EVERY}{name}_{_OTHER.sub(lambda c: f'_{ord(c[0]):x}_', value)}"


def _wanted(asked: Asked) -> Query:
    parts = [asked.query] if asked.query is not None else []
    parts += [Either(tuple(only(_facet(f)) for f in group)) for group in asked.facets]
    parts += [Not(only(_facet(f))) for f in asked.without]
    return All(tuple(parts))


def _keys(asked: Asked, low: int, high: int, limit: int) -> list[int]:
    with connection.cursor() as cursor:
        sql, values = _select(asked, low, high)
        order = (
            "key + 0" if _are_few(cursor, sql, values, limit) else _place()
        )  # all are found and then sorted
        cursor.execute(f"{sql} ORDER BY {order} DESC LIMIT %s", [*values, limit])
        return [row[0] for row in cursor.fetchall()]


def _place() -> str:
    """Return the column of the keys."""
    return "key" if connection.vendor == "postgresql" else "rowid"


def _are_few(cursor: CursorWrapper, sql: str, values: list[str | int], limit: int) -> bool:
    """Tell whether PostgreSQL had better find all by their words than look through the newest entries.

    It takes looking at a row that hasn't the words for cheaper than it is, and chooses wrong by itself.
    """
    if connection.vendor != "postgresql" or limit <= _MANY:
        return False
    found = _estimated(cursor, sql, values)
    through = limit * _estimated(cursor, f"{_ALL} WHERE {_BETWEEN}", values[:2])
    return found * found * _FETCHED < through


def _estimated(cursor: CursorWrapper, sql: str, values: list[str | int]) -> int:
    cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
    return int(cursor.fetchone()[0][0]["Plan"]["Plan Rows"])


def _select(asked: Asked, low: int, high: int) -> tuple[str, list[str | int]]:
    wanted = _wanted(asked)
    if connection.vendor == "postgresql":
        sql = f"{_ALL} WHERE {_BETWEEN} AND words @@ %s::tsquery"
        return sql + ("" if asked.past else " AND current"), [low, high, to_tsquery(wanted)]
    sql = "SELECT rowid FROM search_index WHERE search_index MATCH %s AND rowid >= %s AND rowid < %s"
    past = "" if asked.past else " AND rowid NOT IN (SELECT key FROM search_past)"
    return sql + past, [to_fts5(wanted), low, high]
