"""Whom the phrases of a sentence stand for: named, implied by "the police", or meant by "they"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from communique.events.model import STATELESS
from communique.events.roles import is_organ, is_people, is_pronoun, role_of
from communique.events.scene import Mention, Scene
from communique.events.telling import Side
from communique.events.triggers import Trigger
from communique.text.clauses import is_verb, own_subject
from communique.text.syntax import Parse
from communique.vocab.events.contexts import accidents, violence
from communique.vocab.events.grammar import event_grammar


@dataclass(frozen=True)
class Participants:
    """The participants of one sentence. ``reporters`` are the words of those who only report."""

    scene: Scene
    reporters: tuple[tuple[int, int], ...] = ()

    @property
    def parse(self) -> Parse:
        return self.scene.parse

    def of(self, head: int, sayer: int | None = None) -> list[Side]:
        """Return whom a noun phrase stands for; one that names nobody but says "police" means those of the place."""
        parse, scene = self.parse, self.scene
        if is_verb(parse, head) and (subject := own_subject(parse, head)) is not None:
            head = subject
        if is_pronoun(parse, head) and parse.tags[head] not in ("NNP", "NN"):
            return self._meant(head, sayer)
        sides = scene.sides(head)
        if sides and (self.is_somebody(head) or not scene.is_only_placed(head)):
            return sides
        owner = [p for p in parse.of(head, "poss") if is_pronoun(parse, p)]
        if owner and self.is_somebody(head):
            return self._meant(owner[0], sayer)
        if role_of(parse, head) == "NGO":
            return [self._ngo(head)]
        if self._is_worldwide(head):
            return [self._ngo(head)]
        for one in scene.heads(head):
            if self.is_somebody(one) and (home := self.home()) is not None:
                return [replace(home, role=role_of(parse, one))]
        return []

    def _ngo(self, head: int) -> Side:
        parse = self.parse
        return Side("NGO", "NGO", None, parse.words[head]).named_at(parse.starts[head], parse.ends[head])

    def is_somebody(self, head: int) -> bool:
        """Tell people, powers and names from things."""
        return is_organ(self.parse, head) or is_people(self.parse, head) or self._is_name(head)

    def _is_name(self, head: int) -> bool:
        """Tell a person or a body whose state nobody names."""
        start, sentence = self.parse.starts[head], self.scene.sentence
        return any(n.start <= start < n.end for n in self.scene.page.named_in(sentence.start, sentence.end))

    def _is_worldwide(self, head: int) -> bool:
        """Tell a body of no state by its name: "the World Water Forum", "the International Press Institute"."""
        if self.parse.tags[head] != "NNP":
            return False
        low = min([c for c in self.parse.children[head] if self.parse.deps[c] == "compound"], default=head)
        return not event_grammar().worldwide.isdisjoint(self.parse.words[low:head])

    def _meant(self, head: int, sayer: int | None) -> list[Side]:
        """Return whom a pronoun means: who says so, the subject before it, whoever is named before, who acted last."""
        parse = self.parse
        told_by = sayer is not None and sayer < head and not is_pronoun(parse, sayer)
        if told_by and sayer is not None and (sides := self.of(sayer)):
            return sides
        for verb in range(head - 1, -1, -1):
            subject = own_subject(parse, verb) if is_verb(parse, verb) else None
            if subject is None or subject >= head or is_pronoun(parse, subject):
                continue
            if sides := self.scene.sides(subject):
                return sides
        earlier = [m for m in self.scene.mentions if m.last < head and not m.is_place]
        return [earlier[0].side] if earlier else list(self.scene.before)

    # --- where it happens ---------------------------------------------------------------------------------------

    def home(self) -> Side | None:
        """Return the state in which a sentence plays: where it happens, else the only one it names, else the last."""
        if (place := self.located()) is not None:
            return place
        named = [m for m in self.scene.mentions if not self.is_reporter(m.first)]
        states = {m.side.code: m.side for m in named if m.side.code not in STATELESS}
        if len(states) == 1:
            return next(iter(states.values()))
        return self.scene.before[0] if not named and self.scene.before else None

    def located(self) -> Side | None:
        """Return the state of the first place where the sentence says that it happens."""
        return next((m.side for m in self.scene.mentions if self.is_location(m)), None)

    def by_place(self) -> list[Side]:
        """Return the state in which the sentence plays, where nobody is named who acts."""
        words = {w.lower() for w in self.parse.words}
        place = None if self.by_nature or violence().isdisjoint(words) else self.located()
        return [] if place is None else [replace(place, role=None, id=place.id or place.code)]

    @cached_property
    def by_nature(self) -> bool:
        """Tell a sentence of storms, accidents and fires, in which what is destroyed is destroyed by nobody."""
        return not accidents().isdisjoint(w.lower() for w in self.parse.words)

    def is_reporter(self, token: int) -> bool:
        return any(low <= token <= high for low, high in self.reporters)

    def is_location(self, mention: Mention) -> bool:
        """Tell "in southern Lebanon" and "at a jail in Kabul" by the nearest word before that says how it stands."""
        classes = event_grammar()
        for i in range(mention.first - 1, max(-1, mention.first - 6), -1):
            word = self.parse.words[i].lower()
            if word in classes.locating:
                return True
            if word in classes.otherwise or self.parse.tags[i].startswith("VB"):
                return mention.is_place and word in classes.enumerating
        return False


def reporters(parse: Parse, triggers: dict[int, Trigger], saying: set[int]) -> tuple[tuple[int, int], ...]:
    """List the words that name who only reports: "…, police sources said", "according to the Canadian Press".

    ``saying``: subjects of saying that act themselves in what they say ("Syria said that it would …").
    """
    out: list[tuple[int, int]] = []
    for i, trigger in triggers.items():
        subject = own_subject(parse, i) if trigger.cue.kind == "report" and is_verb(parse, i) else None
        if subject is not None and subject not in saying:
            out.append(parse.subtree(subject))
    out += [
        parse.subtree(i) for i, w in enumerate(parse.words) if w.lower() == "according" and parse.children[i]
    ]
    return tuple(out)
