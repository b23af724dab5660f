"""The events that a sentence tells: each trigger with who acts and to whom, as the parse shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from communique.events.clauses import after, agent_of, is_passive, modal_of, objects_of, subject_of
from communique.events.contexts import contexts_of, is_elsewhere, is_historical
from communique.events.fine import cameo_of, mode_of
from communique.events.model import STATELESS
from communique.events.participants import Participants, reporters
from communique.events.roles import is_pronoun, role_of
from communique.events.scene import Mention, Scene
from communique.events.telling import Side, Telling
from communique.events.triggers import Trigger, carrier, fallback, find_triggers
from communique.events.turning import Turned, turned
from communique.text.clauses import is_verb, own_subject
from communique.text.syntax import Parse
from communique.vocab.events import Cue, EventLabel, Frame, event_types
from communique.vocab.events.actors import private_words
from communique.vocab.events.grammar import event_grammar

_MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT"})
_TOGETHER = _MUTUAL | {"ASSAULT", "REJECT", "SANCTION"}
_DONE_UNNAMED = frozenset(
    {"ACCUSE", "COERCE", "CONCEDE", "RETREAT", "SANCTION", "PROTEST", "ASSAULT", "MOBILIZE"}
)
# What is done with or for another country, unless words say otherwise: leaders met are no leaders of one's own.
_ABROAD = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
# Where something is done tells whom it is done to ("troops deployed in Chad"), but not who is praised or blamed.
_NOT_THERE = frozenset({"SUPPORT", "ACCUSE", "COOPERATE", "CONSULT"})
_MOST = 6  # more who act together do it to nobody in particular

Spoken = Mapping[int, tuple[Side, ...]]


@dataclass(frozen=True)
class Sentence:
    """A sentence being coded. ``spoken``: who performs the acts found by its reading, by where their cues start."""

    scene: Scene
    spoken: Spoken = field(default_factory=dict)

    @property
    def parse(self) -> Parse:
        return self.scene.parse

    @cached_property
    def triggers(self) -> dict[int, Trigger]:
        return find_triggers(self.parse)

    @cached_property
    def states(self) -> dict[int, Turned]:
        """What each trigger that tells an event comes to, by token; a promise of no event is one itself."""
        found = {
            i: turned(self.parse, t, self.triggers)
            for i, t in self.triggers.items()
            if t.cue.type is not None
        }
        worked = {token for state in found.values() for token in state.worked}
        for token, trigger in list(self.triggers.items()):
            alone = (
                None if token in worked or trigger.cue.kind != "promise" else fallback(self.parse, trigger)
            )
            if alone is not None and self._is_about_something(token):
                self.triggers[token] = alone
                found[token] = turned(self.parse, alone, self.triggers)
        return dict(sorted(found.items()))

    def _is_about_something(self, token: int) -> bool:
        """Tell whether anything is promised: "willing to act", not "willing workers"."""
        return bool(self.parse.of(token, "xcomp", "ccomp", "dobj", "acl", "prep", "dative"))

    @cached_property
    def who(self) -> Participants:
        first = min(self.states, default=0)
        saying = {s.sayer for s in self.states.values() if s.sayer is not None and s.sayer < first}
        return Participants(self.scene, reporters(self.parse, self.triggers, saying))

    def tellings(self) -> Iterator[Telling]:
        """Yield the events told for themselves; those told aside only where there are no others."""
        words = self.scene.page.words(self.scene.sentence)
        if is_elsewhere(words) or (is_historical(words, self.scene.page.published) and not self._is_reported):
            return
        plain: list[Telling] = []
        aside: list[Telling] = []
        for token, state in self.states.items():
            if state.label is not None and state.covered_by is None:
                found = self._told(self.triggers[token], state, state.label)
                (aside if state.aside else plain).extend(found)
        plain += self._obliged()
        yield from plain or aside

    @property
    def _is_reported(self) -> bool:
        return any(t.cue.kind == "report" for t in self.triggers.values())

    # --- one trigger ----------------------------------------------------------------------------------------------

    def _told(self, trigger: Trigger, state: Turned, label: EventLabel) -> Iterator[Telling]:
        frame = trigger.frame
        head, actors = self._actors(trigger, state, frame)
        if not actors or (head is not None and self._is_private(head, trigger, state)):
            return
        if frame.who and (actors[0].role or "") not in frame.who:
            other = next((c for c in trigger.others if _fits(c, actors[0])), None)
            if other is None or other.type is None or state.label != state.base:
                return
            trigger = Trigger(trigger.token, other)
            frame, label = trigger.frame, other.type.label
            state = replace(state, label=label, base=label)
        about = [s.base for s in self.states.values() if s.covered_by == trigger.token]
        wanting = "named" if state.denied else self._wanting(label, frame)
        recipients = self._recipients(trigger, state, frame, head, actors, wanting)
        if state.denied:
            recipients = [r for r in recipients if r.code != actors[0].code]
        start, end = self._span(trigger, state, head)
        for actor, recipient in self._pairs(label, frame, wanting, actors, recipients):
            if label in _ABROAD and recipient is not None and _is_same(actor, recipient):
                continue
            yield Telling(
                actor,
                recipient,
                label,
                start,
                end,
                mode=mode_of(label, state.base, frame, self.parse),
                cameo=cameo_of(label, state.base, frame, event_types()[state.base], about),
                contexts=contexts_of(self.scene.page.words(self.scene.sentence)),
            )

    def _is_private(self, head: int, trigger: Trigger, state: Turned) -> bool:
        """Tell the deeds of field and stage, and those done to or for oneself: "injured her knee", "defends itself"."""
        parse = self.parse
        if parse.words[head].lower() in private_words():
            return True
        if state.base not in ("ASSAULT", "SUPPORT") or trigger.is_noun or not is_verb(parse, state.verb):
            return False
        if any(parse.words[o].lower() in event_grammar().reflexive for o in parse.of(state.verb, "dobj")):
            return True
        if state.base != "ASSAULT":
            return False
        owned = [
            o for o in parse.of(state.verb, "dobj") for p in parse.of(o, "poss") if parse.tags[p] == "PRP$"
        ]
        return any(not self.who.is_somebody(o) for o in owned)

    def _pairs(
        self,
        label: EventLabel,
        frame: Frame,
        wanting: str,
        actors: Sequence[Side],
        recipients: Sequence[Side],
    ) -> list[tuple[Side, Side | None]]:
        """Pair those who act with those to whom it is done; what is done together, each does to the other."""
        if recipients:
            pairs: list[tuple[Side, Side | None]] = [(a, r) for a in actors for r in recipients]
            if frame.mutual and label in _MUTUAL and len(recipients) == 1:
                pairs += [(r, a) for a in actors for r in recipients if r.code != a.code]
            return pairs
        if len(actors) > _MOST:
            return [(a, None) for a in actors]
        if len(actors) > 1 and (frame.mutual or label in _TOGETHER):
            return [(a, b) for a in actors for b in actors if a != b]
        asker = next((s for s in self.scene.before if s.code != actors[0].code), None)
        if label == "REJECT" and asker is not None:
            return [(a, asker) for a in actors]
        if wanting == "home":
            return [(a, replace(a, role=None, id=a.code)) for a in actors if a.code not in STATELESS]
        return [(a, None) for a in actors] if wanting == "none" else []

    @staticmethod
    def _wanting(label: EventLabel, frame: Frame) -> str:
        """Say what follows where no recipient is named: as the frame has it, unless its event was turned."""
        type_ = event_types()[label]
        own = frame in type_.verbs or frame in type_.nouns
        return frame.wanting if frame.wanting is not None and own else type_.wanting

    def _span(self, trigger: Trigger, state: Turned, head: int | None) -> tuple[int, int]:
        """Return the offsets of the words that tell an event: from who acts to the end of what is done."""
        parse = self.parse
        low, high = min(trigger.token, state.verb), max(state.verb, parse.subtree(trigger.token)[1])
        if head is not None:
            low, high = min(low, parse.subtree(head)[0]), max(high, head)
            if is_pronoun(parse, head) and state.sayer is not None and state.sayer < head:
                low = min(low, parse.subtree(state.sayer)[0])
        while high > low and parse.words[high] in (".", ",", ";", "”", '"', "''", "!", "?"):
            high -= 1
        return parse.starts[low], parse.ends[high]

    # --- who acts -------------------------------------------------------------------------------------------------

    def _actors(self, trigger: Trigger, state: Turned, frame: Frame) -> tuple[int | None, list[Side]]:
        """Return the head of the phrase that says who acts, and who that is."""
        if (
            trigger.is_noun
            and state.verb == trigger.token
            and self.parse.tags[trigger.token].startswith("NN")
        ):
            return self._doers(trigger.token, frame)
        head = self._acting(state.verb)
        if head is not None and self._is_anaphoric(head):
            spoken = self._speakers(trigger.token) or self._speakers(state.verb)
            if spoken or not is_pronoun(self.parse, head) or self._is_speaking(head):
                return head, list(spoken)
        if head is None and state.verb != trigger.token and not trigger.is_noun:
            head = self._acting(trigger.token)
        if head is None and trigger.is_noun:
            found = self._doers(trigger.token, frame)
            if found[1]:
                return found
        if head is None:
            return None, self._unnamed(state, frame)
        sides = self.who.of(head, state.sayer)
        if not sides and frame.by == "place" and not is_pronoun(self.parse, head):
            return head, self.who.by_place()
        return head, sides

    def _is_anaphoric(self, head: int) -> bool:
        """Tell "they", "the two leaders": those named elsewhere, whom the reading of the document knows."""
        if is_pronoun(self.parse, head):
            return True
        before = {self.parse.words[c].lower() for c in self.parse.children[head]}
        return bool(before & event_grammar().numbering) and not self.scene.sides(head)

    def _is_speaking(self, head: int) -> bool:
        """Tell "I" and "we", who are whoever speaks and nobody named before."""
        return self.parse.words[head].lower() in event_grammar().speaking

    def _speakers(self, token: int) -> tuple[Side, ...]:
        return self.spoken.get(self.parse.starts[token], ())

    def _acting(self, verb: int) -> int | None:
        parse = self.parse
        if not is_verb(parse, verb):
            subject = subject_of(parse, parse.heads[verb]) if parse.deps[verb] in ("acomp", "xcomp") else None
            return subject if subject is not None else self._bearer(verb)
        return agent_of(parse, verb) if is_passive(parse, verb) else subject_of(parse, verb)

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
            mention = scene.mention_at(child)
            if mention is not None and not mention.is_place and (sides := scene.sides(child)):
                return child, sides
        hosts = [noun, parse.heads[noun]] if parse.deps[noun] == "nsubj" else [noun]
        for preposition in event_grammar().doers:
            if preposition in ("of", "from") and preposition in frame.to:
                continue
            for host in hosts:
                preps = [p for p in parse.of(host, "prep", "agent") if parse.words[p].lower() == preposition]
                for pobj in (o for p in preps for o in parse.of(p, "pobj")):
                    if sides := self.who.of(pobj):
                        return pobj, sides
        return None, self.who.by_place() if frame.by == "place" else []

    def _unnamed(self, state: Turned, frame: Frame) -> list[Side]:
        """Return who acts where nobody is named: those of the place, for what is done there by some power or other."""
        if frame.by == "place" and state.base == "ASSAULT":
            return self.who.by_place()
        passive = is_verb(self.parse, state.verb) and is_passive(self.parse, state.verb)
        home = self.who.home() if passive and state.label in _DONE_UNNAMED else None
        return [] if home is None or self.who.by_nature else [replace(home, role=None)]

    # --- to whom --------------------------------------------------------------------------------------------------

    def _recipients(
        self,
        trigger: Trigger,
        state: Turned,
        frame: Frame,
        head: int | None,
        actors: Sequence[Side],
        wanting: str,
    ) -> list[Side]:
        own = {a.code for a in actors}
        if frame.mutual and len(actors) > 1:
            joined = [s for h in after(self.parse, trigger.token, "with") for s in self.scene.sides(h)]
            return [s for s in joined if s.code not in own]
        barred = self._barred(head, trigger)
        if state.label == "ACCUSE":
            barred += self._struck(trigger, state, frame)
        for slot in self._slots(trigger, state, frame):
            sides = (
                self._received(slot, actors, barred, abroad=state.label in _ABROAD) if slot != head else []
            )
            if frame.strict and state.label == state.base and self.scene.mention_at(slot) is None:
                sides = []
            if wanting == "none" and not self.who.is_somebody(slot):
                sides = [s for s in sides if s.code not in own]
            if sides:
                return sides
        if frame.strict:
            return []
        low, high = self._complement(trigger)
        told = [self.parse.subtree(c) for c in self.parse.of(trigger.token, "ccomp") if c < trigger.token]
        inner = [m for m in self.scene.within(low, high) if m.first > trigger.token or _in(m.first, told)]
        inner = [m for m in inner if not _in(m.first, barred)]
        if state.label in _NOT_THERE:
            inner = [m for m in inner if not self.who.is_location(m)]
        other = [m for m in inner if m.side.code not in own]
        other = [m for m in other if not m.is_place] or other
        if other:
            return [_with_role(other[0].side, role_of(self.parse, self._described(other[0])))]
        if inner and wanting == "home":
            return [inner[0].side]
        return self._others(own, barred) if own <= STATELESS else []

    def _struck(self, trigger: Trigger, state: Turned, frame: Frame) -> Iterator[tuple[int, int]]:
        """Yield the words for those to whom it was done that is blamed on others: "condemned the attack on *Kenya*"."""
        parse = self.parse
        nouns = set().union(*trigger.cue.rest)  # "brought charges against"
        for prep in range(trigger.token + 1, len(parse)):
            word, head = parse.words[prep].lower(), parse.heads[prep]
            if parse.deps[prep] != "prep" or word not in event_grammar().striking:
                continue
            own = head in (trigger.token, state.verb) or parse.words[head].lower() in nouns
            blames = word == "on" and "on" in frame.to  # "blamed the attack on Kenya"
            if not own and not blames:
                yield from (parse.subtree(struck) for struck in parse.of(prep, "pobj"))

    def _others(self, own: set[str], barred: Sequence[tuple[int, int]]) -> list[Side]:
        """Return whoever else is named: an organisation has no country of its own to act in."""
        found = [m.side for m in self.scene.mentions if m.side.code not in own and not _in(m.first, barred)]
        return found[:1]

    def _described(self, mention: Mention) -> int:
        """Return the noun that a name describes: "soldiers" of "Israeli soldiers"."""
        at = mention.last
        while self.parse.deps[at] in ("amod", "compound", "poss", "nmod") and self.parse.heads[at] != at:
            at = self.parse.heads[at]
        return at

    def _received(
        self, head: int, actors: Sequence[Side], barred: Sequence[tuple[int, int]], *, abroad: bool
    ) -> list[Side]:
        parse = self.parse
        if _in(head, barred) or is_pronoun(parse, head):
            return []
        if sides := self.scene.sides(head):
            return [s for s in sides if s.code not in {a.code for a in actors}] or sides[:1]
        for prep in parse.of(head, "prep"):
            for inner in parse.of(prep, "pobj"):
                word = parse.words[prep].lower()
                beyond = word == "with" and parse.words[head].lower() in event_grammar().borders
                concerned = beyond or word in event_grammar().concerning
                if concerned and not _in(inner, barred) and (sides := self.scene.sides(inner)):
                    return [s for s in sides if s.code not in {a.code for a in actors}] or sides[:1]
        own = next((a for a in actors if a.code not in STATELESS), None)
        if abroad or own is None or not self.who.is_somebody(head) or self.scene.within(*parse.subtree(head)):
            return []
        return [replace(own, role=role_of(parse, head), id=own.code)]

    def _slots(self, trigger: Trigger, state: Turned, frame: Frame) -> Iterator[int]:
        """Yield the heads of the phrases where a frame says that its recipient stands."""
        parse, token = self.parse, trigger.token
        hosts = [token] if state.verb == token else [token, state.verb]
        if trigger.is_noun and (verb := carrier(parse, token)) is not None and verb not in hosts:
            hosts.append(verb)
        for slot in frame.to:
            if slot == "object" and not trigger.is_noun:
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
            if (subject := own_subject(parse, child)) is not None:
                yield subject
        for obj in parse.of(verb, "dobj"):
            for child in parse.of(obj, "acl", "relcl", "ccomp"):
                subject = own_subject(parse, child)
                if subject is not None and not is_pronoun(parse, subject):
                    yield subject

    def _complement(self, trigger: Trigger) -> tuple[int, int]:
        """Return the first and last token of what hangs on a trigger, without verbs joined to it that have subjects."""
        parse = self.parse
        low, high = parse.subtree(trigger.token)
        if trigger.is_noun and (verb := carrier(parse, trigger.token)) is not None:
            high = max(high, parse.subtree(verb)[1])
        for child in parse.of(trigger.token, "conj"):
            if is_verb(parse, child) and own_subject(parse, child) is not None:
                high = min(high, parse.subtree(child)[0] - 1)
        return min(low, trigger.token), max(high, trigger.token)

    def _barred(self, head: int | None, trigger: Trigger) -> list[tuple[int, int]]:
        """List the words in which no recipient stands: those of who acts, and of who reports."""
        if head is None:
            return list(self.who.reporters)
        low, high = self.parse.subtree(head)
        if trigger.is_noun and low > trigger.token:  # "the withdrawal of Kenyan troops | from Chad"
            high = head
        return [*self.who.reporters, (low, max(head, high))]

    # --- what others must do --------------------------------------------------------------------------------------

    def _obliged(self) -> list[Telling]:
        """List demands put as what another must do: "Russia said that Sudan must return the helicopter"."""
        parse = self.parse
        out: list[Telling] = []
        for i, trigger in self.triggers.items():
            sayer = own_subject(parse, i) if trigger.cue.kind == "report" and is_verb(parse, i) else None
            for said in parse.of(i, "ccomp") if sayer is not None else ():
                if modal_of(parse, said) == "must" and (subject := own_subject(parse, said)) is not None:
                    out += self._obliging(sayer, subject, said)
        return out

    def _obliging(self, sayer: int | None, subject: int, said: int) -> Iterator[Telling]:
        parse = self.parse
        if sayer is None or is_pronoun(parse, subject):
            return
        actors, recipients = self.who.of(sayer), self.scene.sides(subject)
        if not recipients and self.who.is_somebody(subject):
            recipients = actors[:1]
        start, end = parse.starts[parse.subtree(sayer)[0]], parse.ends[parse.subtree(said)[1]]
        for actor in actors:
            for recipient in recipients:
                yield Telling(actor, recipient, "REQUEST", start, end, cameo="100")


def _fits(cue: Cue, actor: Side) -> bool:
    """Tell whether another reading of a trigger suits who acts."""
    return cue.frame is not None and (not cue.frame.who or (actor.role or "") in cue.frame.who)


def _is_same(one: Side, other: Side) -> bool:
    """Tell whether two sides are one party, not two of one country."""
    return one.code == other.code and one.id == other.id and (one.role == other.role or other.role is None)


def _in(token: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(low <= token <= high for low, high in spans)


def _with_role(side: Side, role: str | None) -> Side:
    return side if role is None or side.role not in (None, "GOV") else replace(side, role=role)
