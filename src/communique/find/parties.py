"""Finds who is named in a document: states, organisations, groups, bodies, people and the offices
they hold.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from communique.find.bodies import find_acronyms, find_bodies
from communique.find.cast import Cast
from communique.find.gazetteer import find_known, name_as_written, plain
from communique.find.people import Line, Spot
from communique.find.words import find_whole
from communique.model import PartyRef
from communique.text.page import Named, Sentence
from communique.vocab.gazetteer import fold, members


def find_named(
    text: str,
    sentences: Sequence[Sentence],
    *,
    title: str | None,
    published: date | None,
    issuer: PartyRef | None,
) -> tuple[Named, ...]:
    """List every mention of a party in the sentences, sorted, the longest where two overlap.

    ``title`` helps to resolve who is meant ("Mr. Rudd"), also where it stands outside the sentences.
    ``issuer`` and ``published`` tell whose "the President" is, from the vocabulary.
    """
    straight = plain(text)
    known = _within(find_known(straight), sentences)
    lines = [_line(straight, s, known) for s in sentences]
    spots = [spot for line in lines for spot in line.spots()]
    opening = sentences[0].end if sentences else 0
    present = frozenset(n.id for n in known)
    cast = Cast(
        spots, _title_spots(title), published=published, issuer=issuer, opening=opening, present=present
    )
    persons = [n for n in map(cast.named, spots) if n is not None]
    bodies = [b for line in lines for b in find_bodies(line)]
    spans = [(s.start, s.end) for s in sentences]
    again = find_acronyms(straight, [*bodies, *(n for n in known if n.kind == "organisation")], spans)
    families = _families(straight, persons, spans)
    settled = settle([*persons, *bodies, *again, *families, *_bare_members(straight, known, spans), *known])
    return tuple(name_as_written(settled, straight))


def settle(found: Iterable[Named]) -> list[Named]:
    """Keep the longest of mentions that overlap (of two alike, the first given), sorted by start."""
    kept: list[Named] = []
    touching: list[Named] = []
    reach = -1
    for one in sorted(found, key=lambda n: n.start):
        if one.start >= reach:
            kept += _longest(touching)
            touching = []
        touching.append(one)
        reach = max(reach, one.end)
    return kept + _longest(touching)


def _longest(touching: Sequence[Named]) -> list[Named]:
    """Keep the longest of mentions that touch one another in a chain, then what it leaves free."""
    kept: list[Named] = []
    for one in sorted(touching, key=lambda n: n.start - n.end):
        if all(one.end <= k.start or k.end <= one.start for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda n: n.start)


def _within(named: Sequence[Named], sentences: Sequence[Sentence]) -> list[Named]:
    """Keep what lies wholly within a sentence."""
    starts = [s.start for s in sentences]
    out = []
    for one in named:
        i = bisect_right(starts, one.start) - 1
        if i >= 0 and one.end <= sentences[i].end:
            out.append(one)
    return out


def _line(text: str, sentence: Sentence, known: Sequence[Named]) -> Line:
    first = bisect_right(known, sentence.start - 1, key=lambda n: n.start)
    last = bisect_right(known, sentence.end - 1, key=lambda n: n.start)
    return Line(text, sentence.start, sentence.end, known[first:last])


# The space that a letter with its accent sometimes tears into a name: "Joã o", "Lourenç o".
_TORN = re.compile(r"(?<=[^\W\d_][à-ÿ])\s(?=(?!(?:e|y|da|de|di|do|la|le|du)\b)[a-z]{1,2}(?:\s[A-Z]|$|,))")


def _title_spots(title: str | None) -> list[Spot]:
    if title is None:
        return []
    straight = _TORN.sub("", plain(title))
    return list(Line(straight, 0, len(straight), find_known(straight)).spots())


def _families(text: str, persons: Sequence[Named], spans: Sequence[tuple[int, int]]) -> Iterator[Named]:
    """List where people of the document are named by their family or full name alone ("Sullivan added")."""
    names = _names_alone(persons)
    for start, end, name in find_whole(text, names, spans):
        if not _part_of_longer(text, start, end):
            person = names[name]
            yield replace(person, start=start, end=end, form="person")


def _names_alone(persons: Sequence[Named]) -> dict[str, Named]:
    """The names by which people may be called again; a family name that two of them share is nobody's."""
    out: dict[str, Named] = {}
    shared: set[str] = set()
    for person in persons:
        if person.form != "person" or " " not in person.name:
            continue
        for name in (person.name, person.name.split(" ")[-1], person.name.split(" ")[0]):
            if len(name) < 4 or fold(name) in _EVERYDAY_WORDS:
                continue
            if name in out and out[name].id != person.id:
                shared.add(name)
            out.setdefault(name, person)
    return {name: person for name, person in out.items() if name not in shared}


_MEMBER_STATES = re.compile(r"(?<![\w-])[Mm]ember [Ss]tates(?![\w-])")


def _bare_members(text: str, known: Sequence[Named], spans: Sequence[tuple[int, int]]) -> Iterator[Named]:
    """List where "Member States" alone means those of the one organisation with members that the
    document names.
    """
    bodies = {n.id: n for n in known if n.kind == "organisation" and members(n.id)}
    if len(bodies) != 1:
        return
    (body,) = bodies.values()
    for start, end in spans:
        for match in _MEMBER_STATES.finditer(text, start, end):
            name = f"{body.name} Member States"
            yield Named(match.start(), match.end(), f"{body.id}_members", name, "group", "group", body.name)


_EVERYDAY_WORDS = frozenset(
    {
        "power",
        "price",
        "king",
        "young",
        "long",
        "smart",
        "major",
        "rice",
        "brown",
        "will",
        "mark",
        "grant",
        "bill",
        "john",
        "michael",
        "david",
    }
)
_CAPITAL_BEFORE = re.compile(r"\b[A-Z][\w.]*[ -]$")
_CAPITAL_AFTER = re.compile(r"[ -][A-Z][a-z]|-")


def _part_of_longer(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 20) : start]
    opens = not before.strip() or before.rstrip()[-1] in ".!?:"
    return (not opens and bool(_CAPITAL_BEFORE.search(before))) or bool(_CAPITAL_AFTER.match(text, end))
