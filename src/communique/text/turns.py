"""Turns of a transcript: the label in capitals that opens what somebody says, "PRIME MINISTER WHITLAM: "."""

from __future__ import annotations

import re

from communique.vocab.speakers import speaker_words

# eats "PRESIDENT MITTERRAND (through an interpreter):", "Q:", where words follow on the line
_LABEL = re.compile(
    r"\s*(?P<who>[A-Z][A-Z.’'&-]*(?:[ \t]+[A-Z][A-Z.’'&-]*){0,8})(?:[ \t]*\([^()\n]{1,40}\))?:(?=[ \t]+\S)"
)


def label_at(text: str, start: int, end: int) -> tuple[int, int, int] | None:
    """Return where a label begins, where its name ends and where it ends, if one opens a span of the text.

    A label begins with a title or a post, or is the word for those who ask: headings such as "TARGETS:" are none.
    """
    found = _LABEL.match(text, start, end)
    if found is None:
        return None
    words = found["who"].lower().replace(".", "").split()
    known = speaker_words()
    if words[0] not in known.turn_titles and (len(words) > 1 or words[0] not in known.askers):
        return None
    return found.start("who"), found.end("who"), found.end()
