"""Words of money: how currencies, numbers and bounds are written, and the words by which money is given."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import msgspec

from communique.model import Bound
from communique.vocab.loading import load


class _Currency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    signs: list[str] = []
    words: list[str] = []
    scaled: list[str] = []


class _Currencies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    dollar_signs: list[str]
    dollar_words: list[str]
    code_needs_scale: list[str]
    codes: list[str]
    currency: list[_Currency]


class _Filler(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: list[str]


class _Numbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    scale: dict[str, str]
    short_scale: dict[str, str]
    word: dict[str, str]
    before: dict[Bound, list[str]]
    after: dict[Bound, list[str]]
    filler: _Filler


class _Dollars(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    dollar: dict[str, str]


class CurrencyWord(msgspec.Struct, frozen=True):
    """A way to write a currency. ``code`` is None where words don't say, ``issuer`` marks the bare dollar."""

    code: str | None
    needs_scale: bool = False
    issuer: bool = False


class Numbers(msgspec.Struct, frozen=True):
    """Number words and scales with their values, and the words that bound a sum."""

    scale: dict[str, Decimal]
    short_scale: dict[str, Decimal]
    word: dict[str, Decimal]
    before: dict[str, Bound]
    after: dict[str, Bound]
    filler: frozenset[str]


def plain(words: str) -> str:
    """Fold a currency word for look-up: no case, full stops, or doubled spaces."""
    return " ".join(words.replace(".", "").casefold().split())


def plain_sign(sign: str) -> str:
    """Fold a currency sign for look-up: no spaces or full stops; case stays (``Rs`` is not ``RS``)."""
    return "".join(sign.replace(".", "").split())


@cache
def _currencies() -> _Currencies:
    return load("money/currencies.toml", _Currencies)


@cache
def currency_signs() -> dict[str, CurrencyWord]:
    """Map what stands before a number to its currency."""
    data = _currencies()
    out = {plain_sign(s): CurrencyWord(None, issuer=True) for s in data.dollar_signs}
    out |= {code: CurrencyWord(code, needs_scale=code in data.code_needs_scale) for code in data.codes}
    return out | {plain_sign(s): CurrencyWord(c.code) for c in data.currency for s in c.signs}


@cache
def currency_words() -> dict[str, CurrencyWord]:
    """Map what stands after a number to its currency: codes as they are, words folded by `plain`."""
    data = _currencies()
    out = {plain(w): CurrencyWord(None, issuer=True) for w in data.dollar_words}
    out |= {code: CurrencyWord(code, needs_scale=True) for code in data.codes}
    out |= {plain(w): CurrencyWord(c.code) for c in data.currency for w in c.words}
    return out | {plain(w): CurrencyWord(c.code, needs_scale=True) for c in data.currency for w in c.scaled}


@cache
def currency_codes() -> frozenset[str]:
    """List every code that a sum may get."""
    data = _currencies()
    return frozenset(data.codes) | {c.code for c in data.currency} | set(dollars().values())


@cache
def dollars() -> dict[str, str]:
    """Map an issuing state to its dollar."""
    return load("money/dollars.toml", _Dollars).dollar


@cache
def numbers() -> Numbers:
    """Return number words, scales and bounds."""
    data = load("money/numbers.toml", _Numbers)
    return Numbers(
        scale={k: Decimal(v) for k, v in data.scale.items()},
        short_scale={k: Decimal(v) for k, v in data.short_scale.items()},
        word={k: Decimal(v) for k, v in data.word.items()},
        before={w: bound for bound, words in data.before.items() for w in words},
        after={w: bound for bound, words in data.after.items() for w in words},
        filler=frozenset(data.filler.words),
    )
