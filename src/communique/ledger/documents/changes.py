"""What changed from one version of a source to the next, paragraph by paragraph and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Fate = Literal["kept", "gone", "new"]
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_AROUND = 1  # paragraphs kept in sight on either side of a change
_MOST_WORDS = 4_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with one fate."""

    fate: Fate
    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or (no pieces) how many that did not change stand between two."""

    pieces: tuple[Piece, ...]
    skipped: int = 0


def changes(before: str, after: str) -> Iterator[Paragraph]:
    """Yield the paragraphs that changed, each with its neighbours, and how many are left out in between."""
    old, new = _paragraphs(before), _paragraphs(after)
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    last = len(blocks) - 1
    for place, (fate, a, b, c, d) in enumerate(blocks):
        if fate != "equal":
            yield from _changed(old[a:b], new[c:d])
            continue
        head = 0 if place == 0 else min(_AROUND, d - c)
        tail = 0 if place == last else min(_AROUND, d - c - head)
        yield from (Paragraph((Piece("kept", p),)) for p in new[c : c + head])
        if d - c - head - tail > 0:
            yield Paragraph((), skipped=d - c - head - tail)
        yield from (Paragraph((Piece("kept", p),)) for p in new[d - tail : d])


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    if len(old) == len(new):
        yield from (Paragraph(tuple(_words(a, b))) for a, b in zip(old, new, strict=True))
        return
    yield from (Paragraph((Piece("gone", p),)) for p in old)
    yield from (Paragraph((Piece("new", p),)) for p in new)


def _words(old: str, new: str) -> Iterator[Piece]:
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if len(a) + len(b) > _MOST_WORDS or matcher.real_quick_ratio() < 0.4 or matcher.ratio() < 0.4:
        yield from (Piece("gone", old), Piece("new", new))
        return
    for fate, i, j, m, n in matcher.get_opcodes():
        if fate == "equal":
            yield Piece("kept", "".join(b[m:n]))
            continue
        if j > i:
            yield Piece("gone", "".join(a[i:j]))
        if n > m:
            yield Piece("new", "".join(b[m:n]))
