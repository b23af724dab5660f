"""Headings: short lines in capitals or title case, or numbered, that head what follows."""

from __future__ import annotations

import re

from communique.text import stopwords
from communique.text.lines import marker_end
from communique.text.wrapping import is_capitals

_HEADING_WORDS = 18
_NO_HEADING_END = tuple(".,;…")
# eats "HAVE AGREED as follows:", "DO HEREBY DECLARE:": what comes after recitals, and no heading
OPERATIVE = re.compile(r"(?:WE,? )?(?:(?:do|have|has|hereby|solemnly) ){1,3}\w+(?: [\w ]{1,40})?:$", re.I)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def is_heading(words: str, following: str) -> bool:
    """Say whether a short line heads what follows: in capitals or title case, or far shorter than that."""
    if (
        len(words) > 200
        or OPERATIVE.match(words)
        or words.endswith(_NO_HEADING_END)
        or words[:1] in "-–—*•·\"“'("
    ):
        return False
    count = words.count(" ") + 1
    if count > _HEADING_WORDS or not any(c.isalpha() for c in words):
        return False
    bare = words[marker_end(words, 0, len(words)) :]
    if bare[:1].islower():
        return False
    if is_capitals(bare) or is_title_case(bare):
        return True
    return count <= 7 and not words.endswith((":", "?", "!")) and len(following) > 2 * len(words)


def is_title_case(words: str) -> bool:
    """Say whether nearly all words that count begin with a capital."""
    found = [w for w in _WORD.findall(words) if w not in stopwords.small()]
    capital = sum(w[0].isupper() for w in found)
    return bool(found) and capital * 100 >= len(found) * 80
