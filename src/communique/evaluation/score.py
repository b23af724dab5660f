"""The figures of a comparison: what was right of what was marked and of what was given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

What = Literal["missed", "extra", "wrong"]


@dataclass(slots=True)
class Score:
    """How many findings were marked, how many given, and how many of those hit."""

    hit: int = 0
    marked: int = 0
    given: int = 0

    def add(self, *, hit: int, marked: int, given: int) -> None:
        self.hit += hit
        self.marked += marked
        self.given += given

    @property
    def precision(self) -> float:
        """Share of what was given that is right; 0.0 where nothing was given."""
        return self.hit / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Share of what was marked that was found; 0.0 where nothing was marked."""
        return self.hit / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference between marks and reading: in which document, of what kind, on which words, and how."""

    document: str
    kind: str
    what: What
    words: str
    why: str = ""


@dataclass
class Evaluation:
    """A score by what was compared, every difference, and the documents that could not be read."""

    documents: int = 0
    scores: dict[str, Score] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def score(self, name: str) -> Score:
        return self.scores.setdefault(name, Score())
