"""Reads what people type into a search box.

    trade tourism            both words, in any of their forms
    "plan of action"         these words, in this order
    tourism OR culture       either of them
    -summit                  without it
    (plan OR fund) -draft    brackets group
    cooperat*                words that begin so

What can't be read is refused with the reason: a search never quietly means something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from communique.errors import CommuniqueError
from communique.ledger.search.words import Token, is_first, size, stands_alone, tokens

_LONGEST = 1_000  # characters of a query
_MOST = 60  # words and phrases of a query
_DEEPEST = 10  # brackets inside brackets
_SHORTEST = 3  # characters before a star
_QUOTES = '"“”„‟«»'
_MINUS = "-−"
_PLAIN = re.compile(r"\w+")


class UnclearQuery(CommuniqueError):
    """A query that can't be read."""


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several that follow each other."""

    said: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """Any word that begins so, or is a form of one that does."""

    said: str
    token: Token


@dataclass(frozen=True, slots=True)
class Not:
    """All but what ``part`` finds."""

    part: Query


@dataclass(frozen=True, slots=True)
class All:
    """What each of ``parts`` finds."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """What any of ``parts`` finds."""

    parts: tuple[Query, ...]


Query: TypeAlias = Words | Beginning | Not | All | Either


def parse(typed: str) -> Query | None:
    """Return the query that was typed; None where nothing was.

    Raises UnclearQuery, with what is wrong and how to put it right.
    """
    if not typed.strip():
        return None
    if len(typed) > _LONGEST:
        raise UnclearQuery(
            f"a search of {len(typed):,} characters is too long", hint=f"use at most {_LONGEST:,}"
        )
    reader = _Reader(_pieces(typed))
    found = reader.all_of()
    if found is None:
        raise UnclearQuery(f"there is no letter or digit to search for in {typed.strip()}")
    if sum(1 for _ in leaves(found)) > _MOST:
        raise UnclearQuery("this search has too many words", hint=f"use at most {_MOST}")
    return found


def leaves(query: Query) -> Iterator[Words | Beginning]:
    """Yield the words and phrases of a query, those left out too."""
    match query:
        case All(parts) | Either(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield query


def sought(query: Query) -> Iterator[Words | Beginning]:
    """Yield the words and phrases that a query looks for: those to mark in what it finds."""
    match query:
        case All(parts) | Either(parts):
            for part in parts:
                yield from sought(part)
        case Not():
            return
        case _:
            yield query


def told(query: Query) -> str:
    """Return how a query was understood, so that typing it again gives the same."""
    if isinstance(query, Either):
        return " OR ".join(f"({_told(p)})" if isinstance(p, All) else _told(p) for p in query.parts)
    return _told(query)


def _told(query: Query) -> str:
    match query:
        case All(parts):
            return " ".join(f"({_told(p)})" if isinstance(p, All) else _told(p) for p in parts)
        case Either(parts):
            return f"({' OR '.join(f'({_told(p)})' if isinstance(p, All) else _told(p) for p in parts)})"
        case Not(part):
            return f"-({_told(part)})" if isinstance(part, All) else f"-{_told(part)}"
        case Beginning(said):
            return f"{said}*"
        case Words(said):
            return said if _PLAIN.fullmatch(said) and said not in ("AND", "OR") else f'"{said}"'


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, a phrase, or one of ``-`` ``(`` ``)`` as it was typed."""

    sort: str
    text: str


_PIECE = re.compile(
    rf"""(?P<space>\s+)
    | (?P<phrase>[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}])
    | (?P<open>\()
    | (?P<minus>[{_MINUS}](?=[\w({_QUOTES}]))
    | (?P<word>[^\s{_QUOTES}]+)
    | (?P<quote>[{_QUOTES}])""",
    re.X,
)


def _pieces(typed: str) -> list[_Piece]:
    """Take a query apart. A bracket inside a word, as in ``plan(s)``, belongs to the word."""
    found: list[_Piece] = []
    opened, at = 0, 0
    while at < len(typed):
        hit = _PIECE.match(typed, at)
        assert hit is not None  # the pattern takes any character
        at = hit.end()
        sort, text = str(hit.lastgroup), hit[0]
        if sort == "quote":
            raise UnclearQuery("a quotation mark is never closed", hint='write "these words"')
        if sort == "open":
            opened += 1
        if sort == "word":
            text, closing = _closing(text, opened)
            opened -= closing
            found += [_Piece("word", text)] if text else []
            found += [_Piece("close", ")")] * closing
        elif sort != "space":
            found.append(_Piece(sort, text))
        if sort in ("word", "phrase") and at < len(typed) and not _may_follow(typed[at], opened):
            raise UnclearQuery(
                f"there is no space between {text} and {typed[at:].split()[0]}",
                hint="put a space there, or leave out the quotation mark",
            )
    if opened:
        raise UnclearQuery("a bracket is never closed", hint="write (one OR other)")
    return found


def _may_follow(character: str, opened: int) -> bool:
    """Tell whether a word or phrase may end before this character: no letter, mark of quotation or sign of ours."""
    return (opened > 0 and character == ")") or not (
        character.isalnum() or character in f"{_QUOTES}{_MINUS}()*"
    )


def _closing(word: str, opened: int) -> tuple[str, int]:
    """Part a word from the brackets after it that close an open one."""
    bare = word.rstrip(")")
    own = bare.count("(")
    closing = min(max(len(word) - len(bare) - own, 0), opened)
    return word[: len(word) - closing], closing


class _Reader:
    """Reads pieces from left to right."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self._pieces = pieces
        self._at = 0
        self._depth = 0

    def all_of(self) -> Query | None:
        """Read up to the end or to a closing bracket."""
        parts: list[Query] = []
        while (piece := self._next()) is not None and piece.sort != "close":
            if _is(piece, "AND"):
                self._at += 1
                if not parts or self._next() is None:
                    raise UnclearQuery(
                        "AND stands between two words", hint="write and in small letters to search for it"
                    )
                continue
            part = self._either()
            if part is not None:
                parts.append(part)
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _either(self) -> Query | None:
        parts = [self._one()]
        while (piece := self._next()) is not None and _is(piece, "OR"):
            self._at += 1
            parts.append(self._one())
        if len(parts) == 1:
            return parts[0]
        known = tuple(p for p in parts if p is not None)
        if len(known) < len(parts):
            raise UnclearQuery(
                "OR stands between two words", hint="write or in small letters to search for it"
            )
        return Either(known)

    def _one(self) -> Query | None:
        piece = self._next()
        if piece is None or piece.sort == "close" or _is(piece, "OR") or _is(piece, "AND"):
            raise UnclearQuery(
                "OR stands between two words", hint="write or in small letters to search for it"
            )
        self._at += 1
        match piece.sort:
            case "minus":
                return self._without()
            case "open":
                return self._group()
            case "phrase":
                return _phrase(piece.text)
            case _:
                return _word(piece.text)

    def _without(self) -> Query:
        part = self._one()
        if part is None:
            raise UnclearQuery("there is nothing to leave out after a minus", hint="write -word")
        return part.part if isinstance(part, Not) else Not(part)

    def _group(self) -> Query | None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnclearQuery("there are too many brackets inside brackets", hint=f"use at most {_DEEPEST}")
        found = self.all_of()
        self._at += 1  # the bracket that closes it
        self._depth -= 1
        return found

    def _next(self) -> _Piece | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None


def _is(piece: _Piece, word: str) -> bool:
    return piece.sort == "word" and piece.text == word


def _phrase(typed: str) -> Query:
    said = typed[1:-1].strip()
    if "*" in said:
        raise UnclearQuery(
            "a star can't stand inside quotation marks", hint="write the word before it in full"
        )
    stems = tuple(t.stem for t in tokens(said))
    if not stems:
        raise UnclearQuery("there is nothing to search for between the quotation marks")
    return Words(said, stems)


def _word(typed: str) -> Query | None:
    said, star, rest = typed.partition("*")
    found = tuple(tokens(said))
    if not star:
        return Words(said, tuple(t.stem for t in found)) if found else None
    if rest.strip("),.;:!?") or not found:
        raise UnclearQuery(f"a star stands at the end of a word: not in {typed}", hint="write cooperat*")
    if all(stands_alone(t) for t in found):
        return Words(said, tuple(t.stem for t in found))
    if len(found) > 1 or not is_first(found[0]):
        raise UnclearQuery(f"{said} is more than one word: a star can't follow it", hint="write cooperat*")
    if size(found[0]) < _SHORTEST:
        raise UnclearQuery(
            f"too many words begin with {said}", hint=f"put at least {_SHORTEST} letters before the star"
        )
    return Beginning(said, found[0])
