"""Finds who presided: "co-chaired by Director-General, Acting SOM Leader of Viet Nam, Vu Ho, and …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from communique.find.gazetteer import find_known, plain
from communique.find.meeting_verbs import subject_start
from communique.find.spacing import any_of, spaced
from communique.model import Chair
from communique.text.page import Named, Page
from communique.vocab.meetings import words


@dataclass(frozen=True, slots=True)
class Chaired:
    """The chairs that some words name, and where these words stand, with the word for presiding."""

    start: int
    end: int
    chairs: tuple[Chair, ...]
    cue: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch between commas: a post, a name, or a post with a name after it."""

    start: int
    end: int
    post: str | None
    name: str | None


_STOP = spaced(
    r",?\s(?P<verb>and\s(?:attended|was|were|saw|included|brought|took|will|is|focused|discussed)\b|"
    r"with\sthe\s|under\s|was\b|were\b|is\b|who\b|which\b|to\s[a-z]|attended\b|today\b|yesterday\b)"
    r"|\s(?P<prep>(?:in|at|on|during)\s(?:the\s)?[A-Z\d])|(?P<end>[;:.]\s|[.;:]?$|\n\n)"
)
_LONGEST = 900  # characters of an enumeration of chairs
_SHORT = spaced(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|H\.E|Hon|Gen|Lt|Col|Adm|Sen|Prof|St|Jr|U\.S|U\.K|Rt)$")
_COMMA = spaced(r",\s(?!Jr\b)(?:and\s)?(?:together\swith\s)?(?:the\s)?")
_AND = spaced(r"\s(?:and|&|together\swith|as\swell\sas|alongside)\s(?:by\s)?(?:the\s)?")
_NAME_WORD = spaced(r"[A-ZÀ-Þ][\w’'-]*\.?(?=\s|$|,)|[A-Z]\.$")
_BRACKETS = spaced(r"\s?\([^)]{1,40}\)")


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    chairs = words().chairs
    by = any_of(chairs.by)
    verbs = any_of(chairs.verbs)
    return spaced(rf"\b(?P<cue>{by})\s(?:the\s)?", re.I), spaced(
        rf"\s(?:also\s)?(?P<cue>{verbs})\s(?!by\b)(?=(?:the|a|an|this|their|today’s|our)\s|in\s|on\s|at\s)"
    )


@cache
def _co_chairs() -> re.Pattern[str]:
    return spaced(r"\b(?P<cue>[Cc]o-?[Cc]hairs?|COCHAIRS),?\s(?=(?:[A-Z]|the\s[A-Z]))")


@cache
def _honorific() -> re.Pattern[str]:
    return spaced(rf"(?:the\s)?(?:(?:{any_of(words().chairs.honorifics)})\b\.?\s?)+", re.I)


def find_chairs(page: Page, start: int, end: int) -> Iterator[Chaired]:
    """Yield the chairs that words name: "chaired by X and Y", "X and Y co-chaired", "co-chairs X and Y"."""
    text = page.text
    by, verbs = _cues()
    for m in by.finditer(text, start, end):
        cue = m["cue"].lower()
        if cue.endswith(("led by", "headed by")) and _LEADS_OTHERS.search(
            text, max(start, m.start() - 60), m.start()
        ):
            continue
        yield from _named(page, m.end(), _enumeration_end(text, m.end(), end), cue)
    for m in verbs.finditer(text, start, end):
        yield from _named(page, subject_start(text, start, m.start()), m.start(), m["cue"].lower())
    for m in _co_chairs().finditer(text, start, end):
        yield from _of_parties(page, start, m, end)


def _of_parties(page: Page, start: int, m: re.Match[str], end: int) -> Iterator[Chaired]:
    """Read "joined by EU co-chairs X and Y"; where the text has "the U.S. co-chairs", theirs named
    there, too.
    """
    text = page.text
    for chaired in _named(page, m.end(), _enumeration_end(text, m.end(), end), "co-chairs"):
        own = _party_before(page, m.start())
        chairs = [Chair(c.name, c.post, own.party or own.name) if own else c for c in chaired.chairs]
        others = [o for c in _OF_PARTY_CHAIRS.finditer(text) if (o := _party_before(page, c.start()))]
        first = chaired.start
        for n in page.named_in(start, m.start()):
            if (
                n.kind == "person"
                and own
                and n.party != own.name
                and any(n.party in {o.name, o.party} for o in others)
            ):
                chairs.append(Chair(n.name, n.post, n.party))
                first = min(first, n.start)
        yield Chaired(first, chaired.end, tuple(chairs), "co-chairs")


_OF_PARTY_CHAIRS = spaced(r"\b[Cc]o-?[Cc]hairs\b")


def _party_before(page: Page, at: int) -> Named | None:
    """Return the party named right before "co-chairs", also across letters of the meeting ("EU TTC
    co-chairs").
    """
    named = [n for n in page.named_in(max(0, at - 24), at) if n.kind in {"state", "organisation"}]
    return (
        named[-1] if named and re.fullmatch(r"\s(?:[A-Z]{2,8}\s)?", page.text[named[-1].end : at]) else None
    )


_LEADS_OTHERS = spaced(r"\b(?:[Dd]elegations?|[Tt]eam|[Dd]iscussions?|[Ss]ide|efforts?|initiatives?)\b")


def _enumeration_end(text: str, at: int, end: int) -> int:
    end = min(end, at + _LONGEST)
    for m in _STOP.finditer(text, at, end):
        if m.group().startswith((".",)) and _SHORT.search(text, max(at, m.start() - 5), m.start()):
            continue
        if m["prep"] and not _ends_with_name(text, _last_comma(text, at, m.start()), m.start()):
            continue
        return m.start()
    return end


def _last_comma(text: str, at: int, end: int) -> int:
    """Return where the last piece of an enumeration begins: "at" after a name tells where, in a
    post it stays.
    """
    return max(text.rfind(", ", at, end) + 2, at)


def _named(page: Page, start: int, end: int, cue: str) -> Iterator[Chaired]:
    chairs = tuple(_people(page, start, end))
    if not chairs and "host" not in cue:
        chairs = tuple(_unnamed(page, start, end))
    if chairs:
        yield Chaired(start, end, chairs, cue)


_NEXT = spaced(
    r"(?:,\s|,?\s(?:and|&|together\swith|as\swell\sas|alongside)\s)(?:and\s)?(?:by\s)?(?:the\s)?(?=[A-Z])"
)
_AFTER = spaced(r"\s*$|\s(?:in|at|on|during)\s")
_HOLDS = spaced(r"(?P<post>[A-Z][^.;]{2,150}?)\s(?:of|for|from)\s(?:the\s)?")  # eats "Foreign Minister of "


def _unnamed(page: Page, start: int, end: int) -> Iterator[Chair]:
    """States and bodies may preside, too, and holders of posts without a name: "co-chaired by Fiji and
    the Foreign Minister of Japan".
    """
    at = start
    for named in page.named_in(start - len("the "), end):
        if named.end <= start or (named.kind not in {"state", "organisation"} and named.form != "office"):
            continue
        following = _NEXT.match(page.text, named.end, end)
        is_last = following is not None or _AFTER.match(page.text, named.end, end) is not None
        if is_last or at == start:
            yield from _presiding(page, at, named, alone=is_last)
        if following is not None:
            at = following.end()


def _presiding(page: Page, at: int, named: Named, *, alone: bool) -> Iterator[Chair]:
    """Yield the party, or the holder of a post, between an offset of an enumeration and the end of a name."""
    if named.start - at < 5:
        of_post = named.form == "office"
        yield Chair(named.name, named.post, named.party) if of_post else Chair(named.name, None, named.name)
    elif alone and (post := _HOLDS.fullmatch(page.text, at, named.start)) is not None:
        yield Chair(" ".join(page.text[at : named.end].split()), _tidy(post["post"]), named.name)


def _people(page: Page, start: int, end: int) -> Iterator[Chair]:
    """Put posts and names together, whichever comes first: "post, post, Name" or "Name, post"."""
    waiting: list[_Part] = []
    last: tuple[_Part, list[_Part]] | None = None
    for part in _parts(page, start, end):
        if part.name is None:
            (last[1] if last is not None and _is_open(*last) else waiting).append(part)
            continue
        if last is not None:
            yield _chair(page, *last)
        last, waiting = (part if waiting else _shared(part, last), waiting), []
    if last is not None:
        yield _chair(page, last[0], [*last[1], *waiting])


def _is_open(part: _Part, posts: list[_Part]) -> bool:
    """Say whether a post that follows is this person's: none came before it but a title ("Ambassador")."""
    return len((part.post or "").split()) <= 1 and all(p.start > part.start for p in posts)


_MANY = spaced(r"(?:ents|ters|ries|ners|ors|ers|airs|ives|heads)$", re.I)


def _shared(part: _Part, before: tuple[_Part, list[_Part]] | None) -> _Part:
    """Give a bare name the plural post of the name before it: "Vice Presidents Vestager and Dombrovskis"."""
    if part.post is None and before is not None and before[0].post and _MANY.search(before[0].post):
        return replace(part, post=before[0].post, start=before[0].start)
    return part


def _chair(page: Page, part: _Part, posts: list[_Part]) -> Chair:
    written = [p.post for p in posts if p.post]
    own = [part.post] if part.post else []
    first = bool(posts) and posts[0].start > part.start
    post = ", ".join([*own, *written] if first else [*written, *own]) or None
    spans = [(p.start, p.end) for p in posts] + [(part.start, part.end)]
    return Chair(part.name or "", post, _party(page, spans))


def _party(page: Page, spans: list[tuple[int, int]]) -> str | None:
    """Return the party that the person is known to speak for, or that the posts name."""
    low, high = min(s for s, _ in spans), max(e for _, e in spans)
    named = [n for n in page.named_in(low - 240, high + 240) if n.start < high and low < n.end]
    persons = [n for n in named if n.kind == "person" and n.party and n.end >= spans[-1][0]]
    for n in persons:
        return _behind(page, n.party)
    for kind in ("state", "organisation"):
        if (name := next((n.name for n in named if n.kind == kind), None)) is not None:
            return name
    if (party := next((_behind(page, n.party) for n in named if n.party), None)) is not None:
        return party
    known = find_known(plain(page.text[low:high])) if not named else []
    return next((n.name for n in known if n.kind in {"state", "organisation"}), None)


def _behind(page: Page, party: str | None) -> str | None:
    """Return whom a body speaks for: the European Union behind its Commission."""
    return next((n.party for n in page.named if n.name == party and n.kind == "body" and n.party), party)


def _parts(page: Page, start: int, end: int) -> Iterator[_Part]:
    for low, high in _pieces(page.text, start, end):
        part = _read(page, low, high)
        if part.name or part.post:
            yield part


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split at commas, and at "and" where a new person begins."""
    at = start
    for m in [*_COMMA.finditer(text, start, end), None]:
        stop = m.start() if m else end
        yield from _split_and(text, at, stop)
        at = m.end() if m else end


def _split_and(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    for m in _AND.finditer(text, low, high):
        if _ends_with_name(text, low, m.start()) and text[m.end() : m.end() + 1].isupper():
            if m.start() > low:
                yield low, m.start()
            low = m.end()
    if low < high:
        yield low, high


def _ends_with_name(text: str, low: int, high: int) -> bool:
    return (
        low == high or _name_start(_BRACKETS.sub(lambda b: " " * len(b.group()), text[low:high])) is not None
    )


def _name_start(part: str) -> int | None:
    """Return where the name at the end of a part begins, if it ends with one: capitals, and no word
    of a post.
    """
    tokens = list(re.finditer(r"\S+", part))
    begin, count = None, 0
    for m in reversed(tokens):
        word = m.group().rstrip(",")
        small = word.lower().rstrip(".")
        large = word[0].isupper() and not _is_post_word(small)
        if not (large or (small in words().chairs.particles and begin is not None)):
            break
        if small == "of":
            break
        if large:
            begin, count = m.start(), count + 1
    if begin is not None and _PREPOSITION.search(part, 0, begin):
        return None
    return (
        begin if begin is not None and (count > 1 or begin == 0 or _honorific_before(part, begin)) else None
    )


def _honorific_before(part: str, begin: int) -> bool:
    return _TITLE_BEFORE.search(part, 0, begin) is not None


def _is_post_word(small: str) -> bool:
    posts = words().chairs.posts
    return (
        small in posts
        or any(p in posts for p in small.split("-"))
        or small.endswith(("’s", "'s", "ministry"))
    )


def _read(page: Page, low: int, high: int) -> _Part:
    """Tell post and name apart in one piece, helped by the persons already known there."""
    text = page.text
    honorific = _honorific().match(text, low, high)
    begins = honorific.end() if honorific else low
    part = _MEMBER.sub("", _BRACKETS.sub(lambda b: " " * len(b.group()), text[begins:high])).rstrip()
    if (of := _OF_PARTY.search(part)) is not None and _name_start(part[: of.start()]) is not None:
        part = part[: of.start()]
    at = _named_person(page, begins, high)
    at = at if at is not None else _name_start(part)
    if at is None or _is_place_or_party(page, begins + at, high):
        return _Part(low, high, _tidy(text[begins:high]), None)
    post, name = _tidy(part[:at]), _tidy(part[at:])
    inner = _honorific().match(name or "")
    if post is not None and post.endswith(("’s", "'s")):
        return _Part(low, high, None, None)
    return _Part(low, high, _trim(post), (name or "")[inner.end() :] if inner and name else name)


_HONORIFIC_LEFT = spaced(r"(?:,?\s|^)(?:the\s)?(?:Hon|Rt\sHon|Mr|Mrs|Ms|Dr|H\.E)\.?$")


def _trim(post: str | None) -> str | None:
    """Drop an honorific left at the end of a post, and the party's bare name before it stays."""
    if post is None:
        return None
    return _HONORIFIC_LEFT.sub("", post).strip(" ,") or None


def _named_person(page: Page, low: int, high: int) -> int | None:
    for n in page.named_in(low, high):
        if n.kind == "person" and n.form == "person":
            at = page.text.rfind(n.name, n.start, n.end)
            return at - low if at >= 0 and at + len(n.name) >= high - 3 else None
    return None


def _is_place_or_party(page: Page, low: int, high: int) -> bool:
    named: list[Named] = [n for n in page.named_in(low, high) if n.kind != "person"]
    return any(n.start <= low + 4 for n in named)


def _tidy(written: str) -> str | None:
    return " ".join(_MEMBER.sub("", written).split()).strip(" ,.;:–-") or None


_PREPOSITION = spaced(r"\b(?:of|for|at|to|in|on|the|and)\s$")
_TITLE_BEFORE = spaced(r"(?:Mr|Mrs|Ms|Dr|Minister|Secretary|President|Ambassador)\.?\s$")
_OF_PARTY = spaced(r"\s(?:of|from)\s(?:the\s)?[A-Z][^,]{1,60}$")
_MEMBER = spaced(r"(?:,)?\s(?:MP|MHR|AC|AO|KBE|CMG|OBE)\b\.?")
