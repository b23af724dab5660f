"""Finds fields of cooperation: listed after "cooperation on" or "areas such as", or promised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from communique.find.anchors import anchors
from communique.find.lists import Item, is_gerund, joined, opens_list, split_list
from communique.find.phrases import before_purpose, clip, is_general, trim, unframe
from communique.model import Area, Statement
from communique.text.page import Page, Sentence
from communique.vocab.topics import area_words, gerund, phrases

_LONGEST = 900  # characters of an enumeration that are read
_WORDS_AT_MOST = 12
_DONE = re.compile(
    r"\b(?:have|has|had) been (?:carried out|implemented|conducted|completed|undertaken|organi[sz]ed)\b"
)
_ING = re.compile(r"\s(?:further\s|jointly\s)?[a-z]+ing\s")
_AFTER_HEAD = re.compile(r"\s(?:of|for|in|to|on|at|between|with|across|from|by)\s")
_IN_BEFORE = re.compile(r"\b(?:in|across)\s(?:[\w’']+\s){0,6}$")
_CLAUSE = re.compile(
    r"\b(?:have|has|had|I|we|they|he|she|it|who|said|require|must|is|are|was|were|will)\b|US?\$\d|[’']s$"
)
_OWNED = re.compile(r"[’']s?\s")
_JOINS_PARTY = re.compile(r",|\s(?:and|on|in|to|with|for)\s")  # "Fiji *and* Tonga on regional challenges"
_PROMISES = frozenset(
    {"commit", "agree", "reaffirm", "pledge", "plan", "discuss", "emphasise", "welcome", "note", "support"}
)


def find_areas(page: Page, statements: Sequence[Statement]) -> Iterator[Area]:
    """Find the fields of cooperation that a page lists, each once, where it is first named."""
    seen: set[str] = set()
    reached = 0
    spans = sorted(
        {(a.start, a.end): a for a in _all(page, statements)}.values(), key=lambda a: (a.start, -a.end)
    )
    for area in spans:
        key = _key(area.name)
        if key not in seen and area.start >= reached:
            seen.add(key)
            reached = area.end
            yield area


def fields_of_cooperation(page: Page) -> Iterator[Area]:
    """Find only the fields that are listed as such, whatever was promised in them."""
    for sentence in page.sentences:
        yield from _listed(page, sentence)
        yield from _priority(page, sentence)


def areas_in(page: Page, start: int, end: int) -> Iterator[Area]:
    """Find the fields that are listed within a span, in reports of what was done too."""
    yield from _listed_in(page, start, end)


def fields_at(page: Page, start: int, end: int) -> Iterator[Area]:
    """Find the fields of a list that runs from one offset to another."""
    return _areas(page, start, before_purpose(page.text, start, clip(page.text, start, end)))


def _key(name: str) -> str:
    return re.sub(r"^(?:the|further|greater|our)\s|[^\w ]", "", name.casefold())


def _all(page: Page, statements: Sequence[Statement]) -> Iterator[Area]:
    for sentence in page.sentences:
        yield from _listed(page, sentence)
        yield from _by_doing(page, sentence)
        yield from _compound(page, sentence)
        yield from _priority(page, sentence)
    yield from _bulleted(page)
    for statement in statements:
        if statement.act in _PROMISES:
            yield from _promised(page, statement)


# --- listed fields ------------------------------------------------------------------------------------------


def _listed(page: Page, sentence: Sentence) -> Iterator[Area]:
    opened = next(anchors(page.text).within("stem", sentence.start, sentence.end), None)
    if opened and _DONE.search(page.text, sentence.start, sentence.end) is None:
        yield from _listed_in(page, sentence.start, sentence.end)


def _listed_in(page: Page, start: int, stop: int) -> Iterator[Area]:
    text, reached = page.text, start
    for at, _ in anchors(text).within("stem", start, stop):
        stem = _stem().match(text, at, stop) if at >= reached else None
        if stem is None or (stem["of"] and not _IN_BEFORE.search(text, max(start, at - 40), at)):
            continue
        reached = stem.end()
        end = before_purpose(text, reached, clip(text, reached, min(stop, reached + _LONGEST)))
        yield from _areas(page, reached, end)


_DATED = re.compile(r"\s(?:in|by|from|since|until)\s(?:[A-Z][a-z]+\s)?(?:19|20)\d\d$")
"""What ends a place and a year: "the dialogue in Georgetown in 2026" is on no field."""


@cache
def _stem() -> re.Pattern[str]:
    stems = "|".join(sorted(map(re.escape, area_words().stems), key=len, reverse=True))
    lists = "|".join(sorted(map(re.escape, area_words().lists), key=len, reverse=True))
    fields = r"(?:(?:the\s+)?(?:\w+\s+){0,2}(?:fields?|areas?|sectors?|spheres?|domains?)\s+of\s+)"
    return re.compile(
        rf"""
        (?: (?:{stems})
              (?:\s(?:between|among|with|across|throughout)(?:\s[\w’'.-]+){{1,8}}?)?
              (?:\s(?:also|further|and\s\w+|more\sclosely|closely|together|globally|jointly|bilaterally
                |efforts|activities|opportunities|frameworks)){{0,2}}
              ,?\s(?:including\s|particularly\s|especially\s)?(?:in|on|across|around|relat(?:ed|ing)\sto)\s
              {fields}?
            | (?P<of>(?:fields?|areas?)\s+of\s+)
            | (?:{lists})(?:\s(?:of|for|to|in)(?:\s[\w-]+){{1,8}}?)?
              ,?\s*(?:such\sas|including|like|namely)(?:\sin|\son)?\s*:?\s
            | (?:areas|priorities|pillars|themes)\b[^.;:—–\n]{{0,80}}(?:—|:\s|\s[–-]\s)
            | challenges\sof\s
            | (?:spanning|spans)\s
            | challenges,?\s(?:including|such\sas)\sin\s
            | progress\son\s
            | focus(?:es|ed|ing|sed|sing)?\s(?:\w+\s)?on\s
        )
        """,
        re.X | re.I,
    )


def _areas(page: Page, start: int, end: int) -> Iterator[Area]:
    text = page.text
    for item in split_list(text, start, end):
        opener = opens_list(text, item.start, item.end)
        first = Item(item.start, opener.start()) if opener else item
        yield from _area(page, first)
        if opener:
            for sub in split_list(text, opener.end(), item.end):
                yield from _area(page, sub)


def _area(page: Page, item: Item) -> Iterator[Area]:
    """Yield the area that an item of a list names, if it names one."""
    text = page.text
    end = item.end if text[item.start].isupper() else before_purpose(text, item.start, item.end)
    trimmed = trim(text, item.start, end)
    if trimmed.end <= trimmed.start:
        return
    name = joined(text, trimmed)
    if not _is_area(page, trimmed, name):
        return
    quote = text[item.start : item.end].rstrip(" ,;\n")
    yield Area(quote=quote, start=item.start, end=item.start + len(quote), name=name)


def _head(name: str) -> str:
    """Return the noun that heads a name, in small letters."""
    stem = _AFTER_HEAD.split(name, maxsplit=1)[0].split()
    return stem[-1].lower() if stem else ""


def _is_area(page: Page, item: Item, name: str) -> bool:
    words = name.split()
    if len(words) > _WORDS_AT_MOST or len(name) < 3 or is_general(name):
        return False
    if (
        len(words) == 1
        and re.fullmatch(r"\w+(?:al|ive|ous|ful|ible)|\w+-\w*", name)
        and name.lower() not in area_words().heads
    ):
        return False
    if words[0].lower() in phrases().verbs or _CLAUSE.search(name) or (len(words) == 1 and is_gerund(name)):
        return False
    if _head(name) in phrases().people or words[0].lower() in phrases().manner:
        return False
    if any(w in area_words().places for w in words) and all(
        w[0].isupper() or w in ("and", "the") for w in words
    ):
        return False
    if (
        re.match(r"(?:\d(?!\d?G\b)|[A-Z][a-z]+ \d)", name)
        or _DATED.search(name)
        or (words[-1] in area_words().places and len(words) < 4)
    ):
        return False
    named = page.named_in(item.start, item.end)
    if named and named[0].start == item.start and _JOINS_PARTY.match(page.text, named[0].end, item.end):
        return False
    if named and named[0].start == item.start and (len(words) <= 3 or named[0].kind == "person"):
        return named[0].end < item.end and words[-1].lower() in area_words().heads
    return not re.match(
        r"(?:which|who|it|they|we|Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\b",
        name,
    )


# --- bullets under "areas:" ---

_OPENS_BULLETS = re.compile(
    r"\b(?:areas|fields|sectors|priorities|challenges|pillars|initiatives|domains|themes|including"
    r"|cooperation (?:on|in))\b[^.]{0,40}:\s*$",
    re.I,
)
_BULLET_HEAD = re.compile(r"(?P<label>[A-Z][\w’&,/ -]{2,70}?):\s")


def _bulleted(page: Page) -> Iterator[Area]:
    """Read the list items under a sentence that announces fields: the label before a colon, or all."""
    open_list = False
    for sentence in page.sentences:
        if sentence.role != "list_item":
            open_list = (
                _OPENS_BULLETS.search(page.text, max(sentence.start, sentence.end - 160), sentence.end)
                is not None
            )
        elif open_list:
            yield from _bullet(page, sentence)


def _bullet(page: Page, sentence: Sentence) -> Iterator[Area]:
    mark = re.match(r"[\s*•●▪·–—-]*(?:\(?\w{1,3}[.)]\s+)?", page.text[sentence.start : sentence.start + 12])
    start = sentence.start + (mark.end() if mark else 0)
    label = _BULLET_HEAD.match(page.text, start, sentence.end)
    end = label.end("label") if label else start + len(page.text[start : sentence.end].rstrip(" ;,.\n"))
    item = trim(page.text, start, end)
    name = joined(page.text, item)
    if (
        1 <= len(name.split()) <= 25
        and not _CLAUSE.search(name)
        and (label or _is_listed(page.text, sentence))
    ):
        yield Area(quote=item.of(page.text), start=item.start, end=item.end, name=name)


def _is_listed(text: str, sentence: Sentence) -> bool:
    """Say whether a list item is a phrase, no sentence: without full stop, or starting with a gerund."""
    words = text[sentence.start : sentence.end].strip(" \n*•-–")
    return not words.endswith(".") or re.match(r"[A-Z][a-z]+ing\b", words) is not None


# --- "by improving land access, promoting open trade" ---


def _by_doing(page: Page, sentence: Sentence) -> Iterator[Area]:
    """Read the fields in a list of doings: two or more, each with a gerund of its own."""
    text = page.text
    for _, at in anchors(text).within("doing", sentence.start, sentence.end):
        if _ING.match(text, at) is None:
            continue
        end = clip(text, at, min(sentence.end, at + _LONGEST))
        items = [i for i in split_list(text, at, end) if _doing().match(text, i.start, i.end)]
        if len(items) >= 2:
            for item in items:
                yield from _area(page, item)


@cache
def _doing() -> re.Pattern[str]:
    gerunds = "|".join(re.escape(gerund(v)) for v in area_words().verbs)
    return re.compile(rf"(?:further\s|jointly\s)?(?:{gerunds})\s", re.I)


# --- "maritime cooperation" ---------------------------------------------------------------------------------


def _compound(page: Page, sentence: Sentence) -> Iterator[Area]:
    for at, end in anchors(page.text).within("compound", sentence.start, sentence.end):
        start = _modifiers(page, max(sentence.start, at - 60), at)
        if start is not None:
            item = Item(start, end)
            yield Area(quote=item.of(page.text), start=item.start, end=item.end, name=joined(page.text, item))


def _modifiers(page: Page, start: int, end: int) -> int | None:
    """Return where the words that say in what begin ("maritime", past "closer bilateral"), if any do."""
    text = page.text
    tokens = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", text[start:end])][-6:]
    kept: int | None = None
    for a, b in reversed(tokens):
        word = text[a:b]
        bare = word.rstrip(",").lower()
        if bare == "and" and kept is not None:
            continue
        if (
            bare in area_words().not_fields
            or bare in phrases().verbs
            or bare.endswith(("ed", "ly", "’s", "'s"))
            or not bare[:1].isalpha()
            or word[-1] in ";:.()"
            or (word[-1] == "," and kept is None)
            or (is_gerund(word) and not bare.startswith("co"))
        ):
            break
        if any(n.start < b and n.end > a for n in page.named_in(max(0, a - 40), b + 40)) or word[0].isupper():
            break
        kept = a
    return kept


# --- "climate change as a new priority area of cooperation" -------------------------------------------------

_AREA_AFTER = re.compile(r"(?<=areas)\b|(?<=priorities)\b|\s(?:[\w-]+\s){0,3}(?:area|field|priority)s?\b")


# eats "highlighted climate change, biodiversity, and education "
_VERB_BEFORE = re.compile(r"\b[a-z]+(?:ed|ing)\s(?P<list>(?:(?!\b[a-z]+(?:ed|ing)\b)[^.;]){3,190})\s$")


def _priority(page: Page, sentence: Sentence) -> Iterator[Area]:
    text = page.text
    for at, after in anchors(text).within("as", sentence.start, sentence.end):
        if _AREA_AFTER.match(text, after, sentence.end) is None:
            continue
        listed = _VERB_BEFORE.search(text, max(sentence.start, at - 200), at)
        if listed is not None and re.search(r",\s|\sand\s", listed["list"]):
            yield from _areas(page, listed.start("list"), listed.end("list"))
            continue
        low = max(sentence.start, at - 60)
        words = list(re.finditer(r"[\w’-]+", text[low:at]))[-3:]
        verbs = [w.end() + 1 for w in words if re.fullmatch(r"[a-z]+(?:ed|ing)", w[0])]
        if words:
            yield from _area(page, Item(low + max([words[0].start(), *verbs]), at - 1))


# --- promised fields ----------------------------------------------------------------------------------------


def _promised(page: Page, statement: Statement) -> Iterator[Area]:
    """Read "strengthen health systems, promote food security": objects that a field's noun heads."""
    text = page.text
    for _, verb_end in anchors(text).within("promise", statement.start, statement.end):
        at = verb_end + 1
        end = clip(text, at, min(statement.end, at + 200))
        next_verb = _next_verb().search(text, at, end)
        end = before_purpose(text, at, next_verb.start() if next_verb else end)
        begin = unframe(text, at, end, verbs=False)
        for area in _areas(page, begin, end):
            if _is_field(page, area):
                yield area


@cache
def _next_verb() -> re.Pattern[str]:
    return re.compile(r"(?:,|\sand|;)\s(?:and\s)?(?:to\s)?(?:further\s)?(?=" + _verb_words() + r"\b)")


def _verb_words() -> str:
    forms = {f for v in area_words().verbs for f in (v, gerund(v))}
    return "(?:" + "|".join(sorted(map(re.escape, forms), key=len, reverse=True)) + ")"


def _is_field(page: Page, area: Area) -> bool:
    words = area.name.split()
    stem = re.split(r"\s(?:of|for|in|to|on|at|between|with|across)\s", area.name, maxsplit=1)[0].split()
    if not 2 <= len(words) <= 7 or not stem or stem[-1].lower() not in area_words().heads:
        return False
    if _OWNED.search(area.name):
        return False
    return (
        words[-1] not in ("cooperation", "collaboration")
        or _modifiers(page, area.start, area.end - len(words[-1])) is not None
    )
