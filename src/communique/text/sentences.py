"""Sentences of a paragraph: nupunkt's, put right where diplomacy's abbreviations mislead it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nupunkt import sent_spans

from communique.text import abbreviations
from communique.text.lines import trim
from communique.text.turns import label_at

# No paragraph is longer than this: what is, is a page without line ends, and is read piece by piece.
_LONGEST = 20_000
_SPACE = re.compile(r"\s")
# An end that nupunkt misses: a small word or closing mark, a stop, a capital. Eats "cent. Mr", "talks.” The"
_END = re.compile(r"""(?P<word>[a-z0-9%)\]]{2,30})[.!?]["'”’)\]]{0,2}(?P<space>\s{1,4})(?=["“'‘(\[]?[A-Z])""")
_ENDS = frozenset(".!?…")
_CLOSERS = "\"'”’)]»*"
_OPENERS = "\"'“‘([«"


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a span of the text into sentences, without the white space around them."""
    found: list[tuple[int, int]] = []
    if label := label_at(text, start, end):
        found.append((label[0], label[2]))
        start = label[2]
    for low, high in _pieces(text, start, end):
        found += _split_piece(text, low, high)
    return found


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = text.rfind(". ", start, start + _LONGEST) + 1
        cut = cut if cut > start else text.rfind(" ", start, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _split_piece(text: str, start: int, end: int) -> list[tuple[int, int]]:
    words = _SPACE.sub(" ", text[start:end])
    cuts = _cuts(words) if any(mark in words for mark in _ENDS) else [len(words)]
    spans: list[tuple[int, int]] = []
    low = 0
    for high in cuts:
        span = trim(text, start + low, start + high)
        if span is not None and (spans or high == len(words) or _says_something(text, span)):
            spans.append(span)
            low = high
            if len(spans) > 1 and not _says_something(text, span):
                spans[-2:] = [(spans[-2][0], span[1])]
    return spans


def _says_something(text: str, span: tuple[int, int]) -> bool:
    return any(c.isalnum() for c in text[slice(*span)])


def _cuts(words: str) -> list[int]:
    """Return where sentences end: nupunkt's ends and those it misses, less those that end nothing."""
    ends = {b for _, b in sent_spans(words)}
    ends |= {m.start("space") for m in _END.finditer(words) if not _belongs(m["word"])}
    ends = {_before_quote(words, e) for e in ends if 0 < e < len(words)}
    return [*sorted(e for e in ends if _is_end(words, e)), len(words)]


def _before_quote(words: str, at: int) -> int:
    """Move an end before a quotation mark that opens the next sentence: 'said. " We' has it apart."""
    head = words[:at].rstrip()
    return len(head) - 1 if head[-1:] in '"“' and head[-2:-1] == " " else at


def _belongs(word: str) -> bool:
    return word in abbreviations.before()


def _is_end(words: str, at: int) -> bool:
    """Say whether a sentence ends here: not after "Mr.", not before a lower-case word, not within a word."""
    head, tail = words[max(at - 60, 0) : at].rstrip(), words[at : at + 40].lstrip()
    if not head or not tail:
        return False
    if tail.lstrip(_OPENERS)[:1].islower() or tail[0] in ",;:)%":
        return False
    last, following = head.rsplit(None, 1)[-1], tail.split(None, 1)[0].lstrip(_OPENERS)
    if not last.endswith("."):
        return True
    if abbreviations.is_abbreviation(last) or abbreviations.may_end_sentence(last):
        if abbreviations.is_title(last) or len(following) < 2:
            return False
        return following in abbreviations.starters() or (
            abbreviations.is_place(last) and following in abbreviations.posts()
        )
    return not (last[:-1].isdigit() and following[:1].isdigit())
