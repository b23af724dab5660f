"""What an actor is in its country, by the words of its noun phrase."""

from __future__ import annotations

from communique.text.syntax import Parse
from communique.vocab.events.actors import actor_words, organ_words, people_words, roles_by_word
from communique.vocab.events.grammar import event_grammar

_BESIDE = ("compound", "amod", "nmod", "appos", "poss")


def role_of(parse: Parse, head: int) -> str | None:
    """Return the role that a phrase's head names, else the nearest word before it that names one."""
    roles = roles_by_word()
    for token in (head, *reversed([c for c in parse.children[head] if parse.deps[c] in _BESIDE])):
        word = parse.words[token].lower()
        if token and (role := roles.get(f"{parse.words[token - 1].lower()} {word}")):
            return role
        if role := roles.get(word):
            return role
    return None


def is_pronoun(parse: Parse, token: int) -> bool:
    """Tell whether a word may only stand for somebody named elsewhere: "they", "who", "both"."""
    return parse.words[token].lower() in event_grammar().pronouns


def is_organ(parse: Parse, head: int) -> bool:
    """Tell whether a phrase's head is an organ of a state: "police", "the high court"."""
    return _known(parse, head, organ_words())


def is_people(parse: Parse, head: int) -> bool:
    """Tell whether a phrase's head is a group of people who are no organ: "rebels", "thousands of students"."""
    return _known(parse, head, people_words()) or _is_doer(parse, head) or _counts_people(parse, head)


def _counts_people(parse: Parse, head: int) -> bool:
    """Tell "hundreds of thousands of people" from "thousands of tons"."""
    if parse.words[head].lower() not in event_grammar().counts:
        return False
    return any(is_people(parse, p) for prep in parse.of(head, "prep") for p in parse.of(prep, "pobj"))


def _is_doer(parse: Parse, head: int) -> bool:
    """Tell "shopkeepers", "royalists", "sympathisers" by their ending, where it is no thing that ends so."""
    word = parse.words[head].lower()
    ends = word.endswith(actor_words().endings)
    return parse.tags[head] in ("NNS", "NNPS") and ends and word not in actor_words().things


def _known(parse: Parse, head: int, words: frozenset[str]) -> bool:
    word = parse.words[head].lower()
    if parse.tags[head] == "NNP" and any(parse.words[c].lower() in words for c in parse.of(head, "compound")):
        return True
    return word in words or (head > 0 and f"{parse.words[head - 1].lower()} {word}" in words)
