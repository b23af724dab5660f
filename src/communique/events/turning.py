"""How an event changes with what it hangs on: aid promised is AGREE, aid refused REJECT, aid suspended SANCTION."""

from __future__ import annotations

from dataclasses import dataclass, replace

from communique.events.clauses import is_negated, modal_of
from communique.events.triggers import Trigger, carrier
from communique.text.clauses import is_verb, own_subject
from communique.text.syntax import Parse
from communique.vocab.events import Conduct, EventLabel, Kind, event_types
from communique.vocab.events.grammar import event_grammar

_COMPLEMENTS = ("xcomp", "ccomp", "pcomp", "dobj", "attr", "oprd", "acomp", "nsubjpass", "dative")


@dataclass(frozen=True, slots=True)
class Turned:
    """What an event comes to: its type (None: none at all), the verb whose subject acts, who says it, and how sure
    it is that it is told for itself (``aside``: in a relative clause or a bare noun). ``worked``: the operators
    over it; ``denied``: that it did not happen.
    """

    label: EventLabel | None
    verb: int
    base: EventLabel
    sayer: int | None = None
    covered_by: int | None = None
    aside: bool = False
    worked: tuple[int, ...] = ()
    denied: bool = False


def turned(parse: Parse, trigger: Trigger, triggers: dict[int, Trigger]) -> Turned:
    """Follow what a trigger hangs on to the top of its sentence."""
    type_ = trigger.cue.type
    assert type_ is not None
    state = Turned(type_.label, trigger.token, type_.label)
    at = trigger.token
    if trigger.is_noun:
        verb = carrier(parse, at)
        if verb is not None and verb not in triggers:
            state, at = replace(_moded(parse, verb, state), verb=verb), verb
    else:
        state = _moded(parse, at, state)
    return _climb(parse, at, state, trigger, triggers)


def _climb(parse: Parse, at: int, state: Turned, trigger: Trigger, triggers: dict[int, Trigger]) -> Turned:
    steps = 0
    while state.label is not None and parse.heads[at] != at and steps < 20:
        steps += 1
        dep, head = parse.deps[at], parse.heads[at]
        if dep == "pobj" or (dep == "pcomp" and parse.deps[head] == "prep"):
            at = head
            continue
        above = triggers.get(head)
        if (
            dep in _COMPLEMENTS
            or (dep in ("prep", "agent") and _is_fixed(above))
            or _is_infinitive(parse, at)
        ):
            protests = dep == "advcl" and trigger.cue.type is not None and trigger.cue.type.label == "PROTEST"
            if above is not None and above.cue.type is not None and not protests and _covers(above, dep):
                return replace(state, covered_by=head)
            if above is not None and above.cue.kind is not None:
                state = replace(_worked(parse, head, above.cue.kind, state), worked=(*state.worked, head))
            elif is_verb(parse, head):
                state = _passed(parse, head, dep, state)
            at = head
        elif dep == "advcl":
            marks = {parse.words[m].lower() for m in parse.of(at, "mark", "advmod")}
            if marks & event_grammar().conditions:
                return replace(state, label=None, covered_by=head if above is not None else None)
            if marks and parse.tags[at] != "VBG":
                state = replace(state, aside=True)
            at = head
        elif dep == "conj":
            at = head
        elif dep in ("relcl", "acl"):
            if _hangs_on_operator(parse, head, triggers):
                state = _worked(parse, head, triggers[head].cue.kind or "do", state)
                state = replace(state, worked=(*state.worked, head))
                at = head
                continue
            return replace(state, aside=True)
        elif (
            dep == "nsubj"
            and trigger.is_noun
            and (modal_of(parse, head) is not None or is_negated(parse, head))
        ):
            return replace(state, label=None)  # "a war would be a disaster"
        elif dep in ("prep", "agent", "appos", "nsubj", "compound", "poss"):
            return replace(state, aside=state.aside or not (dep == "nsubj" and trigger.is_noun))
        else:
            break
    return state


def _covers(above: Trigger, dep: str) -> bool:
    frame = above.cue.frame
    return frame is not None and (
        frame.covers or above.is_noun or dep in ("dobj", "nsubjpass", "prep", "pcomp")
    )


def _is_fixed(above: Trigger | None) -> bool:
    return above is not None and (
        above.cue.kind in ("end", "fail", "prepare", "plan", "do")
        or (above.cue.frame is not None and above.cue.frame.covers)
    )


def _is_infinitive(parse: Parse, at: int) -> bool:
    """Tell "plans to attack", "prepared to meet": an infinitive that says what the word before it is about."""
    return parse.deps[at] in ("acl", "advcl") and any(
        parse.words[a].lower() == "to" for a in parse.of(at, "aux")
    )


def _hangs_on_operator(parse: Parse, head: int, triggers: dict[int, Trigger]) -> bool:
    above = triggers.get(head)
    return above is not None and above.cue.kind is not None


def _moded(parse: Parse, verb: int, state: Turned) -> Turned:
    """Apply a verb's own negation and modal."""
    modal, negated = modal_of(parse, verb), is_negated(parse, verb)
    if modal in ("might", "must"):
        return replace(state, label=None)
    label = state.label
    if label is not None and negated:
        label = _denied(label, promised=modal == "future")
        state = replace(state, denied=modal != "future")
    elif label is not None and modal == "future":
        label = _planned(label)
    return replace(state, label=label)


def _passed(parse: Parse, verb: int, dep: str, state: Turned) -> Turned:
    """Pass a verb that is none of ours: its modal and negation count where the event is what it does."""
    if dep == "advcl" and modal_of(parse, verb) in ("might", "must"):
        return replace(state, label=None)
    if dep != "xcomp":
        return state
    state = _moded(parse, verb, state)
    return replace(state, verb=verb) if own_subject(parse, verb) is not None else state


def _worked(parse: Parse, verb: int, kind: Kind, state: Turned) -> Turned:
    """Apply an operator, and its own negation and modal."""
    if state.label is None:
        return state
    if kind == "report":
        said = own_subject(parse, verb) if is_verb(parse, verb) else None
        return replace(state, sayer=said if said is not None else state.sayer)
    label = _applied(kind, state.label)
    negated = is_verb(parse, verb) and is_negated(parse, verb)
    modal = modal_of(parse, verb) if is_verb(parse, verb) else None
    if modal in ("might", "must"):
        label = None
    if label is not None and negated:
        label = _denied(state.label, promised=kind in ("plan", "promise"))
    elif label is not None and modal == "future" and kind in ("do", "end"):
        label = _planned(label)
    return replace(state, label=label, verb=verb)


def _applied(kind: Kind, label: EventLabel) -> EventLabel | None:
    match kind:
        case "plan" | "promise":
            return _planned(label)
        case "prepare":
            return "MOBILIZE" if label == "ASSAULT" else _planned(label)
        case "end":
            return event_types()[label].ended
        case "fail":
            return "REJECT" if conduct(label) == "cooperation" else None
        case "unreal":
            return None
        case _:
            return label


def _planned(label: EventLabel) -> EventLabel:
    """What is to come is a promise where it is kind, a threat where it is not."""
    return {"cooperation": "AGREE", "conflict": "THREATEN", "speech": label}[conduct(label)]  # type: ignore[return-value]


def _denied(label: EventLabel, *, promised: bool) -> EventLabel | None:
    """What is not done: kindness withheld is a refusal, harm forsworn a promise."""
    if conduct(label) == "cooperation":
        return "REJECT"
    return "AGREE" if promised and conduct(label) == "conflict" else None


def conduct(label: EventLabel) -> Conduct:
    return event_types()[label].conduct
