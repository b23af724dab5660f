"""Finds the states, organisations and groups that the vocabulary knows, where a text writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from communique.text.page import Named
from communique.vocab.gazetteer import (
    Entry,
    blocks,
    bodies,
    groups,
    organisations,
    party_name,
    states,
    written_forms,
)

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "‑": "-", "‐": "-", "\u00a0": " ", "\n": " ", "\r": " ", "\t": " "}
)
_NEXT_WORD = re.compile(r"\s*([\w'’-]+)")
_LAST_WORD = re.compile(r"([\w'’-]+)\s*$")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every written form the vocabulary knows, in one automaton."""

    automaton: AhoCorasick
    entries: tuple[Entry, ...]
    forms: tuple[str, ...]


_SIDES = ("North", "South", "East", "West")
# eats "North and " before "South Korea", "East or " before "West Germany"
_SIDE = re.compile(rf"\b(?P<side>{'|'.join(_SIDES)}) (?:and|or) $")


@cache
def _by_form() -> dict[str, Entry]:
    return dict(zip(gazetteer().forms, gazetteer().entries, strict=True))


@cache
def gazetteer() -> Gazetteer:
    forms = written_forms()
    automaton = AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest)
    return Gazetteer(automaton, tuple(forms.values()), tuple(forms))


@dataclass(frozen=True, slots=True)
class Hit:
    """A written form at its place."""

    start: int
    end: int
    form: str
    entry: Entry


def plain(text: str) -> str:
    """Straighten apostrophes and hyphens and turn line breaks into spaces, one character for one."""
    return text.translate(_PLAIN)


def find_known(text: str) -> list[Named]:
    """List the known parties named in a text whose apostrophes are straight, sorted, not overlapping.

    A mention takes in what belongs to it: "the Government of France", "ASEAN member states".
    """
    return [_widened(text, named) for named in find_bare(text)]


def find_bare(text: str) -> list[Named]:
    """List the known parties by their bare names: ASEAN alone in "ASEAN member states"."""
    hits = [h for h in _hits(text) if _counts(text, h)]
    return [_named(h) for i, h in enumerate(hits) if not h.entry.doubtful or _has_company(text, hits, i)]


def name_as_written(named: Sequence[Named], text: str) -> list[Named]:
    """Call each party as the document does, where it never uses the everyday name but another (Burma)."""
    written = written_names(named, text)
    owners = {_everyday()[id]: name for id, name in written.items()}
    return [_called(one, written, owners) for one in named]


def _called(one: Named, written: dict[str, str], owners: dict[str, str]) -> Named:
    name = written.get(one.id, one.name)
    party = owners.get(one.party, one.party) if one.party is not None else None
    return one if (name, party) == (one.name, one.party) else replace(one, name=name, party=party)


def written_names(named: Sequence[Named], text: str) -> dict[str, str]:
    """For each state or organisation never called by its everyday name, the name that is used most."""
    used: dict[str, Counter[str]] = {}
    for one in named:
        if one.form != "capital":
            for entry in _naming_entries(text[one.start : one.end]):
                used.setdefault(entry.id, Counter())[str(entry.naming)] += 1
    everyday = _everyday()
    return {id: names.most_common(1)[0][0] for id, names in used.items() if everyday[id] not in names}


def _naming_entries(words: str) -> Iterator[Entry]:
    known = gazetteer()
    for index, _, _ in known.automaton.find_matches_as_indexes(words):
        if known.entries[index].naming is not None:
            yield known.entries[index]


def _hits(text: str) -> Iterator[Hit]:
    known = gazetteer()
    for index, start, end in known.automaton.find_matches_as_indexes(text):
        if (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum()):
            continue
        hit = Hit(start, end, known.forms[index], known.entries[index])
        if (half := _half(text, hit)) is not None:
            yield half
        yield hit


def _half(text: str, hit: Hit) -> Hit | None:
    """Return the state of which only the first half is said: "*North* and South Korea"."""
    side, _, rest = hit.form.partition(" ")
    if side not in _SIDES or (before := _SIDE.search(text, max(0, hit.start - 15), hit.start)) is None:
        return None
    form = f"{before['side']} {rest}"
    entry = _by_form().get(form)
    return None if entry is None else Hit(*before.span("side"), form, entry)


def _counts(text: str, hit: Hit) -> bool:
    if hit.entry.form == "block":
        return False
    if hit.entry.form == "capital":
        return _acts(text, hit)
    if hit.form in ("US", "WHO") and _is_shouted(text, hit):
        return False
    if hit.entry.form == "demonym":
        following = _NEXT_WORD.match(text, hit.end)
        return following is None or following.group(1) not in blocks().currencies
    return True


def _acts(text: str, hit: Hit) -> bool:
    """A seat stands for its government where a verb follows, or it possesses, and no preposition precedes."""
    before = _LAST_WORD.search(text, max(0, hit.start - 20), hit.start)
    if before is not None and before.group(1).lower() in blocks().locative:
        return False
    following = _NEXT_WORD.match(text, hit.end)
    return following is not None and following.group(1) in blocks().acting


def _is_shouted(text: str, hit: Hit) -> bool:
    around = text[max(0, hit.start - 20) : hit.start] + text[hit.end : hit.end + 20]
    letters = [c for c in around if c.isalpha()]
    return bool(letters) and all(c.isupper() for c in letters)


def _has_company(text: str, hits: Sequence[Hit], i: int) -> bool:
    """A doubtful name counts beside another party, or where the document names the state elsewhere
    beyond doubt.
    """
    hit = hits[i]
    if any(h.entry.id == hit.entry.id and not h.entry.doubtful for h in hits):
        return True
    if hit.entry.doubtful == "person":
        return not _touches_a_name(text, hit)
    neighbours = (*hits[max(0, i - 1) : i], *hits[i + 1 : i + 2])
    return any(max(n.start - hit.end, hit.start - n.end) <= 25 for n in neighbours)


def _touches_a_name(text: str, hit: Hit) -> bool:
    before = re.search(r"([A-Z][\w.'-]*)\s$", text[max(0, hit.start - 20) : hit.start])
    after = re.match(r"\s[A-Z][a-z]+", text[hit.end : hit.end + 20])
    return bool(before or after)


def _named(hit: Hit) -> Named:
    entry = hit.entry
    return Named(hit.start, hit.end, entry.id, entry.name, entry.kind, entry.form, _party_of(entry))


def _widened(text: str, named: Named) -> Named:
    if named.kind == "state" and named.form != "capital":
        return _with_government(text, named)
    if named.kind in ("organisation", "group"):
        return _with_members(text, named)
    return named


def _party_of(entry: Entry) -> str | None:
    return party_name(entry.party) if entry.party else None


def _with_government(text: str, named: Named) -> Named:
    """Take in "the Government of" before a state and "Government" after it."""
    words = bodies()
    if (regime := _regime_words().match(text, named.end)) is not None:
        surface = text[named.start : regime.end()]
        return Named(named.start, regime.end(), f"{named.id}_regime", surface, "body", "name", named.name)
    following = _NEXT_WORD.match(text, named.end)
    end = following.end() if following and following.group(1) in words.governments else named.end
    start = named.start
    for lead in words.government_of:
        if text.endswith(lead + " ", max(0, named.start - 40), named.start):
            start = named.start - len(lead) - 1
            break
    if (start, end) == (named.start, named.end):
        return named
    return replace(named, start=start, end=end, form="name")


@cache
def _group_words() -> re.Pattern[str]:
    words = groups()
    one_of = "|".join(
        re.escape(w) for w in sorted({*words.members, *words.leaders, *words.envoys}, key=len, reverse=True)
    )
    return re.compile(rf"(?:['’]s?)? ({one_of})(?![\w-])")


@cache
def _regime_words() -> re.Pattern[str]:
    one_of = "|".join(map(re.escape, sorted(groups().regimes, key=len, reverse=True)))
    return re.compile(rf" (?:{one_of})(?![\w-])")


def _with_members(text: str, named: Named) -> Named:
    """Take in the words that make an organisation's name mean its members ("ASEAN member states")."""
    match = _group_words().match(text, named.end)
    if match is None:
        return named
    words, vocabulary = match.group(1), groups()
    if words in vocabulary.leaders or (named.kind == "group" and words in vocabulary.members):
        return replace(named, end=match.end(), form="group")
    surface = text[named.start : match.end()]
    suffix = "members" if words in vocabulary.members else words.lower()
    return Named(named.start, match.end(), f"{named.id}_{suffix}", surface, "group", "group", named.name)


@cache
def _everyday() -> dict[str, str]:
    return {**{s.id: s.name for s in states().values()}, **{o.id: o.name for o in organisations().values()}}
