"""Finds bodies by the build of their names: "Mekong River Commission", "Nuclear Consultative Group (NCG)".

A run of capitalised words that ends in a body's noun (Commission, Bank, Agency) or begins with one that goes
on ("Ministry of Foreign Affairs of Japan"). An acronym in brackets names it from there on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communique.find.dates import MONTHS
from communique.find.ordinals import find_ordinals
from communique.find.people import Line
from communique.find.words import find_whole
from communique.text.page import Named
from communique.vocab.gazetteer import bodies, fold, party_name, people_by_family, slug

_ACRONYM = re.compile(
    r"""\s?\(\s?(?:the\s)?["“”']?([A-Z][A-Za-z0-9&+-]{1,11})["“”']?\)"""
)  # eats " (NCG)", ' ("the MRC")'
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Run:
    """Words ``first`` to ``last`` (exclusive) of a line that make a name."""

    first: int
    last: int


def find_bodies(line: Line) -> Iterator[Named]:
    """List the bodies of a sentence, from left to right."""
    words, done = bodies(), 0
    for i, word in enumerate(line.words):
        if i < done:
            continue
        run = None
        if word.text in words.terms:
            run = _term(line, i)
        if run is None and (
            word.text in words.heads or (line.shouted and word.text.capitalize() in words.heads)
        ):
            run = _around(line, i)
        if run is not None:
            done = run.last
            yield _named(line, run)


def find_acronyms(text: str, found: Sequence[Named], spans: Sequence[tuple[int, int]]) -> Iterator[Named]:
    """List where bodies are named again by the acronym they were introduced with."""
    known: dict[str, Named] = {}
    for body in found:
        match = _ACRONYM.match(text, body.end)
        if match:
            known.setdefault(match.group(1), body)
    for start, end, acronym in find_whole(text, known, spans):
        yield replace(known[acronym], start=start, end=end)


def _term(line: Line, i: int) -> _Run | None:
    """ "Biden-Harris Administration": every part before it is the family name of somebody known."""
    if i == 0 or not line.words[i - 1].is_capital:
        return None
    parts = re.split(r"[-–‑‐]", line.words[i - 1].text)
    if all(fold(p) in people_by_family() for p in parts):
        return _Run(i - 1, i + 1)
    return None


def _around(line: Line, head: int) -> _Run | None:
    first = _leftmost(line, head)
    last = _rightmost(line, head)
    while first < head and (
        not line.words[first].is_capital
        or _counts(line, first, head)
        or (line.words[first].text in bodies().never_first and first not in line.party_at)
    ):
        first += 1
    run = _Run(first, last)
    return run if _is_name(line, run, head) else None


def _counts(line: Line, first: int, head: int) -> bool:
    """Tell an ordinal before an event's name ("Fifty-First Pacific Islands Forum"); not "Third Committee"."""
    word = line.words[first].text
    return line.words[head].text in bodies().weak and bool(find_ordinals(word, 0, len(word)))


def _leftmost(line: Line, head: int) -> int:
    j = head
    while j > 0 and head - j < _MOST_WORDS:
        before = line.words[j - 1]
        if before.is_capital and before.text not in ("And", "The"):
            j -= 1
        elif j > 1 and (_joins(line, j - 1) or _hyphens(line, j - 1)):
            j -= 2
        else:
            break
    return j


def _hyphens(line: Line, mark: int) -> bool:
    """ "U.S.-EU" comes as three words."""
    return line.words[mark].text in ("-", "–") and line.words[mark - 1].end == line.words[mark].start


def _joins(line: Line, mark: int) -> bool:
    """ "and" joins two words of one name: not two parties, not two bodies."""
    if line.words[mark].text not in ("and", "&"):
        return False
    before = mark - 1
    word = line.words[before]
    return (
        word.is_capital
        and before not in line.party_at
        and word.text not in bodies().heads
        and before > 0
        and (line.words[before - 1].is_capital or line.words[before - 1].text == ",")
    )


def _rightmost(line: Line, head: int) -> int:
    k = head + 1
    if k < len(line.words) and line.words[k].text in bodies().heads:
        k += 1
    if line.words[k - 1].text not in bodies().open:
        return k
    while k - head < _MOST_WORDS:
        following = _past_joint(line, k)
        if following is None:
            return k
        k = following
    return k


def _past_joint(line: Line, k: int) -> int | None:
    """Step over "of [the] Words", "for Words", "and Words" inside a name."""
    if k + 1 >= len(line.words):
        return None
    joint, j = line.words[k].text, k + 1
    if joint not in ("of", "for", "on", "and", "&"):
        return None
    if line.words[j].text == "the" and joint in ("of", "for", "on"):
        j += 1
    start = j
    if line.lower[j] in MONTHS:
        return None
    while j < len(line.words) and line.words[j].is_capital and line.words[j].text != "The":
        if j > start and j - 1 in line.party_at and j not in line.party_at:
            break
        j += 1
    if j == start or (joint in ("and", "&") and _is_another(line, start, j)):
        return None
    return j


def _is_another(line: Line, start: int, end: int) -> bool:
    """Tell what "and" joins to a body's name and is another party, another body or somebody's post."""
    return (
        start in line.party_at
        or line.words[end - 1].text in bodies().heads
        or any(line.is_post_word(i) for i in range(start, end))
    )


def _is_name(line: Line, run: _Run, head: int) -> bool:
    """A body's name has a word beside its noun, and is no instrument's or meeting's."""
    words = bodies()
    capitals = [w for w in line.words[run.first : run.last] if w.is_capital]
    if run.last < len(line.words) and line.words[run.last].text in words.instruments:
        return False
    whole = {line.party_at.get(i) for i in range(run.first, run.last)}
    if None not in whole and (len(whole) == 1 or all(p is not None and p.kind != "state" for p in whole)):
        return False
    introduced = _ACRONYM.match(line.text, line.words[run.last - 1].end) is not None
    if introduced:
        return len(capitals) >= 2
    weak = line.words[head].text in words.weak
    others = [
        i
        for i in range(run.first, run.last)
        if line.words[i].is_capital
        and line.words[i].text not in words.heads
        and not (weak and i in line.party_at)
    ]
    if " ".join(w.text for w in line.words[run.first : run.last]) in words.never:
        return False
    return len(capitals) >= (3 if weak else 2) and bool(others) and not line.shouted


def _named(line: Line, run: _Run) -> Named:
    start, end = line.words[run.first].start, line.words[run.last - 1].end
    name = " ".join(line.text[start:end].split())
    acronym = _ACRONYM.match(line.text, end)
    id = acronym.group(1).lower() if acronym else slug(name)
    return Named(start, end, id, name, "body", "name", _owner(line, run))


def _owner(line: Line, run: _Run) -> str | None:
    """The one state or organisation in a body's name, or that of the people a term is named for."""
    ids = {line.party_at[i].name for i in range(run.first, run.last) if i in line.party_at}
    if len(ids) == 1:
        return ids.pop()
    family = fold(re.split(r"[-–]", line.words[run.first].text)[0])
    known = people_by_family().get(family, ()) if line.words[run.last - 1].text in bodies().terms else ()
    owners = {t.party for p in known for t in p.terms}
    return party_name(owners.pop()) if len(owners) == 1 else None
