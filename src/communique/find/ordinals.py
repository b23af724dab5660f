"""Finds ordinals: 26th, twenty-sixth, inaugural, COP28, and Roman ones beside a word for a meeting."""

from __future__ import annotations

import re

import msgspec

from communique.find.spacing import any_of, spaced
from communique.vocab.loading import load


class _Numbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cardinals: dict[str, int]
    ordinals: dict[str, int]
    tens: dict[str, int]


_WORDS = load("en/numbers.toml", _Numbers, package="communique.lang")
_ONE = any_of(_WORDS.ordinals)
_UNIT = "|".join(word for word, n in _WORDS.ordinals.items() if n < 10 and "-" not in word)
_MEETING = (
    r"(?:[Ss]ummit|[Mm]eeting|[Cc]onference|[Dd]ialogue|[Ss]ession|[Ff]orum|[Aa]ssembly|"
    r"[Cc]onsultation|[Rr]ound|SUMMIT|MEETING|CONFERENCE|FORUM)"
)

_DIGITS = spaced(r"(?<![\w.,])(?P<n>\d{1,3})\s?(?:st|nd|rd|th|ST|ND|RD|TH)\b")
_SPELT = spaced(
    rf"(?<![\w-])(?:(?P<tens>{'|'.join(_WORDS.tens)})[-\s](?P<unit>{_UNIT})|"
    rf"(?P<one>{_ONE}))(?![\w]|-(?!level|ever))",
    re.I,
)
_COP = spaced(r"\bCOP[\s-]?(?P<n>\d{1,2})\b")
_ROMAN = spaced(
    rf"\b(?P<a>[IVXL]{{1,7}})(?=\s(?:[A-Z][\w.-]*\s){{0,4}}{_MEETING}\b)|"
    rf"(?<={'Summit'})\s(?P<b>[IVXL]{{1,7}})\b"
)
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


def find_ordinals(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """List the ordinals between two offsets: first offset, last offset, number."""
    found = [(m.start(), m.end(), int(m["n"])) for m in _DIGITS.finditer(text, start, end)]
    found += [(m.start(), m.end(), _spelt(m)) for m in _SPELT.finditer(text, start, end)]
    found += [(m.start("n"), m.end("n"), int(m["n"])) for m in _COP.finditer(text, start, end)]
    found += _romans(text, start, end)
    return sorted(found)


def _spelt(m: re.Match[str]) -> int:
    if m["one"]:
        return _WORDS.ordinals[m["one"].lower()]
    return _WORDS.tens[m["tens"].lower()] + _WORDS.ordinals[m["unit"].lower()]


def _romans(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    out = []
    for m in _ROMAN.finditer(text, start, end):
        group = "a" if m["a"] else "b"
        # "I" is a pronoun far more often than a first meeting.
        if m[group] != "I" and (value := roman(m[group])) is not None:
            out.append((m.start(group), m.end(group), value))
    return out


def roman(numeral: str) -> int | None:
    """Read a Roman numeral, or return None where the letters make none.

    >>> roman("XIV"), roman("VX")
    (14, None)
    """
    values = [_VALUES[c] for c in numeral]
    total = sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
    return total if _written(total) == numeral else None


def _written(number: int) -> str:
    out = ""
    for value, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            out, number = out + letters, number - value
    return out
