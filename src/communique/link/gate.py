"""The gate before the parser: which sentences can hold an act that somebody performs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from communique.find.act_gate import may_act
from communique.link.speakers import Stage
from communique.link.turns import Turns
from communique.text.page import Page, Sentence
from communique.vocab.grammar import grammar
from communique.vocab.speakers import speaker_words

_WORD = re.compile(r"[A-Za-z’'-]+")
_JOINED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_PART = re.compile(r"[^\W\d_]+")
# eats "⏎2. ", "⏎ 14) " before the words of a numbered paragraph
_NUMBERED = re.compile(r"(?:^|\n)\s*\d{1,3}[.)]\s+$")


def worth_parsing(page: Page, stage: Stage, turns: Turns) -> Iterator[Sentence]:
    """Yield the sentences in which an act can stand; under a line that leads a list, each item can be one.

    ``stage`` and ``turns`` are as they are before the first sentence.
    """
    elsewhere = _has_actors_elsewhere(page, stage, turns)
    listed = stage.speaking.voice == "we"
    for sentence in page.sentences:
        words = page.words(sentence)
        item = sentence.role == "list_item" or is_numbered(page, sentence)
        if (item and listed) or (_may_act(words) and (elsewhere or _names_actor(page, sentence))):
            yield sentence
        listed = listed or _leads_list(page, sentence)


def runs_into_list(page: Page, sentence: Sentence) -> bool:
    """Tell whether a list follows a sentence that no mark ends: "We have agreed ⏎ * To promote"."""
    if sentence.role == "list_item" or not page.words(sentence).rstrip()[-1:].isalpha():
        return False
    following = page.sentences[sentence.index + 1 : sentence.index + 2]
    return bool(following) and following[0].role == "list_item"


def is_numbered(page: Page, sentence: Sentence) -> bool:
    """Tell whether a number stands before a sentence on its line."""
    return _NUMBERED.search(page.text, max(0, sentence.start - 8), sentence.start) is not None


def _leads_list(page: Page, sentence: Sentence) -> bool:
    """Tell whether a list can hang on a sentence: "We will:", "Fiji and Tonga," """
    return page.words(sentence).rstrip().endswith((":", ",")) or runs_into_list(page, sentence)


def _may_act(words: str) -> bool:
    return may_act(words) or _tells_meeting(words)


def _tells_meeting(words: str) -> bool:
    return not (grammar().met | grammar().came).isdisjoint(_WORD.findall(words.lower()))


def _has_actors_elsewhere(page: Page, stage: Stage, turns: Turns) -> bool:
    """Tell whether somebody can act in a sentence that has no word for them.

    So do those in whose voice a document or a turn speaks, those who met or whom the title brings together, and those
    on whom a list hangs.
    """
    if stage.speaking.voice != "third" or stage.everyone or turns.labels:
        return True
    for sentence in page.sentences:
        if _leads_list(page, sentence):
            return True
        if page.named_in(sentence.start, sentence.end) and _tells_meeting(page.words(sentence)):
            return True
    return False


def _names_actor(page: Page, sentence: Sentence) -> bool:
    if page.named_in(sentence.start, sentence.end):
        return True
    words = page.words(sentence).lower()
    return not (_actors().isdisjoint(_JOINED.findall(words)) and _actors().isdisjoint(_PART.findall(words)))


@cache
def _actors() -> frozenset[str]:
    """The words that can stand for somebody: nouns for people and bodies, and pronouns."""
    words = speaker_words()
    return words.human | words.collective | words.events | words.first | words.they | words.one | {"it"}
