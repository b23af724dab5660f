"""Words of a sentence as the finders of people and bodies walk over them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

# eats "Joseph", "R.", "J.D.", "U.S.", "O'Neill", "Kim Tae-hyo" word by word, "Mr.", "'s", and single marks
_WORD = re.compile(
    r"""(?:[^\W\d_]\.){2,5}(?:[^\W\d_](?![\w]))?   # U.S., J.D.
    | (?:Mr|Mrs|Ms|Dr|Jr|Sr|Hon|Prof|Gen|Lt|Col|Adm|Sen|Rep|Gov|St|Rt|Rev|Amb|MR|MRS|DR|HON|SEN)\.
    | [A-Z]\.(?=[\s,A-Z])                          # an initial
    | ['’][sS]\b
    | [^\W_]+(?:['’](?!s\b|S\b)[^\W_]+|[-–‑‐⁠][^\W_]+)*
    | [^\w\s]""",
    re.X,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark at its place in the document."""

    text: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def words_of(text: str, start: int, end: int) -> list[Word]:
    """List the words and marks of a stretch of the text, in order."""
    return [Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text, start, end)]


def find_whole(
    text: str, forms: Collection[str], spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, str]]:
    """List where forms stand as whole words within the spans, the longest where two begin alike."""
    if not forms:
        return
    listed = list(forms)
    starts = [start for start, _ in spans]
    automaton = AhoCorasick(listed, matchkind=MatchKind.LeftmostLongest)
    for index, start, end in automaton.find_matches_as_indexes(text):
        if (start and _joins(text[start - 1])) or (end < len(text) and _joins(text[end])):
            continue
        i = bisect_right(starts, start) - 1
        if i >= 0 and end <= spans[i][1]:
            yield start, end, listed[index]


def _joins(mark: str) -> bool:
    return mark.isalnum() or mark in "_-"
