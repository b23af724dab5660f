"""The events that a sentence tells: each trigger with who acts and to whom, as the parse shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from communique.events.clauses import after, agent_of, is_passive, modal_of, objects_of, subject_of
from communique.events.fine import cameo_of, mode_of
from communique.events.roles import is_organ, is_people, role_of
from communique.events.scene import Mention, Scene
from communique.events.telling import Side, Telling
from communique.events.triggers import Trigger, carrier, find_triggers
from communique.events.turning import Turned, turned
from communique.text.clauses import is_verb, own_subject
from communique.text.syntax import Parse
from communique.vocab.events import EventLabel, Frame, event_types
from communique.vocab.events.contexts import accidents

_PRONOUNS = frozenset({"it", "they", "he", "she", "who", "which", "that", "both", "we", "i", "its", "their", "his", "her", "them", "him", "itself", "themselves"})
_SPEECH_OUT = ("said", "says", "told", "reported", "announced", "say")


@dataclass(frozen=True)
class Sentence:
    """A sentence being coded."""

    scene: Scene

    @property
    def parse(self) -> Parse:
        return self.scene.parse

    @cached_property
    def triggers(self) -> dict[int, Trigger]:
        return find_triggers(self.parse)

    @cached_property
    def states(self) -> dict[int, Turned]:
        """What each trigger that tells an event comes to, by token."""
        return {i: turned(self.parse, t, self.triggers) for i, t in self.triggers.items() if t.cue.type is not None}

    def tellings(self) -> Iterator[Telling]:
        """Yield the events told for themselves; those told aside only where there are no others."""
        plain: list[Telling] = []
        aside: list[Telling] = []
        for token, state in self.states.items():
            if state.label is None or state.covered_by is not None:
                continue
            found = list(self._told(self.triggers[token], state))
            (aside if state.aside else plain).extend(found)
        plain += self._obliged()
        yield from plain or aside

    # --- one trigger --------------------------------------------------------------------------------------------

    def _told(self, trigger: Trigger, state: Turned) -> Iterator[Telling]:
        label = state.label
        frame = trigger.cue.frame
        assert label is not None and frame is not None
        actor_head, actors = self._actors(trigger, state, frame)
        if not actors:
            return
        tokens = {trigger.token, state.verb} | ({actor_head} if actor_head is not None else set())
        about = self._about(trigger.token)
        recipients = self._recipients(trigger, state, frame, actor_head, actors, about)
        wanting = self._wanting(label, frame)
        if recipients == [None]:
            recipients = []
        mutual = frame.mutual and label in ("AGREE", "CONSULT", "COOPERATE", "SUPPORT", "REJECT", "SANCTION", "ASSAULT")
        pairs: list[tuple[Side, Side | None]]
        if recipients:
            pairs = [(a, r) for a in actors for r in recipients]
            if mutual and label in ("CONSULT", "COOPERATE", "SUPPORT", "AGREE") and len(recipients) == 1:
                pairs += [(r, a) for a in actors for r in recipients if r is not None and r.code != a.code]
        elif len(actors) > 1 and label in ("AGREE", "CONSULT", "COOPERATE", "SUPPORT", "ASSAULT", "REJECT", "SANCTION"):
            pairs = [(a, b) for a in actors for b in actors if a != b]
        elif wanting == "home" and actors[0].code not in ("IGO", "NGO", "IMG"):
            pairs = [(a, Side(a.code, None, a.id if a.id == a.code else a.code, None)) for a in actors]
        elif wanting == "none":
            pairs = [(a, None) for a in actors]
        else:
            return
        start, end = self._span(tokens, trigger, actor_head)
        base = event_types()[state.base]
        for actor, recipient in pairs:
            yield Telling(
                actor,
                recipient,
                label,
                start,
                end,
                mode=mode_of(label, state.base, frame, self.parse),
                cameo=cameo_of(label, state.base, frame, base, about),
            )

    def _wanting(self, label: EventLabel, frame: Frame) -> str:
        type_ = event_types()[label]
        return frame.wanting if frame.wanting is not None and frame in (*type_.verbs, *type_.nouns) else type_.wanting

    def _about(self, token: int) -> list[EventLabel]:
        """List the types of what a covering trigger is about."""
        return [s.base for s in self.states.values() if s.covered_by == token]

    # --- who acts -----------------------------------------------------------------------------------------------

    def _actors(self, trigger: Trigger, state: Turned, frame: Frame) -> tuple[int | None, list[Side]]:
        parse = self.parse
        if trigger.is_noun and state.verb == trigger.token:
            return self._doers(trigger.token, frame)
        head = self._acting(state.verb)
        if head is None and state.verb != trigger.token and not trigger.is_noun:
            head = self._acting(trigger.token)
        if head is None:
            if trigger.is_noun:
                found = self._doers(trigger.token, frame)
                if found[1]:
                    return found
            return None, self._unnamed(state, frame)
        sides = self.sides_of(head, state.sayer)
        if not sides and parse.words[head].lower() not in _PRONOUNS and frame.by == "place":
            return head, self._by_place()
        return head, sides

    def _acting(self, verb: int) -> int | None:
        if not is_verb(self.parse, verb):
            subject = subject_of(self.parse, verb) if self.parse.deps[verb] in ("acomp", "xcomp") else None
            return subject if subject is not None else self._bearer(verb)
        if is_passive(self.parse, verb):
            return agent_of(self.parse, verb)
        return subject_of(self.parse, verb)

    def _bearer(self, noun: int) -> int | None:
        """Return who has a plan, an effort, a wish: its owner, or the subject of the verb whose object it is."""
        for child in self.parse.of(noun, "poss", "compound", "amod", "nmod"):
            if self.scene.mention_at(child) is not None:
                return child
        head = self.parse.heads[noun]
        if is_verb(self.parse, head) and self.parse.deps[noun] in ("dobj", "attr", "acomp"):
            return subject_of(self.parse, head)
        return None

    def _doers(self, noun: int, frame: Frame) -> tuple[int | None, list[Side]]:
        """Return who does what a bare noun tells: "Israel's attack", "talks between …", "a protest by …"."""
        parse, scene = self.parse, self.scene
        for child in parse.of(noun, "poss", "amod", "compound", "nmod"):
            if (sides := scene.sides(child)) and not (m := scene.mention_at(child)) is None:
                if not m.is_place:
                    return child, sides
        for preposition in ("by", "between", "among", "from", "of"):
            if preposition == "of" and "of" in frame.to:
                continue
            for pobj in after(parse, noun, preposition):
                if sides := self.sides_of(pobj, None):
                    return pobj, sides
        return None, self._by_place() if frame.by == "place" else []

    def _unnamed(self, state: Turned, frame: Frame) -> list[Side]:
        """Return who acts where nobody is named: those of the place, for what is done there by some power or other."""
        if frame.by == "place":
            return self._by_place()
        deeds = ("COERCE", "CONCEDE", "RETREAT", "SANCTION", "PROTEST", "ASSAULT", "MOBILIZE")
        if state.label not in deeds or not is_verb(self.parse, state.verb) or not is_passive(self.parse, state.verb):
            return []
        home = self.home()
        return [] if home is None or self._by_nature else [Side(home.code, None, home.id, home.name)]

    @cached_property
    def _by_nature(self) -> bool:
        """Tell a sentence of storms, accidents and fires, in which what is destroyed is destroyed by nobody."""
        return not accidents().isdisjoint(w.lower() for w in self.parse.words)

    def _by_place(self) -> list[Side]:
        """Return the state in which the sentence plays, where nobody is named who acts."""
        place = None if self._by_nature else self._located()
        return [] if place is None else [Side(place.code, None, place.id or place.code, place.name)]

    def _located(self) -> Side | None:
        parse = self.parse
        placed = [m for m in self.scene.mentions if self._is_location(m)]
        if placed:
            return placed[0].side
        return None

    def _is_location(self, mention: Mention) -> bool:
        before = self.parse.words[max(0, mention.first - 5) : mention.first]
        for word in reversed(before):
            lower = word.lower()
            if lower in ("in", "near", "at", "outside", "inside", "into", "across", "around", "throughout", "from"):
                return True
            if lower in ("of", "by", "with", "and", "to", "against", ",", "for", "on", "between") or self.parse.tags[parse_index(self.parse, mention, word)].startswith("VB"):
                return mention.is_place and lower in ("of", ",", "and")
        return False

    # --- whom a phrase stands for ---------------------------------------------------------------------------------

    def sides_of(self, head: int, sayer: int | None = None) -> list[Side]:
        """Return whom a noun phrase stands for; one that names nobody but says "police" means those of the place."""
        parse, scene = self.parse, self.scene
        if is_verb(parse, head) and (subject := own_subject(parse, head)) is not None:
            head = subject
        word = parse.words[head].lower()
        if word in _PRONOUNS and parse.tags[head] not in ("NNP", "NN"):
            return self._meant(head, sayer)
        if sides := scene.sides(head):
            return sides
        for one in scene.heads(head):
            if is_organ(parse, one) or is_people(parse, one) or self._is_name(one):
                home = self.home()
                if home is not None:
                    return [Side(home.code, role_of(parse, one), home.id, home.name)]
        return []

    def _is_name(self, head: int) -> bool:
        """Tell a person or a body whose state nobody names, from a thing."""
        start = self.parse.starts[head]
        return any(n.start <= start < n.end for n in self.scene.page.named_in(self.scene.sentence.start, self.scene.sentence.end))

    def _meant(self, head: int, sayer: int | None) -> list[Side]:
        parse = self.parse
        if sayer is not None and sayer < head and parse.words[sayer].lower() not in _PRONOUNS:
            if sides := self.sides_of(sayer):
                return sides
        for verb in range(head - 1, -1, -1):
            if is_verb(parse, verb) and (subject := own_subject(parse, verb)) is not None and subject < head:
                if parse.words[subject].lower() not in _PRONOUNS and (sides := self.scene.sides(subject)):
                    return sides
        earlier = [m for m in self.scene.mentions if m.last < head and not m.is_place]
        if earlier:
            return [earlier[0].side]
        return list(self.scene.before)

    def home(self) -> Side | None:
        """Return the state in which a sentence plays: where it happens, else the only one it names, else the last."""
        reporter = self._reporters
        if (place := self._located()) is not None:
            return place
        named = [m.side for m in self.scene.mentions if not any(low <= m.first <= high for low, high in reporter)]
        states = {s.code: s for s in named if s.code not in ("IGO", "NGO", "IMG")}
        if len(states) == 1:
            return next(iter(states.values()))
        if not named and self.scene.before:
            return self.scene.before[0]
        return None

    @cached_property
    def _reporters(self) -> list[tuple[int, int]]:
        """The words that name who only reports: "…, police sources said", "according to the Canadian Press"."""
        parse = self.parse
        out: list[tuple[int, int]] = []
        for i, trigger in self.triggers.items():
            if trigger.cue.kind == "report" and is_verb(parse, i):
                subject = own_subject(parse, i)
                if subject is not None and subject not in self._speakers:
                    out.append(parse.subtree(subject))
        for i, word in enumerate(parse.words):
            if word.lower() == "according" and parse.children[i]:
                out.append(parse.subtree(i))
        return out

    @cached_property
    def _speakers(self) -> set[int]:
        """The subjects of saying that act themselves in what they say ("Syria said it would …")."""
        return {s.sayer for s in self.states.values() if s.sayer is not None and s.sayer < min(self.states)}

    # --- to whom --------------------------------------------------------------------------------------------------

    def _recipients(
        self,
        trigger: Trigger,
        state: Turned,
        frame: Frame,
        actor_head: int | None,
        actors: Sequence[Side],
        about: Sequence[EventLabel],
    ) -> list[Side]:
        barred = self._barred(actor_head)
        for head in self._slots(trigger, state, frame):
            if head == actor_head:
                continue
            if sides := self._received(head, actors, barred):
                return sides
        low, high = self._complement(trigger, state)
        inner = [m for m in self.scene.within(low, high) if not any(a <= m.first <= b for a, b in barred) and m.first > trigger.token]
        other = [m for m in inner if m.side.code not in {a.code for a in actors} and not m.is_place]
        other = other or [m for m in inner if m.side.code not in {a.code for a in actors}]
        if other:
            return [_with_role(other[0].side, role_of(self.parse, self._head_of(other[0])))]
        if inner:
            return [inner[0].side]
        return []

    def _head_of(self, mention: Mention) -> int:
        """Return the noun that a name describes: "soldiers" of "Israeli soldiers"."""
        at = mention.last
        while self.parse.deps[at] in ("amod", "compound", "poss", "nmod") and self.parse.heads[at] != at:
            at = self.parse.heads[at]
        return at

    def _received(self, head: int, actors: Sequence[Side], barred: Sequence[tuple[int, int]]) -> list[Side]:
        if any(a <= head <= b for a, b in barred):
            return []
        word = self.parse.words[head].lower()
        if word in _PRONOUNS:
            return []
        sides = self.scene.sides(head)
        if sides:
            others = [s for s in sides if s.code not in {a.code for a in actors}]
            return others or sides[:1]
        if is_people(self.parse, head) or is_organ(self.parse, head) or self._is_name(head):
            own = next((a for a in actors if a.code not in ("IGO", "NGO", "IMG")), None)
            low, high = self.parse.subtree(head)
            if own is not None and not self.scene.within(low, high):
                return [Side(own.code, role_of(self.parse, head), own.id if own.id == own.code else own.code, own.name)]
        return []

    def _slots(self, trigger: Trigger, state: Turned, frame: Frame) -> Iterator[int]:
        """Yield the heads of the phrases where a frame says that its recipient stands."""
        parse, token = self.parse, trigger.token
        hosts = [token] if state.verb == token else [token, state.verb]
        if trigger.is_noun and (verb := carrier(parse, token)) is not None and verb not in hosts:
            hosts.append(verb)
        for slot in frame.to:
            if slot == "object":
                if not trigger.is_noun:
                    yield from objects_of(parse, token)
            elif slot == "clause":
                yield from self._demanded(token)
            else:
                for host in hosts:
                    yield from after(parse, host, slot)

    def _demanded(self, verb: int) -> Iterator[int]:
        """Yield the subject of what is demanded: "demanded that *Israel* withdraw", "urged *Japan* to sign"."""
        parse = self.parse
        for child in parse.of(verb, "ccomp", "xcomp", "dep"):
            subject = own_subject(parse, child)
            if subject is not None:
                yield subject
        for obj in parse.of(verb, "dobj"):
            for child in parse.of(obj, "acl", "relcl", "ccomp"):
                subject = own_subject(parse, child)
                if subject is not None and parse.words[subject].lower() not in _PRONOUNS:
                    yield subject

    def _complement(self, trigger: Trigger, state: Turned) -> tuple[int, int]:
        """Return the first and last token of what hangs on a trigger."""
        low, high = self.parse.subtree(trigger.token)
        if trigger.is_noun and (verb := carrier(self.parse, trigger.token)) is not None:
            high = max(high, self.parse.subtree(verb)[1])
        for child in self.parse.of(trigger.token, "conj"):
            if is_verb(self.parse, child) and own_subject(self.parse, child) is not None:
                high = min(high, self.parse.subtree(child)[0] - 1)
        return min(low, trigger.token), max(high, trigger.token)

    def _barred(self, actor_head: int | None) -> list[tuple[int, int]]:
        out = list(self._reporters)
        if actor_head is not None:
            low, high = self.parse.subtree(actor_head)
            out.append((low, max(actor_head, high)))
        return out

    def _span(self, tokens: set[int], trigger: Trigger, actor_head: int | None) -> tuple[int, int]:
        """Return the offsets of the words that tell an event: from who acts to the end of what is done."""
        parse = self.parse
        low, high = min(tokens), max(tokens)
        if actor_head is not None:
            low = min(low, parse.subtree(actor_head)[0])
        high = max(high, parse.subtree(trigger.token)[1])
        low = min(low, high)
        while high > low and parse.words[high] in (".", ",", ";", "”", '"', "''", "!", "?"):
            high -= 1
        return parse.starts[low], parse.ends[high]

    # --- what others must do ----------------------------------------------------------------------------------------

    def _obliged(self) -> list[Telling]:
        """List demands put as what another must do: "Russia said that Sudan must return the helicopter"."""
        parse = self.parse
        out: list[Telling] = []
        for i, trigger in self.triggers.items():
            if trigger.cue.kind != "report" or not is_verb(parse, i):
                continue
            sayer = own_subject(parse, i)
            for said in parse.of(i, "ccomp"):
                subject = own_subject(parse, said)
                if sayer is None or subject is None or modal_of(parse, said) != "must":
                    continue
                actors, recipients = self.sides_of(sayer), self.scene.sides(subject)
                if not actors or parse.words[subject].lower() in _PRONOUNS:
                    continue
                if not recipients and (is_organ(parse, subject) or is_people(parse, subject)):
                    recipients = actors[:1]
                start, end = parse.starts[parse.subtree(sayer)[0]], parse.ends[parse.subtree(said)[1]]
                out += [Telling(a, r, "REQUEST", start, end, cameo="100") for a in actors for r in recipients]
        return out


def parse_index(parse: Parse, mention: Mention, word: str) -> int:
    for i in range(mention.first - 1, -1, -1):
        if parse.words[i] == word:
            return i
    return mention.first


def _with_role(side: Side, role: str | None) -> Side:
    return side if role is None or side.role not in (None, "GOV") else Side(side.code, role, side.id, side.name)
