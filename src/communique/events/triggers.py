"""The words of a sentence that tell an event, or turn one into another."""

from __future__ import annotations

from dataclasses import dataclass

from communique.text.syntax import Parse
from communique.vocab.events import Cue, Frame, light_verbs, noun_cues, verb_cues

_REACH = 9
_STOPS = frozenset({";", ":", "–", "—"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells an event (or works on one), by its token."""

    token: int
    cue: Cue
    is_noun: bool = False

    @property
    def frame(self) -> Frame:
        """The frame of a trigger that tells an event."""
        assert self.cue.frame is not None
        return self.cue.frame


def find_triggers(parse: Parse) -> dict[int, Trigger]:
    """Find the triggers of a sentence, by token."""
    out: dict[int, Trigger] = {}
    for i, tag in enumerate(parse.tags):
        found = _verb_at(parse, i) if tag.startswith("VB") else None
        if found is None and (tag.startswith(("NN", "JJ")) or tag in ("VBN", "VBG")):
            found = _noun_at(parse, i)
        if found is not None:
            out[i] = found
    return out


def _verb_at(parse: Parse, token: int) -> Trigger | None:
    if parse.deps[token] in ("amod", "compound", "aux", "auxpass"):
        return None
    cues = verb_cues().get(_joined(parse, token), ())
    around: frozenset[str] | None = None
    for cue in cues:
        if cue.frame is not None and cue.frame.needs == "infinitive" and not _has_infinitive(parse, token):
            continue
        if not cue.rest:
            return Trigger(token, cue)
        if around is None:
            around = _around(parse, token)
        if all(not alternatives.isdisjoint(around) for alternatives in cue.rest):
            return Trigger(token, cue)
    return None


def _joined(parse: Parse, token: int) -> str:
    """Return a verb in small letters, with the prefix that a hyphen parts from it: "re-opened" is reopened."""
    word = parse.words[token].lower()
    if token > 1 and parse.words[token - 1] == "-" and parse.words[token - 2].lower() in ("re", "co"):
        return parse.words[token - 2].lower() + word
    return word


def _has_infinitive(parse: Parse, token: int) -> bool:
    return any(
        parse.words[a].lower() == "to" for v in parse.of(token, "xcomp", "ccomp") for a in parse.of(v, "aux")
    )


def _around(parse: Parse, token: int) -> frozenset[str]:
    """Return the words that stand with a verb: those after it, and its subject where that is what is done."""
    words: set[str] = set()
    for word in parse.words[token + 1 : token + 1 + _REACH]:
        if word in _STOPS:
            break
        words.add(word.lower())
    for i in range(token + 1, min(token + _REACH, len(parse) - 2)):
        if parse.words[i + 1] == "-":
            words.add("".join(parse.words[i : i + 3]).lower())
    for subject in parse.of(token, "nsubjpass"):
        low, high = parse.subtree(subject)
        words |= {w.lower() for w in parse.words[low : high + 1]}
    if parse.deps[token] in ("acl", "relcl"):
        words.add(parse.words[parse.heads[token]].lower())
    for obj in parse.of(token, "dobj"):
        words.add(parse.words[obj].lower())
    return frozenset(words)


def _noun_at(parse: Parse, token: int) -> Trigger | None:
    for before, cue in noun_cues().get(parse.words[token].lower(), ()):
        if not before or tuple(w.lower() for w in parse.words[max(0, token - len(before)) : token]) == before:
            return Trigger(token, cue, True)
    return None


def carrier(parse: Parse, noun: int) -> int | None:
    """Return the verb that only carries a noun: "held" of "held talks", "went" of "went on strike"."""
    at = noun
    while parse.deps[at] in ("conj", "appos"):
        at = parse.heads[at]
    if parse.deps[at] == "pobj":
        at = parse.heads[at]
        if parse.deps[at] not in ("prep", "agent"):
            return None
        above = parse.heads[at]
        if parse.tags[above].startswith("NN"):  # "a series of attacks", "a round of talks"
            return carrier(parse, above) if parse.words[at].lower() == "of" else None
        return above if parse.words[above].lower() in light_verbs() else None
    if parse.deps[at] in ("dobj", "nsubjpass", "attr", "oprd"):
        verb = parse.heads[at]
        return verb if parse.words[verb].lower() in light_verbs() else None
    return None
