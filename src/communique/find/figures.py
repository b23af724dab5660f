"""Reads numbers in figures and words, with their scales: "1,200,000", "57m", "six million", "5 lakh"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from communique.vocab.money import numbers


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its scale, before anyone knows what it counts. A ``short`` scale ("m") is for money."""

    start: int
    end: int
    mantissa: Decimal
    scale: Decimal | None = None
    short: bool = False

    @property
    def value(self) -> Decimal:
        return self.mantissa if self.scale is None else self.mantissa * self.scale


# eats "6", "1,200,000", "5,00,000", "2.65"; leaves the end of "1.2.3", "COVID-19"
_DIGITS = re.compile(r"(?<![\d.,])(?<![A-Za-z]-)\d{1,15}(?:,\d{2,3}(?!\d)){0,6}(?:\.\d{1,6}(?!\d))?")
# eats " million", "-billion", "m", "+ million", " lakh crore"
_SCALE = re.compile(r"\+?[\s-]{0,2}([A-Za-z]{1,8})\b(?:\s([a-z]{5,8})\b)?")
_SCALE_WORD = re.compile(r"\b(?:thousand|million|billion|trillion|lakh|crore)\b", re.I)
# eats "six ", "half a ": what may stand before a scale word
_WORDS_BEFORE = re.compile(r"(?:\b[A-Za-z]+[\s-]{1,2}){1,4}\Z")
_WORD = re.compile(r"[A-Za-z]+")


def figures(text: str, start: int, end: int) -> list[Figure]:
    """List the numbers in a stretch of text, in order."""
    written = (_written(text, m, end) for m in _DIGITS.finditer(text, start, end))
    return sorted([*written, *_spelt_out(text, start, end)], key=lambda f: f.start)


def _written(text: str, digits: re.Match[str], end: int) -> Figure:
    """Read the scale after digits."""
    bare = Figure(digits.start(), digits.end(), Decimal(digits[0].replace(",", "")))
    scale = _SCALE.match(text, bare.end, end)
    if scale is None:
        return bare
    word, known = scale[1].casefold(), numbers()
    if (value := known.scale.get(f"{word} {scale[2]}")) is not None:
        return replace(bare, end=scale.end(), scale=value)
    if (value := known.scale.get(word)) is not None:
        return replace(bare, end=scale.end(1), scale=value)
    if (value := known.short_scale.get(word)) is not None:
        return replace(bare, end=scale.end(1), scale=value, short=True)
    return bare


def _spelt_out(text: str, start: int, end: int) -> Iterator[Figure]:
    """Yield "six million", "half a billion": the longest number in words before each scale word."""
    for scale in _SCALE_WORD.finditer(text, start, end):
        before = _WORDS_BEFORE.search(text, max(start, scale.start() - 40), scale.start())
        if before is None:
            continue
        words = list(_WORD.finditer(text, before.start(), before.end()))
        for first, word in enumerate(words):
            value = _value([w[0].casefold() for w in words[first:]])
            if value is not None:
                yield Figure(word.start(), scale.end(), value, numbers().scale[scale[0].casefold()])
                break


def _value(words: list[str]) -> Decimal | None:
    """Return the value of "six", "twenty five", "two hundred", "half a"."""
    known = numbers().word
    whole = known.get(" ".join(words))
    if whole is not None or len(words) != 2:
        return whole
    left, right = (known.get(w) for w in words)
    if left is None or right is None or words[1] == "a":
        return None
    if right == 100:
        return left * 100 if left < 10 else None
    return left + right if 20 <= left < 100 and right < 10 else None
