"""Finds issues: what was discussed, or what a position was taken on, trimmed to a compact phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice

from ahocorasick_rs import AhoCorasick

from communique.find.anchors import anchors
from communique.find.areas import fields_of_cooperation
from communique.find.cover import Cover
from communique.find.lists import ADJECTIVE, Item, joined, opens_list, split_list
from communique.find.objects import IsParty, Object, objects
from communique.find.phrases import before_purpose, before_verb, clip, is_general, starts, trim, unframe
from communique.model import Act, Area, Issue, PartyRef, Statement
from communique.text.page import Named, Page, Sentence
from communique.vocab.topics import issue_words, phrases

_NOT_NOUN = re.compile(
    r"(?:is|are|was|were|be|been|has|have|grounded|based|will|would|they|it|we|he|she|you|I|who|there|not|never)\b"
)
_AFTER_HEAD = re.compile(
    r"\s(?:of|for|in|to|on|at|against|across|with|between|from|by|posed|targeting|facing|affecting|caused|involving|surrounding|throughout|around|over|aimed|since|made"
    r"|underway|towards?)\s"
)
_CHALLENGE = re.compile(r"\b(?:challenges|threats|concerns|problems)\b")
_LONGER_NAME = re.compile(r"[ -][A-Z]")  # "support for the ASEAN *Outlook*"
_OWNS = re.compile(r"[’']s?\s")  # "support for Ukraine’s sovereignty"
_EVENT_LINK = re.compile(r"\s(?:(?:in|against|on|of|for|by)\s)?(?:the\s)?(?=[A-Z])")
_PASSIVE = re.compile(r"\b(?:was|were|been|being)\s(?:\w+\s){0,2}$")  # "The crisis was | discussed"
_LONGEST = 700
_WORDS_AT_MOST = 14


def find_issues(page: Page, statements: Sequence[Statement]) -> Iterator[Issue]:
    """Find the issues that a page's statements are about, each once, with those who spoke."""
    seen: list[frozenset[str]] = []
    for issue in sorted(_all(page, statements), key=lambda i: (i.start, -i.end)):
        key = _key(issue.topic)
        if key and not any(key <= other or other <= key for other in seen):
            seen.append(key)
            yield issue


def _all(page: Page, statements: Sequence[Statement]) -> Iterator[Issue]:
    taken = Cover((a.start, a.end) for a in fields_of_cooperation(page) if not _is_problem(page, a))
    for statement in statements:
        for issue in _of_statement(page, statement):
            if not taken.overlaps(issue.start, issue.end):
                yield issue
                taken.add(issue.start, issue.end)
    for place in _places(page, statements):
        for issue in (
            *_announced(page, place),
            *_events(page, place),
            *_problems(page, place),
            *_by_name(page, place),
        ):
            if not taken.overlaps(issue.start, issue.end):
                taken.add(issue.start, issue.end)
                yield issue


def _is_problem(page: Page, area: Area) -> bool:
    """Say whether a field is an issue too: "managing the pandemic", "the challenges of health security"."""
    if _has_issue_head(area.name):
        return True
    if next(anchors(page.text).within("problem", area.start, area.end), (None,))[0] == area.start:
        return True
    sentence = page.sentence_at(area.start)
    return sentence is not None and _CHALLENGE.search(page.text, sentence.start, area.start) is not None


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch in which issues are sought, and who speaks there."""

    start: int
    end: int
    speakers: tuple[PartyRef, ...]
    sentence: Sentence | None
    is_parsed: bool = True


def _places(page: Page, statements: Sequence[Statement]) -> Iterator[_Place]:
    """List the statements, then the sentences that hold none of them."""
    held = set()
    for statement in statements:
        sentence = page.sentence_at(statement.start)
        held |= {sentence.index} if sentence else set()
        # Plain quoted speech has no cue, and was not parsed to find one.
        yield _Place(
            statement.start, statement.end, statement.speakers, sentence, is_parsed=bool(statement.cue)
        )
    yield from (_Place(s.start, s.end, (), s, is_parsed=False) for s in page.sentences if s.index not in held)


def _key(topic: str) -> frozenset[str]:
    folded = topic.casefold()
    for pattern, first in _synonyms():
        folded = pattern.sub(first, folded)
    skip = {
        "our",
        "their",
        "its",
        "his",
        "her",
        "the",
        "of",
        "in",
        "on",
        "and",
        "to",
        "for",
        "a",
        "s",
        "by",
        "against",
        "with",
        "across",
        "posed",
    }
    return frozenset(w for w in re.findall(r"[^\W_][\w.-]*", folded) if w not in skip)


@cache
def _synonyms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """List the ways to say an issue and the way it is compared by."""
    groups = ([w.casefold() for w in group] for group in issue_words().same)
    return tuple(
        (re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, g[1:]), key=len, reverse=True)) + r")\b"), g[0])
        for g in groups
    )


def _act(statement: Statement) -> Act:
    """Return the act of a statement, that of what is only planned too: "will discuss"."""
    if statement.act == "plan" and statement.cue.lower().startswith(issue_words().talk_cues):
        return "discuss"
    return statement.act


def _of_statement(page: Page, statement: Statement) -> Iterator[Issue]:
    start = _after_cue(page.text, statement)
    if start is None:
        return
    words, act = issue_words(), _act(statement)
    is_plain = act in words.plain_acts or (act in words.needed_acts and _needed().match(page.text, start))
    if not is_plain and act not in words.sifted_acts:
        return
    before = start - len(statement.cue)
    passive = _PASSIVE.search(page.text, max(statement.start, before - 30), before)
    span = (statement.start, passive.start()) if passive else (start, statement.end)
    yield from _objects(page, statement, *span, sifted=not is_plain)


@cache
def _needed() -> re.Pattern[str]:
    """Match the words that make a position of whatever follows: "the strategic importance of"."""
    return re.compile(rf"\s(?:[\w’']+\s){{0,4}}?(?:{_any_of(sorted(phrases().needs))})\s(?:of|for|to)\s")


def _after_cue(text: str, statement: Statement) -> int | None:
    """Return where the object of a statement starts: after its cue."""
    if not statement.cue:
        return None
    at = text.find(statement.cue, statement.start, statement.end)
    return at + len(statement.cue) if at >= 0 else None


def _objects(page: Page, statement: Statement, start: int, end: int, *, sifted: bool) -> Iterator[Issue]:
    sentence = page.sentence_at(start)
    place = _Place(statement.start, statement.end, statement.speakers, sentence)
    yield from _named_things(page, place, start, end, sifted=sifted, act=_act(statement))


def _named_things(
    page: Page, place: _Place, start: int, end: int, *, sifted: bool, act: Act = "other"
) -> Iterator[Issue]:
    """Read the issues that a span of a sentence names, off its parse."""
    if place.sentence is None:
        return
    only_party = partial(_is_party, page)
    for found in objects(page.parse(place.sentence), start, end, only_party):
        begin = next((s for s in reversed(found.starts) if not only_party(s, found.end)), None)
        if act == "discuss" and not found.inner and (begin is None or found.verb is not None):
            begin = _with_verb(page.text, found, begin, only_party)
        if begin is not None:
            is_sifted = found.inner or (sifted and not (act == "emphasise" and found.is_introduced))
            yield from _issue(page, place, Item(begin, found.end), sifted=is_sifted)


def _with_verb(text: str, found: Object, begin: int | None, only_party: IsParty) -> int | None:
    """Return where a party's name starts as an issue: at "supporting Ukraine", not in "preventing Iran from"."""
    if not only_party(found.starts[-1], found.end):
        return begin
    if found.verb is None:
        return found.starts[-1]
    return found.verb if text.startswith("supporting", found.verb) else None


def _is_party(page: Page, start: int, end: int) -> bool:
    """Say whether a span names a party and nothing else."""
    bare = trim(page.text, start, end)
    return any(
        n.start <= bare.start and bare.end <= n.end for n in page.named_in(bare.start - 60, bare.end + 60)
    )


def _item(page: Page, statement: Statement | _Place, item: Item, *, sifted: bool) -> Iterator[Issue]:
    text = page.text
    opener = opens_list(text, item.start, item.end)
    end = opener.start() if opener else item.end
    begin = _start(page, item.start, end)
    parts = split_list(text, begin, end) if begin > item.start else (Item(begin, end),)
    for part in parts:
        yield from _issue(page, statement, Item(part.start, part.end), sifted=sifted)
    if opener:
        for sub in split_list(text, opener.end(), item.end):
            inner = unframe(text, sub.start, sub.end, verbs=True)
            yield from _issue(page, statement, Item(inner, sub.end), sifted=True)


def _start(page: Page, start: int, end: int) -> int:
    """Return where an item's topic starts: past what introduces it, unless a party's name alone is left."""
    found = starts(page.text, start, end, verbs=True)
    while len(found) > 1:
        rest = trim(page.text, found[-1], end)
        if not any(n.start <= rest.start and rest.end <= n.end for n in page.named_in(rest.start, rest.end)):
            break
        found.pop()
    return found[-1]


def _issue(page: Page, statement: Statement | _Place, item: Item, *, sifted: bool) -> Iterator[Issue]:
    text = page.text
    end = before_purpose(text, item.start, item.end)
    trimmed = trim(text, item.start, end)
    if trimmed.end <= trimmed.start:
        return
    trimmed = Item(trimmed.start, before_verb(text, trimmed.start, trimmed.end))
    topic = joined(text, trimmed)
    words = topic.split()
    if _NOT_NOUN.match(topic) or (
        len(words) == 1 and ADJECTIVE.fullmatch(topic) and words[0].lower() not in issue_words().heads
    ):
        return
    if len(words) > _WORDS_AT_MOST or is_general(topic) or len(topic) < 4:
        return
    if words[0].lower() in phrases().verbs or (
        len(words) == 1 and topic.islower() and not _has_issue_head(topic)
    ):
        return
    if _head(topic) in phrases().people or (
        _head(topic) in issue_words().not_issues and not _is_title(topic)
    ):
        return
    if sifted and not _has_issue_head(topic):
        return
    named = page.named_in(trimmed.start, trimmed.end)
    if named and named[0].form == "capital" and named[0].start == trimmed.start:
        return
    if (
        named
        and named[0].kind == "person"
        and named[0].start == trimmed.start
        and not re.match(r"[’']s?\s", text[named[0].end : trimmed.end][:4])
    ):
        return
    yield Issue(
        quote=trimmed.of(text), start=trimmed.start, end=trimmed.end, topic=topic, parties=statement.speakers
    )


def _is_title(topic: str) -> bool:
    """Tell the "Comprehensive Strategic Partnership" from a partnership."""
    words = _AFTER_HEAD.split(topic, maxsplit=1)[0].split()
    return len(words) > 1 and words[-1][0].isupper() and words[-2][0].isupper()


def _has_issue_head(topic: str) -> bool:
    return _head(topic) in issue_words().heads or bool(_names().find_matches_as_indexes(topic.casefold()))


def _head(topic: str) -> str:
    """Return the noun that heads a phrase, in small letters: "launches" of "missile launches by …"."""
    stem = _AFTER_HEAD.split(topic.casefold(), maxsplit=1)[0].split()
    return stem[-1].strip("’'\"") if stem else ""


@cache
def _names() -> AhoCorasick:
    return AhoCorasick([n.casefold() for n in issue_words().named])


# --- problems, and issues by name, anywhere in a statement --------------------------------------------------


def _problems(page: Page, statement: _Place) -> Iterator[Issue]:
    text = page.text
    for _, at in anchors(text).within("problem", statement.start, statement.end):
        end = clip(text, at, min(statement.end, at + 250))
        if statement.is_parsed:
            yield from islice(_named_things(page, statement, at, end, sifted=True), 6)
            continue
        for item in split_list(text, at, end)[:6]:
            yield from _item(page, statement, item, sifted=True)


def _announced(page: Page, place: _Place) -> Iterator[Issue]:
    """Read what "issues such as" and "the talks focused on" announce."""
    text = page.text
    for at, _ in anchors(text).within("announcer", place.start, place.end):
        opened = _announcing().match(text, at, place.end)
        if opened and place.is_parsed:
            yield from _named_things(page, place, opened.end(), place.end, sifted=False, act="discuss")
            return
        if opened:
            end = clip(text, opened.end(), min(place.end, opened.end() + _LONGEST))
            for item in split_list(text, opened.end(), end):
                yield from _issue(page, place, item, sifted=False)
            return


@cache
def _announcing() -> re.Pattern[str]:
    words = issue_words()
    topics, talks, verbs = (_any_of(w) for w in (words.topics, words.talks, words.turns))
    return re.compile(
        rf"""
        (?: (?:{topics}) (?:\s[\w’'-]+){{0,8}}? ,?\s (?:including|such\sas|like|ranging\sfrom)
          | (?:{talks}) (?:\s[\w’'-]+){{0,3}}? \s (?:{verbs}) ) \s
        """,
        re.X | re.I,
    )


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in words)


def _named_at(page: Page, start: int, end: int) -> Named | None:
    return next((n for n in page.named_in(start, min(end, start + 60)) if n.start == start), None)


def _described(text: str, low: int, at: int) -> int:
    """Return where the words that describe an event start: adjectives, after one capitalised word."""
    start = at
    for m in reversed([*re.finditer(r"\S+", text[low:at])][-5:]):
        word = m[0]
        if word[0].isupper():
            return low + m.start() if re.fullmatch(r"[\w.’'-]+", word) else start
        if ADJECTIVE.fullmatch(word) is None and not (word == "and" and start < at):
            break
        start = low + m.start()
    return start


def _events(page: Page, statement: _Place) -> Iterator[Issue]:
    """Read "Russia’s war against Ukraine", "the crisis in Burma": an event with a party's name after it."""
    text = page.text
    for at, after in anchors(text).within("event", statement.start, statement.end):
        link = _EVENT_LINK.match(text, after, statement.end)
        party = _named_at(page, link.end(), statement.end) if link else None
        if party is None or party.kind == "person" or party.form == "demonym":
            continue
        if _OWNS.match(text, party.end) and statement.is_parsed:
            yield from islice(_named_things(page, statement, party.start, statement.end, sifted=False), 1)
            continue
        if _LONGER_NAME.match(text, party.end):
            continue
        begin = starts(text, _described(text, max(statement.start, at - 60), at), at, verbs=True)[-1]
        item = trim(text, begin, party.end)
        words = [w for w in joined(text, item).split() if w[0].islower()]
        if not words:
            continue
        yield Issue(
            quote=item.of(text),
            start=item.start,
            end=item.end,
            topic=joined(text, item),
            parties=statement.speakers,
        )


def _by_name(page: Page, statement: _Place) -> Iterator[Issue]:
    for start, end in anchors(page.text).within("name", statement.start, statement.end):
        if _names_more(page, statement, end):
            continue
        item = Item(start, end)
        topic = joined(page.text, item)
        yield Issue(quote=item.of(page.text), start=start, end=end, topic=topic, parties=statement.speakers)


def _names_more(page: Page, place: _Place, end: int) -> bool:
    """Tell "human rights activists" from "human rights", where the sentence is parsed."""
    if not place.is_parsed or place.sentence is None:
        return False
    parse = page.parse(place.sentence)
    token = parse.at(end + 1)
    return token is not None and parse.starts[token] == end + 1 and parse.tags[token] in ("NN", "NNS")
