"""Makes the characters visible that hide, reorder or command: what is shown is what stands there.

A text from outside may hold direction overrides that make a sentence read otherwise than it is written, or
escape sequences that a terminal obeys. Neither reaches a page or a terminal unmarked.
"""

from __future__ import annotations

import re

_DIRECTIONS = {
    "\u061c": "ALM",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
HIDDEN = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
# eats ESC, NUL, the right-to-left override; leaves tab, line feed, carriage return and every letter


def label(character: str) -> str:
    """Name a hidden character: ``RLO`` for an override, ``U+001B`` for what has no short name."""
    return _DIRECTIONS.get(character, f"U+{ord(character):04X}")


def visible(text: str) -> str:
    """Write hidden characters out, in angle brackets that no source uses for anything else: ``⟨RLO⟩``."""
    return HIDDEN.sub(lambda hit: f"⟨{label(hit[0])}⟩", text)


def one_line(text: str) -> str:
    """Make a text visible and fold its white space, for a line of a table or a list."""
    return visible(" ".join(text.split()))
