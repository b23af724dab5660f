"""Splits enumerations ("A; B, C and D; and E") into items that are verbatim slices of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from communique.model import Struct
from communique.vocab.topics import enumerations

_AND = re.compile(r"\s+(?:and/or|and|or|&)\s+", re.I)
_LONG_JOIN = re.compile(
    r",?\s+(?:as well as|along with|together with|in addition to)\s+(?:the\s+|on\s+|in\s+|for\s+)?", re.I
)
_GERUND = re.compile(r"(?:(?:further|better|jointly|also|fully)\s+)?[a-z]{2,}ing\b", re.I)
_NO_GERUND = re.compile(
    r"(?:training|funding|housing|banking|fishing|mining|shipping|engineering|peacekeeping|manufacturing|sharing|"
    r"building|planning|policing|farming|ongoing|emerging|meeting|financing|processing|something|nothing|beijing|"
    r"tourism|laundering|smuggling|trafficking|monitoring)\b(?!\s+(?:the|a|an|our|their|its)\b)",
    re.I,
)
_LEAD = re.compile(
    r"(?:\s|[,;:•*–—-]|(?:and/or|and|or|&|as well as|along with|together with|but also|also)\s)+", re.I
)
ADJECTIVE = re.compile(
    r"(?:\w{2,}(?:al|ic|ive|ous|ful|less|able|ible|ary|ern|ian|ese|ear|lar|[^e]ed|ing)|critical|open|free|just|fair|joint|safe"
    r"|clean|green|high|low|short-|medium-|long-|small|\w+-)",
    re.I,
)
_OWNER = re.compile(r"[’']s?\s")
_BRACKETS = {"(": 1, "[": 1, "“": 1, ")": -1, "]": -1, "”": -1}


class Item(Struct, frozen=True):
    """One item of an enumeration: a slice of the text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def split_list(text: str, start: int, end: int) -> tuple[Item, ...]:
    """Split text[start:end] into the items it lists; a text that lists nothing is one item."""
    if not text[start:end].strip(" \t\r\n,;"):
        return ()
    semicolons = _pieces(text, start, end, ";")
    if len(semicolons) > 1:
        return _tidy(text, semicolons)
    commas = _pieces(text, start, end, ",")
    if len(commas) <= 1:
        return _tidy(text, _split_pair(text, start, end))
    if _is_shared(text, commas):
        return _tidy(text, [(start, end)])
    commas = _with_adjectives(text, commas)
    pieces = commas[:-1]
    last = commas[-1]
    pieces += [last] if _starts_with_and(text, *last) else _split_last(text, *last)
    return _tidy(text, [p for piece in pieces for p in _split_loose(text, *piece)])


def opens_list(text: str, start: int, end: int) -> re.Match[str] | None:
    """Find the words that open an enumeration ("such as", "including") in a span: the list follows them."""
    return _opener().search(text, start, end)


@cache
def _opener() -> re.Pattern[str]:
    words = sorted(enumerations().openers, key=len, reverse=True)
    return re.compile(
        r"\b(?:"
        + "|".join(map(re.escape, words))
        + r")(?:,? (?:but not limited to|in|on|by|for|through|among others))?"
        r"(?=[\s:,])[\s:,]*",
        re.I,
    )


@cache
def _pair() -> re.Pattern[str]:
    """Match the known pairs, whose "and" splits nothing."""
    return re.compile(r"\b(?:" + "|".join(map(re.escape, enumerations().pairs)) + r")\b", re.I)


def _pieces(text: str, start: int, end: int, mark: str) -> list[tuple[int, int]]:
    """Cut a span at a mark, but not inside brackets or quotation marks, nor inside a number."""
    if text.find(mark, start, end) < 0:
        return [(start, end)] if text[start:end].strip() else []
    out, depth, begin = [], 0, start
    for i in range(start, end):
        char = text[i]
        depth = max(0, depth + _BRACKETS.get(char, 0))
        if char == mark and depth == 0 and not (text[i + 1 : i + 2].isdigit() and text[i - 1 : i].isdigit()):
            out.append((begin, i))
            begin = i + 1
    return [p for p in [*out, (begin, end)] if text[p[0] : p[1]].strip()]


def _starts_with_and(text: str, start: int, end: int) -> bool:
    return re.match(r"\s*(?:and|or|as well as|&)\s", text[start:end], re.I) is not None


def _ands(text: str, start: int, end: int) -> list[re.Match[str]]:
    """List the "and"s of a span that may part two items: not those of a known pair, nor in brackets."""
    found = list(_AND.finditer(text, start, end))
    if not found:
        return []
    pairs = [m.span() for m in _pair().finditer(text, start, end)]
    return [m for m in found if not _is_inside(m.start(), pairs) and _depth(text, start, m.start()) == 0]


def _is_inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(a <= at < b for a, b in spans)


def _depth(text: str, start: int, end: int) -> int:
    return sum(_BRACKETS.get(c, 0) for c in text[start:end])


def _split_last(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split the last piece of a list without an Oxford comma: at its last "and", and before gerunds."""
    ands = _ands(text, start, end)
    cuts = [m for i, m in enumerate(ands) if i == len(ands) - 1 or _is_gerund(text, m.end())]
    return _cut(start, end, cuts)


def _split_pair(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split "A and B" where each side stands alone: both of several words, or both with a gerund."""
    out = []
    for a, b in _split_loose(text, start, end):
        cuts = [m for m in _ands(text, a, b) if _stands_alone(text, a, m.start(), m.end(), b)]
        out += _cut(
            a, b, cuts[:1] if len(cuts) == 1 else [c for c in cuts if _is_gerund(text, c.end())] or cuts[-1:]
        )
    return out


def _split_loose(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split at "as well as" and its like."""
    return _cut(start, end, list(_LONG_JOIN.finditer(text, start + 1, end)))


def _cut(start: int, end: int, cuts: list[re.Match[str]]) -> list[tuple[int, int]]:
    out, begin = [], start
    for m in cuts:
        out.append((begin, m.start()))
        begin = m.end()
    return [*out, (begin, end)]


def _is_gerund(text: str, at: int) -> bool:
    return _GERUND.match(text, at) is not None and _NO_GERUND.match(text, at) is None


def is_gerund(word: str) -> bool:
    """Tell "ensuring" from "peacekeeping"."""
    return len(word) > 4 and word.endswith("ing") and word.islower() and _NO_GERUND.match(word) is None


def _stands_alone(text: str, start: int, left_end: int, right: int, end: int) -> bool:
    left, after = text[start:left_end].split(), text[right:end].split()
    if _is_gerund(text, right):
        return _is_gerund(text, start)
    if _is_gerund(text, start):
        return False
    if len(left) >= 2 and after[:1] and after[0].lower() in ("the", "a", "an", "our", "their", "its"):
        return True
    if left and (
        ADJECTIVE.fullmatch(left[-1])
        or "both" in (w.lower() for w in left)
        or _OWNER.search(text[start:left_end])
    ):
        return False
    return len(left) >= 2 and len(after) >= 2 and " of " not in f" {text[start:left_end]} "


def _with_adjectives(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what a comma between adjectives parts: "Russia’s unprovoked, unjustified invasion"."""
    out = [pieces[0]]
    for a, b in pieces[1:]:
        words = text[slice(*out[-1])].split()
        described = len(words) > 1 and _OWNER.search(text[slice(*out[-1])]) and ADJECTIVE.fullmatch(words[-1])
        if described and not _starts_with_and(text, a, b):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def _is_shared(text: str, pieces: list[tuple[int, int]]) -> bool:
    """Say whether single words share the noun at the end: "economic, financial and corporate governance"."""
    before = [text[a:b].split() for a, b in pieces[:-1]]
    if not before or any(len(words) != 1 for words in before[1:]) or len(before[0]) > 4 or "and" in before[0]:
        return False
    last = re.sub(r"^\s*(?:and|or)\s+", "", text[slice(*pieces[-1])]).split()
    words = [w for w in last if w not in ("and", "or")]
    if len(words) < 2 or len(last) > 5:
        return False
    return words[-1].lower().strip(".") in enumerations().shared_heads


def _tidy(text: str, spans: list[tuple[int, int]]) -> tuple[Item, ...]:
    return tuple(Item(a, b) for a, b in (_trimmed(text, *span) for span in spans) if b > a)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Take joining words, marks and white space off both ends of an item."""
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    while end > start and text[end - 1] in " \t\r\n,;:.–—-":
        end -= 1
    for tail in (" and", " or", ";", ","):
        if text[start:end].endswith(tail):
            end -= len(tail)
    return start, end


def joined(text: str, item: Item) -> str:
    """Return an item's words on one line."""
    return " ".join(item.of(text).split())


def each_item(text: str, spans: list[tuple[int, int]]) -> Iterator[Item]:
    for a, b in spans:
        yield from split_list(text, a, b)
