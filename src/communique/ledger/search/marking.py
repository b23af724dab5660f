"""Marks in a text what a query found in it, and cuts out the part that shows most of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.ledger.search.query import Beginning, Query, Words, sought
from communique.ledger.search.words import Token, beginnings, placed

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, marked where it was looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    token: Token
    start: int
    end: int


def marks(text: str, query: Query | None) -> list[Span]:
    """Return where the words and phrases of a query stand in a text, from left to right, none over another."""
    if query is None:
        return []
    said = list(_said(text))
    hits = sorted({span for leaf in sought(query) for span in _of(leaf, said)})
    return list(_joined(hits))


def pieces(text: str, spans: Sequence[Span]) -> list[Piece]:
    """Return a text in pieces, those at ``spans`` marked."""
    found: list[Piece] = []
    at = 0
    for start, end in spans:
        found += [Piece(text[at:start])] if start > at else []
        found.append(Piece(text[start:end], marked=True))
        at = end
    return found + ([Piece(text[at:])] if at < len(text) else [])


def window(text: str, spans: Sequence[Span], size: int) -> Span:
    """Return the part of a text, about ``size`` characters of whole words, in which most spans stand."""
    if len(text) <= size:
        return 0, len(text)
    starts = [start for start, _ in spans]
    best = max(
        range(len(spans)), key=lambda i: (bisect_left(starts, starts[i] + size // 2) - i, -i), default=None
    )
    around = starts[best] if best is not None else 0
    start = max(0, min(around - size // 3, len(text) - size))
    return _at_word(text, start, -1), _at_word(text, min(len(text), start + size), 1)


def _said(text: str) -> Iterator[_Placed]:
    """Yield the tokens of a text with the word that each is of; where each is a character, with that."""
    for start, end, found in placed(text):
        alone = len(found) == end - start
        for i, token in enumerate(found):
            yield _Placed(token, start + i, start + i + 1) if alone else _Placed(token, start, end)


def _of(leaf: Words | Beginning, said: Sequence[_Placed]) -> Iterator[Span]:
    match leaf:
        case Words(_, stems):
            length = len(stems)
            for i, first in enumerate(said):
                if (
                    first.token.stem == stems[0]
                    and tuple(p.token.stem for p in said[i : i + length]) == stems
                ):
                    yield first.start, said[i + length - 1].end
        case Beginning(_, token):
            starts = beginnings(token)
            for one in said:
                if one.token.stem.startswith(starts[0]) or one.token.form.startswith(starts[1]):
                    yield one.start, one.end


def _joined(spans: Sequence[Span]) -> Iterator[Span]:
    now: Span | None = None
    for start, end in spans:
        if now is not None and start < now[1]:
            now = now[0], max(now[1], end)
            continue
        if now is not None:
            yield now
        now = start, end
    if now is not None:
        yield now


def _at_word(text: str, at: int, step: int) -> int:
    """Return the nearest end of a word, outward, within a word's length."""
    for _ in range(30):
        if not 0 < at < len(text) or text[at - 1].isspace() or text[at].isspace():
            return at
        at += step
    return at
