"""Finds instruments: plans, funds, frameworks, declarations, agreements, treaties.

One scan of the text finds head nouns ("Action Plan", "agreement") and names known by themselves; around each
head the name is read outwards, word by word. Ways to write one instrument are joined under one name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from communique.find.cover import Cover
from communique.find.lists import split_list
from communique.model import Instrument, InstrumentKind, Mention, PartyRef, Support
from communique.text.page import Named, Page, Sentence
from communique.vocab.instruments import Known, kinds, known, words

Period = tuple[str | None, str | None]

_WORD = re.compile(r"\S+")
_REACH = 220  # characters to either side of a head noun in which its name is sought
_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*[-–—/]\s*((?:19|20)\d\d|\d\d)\b")
_UNTIL = re.compile(r"\b(?:by|to|until|Vision|Agenda|Goals|Strategy)\s+(20\d\d)\b|\b(20\d\d) Agenda\b")
_PERIOD_AFTER = re.compile(
    r",?\s*(?:\(\s*)?(?:for|covering|over|from|during)?\s*(?:the\s+)?(?:period\s+)?(?:of\s+)?"
    r"(?:19|20)\d\d\s*(?:[-–—/]|to|until)\s*(?:(?:19|20)\d\d|\d\d)\b\)?",
)
_ACRONYM_AFTER = re.compile(
    r"\s*\(\s*(?:the\s+)?[“\"‘']?((?:[A-Z][\w&/+-]{1,14}|[A-Z]{2,}[a-z]?[\w &/+-]{0,18}))[”\"’']?\s*\)"
)
_QUOTED_AFTER = re.compile(
    r"\b(?:called|known as|named|dubbed|entitled|titled)\s+(?:the\s+)?[“\"]([A-Z][^”\"\n]{1,80})[”\"]"
)
_BRACKETED = re.compile(r"\([A-Z][\w&/-]{1,12}\)$")
_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th)$|(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Inaugural)$",
    re.I,
)
_YEAR_WORD = re.compile(r"(?:19|20)\d\d(?:[-–—/](?:19|20)?\d\d)?$")
_SUM = re.compile(r"[$€£¥₩₹]")
_NUMBER = re.compile(r"(?:No\.?|\d[\d/().]*|[IVX]{1,5})$")
_ABBREVIATION = re.compile(r"(?:[A-Z]\.){1,4}$|(?:St|No)\.$")
_OPEN, _CLOSE = "(“\"‘'[", ',;:.!?)”"’]'
_OWN_PLURAL = ("s’", "s'")
_OWN = ("’s", "'s", "’S", "'S")
_NUMBERED = ("Task Force", "Resolution", "Resolutions", "Protocol", "Convention")
_MAKES_ALONE: frozenset[InstrumentKind] = frozenset(
    {"agreement", "treaty", "declaration", "plan_of_action", "other"}
)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What one string of the scan stands for: a head noun of a kind, or an instrument known by name."""

    form: Literal["name", "plain", "known", "not"]
    words: str
    kind: InstrumentKind
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    pattern: _Pattern


@dataclass(frozen=True, slots=True)
class _Found:
    """A place where an instrument is named. ``head`` is the head noun, lower-case; ``bare`` a "the Plan"."""

    start: int
    end: int
    name: str
    kind: InstrumentKind
    head: str
    known: Known | None = None
    acronym: str | None = None
    bare: bool = False
    supports: tuple[Support, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far a name reaches right of its head: past a small word (``in_tail``), or past "between"."""

    end: int
    head: str
    kind: InstrumentKind
    in_tail: bool = False
    is_between: bool = False


def find_instruments(page: Page) -> tuple[Instrument, ...]:
    """Find the instruments a page names: one for each, with every mention, in order of their first."""
    hits = _scan(page.text)
    if not hits:
        return ()
    found = _settle([*_found_in(page, hits), *_quoted(page, hits)])
    named = [f for f in found if not f.bare]
    groups = _group(named)
    _add_acronyms(page, groups)
    _add_bare(groups, [f for f in found if f.bare])
    return tuple(sorted((_instrument(page, g) for g in groups), key=lambda i: (i.start, i.end)))


def instrument_in(instruments: Sequence[Instrument], start: int, end: int) -> Instrument | None:
    """Return the instrument that is mentioned first within a span, or None."""
    inside = [
        (m.start, n)
        for n, i in enumerate(instruments)
        for m in i.mentions
        if start <= m.start and m.end <= end
    ]
    return instruments[min(inside)[1]] if inside else None


# --- the scan -----------------------------------------------------------------------------------------------


@cache
def _patterns() -> tuple[_Pattern, ...]:
    out: dict[str, _Pattern] = {}
    for k in kinds():
        out |= {w: _Pattern("name", w, k.kind) for w in k.names}
        out |= {w: _Pattern("plain", w, k.kind) for w in (*k.plain, *map(_plural, k.plain))}
    for i in known():
        out |= {w: _Pattern("known", w, i.kind, i) for w in (i.name, *i.variants, *i.acronyms)}
    out |= {w: _Pattern("not", w, "other") for w in words().not_instruments}
    return tuple(out.values())


def _plural(noun: str) -> str:
    return noun if noun.endswith(("s", "work")) else f"{noun}s"


@cache
def _automaton() -> AhoCorasick:
    return AhoCorasick([p.words for p in _patterns()], matchkind=MatchKind.LeftmostLongest)


def _scan(text: str) -> list[_Hit]:
    patterns = _patterns()
    hits = (_Hit(a, b, patterns[i]) for i, a, b in _automaton().find_matches_as_indexes(text))
    return [h for h in hits if _is_whole(text, h.start, h.end)]


def _is_whole(text: str, start: int, end: int) -> bool:
    """Say whether a hit stands between word boundaries."""
    return not (start and (text[start - 1].isalnum() or text[start - 1] == "_")) and not (
        end < len(text) and (text[end].isalnum() or text[end] == "_")
    )


def _found_in(page: Page, hits: Sequence[_Hit]) -> Iterator[_Found]:
    for hit in hits:
        sentence = page.sentence_at(hit.start)
        if sentence is None or hit.end > sentence.end:
            continue
        if hit.pattern.form == "known":
            yield _known(page, hit)
        elif hit.pattern.form == "name":
            yield from _named(page, hit, sentence)
        elif hit.pattern.form == "plain":
            yield from _plain(page, hit, sentence)


def _known(page: Page, hit: _Hit) -> _Found:
    entry = hit.pattern.known
    assert entry is not None
    bracket = _ACRONYM_AFTER.match(page.text, hit.end)
    end = bracket.end() if bracket else hit.end
    head = entry.name.split()[-1].lower()
    return _Found(hit.start, end, entry.name, entry.kind, head, entry)


# --- names in capitals --------------------------------------------------------------------------------------


def _named(page: Page, hit: _Hit, sentence: Sentence) -> Iterator[_Found]:
    """Read a capitalised name around its head noun."""
    text = page.text
    start = _left(page, hit.start, max(sentence.start, hit.start - _REACH), sentence.start)
    right = _right(page, hit, min(sentence.end, hit.end + _REACH))
    if right is None:
        return
    end, head, kind = right.end, right.head.lower(), right.kind
    bracket = _ACRONYM_AFTER.match(text, end)
    acronym = bracket[1] if bracket else None
    end = bracket.end() if bracket else end
    period = _PERIOD_AFTER.match(text, end)
    end = period.end() if period and not _YEARS.search(text, start, end) else end
    name = _one_line(text[start:end])
    if bracket:
        name = _one_line(text[start : bracket.start()] + " " + text[bracket.end() : end])
    name = _clean(name)
    if _is_meeting(text, start, head, name):
        return
    if _is_particular(page, start, end, hit):
        yield _as_known(_Found(start, end, name, kind, head, acronym=acronym))
    elif text[start:end] == text[hit.start : hit.end] and _is_definite(text, start):
        yield _Found(start, end, name, kind, head, bare=True)


def _left(page: Page, at: int, low: int, sentence: int) -> int:
    """Walk left from a head noun over the words of its name; return where the name starts."""
    text = page.text
    tokens = [m.span() for m in _WORD.finditer(text, low, at)]
    if tokens and text[at - 1 : at].strip():  # glued to a mark or a hyphen: "mid-term Plan"
        return at
    start = at
    pending = 0
    for a, b in reversed(tokens):
        token = text[a:b]
        if token.lower() in words().links_left and not token[0].isupper():
            if pending == 2 or (pending and token in ("and", "&")):
                break
            pending += 1
            continue
        if _BRACKETED.match(token) and start != at and not pending:
            continue
        opened = token[0] in _OPEN
        bare = token.lstrip(_OPEN)
        inner = a + len(token) - len(bare)
        if not _joins_left(page, bare, inner, b, linked=pending > 0, first=inner == sentence):
            break
        start, pending = inner, 0
        if opened:
            break
    return start


def _joins_left(page: Page, token: str, start: int, end: int, *, linked: bool, first: bool) -> bool:
    """Say whether a word belongs to the name on its right."""
    if not token or not _is_capital(token) or _SUM.search(token):
        return False
    if token[-1] in _CLOSE and not _ABBREVIATION.match(token) and not token.endswith(_OWN_PLURAL):
        return False
    if token.endswith(_OWN) and token[:-2].lower() not in ("children", "women", "people", "men"):
        return False
    if token in words().openers or (first and token in words().first_words):
        return False
    if any(n.kind == "person" for n in _over(page, start, end)):
        return False
    return not linked or (
        token not in _heads()
        and not any(n.form == "name" and n.kind == "state" for n in _over(page, start, end))
    )


def _over(page: Page, start: int, end: int) -> list[Named]:
    """List the parties whose names overlap a word."""
    return [n for n in page.named_in(max(0, start - 80), end + 80) if n.start < end and n.end > start]


@cache
def _heads() -> frozenset[str]:
    return frozenset(name for k in kinds() for name in k.names if " " not in name)


@cache
def _kind_of_head() -> dict[str, InstrumentKind]:
    return {name: k.kind for k in kinds() for name in k.names}


def _is_capital(token: str) -> bool:
    return (
        token[0].isupper()
        or _YEAR_WORD.match(token) is not None
        or re.match(r"(?:\d+G|[a-z]+-[A-Z])", token) is not None
    )


def _right(page: Page, hit: _Hit, high: int) -> _Reach | None:
    """Walk right from a head noun over the words of its name; None where it names a body."""
    text = page.text
    reach = _Reach(hit.end, hit.pattern.words, hit.pattern.kind)
    links: list[str] = []
    for m in _WORD.finditer(text, hit.end, high):
        word, ends = _bare(m[0])
        if not word or text[m.start() - 1 : m.start()].strip():
            break
        if word.lower() in words().links_right and not word[0].isupper() and not ends:
            links.append(word.lower())
            if not _may_link(links, reach):
                break
            continue
        if not links and not reach.in_tail and word in words().bodies:
            return None
        longer = _longer(page, reach, word, m.start(), links)
        if longer is None:
            break
        reach, links = longer, []
        if ends and not (m[0].endswith(",") and reach.in_tail and _goes_on(text, m.end(), high)):
            break
    return reach


def _bare(token: str) -> tuple[str, bool]:
    """Take marks and a possessive off a word, and say whether there were any: the name ends there."""
    word = token if _ABBREVIATION.match(token) else token.rstrip(_CLOSE)
    word = word.removesuffix("’s").removesuffix("'s")
    return word, word != token


def _longer(page: Page, reach: _Reach, word: str, start: int, links: list[str]) -> _Reach | None:
    """Return a name's reach with one more word, or None where the word doesn't belong to it."""
    end = start + len(word)
    if links or reach.in_tail:
        between = reach.is_between or any(k in ("between", "with") for k in links)
        tail = replace(reach, end=end, in_tail=True, is_between=between)
        return tail if _joins_right(page, word, start, links) else None
    if word in _kind_of_head():
        return replace(reach, end=end, head=word, kind=_kind_of_head()[word])
    if _YEAR_WORD.match(word) or word == "Plus" or (reach.head in _NUMBERED and _NUMBER.match(word)):
        return replace(reach, end=end)
    return None


def _may_link(links: list[str], reach: _Reach) -> bool:
    """Say whether these small words may join more words to a name."""
    first = links[0]
    if len(links) > 3 or (links[-2:] == ["and", "the"] and not reach.is_between):
        return False
    if first in ("and", "&"):
        return reach.in_tail
    if first == "in":
        return reach.in_tail or reach.kind == "outlook" or reach.head == "Code of Conduct"
    if first == "with":
        return reach.kind == "agreement"
    return first not in ("the", "from", "by")


def _joins_right(page: Page, word: str, start: int, links: list[str]) -> bool:
    """Say whether a word belongs to the name on its left."""
    if not _is_capital(word) or word in words().openers:
        return False
    over = _over(page, start, start + len(word))
    if any(n.kind == "person" for n in over):
        return False
    if not over or not links:
        return True
    return links[0] in ("between", "with", "and", "on", "of", "for")


def _goes_on(text: str, at: int, high: int) -> bool:
    """Say whether a name goes on after a comma: "… on Peace, Security and Prosperity"."""
    return (
        re.match(r"\s+[A-Z][\w’'-]*(?:,\s+[A-Z][\w’'-]*){0,3},?\s+and\s+[A-Z]", text[at : min(high, at + 90)])
        is not None
    )


def _is_particular(page: Page, start: int, end: int, hit: _Hit) -> bool:
    """Say whether more than a head noun, general words and one state's name make up a name."""
    text = page.text
    if (
        start == hit.start
        and hit.pattern.words in words().need_modifiers
        and not text[hit.end : end].lstrip().startswith("to ")
    ):
        return False
    rest = f"{text[start : hit.start]} {text[hit.end : end]}"
    if _YEARS.search(rest):
        return True
    general, links = words().general, words().links_right | words().links_left
    states = [n for n in page.named_in(start, end) if n.kind in ("state", "person", "group")]
    telling = []
    for m in _WORD.finditer(text, start, end):
        word = m[0].strip(_OPEN + _CLOSE)
        if hit.start <= m.start() < hit.end or not word:
            continue
        if (
            word.lower().removesuffix("’").removesuffix("'") in general
            or word.lower() in links
            or (word.isdigit() and not hit.pattern.words.startswith(("Task", "Res")))
        ):
            continue
        if word in _heads() and m.start() > hit.end:
            continue
        if any(n.start <= m.start() and m.end() <= n.end + 2 for n in states) or _is_demonym(word, page):
            continue
        telling.append(word)
    if len(states) >= 2 and hit.pattern.kind in (
        "plan_of_action",
        "agreement",
        "treaty",
        "framework",
        "strategy",
        "outlook",
    ):
        return True
    return bool(telling)


def _is_demonym(word: str, page: Page) -> bool:
    return word in ("U.S.", "US", "UK", "UN", "EU", "American", "Australian", "Government", "Commonwealth")


def _is_meeting(text: str, start: int, head: str, name: str) -> bool:
    """Say whether a Dialogue is an edition of a meeting: it has an ordinal, or little but general words."""
    if head != "dialogue":
        return False
    before = text[max(0, start - 14) : start].split()
    parts = name.split()
    if any(_ORDINAL.match(w) or _YEAR_WORD.match(w) for w in [*parts, *before[-1:]]):
        return True
    return (
        len(
            [
                w
                for w in parts[:-1]
                if w.lower()
                not in words().general
                | {
                    "security",
                    "economic",
                    "and",
                    "defence",
                    "defense",
                    "political",
                    "strategic",
                    "human",
                    "rights",
                }
            ]
        )
        < 2
    )


def _is_definite(text: str, start: int) -> bool:
    return (
        re.search(
            r"\b(?:the|this|that|these|its|their|The|This|These|said|both)\s+$",
            text[max(0, start - 12) : start],
        )
        is not None
    )


# --- one particular instrument in running words -------------------------------------------------------------


def _plain(page: Page, hit: _Hit, sentence: Sentence) -> Iterator[_Found]:
    """Read "a bilateral agreement on …" or "the IMF programme" around a head noun in running words."""
    text = page.text
    tokens = [m.span() for m in _WORD.finditer(text, max(sentence.start, hit.start - 120), hit.start)]
    if tokens and text[hit.start - 1].strip():
        return
    modifiers: list[tuple[int, int]] = []
    for a, b in reversed(tokens[-6:]):
        if not _is_modifier(text[a:b]) or (text[a:b].lower() in words().making and text[a:b].islower()):
            break
        modifiers.insert(0, (a, b))
    name = _proper_modifiers(page, modifiers, sentence)
    if name is not None:
        yield _as_known(
            _Found(name, hit.end, _one_line(text[name : hit.end]), hit.pattern.kind, hit.pattern.words)
        )
        return
    yield from _being_made(page, hit, sentence, modifiers)


def _is_modifier(token: str) -> bool:
    return (
        token.lower() not in words().not_modifiers
        and re.fullmatch(r"[\w&/.’'“”-]*[\w’-]-?\.?", token) is not None
        and not token.endswith(_OWN)
    )


def _proper_modifiers(page: Page, modifiers: list[tuple[int, int]], sentence: Sentence) -> int | None:
    """Return where a name starts that capitalised words (not a state's alone) and a common head make up."""
    text = page.text
    proper = [
        (a, b)
        for a, b in modifiers
        if text[a].isupper()
        and text[a:b] not in words().regions
        and text[a:b] not in words().openers
        and a != sentence.start
        and not _is_demonym(text[a:b], page)
        and not any(n.kind in ("state", "person", "group") or n.form == "demonym" for n in _over(page, a, b))
    ]
    if len(proper) == 1 and not re.match(r"[A-Z]{3}|\w+-[A-Z]", text[slice(*proper[0])]):
        return None
    if not proper or any(text[a:b] in words().not_with for a, b in modifiers):
        return None
    first = next(
        i
        for i, m in enumerate(modifiers)
        if text[m[0]].isupper() and text[m[0] : m[1]] not in words().openers
    )
    lower = [m for m in modifiers[first:] if text[m[0]].islower()]
    if len(lower) > 2 or any(re.match(r"\w+ed$", text[a:b]) for a, b in lower):
        return None
    return modifiers[first][0]


def _being_made(
    page: Page, hit: _Hit, sentence: Sentence, modifiers: list[tuple[int, int]]
) -> Iterator[_Found]:
    """Read a new instrument off the words of making before it: "conclude a bilateral agreement on …"."""
    text = page.text
    start = modifiers[0][0] if modifiers else hit.start
    before = text[max(sentence.start, start - 70) : start]
    if not _making().search(before):
        return
    while modifiers and (
        _making().search(text[slice(*modifiers[0])])
        or text[slice(*modifiers[0])] in ("new", "further", "sign", "additional")
    ):
        modifiers = modifiers[1:]
    start = modifiers[0][0] if modifiers else hit.start
    given = [text[a:b].lower() for a, b in modifiers]
    if any(w in words().not_with for w in given if hit.pattern.kind == "initiative"):
        return
    telling = [w for w in given if w not in words().general and not w.endswith("ly")]
    is_plural = hit.pattern.words.endswith("s")
    has_article = (
        re.search(r"\b(?:an?|the|new|this)\s+(?:new\s+|further\s+)?$", text[max(0, start - 20) : start])
        is not None
    )
    if not (has_article or is_plural):
        return
    about = _about(page, hit, sentence) if hit.pattern.kind in _MAKES_ALONE else None
    if about is not None and (
        hit.pattern.kind != "agreement" or telling or not text[about[0] : about[1]].startswith("to ")
    ):
        yield from _with_subject(page, hit, start, about)
    elif (
        telling
        and hit.pattern.words in words().set_up
        and re.search(r"\b(?:an?|new)\s+$", text[max(0, start - 8) : start])
    ):
        yield _Found(start, hit.end, _one_line(text[start : hit.end]), hit.pattern.kind, hit.pattern.words)


@cache
def _making() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:" + "|".join(sorted(map(re.escape, words().making), key=len, reverse=True)) + r")\b", re.I
    )


@cache
def _about_link() -> re.Pattern[str]:
    links = sorted(map(re.escape, words().about), key=len, reverse=True)
    return re.compile(r"\s+(?:" + "|".join(links) + r")\s+(?=[\w“])")


@cache
def _subject_end() -> re.Pattern[str]:
    """Match what ends the subject of an agreement: a mark, a participle after a comma, the next clause."""
    ends = "|".join(sorted(map(re.escape, words().subject_ends), key=len, reverse=True))
    return re.compile(rf"[;:.!?()“”\n—]|,\s+(?=[a-z]+(?:ing|ed)\b)|\s(?:{ends})\s")


def _about(page: Page, hit: _Hit, sentence: Sentence) -> tuple[int, int] | None:
    """Return the span of "on the protection of …" after a head noun, or None."""
    link = _about_link().match(page.text, hit.end)
    if link is None:
        return None
    high = min(sentence.end, hit.end + 160)
    stop = _subject_end().search(page.text, link.end(), high)
    end = stop.start() if stop else high
    if not hit.pattern.words.endswith("s"):
        comma = page.text.find(",", link.end(), end)
        end = comma if comma >= 0 else end
    if end < sentence.end and end == high:
        end = page.text.rfind(" ", link.end(), end)
    end = end - len(page.text[link.end() : end]) + len(page.text[link.end() : end].rstrip(" ,"))
    return (hit.end + 1, end) if end > link.end() else None


def _with_subject(page: Page, hit: _Hit, start: int, about: tuple[int, int]) -> Iterator[_Found]:
    """Yield one instrument, or one for each of the subjects that "agreements on A, B and C" lists."""
    text, kind = page.text, hit.pattern.kind
    link = _about_link().match(text, hit.end)
    assert link is not None
    singular = hit.pattern.words.removesuffix("s")
    items = (
        split_list(text, link.end(), about[1])
        if hit.pattern.words.endswith("s") and link[0].strip() in ("on", "for")
        else ()
    )
    if len(items) < 2:
        yield _Found(start, about[1], _one_line(text[start : about[1]]), kind, singular)
        return
    for n, item in enumerate(items):
        begin = start if n == 0 else item.start
        name = f"{singular} {link[0].strip()} {_one_line(text[item.start : item.end])}"
        shared = Support("name", "instruments/shared-head", hit.start, link.end() - 1)
        yield _Found(begin, item.end, name, kind, singular, supports=(shared,))


def _quoted(page: Page, hits: Sequence[_Hit]) -> Iterator[_Found]:
    """Read names given in quotation marks: "an enhanced trilateral security partnership called “AUKUS”"."""
    for m in _QUOTED_AFTER.finditer(page.text):
        before = [
            h for h in hits if m.start() - 60 <= h.end <= m.start() and h.pattern.form in ("plain", "name")
        ]
        if not before or page.sentence_at(m.start()) is None:
            continue
        tokens = [
            t.span() for t in _WORD.finditer(page.text, max(0, before[-1].start - 60), before[-1].start)
        ]
        start = before[-1].start
        for a, b in reversed(tokens):
            if not _is_modifier(page.text[a:b]):
                break
            start = a
        name = _one_line(m[1])
        entry = _known_by_name().get(name.casefold())
        kind = entry.kind if entry else before[-1].pattern.kind
        yield _Found(start, m.end(), entry.name if entry else name, kind, before[-1].pattern.words, entry)


# --- joining ------------------------------------------------------------------------------------------------


@cache
def _known_by_name() -> dict[str, Known]:
    return {w.casefold(): i for i in known() for w in (i.name, *i.variants, *i.acronyms)}


def _as_known(found: _Found) -> _Found:
    """Give a name that is nearly a known one's the known name ("Outlook in the Indo-Pacific")."""
    near = _nearest(found.name, found.head)
    if near is None:
        return found
    support = Support("name", "instruments/variant", found.start, found.end)
    return replace(found, name=near.name, kind=near.kind, known=near, supports=(support,))


@cache
def _by_head() -> dict[str, list[tuple[str, Known]]]:
    out: dict[str, list[tuple[str, Known]]] = {}
    for i in known():
        for w in (i.name, *i.variants):
            for word in set(w.casefold().split()):
                out.setdefault(word, []).append((w.casefold(), i))
    return out


def _nearest(name: str, head: str) -> Known | None:
    folded = name.casefold()
    numbers = re.findall(r"\d+", folded)
    for other, entry in _by_head().get(head.split()[-1], ()):
        if (
            abs(len(other) - len(folded)) <= 4
            and re.findall(r"\d+", other) == numbers
            and _differs_in_small_words(other, folded)
        ):
            return entry
    return None


def _differs_in_small_words(one: str, other: str) -> bool:
    """Say whether two names differ only in small words, hyphens or a letter or two."""
    small = words().links_right
    a = [w for w in re.split(r"[\s-]+", one) if w not in small]
    b = [w for w in re.split(r"[\s-]+", other) if w not in small]
    if a == b:
        return True
    if len(a) != len(b) or len(a) < 3:
        return False
    return all(
        x == y or (len(x) > 4 and SequenceMatcher(None, x, y).ratio() > 0.85)
        for x, y in zip(a, b, strict=True)
    )


def _settle(found: list[_Found]) -> list[_Found]:
    """Where two overlap keep the longer one; where equally long the known one."""
    ranked = sorted(found, key=lambda f: (f.start - f.end, f.known is None, f.bare))
    taken, kept = Cover(), []
    for f in ranked:
        if not taken.overlaps(f.start, f.end):
            taken.add(f.start, f.end)
            kept.append(f)
    return sorted(kept, key=lambda f: f.start)


def _group(found: Sequence[_Found]) -> list[list[_Found]]:
    """Join the places that name one instrument; a name that was met before is not compared again."""
    groups: list[list[_Found]] = []
    homes: dict[tuple[str, InstrumentKind, str], list[_Found]] = {}
    for f in found:
        key = (f.name.casefold(), f.kind, f.head)
        home = homes.get(key) or next((g for k, g in homes.items() if _is_same(f, g[0], k[0])), None)
        if home is None:
            home = []
            groups.append(home)
        homes[key] = home
        home.append(f)
    return groups


def _is_same(one: _Found, other: _Found, name: str) -> bool:
    """Say whether a place names the instrument of another, which is also called by this name."""
    if one.name.casefold() == name:
        return True
    if one.known or other.known:
        return one.known == other.known
    if one.kind != other.kind or one.head != other.head:
        return False
    small, large = sorted((_telling_words(one.name), _telling_words(name)), key=len)
    return len(small) >= 2 and small <= large and not any(w.isdigit() for w in large - small if len(w) < 4)


def _telling_words(name: str) -> frozenset[str]:
    skip = words().links_right | {"joint", "the"}
    return frozenset(w for w in re.findall(r"[\w-]+", name.casefold()) if w not in skip)


def _add_acronyms(page: Page, groups: list[list[_Found]]) -> None:
    """Join later acronyms with the name they were introduced after."""
    homes = {f.acronym: g for g in groups for f in g if f.acronym is not None and len(f.acronym) > 2}
    if not homes:
        return
    taken = Cover((f.start, f.end) for g in groups for f in g)
    for m in re.finditer(r"\b(?:" + "|".join(map(re.escape, homes)) + r")\b", page.text):
        first = homes[m[0]][0]
        if m.start() > first.end and page.sentence_at(m.start()) and not taken.overlaps(m.start(), m.end()):
            homes[m[0]].append(replace(first, start=m.start(), end=m.end(), supports=()))


def _add_bare(groups: list[list[_Found]], bare: Sequence[_Found]) -> None:
    """Join "the Action Plan" with the nearest earlier instrument whose name has that head."""
    for head in dict.fromkeys(b.name.casefold() for b in bare):
        before = sorted((f.start, n) for n, g in enumerate(groups) for f in g if _has_head(f, head))
        for b in (b for b in bare if b.name.casefold() == head):
            nearest = bisect_left(before, (b.start, 0)) - 1
            if nearest >= 0:
                groups[before[nearest][1]].append(b)


def _has_head(found: _Found, head: str) -> bool:
    return not found.bare and head in found.name.casefold()


def _instrument(page: Page, group: list[_Found]) -> Instrument:
    group = sorted(group, key=lambda f: f.start)
    named = [f for f in group if not f.bare]
    first = named[0]
    best = (
        first
        if first.known
        else max(named, key=lambda f: len(f.name) if f.start != first.start else len(f.name) + 0.5)
    )
    quote = page.text[first.start : first.end]
    period, period_from = _period(page, best, named)
    supports = list(first.supports)
    if _one_line(quote).casefold().find(best.name.casefold()) < 0 and not supports:
        rule = "instruments/known" if best.known else "instruments/mention"
        supports.append(Support("name", rule, best.start, best.end))
    runs_to = best.known.to if best.known is not None else None
    if runs_to is not None and period == (None, runs_to) and runs_to not in quote:
        supports.append(Support("period", "instruments/known"))
    elif period is not None and period_from is not first:
        supports.append(Support("period", "instruments/mention", period_from.start, period_from.end))
    return Instrument(
        quote=quote,
        start=first.start,
        end=first.end,
        name=best.name,
        surface=_one_line(quote),
        kind=best.kind,
        period=period,
        parties=_parties(page, named),
        mentions=tuple(Mention(f.start, f.end, page.text[f.start : f.end]) for f in group),
        supports=tuple(supports),
    )


def _period(page: Page, best: _Found, named: Sequence[_Found]) -> tuple[Period | None, _Found]:
    """Read the years an instrument runs, from its name or the words after it, and who mentions them."""
    for f in named:
        text = page.text[f.start : f.end]
        if years := _YEARS.search(text):
            second = years[2] if len(years[2]) == 4 else years[1][:2] + years[2]
            return (years[1], second), f
    if best.known and best.known.to is not None:
        return (None, best.known.to), best
    for f in named:
        if until := _UNTIL.search(page.text[f.start : f.end]):
            return (None, until[1] or until[2]), f
    return None, best


def _parties(page: Page, named: Sequence[_Found]) -> tuple[PartyRef, ...]:
    refs = {
        n.id: n.ref
        for f in named
        for n in page.named_in(f.start, f.end)
        if n.kind in ("state", "organisation")
    }
    return tuple(refs.values())


def _one_line(words_: str) -> str:
    return " ".join(words_.split())


def _clean(name: str) -> str:
    return _one_line(name).strip(' ,;:“”"')
