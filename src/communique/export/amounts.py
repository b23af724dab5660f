"""How large and how fine an amount may be in a typed column."""

from __future__ import annotations

from decimal import Decimal

DIGITS, PLACES = 38, 9
"""Of the columns for amounts: all digits, and those after the point."""


def fits(number: str | Decimal) -> bool:
    """Whether the type of the columns for amounts can hold a number without rounding it."""
    value = Decimal(number)
    exponent = value.normalize().as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -PLACES and value.adjusted() < DIGITS - PLACES
