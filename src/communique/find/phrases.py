"""Trims the words of a statement to the thing they are about, always to a verbatim slice of the text."""

from __future__ import annotations

import re
from functools import cache

from communique.find.lists import Item
from communique.vocab.topics import phrases

_STOP = re.compile(
    r"""
    [.:!?](?=\s|$) | \s[–—]\s | —
    | ,?\s(?:which|who|whom|whose|where|while|when|because|after|before|unless|until|whereas|although|though)\s
    | ,?(?<!such)(?<!well)(?<!known)\s(?:as|so)\s(?!well\b)
    | \sthat\s | ,?\sby\s(?=\w+ing\b)
    | ,?\s(?:in\ order\ to|with\ a\ view|through|in\ violation\ of|in\ accordance\ with|consistent\ with|in\ line\ with
        |based\ on|on\ the\ basis\ of|as\ part\ of|during|following|ahead\ of|on\ the\ (?:margins|sidelines)|within\ the\ framework
        |under|at\ the|for\ as\ long|in\ this\ regard|among\ others|inter\ alia|in\ the\ (?:coming|near|years|face|context|strongest)
        |between\ (?:the|our|their)\ two|with\ (?:the\ aim|particular))\b
    | ,\s(?:under(?:scor|lin)|not|stress|emphasi|reaffirm|recogni|acknowledg|welcom|highlight|express|call|building|affirm|agree
        |reiterat|recall|particularly|especially|given|thus|thereby|with|and\ (?:also|that|to|will|they|the\ two|called|agreed
        |expressed|welcomed|underscored|reaffirmed|emphasi[sz]ed|discussed|highlighted|stressed|reiterated|noted|pledged|committed))
    | \sand\s(?:also|will|they|that|called|agreed|expressed|welcomed|underscored|reaffirmed|emphasi[sz]ed|discussed|highlighted
        |stressed|reiterated|noted|pledged|committed|condemned|affirmed|exchanged|reviewed|urged|supported|confirmed|thanked)\s
    """,
    re.X | re.I,
)
_FINITE = re.compile(
    r"\s(?:must|is|are|was|were|will|would|should|shall|can|could|may|has|have|had|remains?|threatens?|requires?|continues?|"
    r"needs?|cannot|poses?|represents?|constitutes?|plays?|depends?|demands?|undermines?|violates?|serves?|calls?|do|does)\s"
)
_PURPOSE = re.compile(
    r"(?<!access)(?<!due)(?<!related)(?<!relating)(?<!response)(?<!responses)(?<!approach)(?<!approaches)(?<!threat)(?<!threats)"
    r"(?<!transition)(?<!barriers)(?<!according)(?<!commitment)(?<!regard)(?<!respect)(?<!adaptation)(?<!addition)(?<!challenges)"
    r"(?<!solutions)(?<!contribution)(?<!challenge)(?<!near)(?<!support)(?<!decision)(?<!attempt)(?<!attempts)(?<!refusal)(?<!failure)\sto\s(?=[a-z]+\s)"
)
_TAIL = re.compile(r"(?:[\s,]+(?:and|or|the|of|a|an|in|on|to|for|with|as|well|including|such|also|from|our|their|its|by|at|is|are))+$")
_BRACKET_END = re.compile(r"\s*\([^()]{1,60}\)\s*$")


def clip(text: str, start: int, end: int) -> int:
    """Return where a phrase ends: at the first word that opens another clause."""
    stop = _STOP.search(text, start, end)
    return stop.start() if stop else end


def before_verb(text: str, start: int, end: int) -> int:
    """Return where the subject of a that-clause ends: at its finite verb."""
    verb = _FINITE.search(text, start, end)
    return verb.start() if verb else end


def before_purpose(text: str, start: int, end: int) -> int:
    """Return where a phrase ends that a purpose follows: "sanctions *to* deprive …"."""
    purpose = _PURPOSE.search(text, start + 1, end)
    return purpose.start() if purpose and purpose.start() - start > 5 else end


def unframe(text: str, start: int, end: int, *, verbs: bool) -> int:
    """Return where the thing itself starts, past "the importance of", "our commitment to" and, if asked, verbs."""
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
    tail = _TAIL.search(text[start:end])
    end = start + tail.start() if tail else end
    return Item(start, end)


def is_general(words: str) -> bool:
    """Say whether a phrase names nothing in particular: "issues of common interest"."""
    folded = words.casefold().strip()
    general = phrases().general
    if folded in general or folded in phrases().alone or not folded:
        return True
    head = re.split(r"\s(?:of|in|on|for|between|with|to|among|across|that)\s", folded, maxsplit=1)[0].split()
    return bool(head) and all(w in general or w in _vague() for w in head) and not _has_name(words)


@cache
def _vague() -> frozenset[str]:
    return frozenset(
        "regional global bilateral international trilateral multilateral mutual common shared key other pressing major important "
        "broad wide full range of the and a our their priority priorities current strategic next long-standing enduring strong "
        "close new future first defining joint various these those such economic-and-security further greater additional".split()
    )


def _has_name(words: str) -> bool:
    return re.search(r"\b[A-Z][a-z]{2,}", words[1:]) is not None


@cache
def _frame() -> re.Pattern[str]:
    frames = "|".join(sorted(map(re.escape, phrases().frames), key=len, reverse=True))
    links = "|".join(sorted(map(re.escape, phrases().frame_links), key=len, reverse=True))
    return re.compile(
        rf"[\s,]*(?:[\w’'.-]+\s){{0,5}}?(?:{frames})\s(?:(?:{links})\s)(?:(?:be|being|jointly|further|also|collectively)\s)?", re.I
    )


@cache
def _verb() -> re.Pattern[str]:
    forms: set[str] = set()
    for verb in phrases().verbs:
        first, _, rest = verb.partition(" ")
        tail = f" {rest}" if rest else ""
        stem = first.removesuffix("e")
        forms |= {verb, f"{stem}ing{tail}", f"{first}{first[-1]}ing{tail}", f"{first}ing{tail}"}
    joined = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    return re.compile(rf"[\s,]*(?:to\s)?(?:(?:further|jointly|also|better|actively|closely)\s)?(?:{joined})(?:\s+and\s+(?:{joined}))?\s", re.I)


@cache
def _filler() -> re.Pattern[str]:
    joined = "|".join(sorted(map(re.escape, phrases().fillers), key=len, reverse=True))
    return re.compile(rf"(?:[\s,;:“\"*•–—-]|(?:{joined})(?=[\s,]))*", re.I)
