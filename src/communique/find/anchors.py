"""Finds in one scan the words that issues and areas are read from: the grammar then looks only there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from ahocorasick_rs import AhoCorasick

from communique.vocab.topics import area_words, gerund, issue_words

Label = Literal["stem", "promise", "doing", "compound", "as", "problem", "event", "name", "announcer"]

# What opens a list of fields besides the nouns that take "in" or "on".
_STEMS = (
    *(
        "focus",
        "focuses",
        "focused",
        "focussed",
        "focusing",
        "focussing",
        "progress",
        "particularly",
        "especially",
    ),
    *("spanning", "spans", "areas of", "fields of", "area of", "field of", "areas", "pillars", "challenges"),
)


@dataclass(frozen=True)
class Anchors:
    """Where the words of each label stand, in order."""

    _starts: dict[Label, list[int]] = field(default_factory=dict)
    _ends: dict[Label, list[int]] = field(default_factory=dict)

    def within(self, label: Label, start: int, end: int) -> Iterator[tuple[int, int]]:
        """List the words of a label that stand wholly within a span."""
        starts, ends = self._starts.get(label, []), self._ends.get(label, [])
        for i in range(bisect_left(starts, start), bisect_left(starts, end)):
            if ends[i] <= end:
                yield starts[i], ends[i]

    def add(self, label: Label, start: int, end: int) -> None:
        """Add a place; places come in order of their start, and of two with one start the longer counts."""
        starts, ends = self._starts.setdefault(label, []), self._ends.setdefault(label, [])
        if starts and starts[-1] == start:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)


@lru_cache(maxsize=2)
def anchors(text: str) -> Anchors:
    """Scan a text for the words of all labels."""
    labels, out = _labels(), Anchors()
    hits = sorted((a, b, i) for i, a, b in _automaton().find_matches_as_indexes(text, overlapping=True))
    for start, end, i in hits:
        if not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum():
            for label in labels[i][1]:
                out.add(label, start, end)
    return out


@cache
def _labels() -> tuple[tuple[str, tuple[Label, ...]], ...]:
    """List the words to scan for, each with its labels."""
    out: dict[str, tuple[Label, ...]] = {}
    for label, words in _words():
        for word in dict.fromkeys(words):
            out[word] = (*out.get(word, ()), label)
    return tuple(out.items())


def _words() -> Iterator[tuple[Label, Iterable[str]]]:
    areas, issues = area_words(), issue_words()
    yield "stem", _either_case([*areas.stems, *areas.lists, *_STEMS])
    yield "promise", [*areas.verbs, *map(gerund, areas.verbs)]
    yield "doing", ["by", "through"]
    yield "compound", _either_case(["cooperation", "co-operation", "collaboration"])
    yield (
        "as",
        ["as a", "as an", "as one of the", "as key", "as our", "as priority", "as priorities", "as areas"],
    )
    yield "problem", _either_case(issues.problem_verbs)
    yield "event", issues.events
    yield "name", issues.named
    yield "announcer", _either_case([*issues.topics, *issues.talks])


def _either_case(words: Iterable[str]) -> list[str]:
    return [form for w in words for form in (w, w[0].upper() + w[1:])]


@cache
def _automaton() -> AhoCorasick:
    return AhoCorasick([word for word, _ in _labels()])
