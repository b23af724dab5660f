"""What stands around an event's word in its sentence: subject, objects, prepositions, and what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator

from communique.text.clauses import RELATIVE_PRONOUNS, auxiliaries, is_verb, own_subject
from communique.text.syntax import Parse
from communique.vocab.events.grammar import event_grammar
from communique.vocab.grammar import grammar

_PASSIVE = ("auxpass", "nsubjpass")
# A verb that hangs so on another has its subject.
_SHARING = ("conj", "advcl", "ccomp", "dep", "parataxis", "pcomp", "aux", "prep", "pobj", "agent")


def is_passive(parse: Parse, verb: int) -> bool:
    """Tell "were attacked" and "troops deployed in": what is done, not who does it, stands before the verb."""
    if parse.words[verb].lower() in event_grammar().states and not agent_of(parse, verb):
        return False
    if parse.of(verb, *_PASSIVE):
        return True
    if parse.deps[verb] == "conj" and parse.tags[verb] == "VBN" and own_subject(parse, verb) is None:
        head = parse.heads[verb]
        return (
            is_verb(parse, head)
            and parse.tags[head] == "VBN"
            and is_passive(parse, head)
            and not parse.of(verb, "dobj")
        )
    return (
        parse.tags[verb] == "VBN"
        and parse.deps[verb] in ("acl", "relcl", "advcl")
        and not parse.of(verb, "aux", "dobj")
    )


def subject_of(parse: Parse, verb: int) -> int | None:
    """Return the head of what stands as a verb's subject: its own, or that of the verb or noun it goes with."""
    seen: set[int] = set()
    at = verb
    while at not in seen:
        seen.add(at)
        subject = own_subject(parse, at)
        if subject is not None:
            word = parse.words[subject].lower()
            if word in RELATIVE_PRONOUNS and parse.deps[at] == "relcl":
                return parse.heads[at]
            return subject
        dep, head = parse.deps[at], parse.heads[at]
        if dep == "xcomp":
            controller = _controller(parse, head)
            if controller is not None:
                return controller
            at = head
        elif dep in ("acl", "relcl") and not is_verb(parse, head):
            if parse.tags[at] in ("VBG", "VBN", "VBD") and not _is_text(parse, head):
                return head
            return _owner(parse, head)
        elif dep in _SHARING:
            at = head
        else:
            return None
    return None


def _controller(parse: Parse, verb: int) -> int | None:
    """Return whom a verb makes do something: "ordered *troops* to leave"."""
    found = parse.of(verb, "dobj") or parse.of(verb, "nsubjpass")
    return found[0] if found and not _is_thing(parse, found[0]) else None


def _is_text(parse: Parse, noun: int) -> bool:
    return parse.words[noun].lower() in event_grammar().texts


def _is_thing(parse: Parse, noun: int) -> bool:
    return parse.words[noun].lower() in event_grammar().plans


def _owner(parse: Parse, noun: int) -> int | None:
    """Return whose plan, decision or agreement it is, where a clause hangs on that noun."""
    owned = parse.of(noun, "poss")
    if owned:
        return owned[0]
    if parse.deps[noun] in ("dobj", "attr", "pobj", "nsubjpass"):
        head = parse.heads[noun]
        while parse.deps[head] in ("prep", "pobj"):
            head = parse.heads[head]
        return subject_of(parse, head) if is_verb(parse, head) else None
    return None


def agent_of(parse: Parse, verb: int) -> int | None:
    """Return who does what is done: "by the army"."""
    for by in parse.of(verb, "agent", "prep"):
        if parse.words[by].lower() == "by":
            for pobj in parse.of(by, "pobj"):
                return pobj
    return None


def objects_of(parse: Parse, verb: int) -> list[int]:
    """List a verb's objects; where it has none, those of a verb joined to it that it shares."""
    found = parse.of(verb, "dobj", "dative", "iobj")
    if found or not is_passive(parse, verb):
        if not found:
            joined = [v for v in parse.of(verb, "conj") if v - verb <= 3 and own_subject(parse, v) is None]
            return [o for v in joined for o in parse.of(v, "dobj") if not _after_prep(parse, verb)]
        plain = [o for o in found if parse.tags[o] != "IN"]
        led = [p for o in found if parse.tags[o] == "IN" for p in parse.of(o, "pobj")]
        return plain + led + _passive_subject(parse, verb)  # "Peru was granted a loan"
    if subject := _passive_subject(parse, verb):
        return subject
    if parse.deps[verb] in ("acl", "relcl") and not is_verb(parse, parse.heads[verb]):
        return [parse.heads[verb]]
    if parse.deps[verb] == "conj":
        return objects_of(parse, parse.heads[verb])
    return []


def _passive_subject(parse: Parse, verb: int) -> list[int]:
    subject = parse.of(verb, "nsubjpass")
    relative = bool(subject) and parse.words[subject[0]].lower() in RELATIVE_PRONOUNS
    return [parse.heads[verb]] if relative and parse.deps[verb] == "relcl" else subject


def _after_prep(parse: Parse, verb: int) -> bool:
    return bool(parse.of(verb, "prep"))


def after(parse: Parse, head: int, preposition: str) -> Iterator[int]:
    """Yield what stands after a preposition that hangs on a word, its particle or its object."""
    low = head
    for prep in _prepositions(parse, head):
        if parse.words[prep].lower() == preposition and prep > low:
            yield from parse.of(prep, "pobj", "pcomp")
            for inner in parse.of(prep, "prep"):  # "against" in "out against", "up to"
                yield from parse.of(inner, "pobj")


def _prepositions(parse: Parse, head: int) -> Iterator[int]:
    for child in parse.children[head]:
        dep = parse.deps[child]
        if dep in ("prep", "agent", "dative", "prt", "advmod"):
            yield child
            yield from (c for c in parse.of(child, "prep"))
        elif dep in ("dobj", "attr", "nsubjpass", "oprd", "pobj"):
            yield from _prepositions(parse, child)
    for child in parse.of(head, "prep"):
        for pobj in parse.of(child, "pobj"):
            yield from _prepositions(parse, pobj)


def is_negated(parse: Parse, verb: int) -> bool:
    """Tell "did not agree", "no longer accepts", "never met"."""
    for child in parse.children[verb]:
        word = parse.words[child].lower()
        if parse.deps[child] == "neg" or word in event_grammar().denying:
            return True
        if word == "longer" and child and parse.words[child - 1].lower() == "no":
            return True
    objects = parse.of(verb, "dobj", "nsubjpass")
    return any(parse.words[d].lower() == "no" for o in objects for d in parse.of(o, "det"))


def modal_of(parse: Parse, verb: int) -> str | None:
    """Return what kind of modal a verb has: "future", "might", "must"; None where it tells a fact."""
    words = {parse.words[a].lower() for a in auxiliaries(parse, verb)}
    classes = event_grammar()
    if words & classes.owed:
        return "must"
    would = words & classes.would
    if words & classes.possible or (would and words & classes.perfect):
        return "might"
    if would or words & grammar().future:
        return "future"
    return _semi_modal(parse, verb)


def _semi_modal(parse: Parse, verb: int) -> str | None:
    """Read "is to meet", "is going to meet", "has to leave" off the verb above."""
    if parse.deps[verb] != "xcomp" or not any(parse.words[a].lower() == "to" for a in parse.of(verb, "aux")):
        return None
    above = parse.words[parse.heads[verb]].lower()
    if above in event_grammar().having and not parse.of(parse.heads[verb], "dobj"):
        return "must"
    if above in event_grammar().due:
        return "future"
    return None
