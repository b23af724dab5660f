"""Reads lists of gifts: the words before the colon say that the items are given ("The package includes:")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.text.page import Page, Sentence
from communique.vocab.money.giving import Stage, giving

_WORD = re.compile(r"[A-Za-z]+")
_BULLET = re.compile(r"\s*(?:[-–—•*·▪o]|\(?[a-z0-9]{1,3}[.)])\s")
_LONGEST = 25


@dataclass(frozen=True, slots=True)
class Package:
    """The sentence that announces a list of gifts, and the stage its words tell."""

    sentence: Sentence
    stage: Stage


def package_of(page: Page, item: Sentence) -> Package | None:
    """Return the package that a sentence is an item of; None where no list of gifts leads to it."""
    for index in range(item.index - 1, max(-1, item.index - _LONGEST), -1):
        before = page.sentences[index]
        words = page.words(before).rstrip()
        if words.endswith(":"):
            return _package(page, before)
        if not _is_item(page, before):
            return None
    return None


def _is_item(page: Page, sentence: Sentence) -> bool:
    """Say whether a sentence stands in a list: by its role, its bullet, or the semicolon it ends with."""
    words = page.words(sentence).rstrip()
    return sentence.role == "list_item" or words.endswith((";", "; and")) or _BULLET.match(words) is not None


def _package(page: Page, stem: Sentence) -> Package | None:
    """Return the package that a stem opens, where its words give and don't ask or count."""
    known, words = giving(), _WORD.findall(page.words(stem).casefold())
    if any(w in known.asking or w in known.against_nouns or w in known.aims for w in words):
        return None
    stages = {s for w in words for s in (known.nouns.get(w), known.verbs.get(w)) if s is not None}
    found: tuple[Stage, ...] = ("announce", "pledge", "pay", "give", "invest")
    return next((Package(stem, s) for s in found if s in stages), None)
