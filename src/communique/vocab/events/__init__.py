"""The types of events, one TOML file each, and the words by which they are found in a sentence.

A verb's cue is written with its lemma first; the words after it must stand with the verb in any form and any order,
with alternatives between slashes: "impose sanction/embargo". A noun's cue is one or more words, singular.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import Literal, get_args

import msgspec

from communique.errors import VocabularyError
from communique.model import Struct
from communique.vocab.events.grammar import event_grammar
from communique.vocab.inflection import forms
from communique.vocab.loading import load, names

EventLabel = Literal[
    "ACCUSE",
    "AGREE",
    "AID",
    "ASSAULT",
    "COERCE",
    "CONCEDE",
    "CONSULT",
    "COOPERATE",
    "MOBILIZE",
    "PROTEST",
    "REJECT",
    "REQUEST",
    "RETREAT",
    "SANCTION",
    "SUPPORT",
    "THREATEN",
]
Conduct = Literal["cooperation", "conflict", "speech"]
Wanting = Literal["named", "home", "none"]
Kind = Literal["report", "plan", "promise", "prepare", "end", "fail", "do", "unreal"]


class Mode(Struct, frozen=True):
    """A way in which a type of event is done; ``words`` of the sentence show it."""

    name: str
    definition: str
    words: tuple[str, ...] = ()
    cameo: str | None = None


class Frame(Struct, frozen=True):
    """Words that tell an event, and where its recipient stands.

    ``to`` lists places in order: "object", "clause" (the subject of what is demanded or said), or a preposition.
    ``wanting`` says what follows where no recipient is named: no event ("named"), the actor's own country ("home"),
    or an event without recipient ("none"). ``covers``: what stands in its complement is no event of its own.
    ``by`` says who acts: its subject, or ("place") where nobody does, the state in which it happens. ``mutual``:
    those named together do it to each other. ``needs``: it tells an event only with an
    infinitive ("told them to leave"), with an object, or without one.
    ``fallback``: it tells an event only where no other hangs on it ("promised to modernise").
    ``strict``: its recipient stands where ``to`` says, by its own name, or nowhere.
    ``who``: the roles that an actor must have, where not everyone's deed is meant.
    """

    cues: tuple[str, ...]
    to: tuple[str, ...] = ("object",)
    wanting: Wanting | None = None
    covers: bool = False
    by: Literal["subject", "place"] = "subject"
    mutual: bool = False
    needs: Literal["infinitive", "object", "no object"] | None = None
    who: tuple[str, ...] = ()
    fallback: bool = False
    strict: bool = False
    mode: str | None = None
    cameo: str | None = None


class Example(Struct, frozen=True):
    """A sentence of our own that tells the event, as ``actor TYPE recipient``."""

    text: str
    event: str


class CounterExample(Struct, frozen=True):
    """A sentence that looks like the event and tells none."""

    text: str


class EventType(Struct, frozen=True):
    """One type of event, as its file tells it.

    ``ended`` is what stopping it comes to: aid stopped is SANCTION. ``about`` has finer CAMEO codes for what is
    agreed, asked, refused or threatened, by its type.
    """

    label: EventLabel
    definition: str
    cameo: str
    conduct: Conduct
    wanting: Wanting
    ended: EventLabel | None = None
    about: dict[EventLabel, str] = msgspec.field(default_factory=dict)
    modes: tuple[Mode, ...] = ()
    verbs: tuple[Frame, ...] = ()
    nouns: tuple[Frame, ...] = ()
    examples: tuple[Example, ...] = ()
    not_: tuple[CounterExample, ...] = msgspec.field(default=(), name="not")


class Operator(Struct, frozen=True):
    """Verbs and nouns that turn the event in their complement into another, or leave it as it is."""

    kind: Kind
    definition: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


class _Operators(Struct, frozen=True):
    operators: tuple[Operator, ...]
    light: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue ready for finding: the words that must stand with the one that leads it, each with its alternatives."""

    type: EventType | None
    frame: Frame | None
    kind: Kind | None
    rest: tuple[frozenset[str], ...]


@cache
def event_types() -> dict[EventLabel, EventType]:
    """Load every type, by label. Raises VocabularyError where a file's label is not its name, or one has no file."""
    found: dict[EventLabel, EventType] = {}
    for path in names("events/types"):
        file = load(path, EventType)
        if file.label.lower() != PurePath(path).stem:
            raise VocabularyError(f"{path}: label is {file.label!r}; it must be the file's name")
        found[file.label] = file
    if missing := set(get_args(EventLabel)) - set(found):
        raise VocabularyError(f"events/types/: no file for {', '.join(sorted(missing))}")
    return found


@cache
def operators() -> tuple[Operator, ...]:
    return load("events/operators.toml", _Operators).operators


@cache
def light_verbs() -> frozenset[str]:
    """Return every form of the verbs that only carry a noun: "hold" talks, "launch" an attack."""
    return frozenset(f for v in load("events/operators.toml", _Operators).light for f in forms(v))


@cache
def verb_cues() -> dict[str, tuple[Cue, ...]]:
    """Index the cues of verbs by every form of the verb, those with most words first."""
    index: dict[str, list[Cue]] = {}
    for type_ in event_types().values():
        for frame in type_.verbs:
            for words in () if frame.fallback else frame.cues:
                _enter(index, words, type_, frame, None)
    for operator in operators():
        for words in operator.verbs:
            _enter(index, words, None, None, operator.kind)
    return {form: tuple(sorted(found, key=_weight)) for form, found in index.items()}


@cache
def fallbacks() -> dict[str, Cue]:
    """Index, by each form, the words that tell an event only where no other hangs on them."""
    found = [
        (f, t, w) for t in event_types().values() for f in (*t.verbs, *t.nouns) if f.fallback for w in f.cues
    ]
    return {
        form: Cue(type_, frame, None, ()) for frame, type_, word in found for form in (*forms(word), word)
    }


def _weight(cue: Cue) -> tuple[int, int, int]:
    """Order cues: those that ask for most words first, for nouns before prepositions, for an infinitive before none."""
    nouns = sum(any(len(w) > 4 for w in alternatives) for alternatives in cue.rest)
    needs = cue.frame is not None and cue.frame.needs is not None
    return -len(cue.rest), -nouns, -needs


def _enter(
    index: dict[str, list[Cue]], words: str, type_: EventType | None, frame: Frame | None, kind: Kind | None
) -> None:
    lead, *rest = words.split()
    alternatives = tuple(_alternatives(r) for r in rest)
    for form in forms(lead):
        index.setdefault(form, []).append(Cue(type_, frame, kind, alternatives))


def _alternatives(words: str) -> frozenset[str]:
    fixed = event_grammar().prepositions
    return frozenset(w for a in words.split("/") for w in ((a,) if a in fixed else number_forms(a)))


@cache
def noun_cues() -> dict[str, tuple[tuple[tuple[str, ...], Cue], ...]]:
    """Index the cues of nouns by their last word, in both numbers, with the words that stand before it."""
    index: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    for type_ in event_types().values():
        for frame in type_.nouns:
            for words in () if frame.fallback else frame.cues:
                *before, last = words.replace("-", " - ").split()
                for form in number_forms(last):
                    index.setdefault(form, []).append((tuple(before), Cue(type_, frame, None, ())))
    for operator in operators():
        for words in operator.nouns:
            *before, last = words.replace("-", " - ").split()
            for form in number_forms(last):
                index.setdefault(form, []).append((tuple(before), Cue(None, None, operator.kind, ())))
    return {form: tuple(sorted(found, key=lambda f: -len(f[0]))) for form, found in index.items()}


def unprefixed(word: str) -> str:
    """Return a verb's form without a "re" that our cues know only without: "reimposed"."""
    return word[2:] if word.startswith("re") and word not in verb_cues() and word[2:] in verb_cues() else word


def number_forms(noun: str) -> tuple[str, ...]:
    """Return a noun's singular, as given, and its plural."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun, noun[:-1] + "ies"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun, noun + "es"
    if noun.endswith("man"):
        return noun, noun[:-3] + "men"
    return noun, noun + "s"
