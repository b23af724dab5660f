"""Cuts text into tokens: the same for both databases, which see nothing but runs of a to z and 0 to 9.

Case, accents and the form of a character don't count, and an English word is found in all its forms. In scripts
that put no space between words each character is a token, and a word is found as a run of them.

Whoever changes what comes out here says so in the changelog: what is in an index already was cut in the old way, until
``communique reindex`` makes it anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

_LONGEST = 60  # characters of one token; a longer run goes on in tokens of their own
_MOST = 16_000  # tokens of one entry that are indexed (PostgreSQL counts positions to 16,383)
_MOST_BYTES = 400_000  # of its stems, and of its forms (PostgreSQL: 1 MB for both, with their positions)
_MOST_TIMES = 250  # that one token is indexed in an entry (PostgreSQL: 255)

# What tokens begin with, so that none is a word of a database's own language or a number. FILLER is a token of its own:
# it stands where another was said once too often.
STEM, FORM, FOREIGN_STEM, FOREIGN_FORM, _REST, FILLER = "x", "w", "y", "v", "z", "q"


# What may stand inside a word beside letters and digits: characters of no width, accents and points, vowel signs.
_NO_WIDTH = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_ACCENTS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe2f"
)
_INDIC = "\u0900-\u0963\u0970-\u0dff"
_THAI_TO_KHMER = (
    "\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ecd\u0f71-\u0fbc\u102b-\u103e\u1056-\u109d\u17b4-\u17d3"
)
_SPELT_APART = r"(?:(?<!\w)co[-\u2010\u2011](?=op|ord))?"  # co-operation and co-ordination are one word
_RUN = re.compile(rf"{_SPELT_APART}[\w{_NO_WIDTH}{_ACCENTS}{_INDIC}{_THAI_TO_KHMER}]+", re.IGNORECASE)
_IGNORED = re.compile(rf"[-\u2010\u2011{_NO_WIDTH}{_ACCENTS}]")
# Thai to Khmer, Hangul, Kana and Han.
_ALONE = (
    "\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_TOKEN = re.compile(rf"[{_ALONE}]|(?:[^\W_{_ALONE}]|[{_INDIC}])+")
_LATIN = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ħ": "h", "ı": "i", "ŧ": "t"}
)
_ENGLISH = re.compile(r"[a-z]+")
_stemmer = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text as it is matched."""

    stem: str
    """What all forms of the word share."""
    form: str
    """The word as written, but for case and accents."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What is kept of the text of one entry."""

    stems: tuple[str, ...]
    """In the order of the text."""
    forms: frozenset[str]
    """The forms that are not their own stem."""


@lru_cache(maxsize=1 << 17)
def tokens_of(run: str) -> tuple[Token, ...]:
    """Return the tokens of a run of characters without a space or mark in it."""
    plain = run.lower().replace("-", "") if run.isascii() else _plain(run)
    return tuple(token for found in _TOKEN.findall(plain) for token in _pieces(found))


@lru_cache(maxsize=1 << 17)
def _kept_of(run: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the stems of a run, and the forms in it that are not their own stem."""
    found = tokens_of(run)
    return tuple(t.stem for t in found), tuple(t.form for t in found if t.form[1:] != t.stem[1:])


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text."""
    for run in _RUN.findall(text):
        yield from tokens_of(run)


def placed(text: str) -> Iterator[tuple[int, int, tuple[Token, ...]]]:
    """Yield where each run of the text starts and ends, with its tokens."""
    for found in _RUN.finditer(text):
        yield found.start(), found.end(), tokens_of(found[0])


def indexed(text: str) -> Indexed:
    """Return what is kept of an entry's text. The end of a text of more than 16,000 words is not found by it."""
    runs = _RUN.findall(text)[:_MOST]
    stems = [stem for run in runs for stem in _kept_of(run)[0]]
    forms = frozenset(form for run in set(runs) for form in _kept_of(run)[1])
    if len(stems) <= _MOST_TIMES:
        return Indexed(tuple(stems), forms)
    return Indexed(tuple(_bounded(stems)), frozenset(_fitting(sorted(forms))))


def _bounded(stems: list[str]) -> Iterator[str]:
    """Yield as many stems as PostgreSQL can place, FILLER where one was said once too often."""
    times: Counter[str] = Counter()
    for stem in _fitting(stems[:_MOST]):
        times[stem] += 1
        yield stem if times[stem] <= _MOST_TIMES else FILLER


def _fitting(found: Iterable[str]) -> Iterator[str]:
    """Yield as many tokens as fit into a tsvector."""
    room = _MOST_BYTES
    for token in found:
        room -= len(token)
        if room < 0:
            return
        yield token


def beginnings(token: Token) -> tuple[str, str]:
    """Return what the stems and the forms that begin with a token begin with."""
    if token.stem.startswith(FOREIGN_STEM):
        return token.stem, token.form
    return STEM + token.form[1:], token.form


def stands_alone(token: Token) -> bool:
    """Tell whether a token is a character of a script that puts no space between words."""
    if not token.stem.startswith(FOREIGN_STEM):
        return False
    return (
        re.fullmatch(f"[{_ALONE}]", bytes.fromhex(token.stem[1:]).decode("utf-8", "surrogatepass"))
        is not None
    )


def size(token: Token) -> int:
    """Return how many characters a token has."""
    if token.stem.startswith((FOREIGN_STEM, _REST)):
        return len(bytes.fromhex(token.stem[1:]).decode("utf-8", "surrogatepass"))
    return len(token.form) - 1


def is_first(token: Token) -> bool:
    """Tell whether a token begins its word, and does not go on with one too long for one token."""
    return not token.stem.startswith(_REST)


def _plain(run: str) -> str:
    """Return a run without case, accents, and characters of no width or of another form."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", run).casefold()).translate(_LATIN)
    return unicodedata.normalize("NFC", _IGNORED.sub("", folded))


def _pieces(word: str) -> Iterator[Token]:
    """Yield a word as a token; one of more than sixty characters as several."""
    stem = _stem(word) if _ENGLISH.fullmatch(word) and len(word) <= _LONGEST else word[:_LONGEST]
    yield Token(STEM + stem, FORM + word[:_LONGEST]) if word.isascii() else _foreign(word[:_LONGEST])
    for at in range(_LONGEST, len(word), _LONGEST):
        piece = _REST + _hexadecimal(word[at : at + _LONGEST])
        yield Token(piece, piece)


def _foreign(word: str) -> Token:
    return Token(FOREIGN_STEM + _hexadecimal(word), FOREIGN_FORM + _hexadecimal(word))


def _hexadecimal(word: str) -> str:
    return word.encode("utf-8", "surrogatepass").hex()


def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))
