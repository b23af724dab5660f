"""In what matters an event happens: PLOVER's contexts, by the words of its sentence."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from communique.vocab.events.contexts import contexts, elsewhere

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_MOST = 4


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
    return not sure.isdisjoint(said) or len(unsure & said) > 1


@cache
def _spaced() -> dict[str, tuple[str, ...]]:
    return {c.name: tuple(f" {w} " for w in c.words) for c in contexts()}
