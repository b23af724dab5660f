"""Where a document names treaties: "United Nations" in "the United Nations Charter" is nobody to be dealt with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from communique.model import Instrument
from communique.text.page import Named

Span: TypeAlias = tuple[int, int]


def treaties_of(instruments: Sequence[Instrument]) -> tuple[Span, ...]:
    """List where treaties are named, as offsets into the document's text."""
    return tuple(span for one in instruments if one.kind == "treaty" for span in _spans(one))


def outside(named: Sequence[Named], treaties: Sequence[Span]) -> list[Named]:
    """Keep the names that stand in no treaty's name."""
    return [n for n in named if not any(start <= n.start and n.end <= end for start, end in treaties)]


def _spans(instrument: Instrument) -> Iterator[Span]:
    yield instrument.start, instrument.end
    yield from ((m.start, m.end) for m in instrument.mentions)
