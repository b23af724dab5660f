"""Makes visible what hides in a text: characters without a shape, turns of direction, letters of another script
that pass for Latin ones.

A character stays where it stands, in an element of its own, so that offsets into the text go on counting: the
text content of what comes out is the text that went in. Each such element is a ``bdi``: an override in it ends
in it, and turns nothing around, with or without a style sheet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from communique.export.visible import label

_NEVER = (
    "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # what a terminal obeys
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff"
    "\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SOMETIMES = "\u061c\u200b-\u200f\ufe00-\ufe0f"
"""Joiners, marks and variants that many scripts need: they are marked where no such script stands beside."""

_LATIN = "A-Za-z\xc0-\u024f\u1e00-\u1eff"
_OTHERS = (
    "\u0370-\u03bb\u03bd-\u03ff\u0400-\u052f\u0531-\u0587\u10a0-\u10ff\u13a0-\u13fd\uff21-\uff3a\uff41-\uff5a"
)
# eats Greek, Cyrillic, Armenian, Georgian, Cherokee, full width; leaves the Greek mu of units ("μm")

_MARKED = re.compile(
    rf"(?P<hidden>[{_NEVER}{_SOMETIMES}])|(?P<alike>(?<=[{_LATIN}])[{_OTHERS}]+|[{_OTHERS}]+(?=[{_LATIN}]))"
)
_DISTURBING = re.compile(
    rf"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]|{_MARKED.pattern}"
)
"""What is written from the right, and what is marked."""

_MOST = 100
"""Marks that a text may have, and one more for each 20 characters: the page stays in proportion."""


def inert(text: str) -> SafeString:
    """Return a text of its own (a name, a title, a quote) as HTML: escaped, and, where it may run from the right,
    kept apart from the words around it.
    """
    if (text.isascii() and text.isprintable()) or not _DISTURBING.search(text):
        return mark_safe(escape(text))
    return mark_safe(f"<bdi>{_marked(text, _in_place)}</bdi>")


def inert_part(text: str) -> SafeString:
    """Return a part of a running text as HTML: escaped, and with no influence on the parts beside it."""
    return mark_safe(_marked(text, _in_place))


def written_out(text: str) -> SafeString:
    """Return a text as HTML with the names of hidden characters in their place, where no offsets count."""
    return mark_safe(_marked(text, _named))


def spelt(text: str) -> str:
    """Return a text for places where no element may stand (an attribute, a window's title): ``⟨RLO⟩``."""
    return _MARKED.sub(
        lambda hit: hit[0] if hit["hidden"] is None or _wanted(hit) else f"⟨{label(hit[0])}⟩", text
    )


def mixes_scripts(word: str) -> bool:
    """Say whether letters of another script stand among Latin ones in a word, or look as if they were."""
    return any(hit["alike"] for hit in _MARKED.finditer(word))


def _marked(text: str, hidden: Callable[[str], str]) -> str:
    parts: list[str] = []
    at = 0
    left = _MOST + len(text) // 20
    for hit in _MARKED.finditer(text):
        if hit["hidden"] is not None and _wanted(hit):
            continue
        if left <= 0:
            return "".join(parts) + escape(_MARKED.sub(_blotted, text[at:]))
        parts += (escape(text[at : hit.start()]), _alike(hit[0]) if hit["alike"] else hidden(hit[0]))
        at = hit.end()
        left -= 1
    return "".join(parts) + escape(text[at:])


def _blotted(hit: re.Match[str]) -> str:
    """What a text full of hidden characters has instead of them: as many, visible, and with no effect."""
    return hit[0] if hit["hidden"] is None else "\ufffd"


def _in_place(character: str) -> str:
    """The character itself, kept in; what no HTML may hold is shown as what replaces it, of the same length."""
    kept = "\ufffd" if _forbidden(character) else character
    return f'<bdi class="invisible-char" data-code="U+{ord(character):04X}">{kept}</bdi>'


def _named(character: str) -> str:
    return f'<bdi class="invisible-char">{label(character)}</bdi>'


def _alike(letters: str) -> str:
    codes = " ".join(f"U+{ord(letter):04X}" for letter in letters[:8])
    return f'<bdi class="lookalike" data-code="{codes}">{letters}</bdi>'


def _forbidden(character: str) -> bool:
    """NUL and halves of pairs: a browser replaces the first, and no encoding writes the second."""
    return character == "\0" or "\ud800" <= character <= "\udfff"


def _wanted(hit: re.Match[str]) -> bool:
    """Say whether a joiner, mark or variant stands where its script wants it: beside a letter of that script,
    or in a picture character.
    """
    if not re.match(f"[{_SOMETIMES}]", hit[0]):
        return False
    text, start, end = hit.string, hit.start(), hit.end()
    return _takes_joiners(text[start - 1 : start]) or _takes_joiners(text[end : end + 1])


def _takes_joiners(neighbour: str) -> bool:
    if not neighbour or neighbour < "\u0590":
        return False
    if re.match(f"[{_LATIN}{_OTHERS}]", neighbour):
        return False
    return unicodedata.category(neighbour) in {"Lo", "Mn", "Mc", "So", "Sk"}
