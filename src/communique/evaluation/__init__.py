"""Compares the reader with documents that people have marked, and says how far the two agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from communique.errors import UnreadableDocument
from communique.evaluation.compare import compare
from communique.evaluation.marks import Example, load_examples
from communique.evaluation.score import Evaluation, Miss, Score
from communique.model import Record, Text

__all__ = ["Evaluation", "Example", "Miss", "Score", "evaluate", "load_examples"]


def evaluate(examples: Iterable[Example], read: Callable[[Text], Record]) -> Evaluation:
    """Read each example and compare; a document that can't be read counts as one where all was missed."""
    out = Evaluation()
    for example in examples:
        record: Record | None = None
        try:
            record = read(example.text)
        except UnreadableDocument as error:
            out.failed.append(f"{example.marked.id}: {error}")
        compare(example, record, out)
        out.documents += 1
    return out
