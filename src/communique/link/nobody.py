"""Whether anybody stands in a document who deals for a state or an organisation.

General news is mostly about others: a court, a company, two teams, the police. Where nobody is named or described who
could be a party, no sentence tells of dealings between parties, and none need be parsed.
"""

from __future__ import annotations

import re
from functools import cache

from communique.link.voice import Speaking
from communique.text.page import Page
from communique.vocab.speakers import speaker_words

_FRAGMENT = 50
"""Words: what is shorter may be cut out of what names them."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def is_nobodys(page: Page, speaking: Speaking) -> bool:
    """Tell a document that names no party, is in nobody's voice, and speaks of no office, body or gathering of one."""
    if page.named or page.issuer is not None or speaking.voice != "third" or speaking.titled:
        return False
    words = _WORD.findall(page.text)
    return len(words) >= _FRAGMENT and _public().isdisjoint(word.lower() for word in words)


@cache
def _public() -> frozenset[str]:
    return speaker_words().human - speaker_words().everyday
