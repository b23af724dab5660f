"""Takes a name apart: into words that two ways of writing it share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import snowballstemmer
from msgspec import Struct

from communique.find.gazetteer import gazetteer, plain
from communique.vocab.loading import load

PARTY = "@"
"""A word that begins so is the id of a party, whichever of its names was written."""
_WORD = re.compile(r"@?\w+")
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?=\s|$)")
_BRACKET = re.compile(r"\s*\(([^()]{1,60})\)")
_APPOSITION = re.compile(r",\s+(?:an?|the|one of|which|who|whose)\s.*$", re.IGNORECASE)
_NOT_LETTER = re.compile(r"[\W_]+")
_SHOUTED = re.compile(r"[^a-z]+")


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """What `words.toml` holds."""

    small: frozenset[str]
    articles: frozenset[str]
    several: frozenset[str]
    heads: tuple[str, ...]
    common: frozenset[str]
    directed: frozenset[str]
    titles: frozenset[str]
    offices: frozenset[str]
    spellings: dict[str, str]
    given: dict[str, tuple[str, ...]]


@cache
def words() -> Words:
    """Return the words that names are compared with."""
    return load("words.toml", Words, package="communique.ledger.resolution")


@dataclass(frozen=True)
class Spelt:
    """A name taken apart."""

    name: str

    @cached_property
    def bare(self) -> str:
        """The name without brackets, and without a description behind a comma."""
        return _APPOSITION.sub("", _BRACKET.sub("", self.name)).strip() or self.name

    @cached_property
    def brackets(self) -> tuple[str, ...]:
        """What stands in brackets."""
        return tuple(_BRACKET.findall(self.name))

    @cached_property
    def squeezed(self) -> str:
        """Its letters and digits alone."""
        return squeeze(self.name)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words in one spelling, small ones left out, parties by their ids."""
        return tuple(_words(self.bare))

    @cached_property
    def close(self) -> tuple[str, ...]:
        """Its words, with the small ones that say who does what to whom, and without the plural's ending."""
        told = _spelt_one_way(_WORD.findall(_marked(self.bare)))
        return tuple(singular(w) for w in told if w not in words().articles)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Its words without endings."""
        return tuple(w if w.startswith(PARTY) else stem(w) for w in self.words)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The words that say something of their own: no party, no common word, no number."""
        return tuple(
            w for w in self.words if w[0] != PARTY and singular(w) not in words().common and not w.isdigit()
        )

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers in it: what differs in one is another thing."""
        return frozenset(re.findall(r"\d+", self.name)) | _numerals(self.bare)

    @cached_property
    def parties(self) -> frozenset[str]:
        """The parties in it."""
        return frozenset(w for w in self.words if w[0] == PARTY)

    @property
    def is_numbered(self) -> bool:
        """Whether things of this name are told apart by a number, which is not in it: a resolution."""
        return not self.numbers and bool(self.stems) and self.stems[-1] in ("resolut", "articl", "annex")

    @property
    def is_directed(self) -> bool:
        """Whether the order of its words says who does something to whom."""
        return not words().directed.isdisjoint(fold(self.bare).split())

    @property
    def is_short(self) -> bool:
        """Whether it looks like a short form: ``CHOGM``, ``COP28``."""
        return (
            2 <= len(self.squeezed) <= 10
            and " " not in self.name
            and sum(c.isupper() for c in self.name) >= 2
        )

    @cached_property
    def person(self) -> tuple[str, ...]:
        """The words of a person's name, without honorifics in front."""
        parts = fold(_POSSESSIVE.sub("", self.bare).replace("'", "").replace("’", "")).split()
        while len(parts) > 1 and parts[0] in words().titles - {"al", "el", "de", "von", "van", "bin"}:
            parts = parts[1:]
        while len(parts) > 1 and parts[-1] in ("jr", "sr"):
            parts = parts[:-1]
        return tuple(parts) or (self.squeezed,)

    @property
    def is_office(self) -> bool:
        """Whether it names an office, not a person."""
        return not words().offices.isdisjoint(fold(self.name).split())


@lru_cache(maxsize=50_000)
def spelt(name: str) -> Spelt:
    """Return a name taken apart."""
    return Spelt(name)


def fold(name: str) -> str:
    """Return a name without case, accents and punctuation, one space between its words."""
    plainer = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(c for c in plainer if not unicodedata.combining(c))
    return " ".join(_NOT_LETTER.sub(" ", bare).split())


def squeeze(name: str) -> str:
    """Return the letters and digits of a name alone."""
    return fold(name).replace(" ", "")


def singular(word: str) -> str:
    """Return a word without the ending of the plural."""
    if len(word) < 4 or word.startswith(PARTY) or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word.removesuffix("s")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a word without its ending."""
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


def _words(name: str) -> Iterator[str]:
    known = words()
    told = [w for w in _WORD.findall(_marked(name)) if w]
    for word in _spelt_one_way(told):
        if word not in known.small:
            yield word


def _spelt_one_way(told: list[str]) -> Iterator[str]:
    spellings = words().spellings
    for word in told:
        if word.startswith(PARTY):
            yield word
            continue
        folded = fold(word).replace(" ", "")
        if folded.endswith("isation"):
            folded = f"{folded[:-7]}ization"
        yield from spellings.get(folded, folded).split()


def _marked(name: str) -> str:
    """Return a name with each party in it replaced by its id."""
    text = _POSSESSIVE.sub("", plain(name))
    known = gazetteer()
    parts, at = [], 0
    for index, start, end in known.automaton.find_matches_as_indexes(text):
        entry = known.entries[index]
        if start < at or entry.form not in ("name", "demonym") or not entry.id:
            continue
        if (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum()):
            continue
        parts += [text[at:start], f" {PARTY}{entry.id} "]
        at = end
    return "".join([*parts, text[at:]])


def _numerals(name: str) -> frozenset[str]:
    """Return the Roman numerals in a name: ``II`` is another than ``III``."""
    return frozenset(w for w in re.findall(r"\b[IVX]+\b", name))
