"""The words without which a sentence tells no event, so that it need not be parsed for one."""

from __future__ import annotations

import re
from functools import cache

from communique.vocab.events import noun_cues, operators, unprefixed, verb_cues
from communique.vocab.events.actors import organ_words, people_words
from communique.vocab.events.grammar import event_grammar
from communique.vocab.inflection import forms

# The parser parts what hyphens and apostrophes join, some names it keeps whole.
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def may_tell(words: str) -> bool:
    """Tell, without parsing, whether a sentence can tell an event: a cue of one, with the words that it asks for."""
    written = [w.lower() for w in _WORDS.findall(words)]
    present = {part for word in written for part in (word, word.replace("-", ""), *word.split("-"))}
    present |= {unprefixed(word) for word in present}
    if not present.isdisjoint(_alone()):
        return True
    for form in present & _beside().keys():
        if any(all(not needed.isdisjoint(present) for needed in rest) for rest in _beside()[form]):
            return True
    return not present.isdisjoint(_demanding()) and not present.isdisjoint(_reporting())


def may_mean(words: str) -> bool:
    """Tell whether a sentence has a word for those named before it, or for people and powers without a name."""
    return not _meaning().isdisjoint(_WORDS.findall(words.lower()))


@cache
def _meaning() -> frozenset[str]:
    said = {word for words in (organ_words(), people_words()) for word in words if " " not in word}
    return event_grammar().resuming | said


@cache
def _alone() -> frozenset[str]:
    """The words that tell an event by themselves, or promise one whatever it is."""
    verbs = {
        form for form, found in verb_cues().items() if any(c.type is not None and not c.rest for c in found)
    }
    nouns = {
        form for form, found in noun_cues().items() if any(c.type is not None and not b for b, c in found)
    }
    promising = {
        f for o in operators() if o.kind == "promise" for w in (*o.verbs, *o.nouns) for f in (*forms(w), w)
    }
    return frozenset(verbs | nouns | promising)


@cache
def _beside() -> dict[str, tuple[tuple[frozenset[str], ...], ...]]:
    """The words that tell an event with others, with each of the others' alternatives."""
    out: dict[str, list[tuple[frozenset[str], ...]]] = {}
    for form, found in verb_cues().items():
        rests = [tuple(_parts(r) for r in c.rest) for c in found if c.type is not None and c.rest]
        if rests:
            out.setdefault(form, []).extend(rests)
    for form, pairs in noun_cues().items():
        for before, cue in pairs:
            if cue.type is not None and before:
                out.setdefault(form, []).append(tuple(_parts(frozenset({w})) for w in before if w != "-"))
    return {form: tuple(found) for form, found in out.items()}


def _parts(words: frozenset[str]) -> frozenset[str]:
    return words | {part for w in words for part in w.split("-")}


@cache
def _reporting() -> frozenset[str]:
    return frozenset(f for o in operators() if o.kind == "report" for v in o.verbs for f in forms(v))


@cache
def _demanding() -> frozenset[str]:
    """The words of what another must do, which what is said demands of them."""
    return event_grammar().owed | event_grammar().having
