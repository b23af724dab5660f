"""Trims the words of a statement to the thing they are about, always to a verbatim slice of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from communique.find.lists import Item
from communique.vocab.topics import phrases

_BRACKET_END = re.compile(r"\s*\([^()]{1,60}\)\s*$")
_TO_VERB = re.compile(
    r"(?P<before>[\w’'-]+)\sto\s(?!(?:the|an?|our|their|its|his|her|this|that|these|those|all|both|each|such|other)\s)(?=[a-z]+\s)"
)


def clip(text: str, start: int, end: int) -> int:
    """Return where a phrase ends: at the first word that opens another clause."""
    stop = _stop().search(text, start, end)
    return stop.start() if stop else end


def before_verb(text: str, start: int, end: int) -> int:
    """Return where the subject of a that-clause ends: at its finite verb."""
    verb = _finite().search(text, start, end)
    return verb.start() if verb else end


def before_purpose(text: str, start: int, end: int) -> int:
    """Return where a phrase ends that a purpose follows: "sanctions *to* deprive …"."""
    for m in _TO_VERB.finditer(text, start, end):
        if m["before"].lower() not in phrases().not_purpose and m.end("before") - start > 5:
            return m.end("before")
    return end


def unframe(text: str, start: int, end: int, *, verbs: bool) -> int:
    """Return where the thing itself starts, past "the importance of" and, if asked, past verbs."""
    return starts(text, start, end, verbs=verbs)[-1]


def starts(text: str, start: int, end: int, *, verbs: bool) -> list[int]:
    """Return where a phrase starts, then where it starts past each of the words that only introduce it."""
    out = [start]
    for _ in range(6):
        step = _frame().match(text, out[-1], end) or (_verb().match(text, out[-1], end) if verbs else None)
        if step is None:
            break
        out.append(step.end())
    return out


def trim(text: str, start: int, end: int) -> Item:
    """Take articles, adverbs, small words and a bracket at the end off a phrase."""
    lead = _filler().match(text, start, end)
    start = lead.end() if lead else start
    if lead is None and text[start:end].strip() == "":
        return Item(start, start)
    bracket = _BRACKET_END.search(text[start:end])
    if bracket and bracket.start() > 0:
        end = start + bracket.start()
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ")”\"’'"):
        end -= 1
    tail = _tail().search(text[start:end])
    end = start + tail.start() if tail else end
    return Item(start, end)


def is_general(words: str) -> bool:
    """Say whether a phrase names nothing in particular: "issues of common interest"."""
    folded = words.casefold().strip()
    general = phrases().general
    if folded in general or folded in phrases().alone or not folded:
        return True
    head = re.split(r"\s(?:of|in|on|for|between|with|to|among|across|that)\s", folded, maxsplit=1)[0].split()
    return bool(head) and all(w in general or w in phrases().vague for w in head) and not _has_name(words)


def _has_name(words: str) -> bool:
    return re.search(r"\b[A-Z][a-z]{2,}", words[1:]) is not None


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of some words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


@cache
def _stop() -> re.Pattern[str]:
    """Match what opens another clause: a mark, a relative word, a loose link, a participle or a next verb."""
    p = phrases()
    return re.compile(
        rf"""
        (?<![A-Z])\.(?=\s|$) | [:!?](?=\s|$) | —
        | ,?\s(?: [–—]\s
            | (?:{_verbose(p.clause_words)})\s
            | (?<!such\s)(?<!well\s)(?<!known\s)(?:as|so)\s(?!well\b)
            | by\s(?=\w+ing\b)
            | (?:{_verbose(p.loose_links)})\b
            | (?<=,\s)(?:{_verbose(p.after_comma)})
            | and\s(?:{_verbose(p.next_clause)})\s )
        """,
        re.X | re.I,
    )


def _verbose(words: Iterable[str]) -> str:
    return _any_of(words).replace("\\ ", "\\s")


@cache
def _finite() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{_any_of(phrases().finite)})\s")


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"(?:[\s,]+(?:{_any_of(phrases().tails)}))+$")


@cache
def _frame() -> re.Pattern[str]:
    frames, links = _any_of(phrases().frames), _any_of(phrases().frame_links)
    return re.compile(
        rf"[\s,]*(?:[\w’'.-]+\s){{0,5}}?(?:{frames})\s(?:{links})\s(?:(?:be|being|jointly|further|also)\s)?",
        re.I,
    )


@cache
def _verb() -> re.Pattern[str]:
    forms: set[str] = set()
    for verb in phrases().verbs:
        first, _, rest = verb.partition(" ")
        tail = f" {rest}" if rest else ""
        stem = first.removesuffix("e")
        forms |= {verb, f"{stem}ing{tail}", f"{first}{first[-1]}ing{tail}", f"{first}ing{tail}"}
    joined = _any_of(forms)
    return re.compile(
        rf"[\s,]*(?:to\s)?(?:(?:further|jointly|also|better|closely)\s)?(?:{joined})(?:\s+and\s+(?:{joined}))?\s",
        re.I,
    )


@cache
def _filler() -> re.Pattern[str]:
    joined = _any_of(phrases().fillers)
    return re.compile(rf"(?:[\s,;:“\"*•–—-]|(?:{joined})(?=[\s,]))*", re.I)
