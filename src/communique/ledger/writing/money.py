"""Sums as people write them, in the currency they were given in, and never rounded."""

from __future__ import annotations

from decimal import Decimal

_SIGNS = {
    "AUD": "A$", "BRL": "R$", "CAD": "C$", "CNY": "CN¥", "EUR": "€", "GBP": "£", "HKD": "HK$", "ILS": "₪", "INR": "₹",
    "JPY": "¥", "KRW": "₩", "MXN": "MX$", "NZD": "NZ$", "PHP": "₱", "SGD": "S$", "THB": "฿", "TWD": "NT$",
    "USD": "US$", "VND": "₫",
}  # fmt: skip
_SCALES = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))
_BOUNDS = {"up_to": "up to ", "at_least": "at least ", "about": "about "}
_DECIMALS = 3
_MOST = 1000
"""From which on the next scale, or all the digits, read better."""


def sign(currency: str) -> str:
    """Return what stands before a sum: “US$”, or the code and a space that does not break."""
    return _SIGNS.get(currency, f"{currency}\u00a0" if currency else "")


def digits(amount: Decimal) -> str:
    """Return a number with all its digits: “6,000,000”, “1,200.50”."""
    if amount == amount.to_integral_value():
        return f"{amount:,.0f}"
    exact = amount.normalize()
    places = -int(exact.as_tuple().exponent)
    return f"{exact:,.{max(places, 2)}f}"


def number(amount: Decimal) -> str:
    """Return a number in words where they are exact and short (“4.5 million”), else with all its digits."""
    for scale, word in _SCALES:
        part = (amount / scale).normalize()
        if 1 <= abs(part) < _MOST and -int(part.as_tuple().exponent) <= _DECIMALS and part * scale == amount:
            return f"{part:f}\u00a0{word}"
    return digits(amount)


def sum_of(
    amount: Decimal | str, currency: str | None, *, bound: str | None = None, exact: bool = False
) -> str:
    """Return a sum: “up to US$6 million”; with ``exact``, all its digits, for a column of sums."""
    value = Decimal(amount)
    return f"{_BOUNDS.get(bound or '', '')}{sign(currency or '')}{digits(value) if exact else number(value)}"
