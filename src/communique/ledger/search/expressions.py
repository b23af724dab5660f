"""Writes a query in the language of each database, which then finds the same."""

from __future__ import annotations

from collections.abc import Iterator

from communique.ledger.search.query import All, Beginning, Either, Not, Query, Words
from communique.ledger.search.words import beginnings

EVERY = "f"
"""The token that all entries have."""


def only(token: str) -> Words:
    """Return the query for one token, as it is."""
    return Words(token, (token,))


def to_fts5(query: Query) -> str:
    """Return a query as SQLite's FTS5 reads it."""
    match query:
        case Words(_, stems):
            return f'"{" ".join(stems)}"'
        case Beginning(_, token):
            return f"({' OR '.join(f'{start} *' for start in beginnings(token))})"
        case Either(parts):
            return f"({' OR '.join(to_fts5(p) for p in parts)})"
        case _:
            needed, refused = _parted(query)
            found = f"({' AND '.join(to_fts5(p) for p in needed)})"
            return f"({found} NOT ({' OR '.join(to_fts5(p) for p in refused)}))" if refused else found


def to_tsquery(query: Query) -> str:
    """Return a query as PostgreSQL's tsquery."""
    match query:
        case Words(_, stems):
            return f"({' <-> '.join(stems)})"
        case Beginning(_, token):
            return f"({' | '.join(f'{start}:*' for start in beginnings(token))})"
        case Either(parts):
            return f"({' | '.join(to_tsquery(p) for p in parts)})"
        case _:
            needed, refused = _parted(query)
            return f"({' & '.join([*map(to_tsquery, needed), *(f'!{to_tsquery(p)}' for p in refused)])})"


def _parted(query: Query) -> tuple[list[Query], list[Query]]:
    """Return what must be found, and what must not; something must be, if it is only an entry."""
    parts = list(_flat(query))
    refused = [p.part for p in parts if isinstance(p, Not)]
    needed: list[Query] = [p for p in parts if not isinstance(p, Not)]
    if not needed:
        needed.append(only(EVERY))
    return needed, refused


def _flat(query: Query) -> Iterator[Query]:
    if isinstance(query, All):
        for part in query.parts:
            yield from _flat(part)
    else:
        yield query
