"""Patterns that forgive the white space of wrapped and scanned text: a space there may be two, or
an empty line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def spaced(pattern: str, flags: int = 0) -> re.Pattern[str]:
    r"""Compile a pattern in which each bare ``\s`` eats one to three characters of white space.

    >>> bool(spaced(r"next\sweek").search("next\n\nweek"))
    True
    """
    out: list[str] = []
    in_class = False
    i = 0
    while i < len(pattern):
        piece = pattern[i : i + 2] if pattern[i] == "\\" else pattern[i]
        i += len(piece)
        in_class = piece == "[" or (in_class and piece != "]")
        bare = piece == r"\s" and not in_class and pattern[i : i + 1] not in {"?", "*", "+", "{"}
        out.append(
            r"\s{1,3}"
            if bare
            else r"\s{0,3}"
            if piece == r"\s" and not in_class and pattern[i : i + 1] == "?"
            else piece
        )
        i += out[-1] == r"\s{0,3}"
    return re.compile("".join(out), flags)


def any_of(words: Iterable[str]) -> str:
    """Return an alternation of words, the longest first; a space in one is any white space."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(words, key=lambda w: (-len(w), w)))
