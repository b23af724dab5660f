"""The speech acts, one TOML file each, and the index by which their cues are found in a sentence.

A cue is written with its verb's lemma first ("express concern"): every form of the verb is found, and what follows
may stand a few adjectives away ("expressed their deep concern"). A cue that starts with "be" is a state
("be committed"), and its second word leads.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import get_args

import msgspec

from communique.errors import VocabularyError
from communique.model import Act, Struct
from communique.vocab.inflection import forms
from communique.vocab.loading import load, names


class Example(Struct, frozen=True):
    """A sentence that performs the act, and the words that do it."""

    text: str
    cue: str


class CounterExample(Struct, frozen=True):
    """A sentence that looks like the act and is not."""

    text: str


class ActFile(Struct, frozen=True):
    """One speech act, as its file tells it. ``strength`` is 0 (says) to 3 (binds)."""

    label: Act
    definition: str
    strength: int
    plover: tuple[str, ...]
    cameo: str
    cues: tuple[str, ...]
    examples: tuple[Example, ...]
    nouns: tuple[str, ...] = ()
    not_: tuple[CounterExample, ...] = msgspec.field(default=(), name="not")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue ready for finding: ``rest`` must follow the verb; ``state`` cues need a form of "be" before them."""

    act: Act
    rest: tuple[str, ...]
    state: bool
    lemma: str

    @property
    def length(self) -> int:
        return len(self.rest) + 1 + self.state


@cache
def acts() -> dict[Act, ActFile]:
    """Load every act, by label. Raises VocabularyError where a file's label is not its name, or an act has no file."""
    found: dict[Act, ActFile] = {}
    for path in names("acts"):
        file = load(path, ActFile)
        if file.label != PurePath(path).stem:
            raise VocabularyError(f"{path}: label is {file.label!r}; it must be the file's name")
        found[file.label] = file
    if missing := set(get_args(Act)) - set(found):
        raise VocabularyError(f"acts/: no file for {', '.join(sorted(missing))}")
    return found


@cache
def cues() -> dict[str, tuple[Cue, ...]]:
    """Index every cue by each form of the word that leads it, states before verbs, longer before shorter."""
    index: dict[str, set[Cue]] = {}
    for act in acts().values():
        for text in act.cues:
            first, *rest = text.split()
            if first == "be" and rest:
                index.setdefault(rest[0], set()).add(Cue(act.label, tuple(rest[1:]), True, rest[0]))
            else:
                for form in forms(first):
                    index.setdefault(form, set()).add(Cue(act.label, tuple(rest), False, first))
    return {
        form: tuple(sorted(found, key=lambda c: (not c.state, -c.length, c.act, c.lemma, c.rest)))
        for form, found in index.items()
    }


@cache
def noun_cues() -> dict[str, Act]:
    """Index the nouns that perform an act when somebody's: "the ROK's commitment to …"."""
    return {noun: act.label for act in acts().values() for noun in act.nouns}
