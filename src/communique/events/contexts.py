"""In what matters an event happens: PLOVER's contexts, by the words of its sentence."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import pairwise

from communique.vocab.events.contexts import contexts, elsewhere

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_MOST = 4
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")  # eats "1914", "2009"; leaves "1980s", "10,000"
_SCORE = re.compile(r"\b\d{1,2}[-–]\d{1,2}\b")  # eats "4-0"; as a vote is counted, too
_LONG_AGO = 1946
_REMEMBERED = 20


def contexts_of(words: str) -> tuple[str, ...]:
    """List the contexts that a sentence shows, those with most words first, at most four."""
    small = f" {' '.join(_WORD.findall(words.lower()))} "
    counts = {name: sum(small.count(word) for word in found) for name, found in _spaced().items()}
    shown = [name for name, count in counts.items() if count]
    return tuple(sorted(shown, key=lambda name: -counts[name])[:_MOST])


def is_elsewhere(words: str) -> bool:
    """Tell a sentence of sport, stage, markets or science, which borrows the words of conflict."""
    found = _WORD.findall(words.lower())
    said = {*found, *map(" ".join, pairwise(found))}
    sure, unsure = elsewhere()
    hints = len(unsure & said) + (_SCORE.search(words) is not None)
    return not sure.isdisjoint(said) or hints > 1


def is_historical(words: str, published: date | None) -> bool:
    """Tell a sentence that dates what it tells long before it was published: it is remembered, not reported."""
    years = [int(y) for y in _YEAR.findall(words)]
    return bool(years) and max(years) < (_LONG_AGO if published is None else published.year - _REMEMBERED)


@cache
def _spaced() -> dict[str, tuple[str, ...]]:
    return {c.name: tuple(f" {w} " for w in c.words) for c in contexts()}
