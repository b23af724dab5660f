"""The words of a sentence that tell an event, or turn one into another."""

from __future__ import annotations

from dataclasses import dataclass

from communique.text.syntax import Parse
from communique.vocab.events import (
    Cue,
    Frame,
    fallbacks,
    light_verbs,
    noun_cues,
    unprefixed,
    verb_cues,
)
from communique.vocab.events.grammar import event_grammar

_NEAR = 7
_NEXT = 3
_LEADING = ("prep", "prt", "agent", "dative", "advmod", "npadvmod")
_STOPS = frozenset({";", ":", "–", "—"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells an event (or works on one), by its token."""

    token: int
    cue: Cue
    is_noun: bool = False
    others: tuple[Cue, ...] = ()

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
    found = [c for c in cues if _has_needs(parse, token, c) and _has_rest(parse, token, c)]
    return Trigger(token, found[0], others=tuple(found[1:])) if found else None


def _has_needs(parse: Parse, token: int, cue: Cue) -> bool:
    needs = None if cue.frame is None else cue.frame.needs
    if needs == "infinitive":
        return any(
            parse.words[a].lower() == "to"
            for v in parse.of(token, "xcomp", "ccomp")
            for a in parse.of(v, "aux")
        )
    has_object = bool(parse.of(token, "dobj", "nsubjpass"))
    return needs is None or has_object == (needs == "object")


def _has_rest(parse: Parse, token: int, cue: Cue) -> bool:
    if not cue.rest:
        return True
    near, far = _around(parse, token)
    prepositions = event_grammar().prepositions
    return all(
        not (far if alternatives <= prepositions else near).isdisjoint(alternatives)
        for alternatives in cue.rest
    )


def _around(parse: Parse, token: int) -> tuple[frozenset[str], frozenset[str]]:
    """Return the nouns that stand with a verb – near it, as its object, or what is done – and its prepositions."""
    after = parse.words[token + 1 : token + 1 + _NEAR]
    stop = next((i for i, word in enumerate(after) if word in _STOPS), len(after))
    near = {w.lower() for w in after[:stop]}
    led = [p for head in (token, *parse.of(token, "dobj", "nsubjpass")) for p in parse.of(head, *_LEADING)]
    far = {parse.words[p].lower() for p in led} | {w.lower() for w in after[: min(stop, _NEXT)]}
    for i in range(token + 1, min(token + _NEAR, len(parse) - 2)):
        if parse.words[i + 1] == "-":
            near.add("".join(parse.words[i : i + 3]).lower())
    for obj in parse.of(token, "dobj"):
        near |= {parse.words[o].lower() for o in (obj, *parse.of(obj, "conj"))}
        near |= {parse.words[p].lower() for of in parse.of(obj, "prep") for p in parse.of(of, "pobj")}
    for prep in parse.of(token, "prep"):
        near |= {parse.words[p].lower() for p in parse.of(prep, "pobj")}
    for subject in parse.of(token, "nsubjpass"):
        low, high = parse.subtree(subject)
        near |= {w.lower() for w in parse.words[low : high + 1]}
    if parse.deps[token] in ("acl", "relcl"):
        near.add(parse.words[parse.heads[token]].lower())
    return frozenset(near), frozenset(far)


def _joined(parse: Parse, token: int) -> str:
    """Return a verb in small letters, as our cues write it: "re-opened" is reopened, "reimposed" imposed."""
    word = parse.words[token].lower()
    if token > 1 and parse.words[token - 1] == "-":
        before = parse.words[token - 2].lower()
        word = before + word if before in event_grammar().prefixes else word
    return unprefixed(word)


def _noun_at(parse: Parse, token: int) -> Trigger | None:
    if parse.deps[token] in ("compound", "amod") or _is_in_name(parse, token):
        return None
    for before, cue in noun_cues().get(parse.words[token].lower(), ()):
        if not before or tuple(w.lower() for w in parse.words[max(0, token - len(before)) : token]) == before:
            return Trigger(token, cue, True)
    return None


def _is_in_name(parse: Parse, token: int) -> bool:
    """Tell a noun that is part of a name: "the Ministry of *Cooperation*"; in a headline all words have capitals."""
    if token == 0 or not parse.tags[token].startswith("NNP") or not parse.words[token][0].isupper():
        return False
    plain = [
        w
        for w, t in zip(parse.words, parse.tags, strict=True)
        if t.startswith(("VB", "JJ", "RB", "NNS")) or t == "NN"
    ]
    return any(w[0].islower() for w in plain)


def fallback(parse: Parse, trigger: Trigger) -> Trigger | None:
    """Return what an operator tells where it works on no event: a promise, whatever is promised."""
    cue = fallbacks().get(parse.words[trigger.token].lower())
    return None if cue is None else Trigger(trigger.token, cue, trigger.is_noun)


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
