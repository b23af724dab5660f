"""Finds sums of money by a small grammar: [bound] [sign] number [scale] [currency word]; ranges too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from communique.find.figures import Figure, figures
from communique.model import Bound
from communique.vocab.money import CurrencyWord, currency_signs, currency_words, numbers, plain, plain_sign
from communique.vocab.money.giving import giving

ISSUER_RULE = "currency/issuer"


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum as written. ``start`` to ``end`` holds sign, number, scale and currency word.

    ``currency_rule`` names the rule where the currency isn't in the words (a bare dollar); ``bound_start``
    is where the words that bound the sum start, if they stand before it. Of a range the value is the upper
    end, bounded by ``up_to``.
    """

    start: int
    end: int
    value: Decimal
    currency: str | None
    currency_rule: str | None = None
    bound: Bound | None = None
    bound_start: int | None = None

    @property
    def written(self) -> str:
        """The value as a plain decimal: "6000000", "0.5"."""
        return f"{self.value.normalize():f}"

    @property
    def first(self) -> int:
        """Offset where the sum starts, the words that bound it included."""
        return self.start if self.bound_start is None else self.bound_start


@dataclass(frozen=True, slots=True)
class Goods(Amount):
    """A number of goods ("500 million doses"): no sum of money."""


_SIGNS = "$€£¥￥₩₹₱฿₫₴₽₺₪₦৳"
# eats "US$", "U.S. $", "€", "EUR ", "Rs. ", "$US", "RM "; of "A $5 million fund" only the sign
_BEFORE = re.compile(
    rf"(?:(?:\b(?:U\.\s?S\.|[A-Za-z]{{2,4}})\s?|\b[A-Za-z])?[{_SIGNS}]|\$[A-Z]{{1,3}}|\b[A-Za-z]{{1,4}}\.?)\s{{0,2}}\Z"
)
_SIGN = re.compile(rf"[{_SIGNS}]")
# eats "US dollars", "-dollar", "USD"
_AFTER = re.compile(r"[\s-]{0,2}((?:[A-Za-z.]{1,12}[\s-]){0,4}[A-Za-z.]{1,12})")
_AFTER_WORD = re.compile(r"[A-Za-z.]*[A-Za-z]")
_WORDS_BEFORE = re.compile(r"(?:[A-Za-z]+\.?[\s-]{1,2}){1,8}\Z")
_WORD = re.compile(r"[A-Za-z]+\.?")
_WORDS_AFTER = re.compile(r"[\s-]?(\+|[a-z]+(?:\s[a-z]+){0,2})")
_FOLLOWING = re.compile(r"[A-Za-z][A-Za-z0-9-]*|[.,;:$%)]")
_MONEY = re.compile(rf"[{_SIGNS}\d]|illion\b|thousand\b|crore|lakh")


def may_hold_money(text: str, start: int = 0, end: int | None = None) -> bool:
    """Say whether a stretch of text has a currency sign, a digit or a scale word at all."""
    return _MONEY.search(text, start, len(text) if end is None else end) is not None


def sums_in(quote: str, dollar: str | None) -> list[Amount]:
    """Read the sums and goods in a quote on its own, so that a value can be checked against its words."""
    goods = find_goods(quote, 0, len(quote))
    return sorted([*find_amounts(quote, 0, len(quote), dollar=dollar), *goods], key=lambda a: a.start)


def find_amounts(text: str, start: int, end: int, *, dollar: str | None) -> list[Amount]:
    """List the sums in a stretch of text, in order. ``dollar`` is what a bare dollar sign means, if known."""
    return [_bounded(text, a, start, end) for a in _money(text, start, end, dollar)]


def find_goods(text: str, start: int, end: int) -> list[Goods]:
    """List goods given by the number ("500 million doses of vaccine") in a stretch of text."""
    return [
        Goods(f.start, f.end, f.value, None)
        for f in figures(text, start, end)
        if not f.short and _counts_goods(text, f.end, end)
    ]


def _counts_goods(text: str, offset: int, end: int) -> bool:
    """Say whether goods follow a number within a few words, nothing else being counted first."""
    for word in _FOLLOWING.findall(text, offset, min(end, offset + 60))[:7]:
        if word.casefold() in giving().goods:
            return True
        if not word[0].isalpha() or word.casefold() in giving().not_counted:
            return False
    return False


def _money(text: str, start: int, end: int, dollar: str | None) -> Iterator[Amount]:
    """Yield the numbers that have a currency before or after them."""
    found = figures(text, start, end)
    low = start
    for figure, following in zip_longest(found, found[1:]):
        if figure.start < low:
            continue
        span = None if following is None else _range(text, figure, following)
        amount = _priced(text, span or figure, low, end, dollar)
        if amount is not None:
            low = amount.end
            yield replace(amount, bound=_inner_bound(text, figure, span))


def _inner_bound(text: str, figure: Figure, span: Figure | None) -> Bound | None:
    """Return the bound that the number itself holds: that of a range, or of "$5+ million"."""
    if span is not None:
        return "up_to"
    return "at_least" if "+" in text[figure.start : figure.end] else None


def _range(text: str, low: Figure, high: Figure) -> Figure | None:
    """Join the two ends of a range to one figure, its upper end: "$1.5-2 billion", "5 to 10 million yen"."""
    if low.value >= high.value or high.scale is None or not 0 < high.start - low.end <= 9:
        return None
    middle = _SIGN.sub("", text[low.end : high.start]).strip()
    between = text[max(0, low.start - 11) : low.start].casefold()
    if middle in ("-", "–", "—", "to") or (middle == "and" and "between " in between):
        return replace(high, start=low.start)
    return None


def _priced(text: str, figure: Figure, low: int, end: int, dollar: str | None) -> Amount | None:
    """Join a number with its currency: the word after it decides where the sign before it is bare."""
    start, before = _before(text, figure, low)
    stop, after = _after(text, figure, end)
    word = after if before is None or (before.issuer and after is not None) else before
    if word is None or (figure.short and before is None):
        return None
    return Amount(
        start=start,
        end=stop,
        value=figure.value,
        currency=dollar if word.issuer else word.code,
        currency_rule=ISSUER_RULE if word.issuer and dollar is not None else None,
    )


def _before(text: str, figure: Figure, low: int) -> tuple[int, CurrencyWord | None]:
    """Find the currency sign or code that ends where the number starts."""
    found = _BEFORE.search(text, max(low, figure.start - 9), figure.start)
    if found is None:
        return figure.start, None
    word = currency_signs().get(plain_sign(found[0]))
    if word is not None and not (word.needs_scale and figure.scale is None):
        return found.start() + len(found[0]) - len(found[0].lstrip()), word
    sign = _SIGN.search(text, found.start(), found.end())
    if sign is None:
        return figure.start, None
    if sign.start() > found.start() and text[sign.start() - 1].isupper():
        return found.start(), CurrencyWord(None)  # somebody's dollar, but we don't know whose: "T$"
    return sign.start(), currency_signs()[sign[0]]


def _after(text: str, figure: Figure, end: int) -> tuple[int, CurrencyWord | None]:
    """Find the currency word that starts where the number ends: the longest that is known."""
    found = _AFTER.match(text, figure.end, end)
    if found is None:
        return figure.end, None
    for last in reversed([w.end() for w in _AFTER_WORD.finditer(text, found.start(1), found.end(1))]):
        written = text[found.start(1) : last]
        word = currency_words().get(written) or currency_words().get(plain(written))
        if word is not None and not (word.needs_scale and figure.scale is None):
            return last, word
    return figure.end, None


def _bounded(text: str, amount: Amount, start: int, end: int) -> Amount:
    """Add the words that bound a sum: before it, past fillers ("up to an additional"), or after it."""
    before = _bound_before(text, amount.start, start)
    if before is not None:
        return replace(amount, bound=before[0], bound_start=before[1])
    after = _WORDS_AFTER.match(text, amount.end, end)
    if after is None:
        return amount
    words = after[1].split()
    for count in range(len(words), 0, -1):
        bound = numbers().after.get(" ".join(words[:count]))
        if bound is not None:
            return replace(amount, bound=bound, end=after.start(1) + len(" ".join(words[:count])))
    return amount


def _bound_before(text: str, offset: int, start: int) -> tuple[Bound, int] | None:
    """Read leftwards from a sum through bounds and fillers; return the leftmost bound."""
    found = _WORDS_BEFORE.search(text, max(start, offset - 60), offset)
    if found is None:
        return None
    words = list(_WORD.finditer(text, found.start(), found.end()))
    best: tuple[Bound, int] | None = None
    last = len(words)
    while last > 0:
        step = _step(words, last)
        if step is None:
            return best
        last, bound = step
        if bound is not None:
            best = (bound, words[last].start())
    return best


def _step(words: list[re.Match[str]], last: int) -> tuple[int, Bound | None] | None:
    """Take the longest bound that ends at a word, else a filler; None where neither stands."""
    known = numbers()
    for first in range(max(0, last - 5), last):
        bound = known.before.get(" ".join(w[0].casefold() for w in words[first:last]))
        if bound is not None:
            return first, bound
    return (last - 1, None) if words[last - 1][0].casefold() in known.filler else None
