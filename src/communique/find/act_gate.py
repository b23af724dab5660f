"""The words without which a sentence holds no act, so that it need not be parsed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from communique.vocab.acts import cues
from communique.vocab.grammar import grammar

_WORDS = re.compile(r"[’']?[^\W\d_]+(?:-[^\W\d_]+)*")


@cache
def _gate() -> tuple[frozenset[str], dict[str, tuple[tuple[frozenset[str], bool], ...]]]:
    """Return the words that let a sentence through alone, and those that need others beside them."""
    alone: set[str] = set()
    beside: dict[str, tuple[tuple[frozenset[str], bool], ...]] = {}
    for form, found in cues().items():
        needs = tuple((frozenset(w for w in c.rest if w.isalpha()), c.state) for c in found)
        if any(not rest and not state for rest, state in needs):
            alone.add(form)
        else:
            beside[form] = needs
    return frozenset(alone), beside


def may_act(words: str) -> bool:
    """Tell, without parsing, whether a sentence can hold an act: the gate before the parser.

    It lets through all that `find_acts` could find something in: a cue needs its verb where a verb can stand, the
    words after it, and for a state a form of "be".
    """
    alone, beside = _gate()
    # the parser parts what a hyphen joins ("said-to"), the vocabulary may not ("re-affirm")
    written = [part for word in _WORDS.findall(words) for part in dict.fromkeys((word, *word.split("-")))]
    lower = [w.lower() for w in written]
    present = set(lower)
    if not grammar().future.isdisjoint(present) or not grammar().aims.isdisjoint(present):
        return True
    if alone.isdisjoint(present) and beside.keys().isdisjoint(present):
        return False
    for i, word in enumerate(lower):
        if word in alone:
            if can_lead(written, i):
                return True
        elif word in beside and can_lead(written, i):
            for rest, state in beside[word]:
                if rest <= present and (not state or i <= 2 or not grammar().be.isdisjoint(present)):
                    return True
    return False


def can_lead(words: Sequence[str], i: int) -> bool:
    """Tell whether a verb can stand at a word: no name ("United States"), and not after "the", "of", "our"."""
    if i == 0:
        return True
    word = words[i]
    if word[0].isupper() and not word.isupper():
        return False
    return words[i - 1].lower() not in grammar().before_nouns
