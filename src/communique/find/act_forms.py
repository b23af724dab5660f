"""The grammatical form in which a verb acts – finite, participle, purpose, passive, bullet – or that it only tells."""

from __future__ import annotations

from communique.find.act_hit import Form
from communique.text.clauses import (
    RELATIVE_PRONOUNS,
    auxiliaries,
    is_finite,
    is_verb,
    own_subject,
)
from communique.text.syntax import Parse
from communique.vocab.acts import Cue, cues
from communique.vocab.grammar import grammar


def opens_recital(parse: Parse, token: int) -> bool:
    """Tell an adjective that a recital opens with: "Deeply concerned by …;", "Determined to …, they"."""
    if parse.tags[token] not in ("VBN", "VBD", "JJ", "NNP") or parse.of(
        token, "nsubj", "aux", "auxpass", "dobj"
    ):
        return False
    before = parse.words[:token]
    if not all(w.lower().endswith("ly") or w.lower() in ("also", "and", "further") for w in before):
        return False
    return any(w in (",", ";") for w in parse.words[token + 1 :])


def clause_verb(parse: Parse, token: int, first: int) -> int:
    """Return the token on which the clause hangs: the cue's verb, or the "be" that carries its adjective."""
    if first == token or own_subject(parse, token) is not None:
        return token
    head = parse.heads[token]
    if parse.words[head].lower() in grammar().be or (is_verb(parse, head) and head == first):
        return head
    return token


def form_of(parse: Parse, verb: int, token: int) -> Form | None:
    tag = parse.tags[verb]
    if token <= 2 and opens_recital(parse, token):
        return "participle"
    passive = bool(parse.of(verb, "auxpass")) and tag == "VBN" and verb == token
    if passive and (not _is_state(parse, verb) or _it_is(parse, verb)):
        return "passive"
    if is_finite(parse, verb):
        return _finite_form(parse, verb)
    if tag == "VBG" or (verb == 0 and parse.words[0].lower().endswith("ing")):
        return _participle_form(parse, verb)
    if tag == "VB":
        return _infinitive_form(parse, verb)
    if tag == "VBN" and (parse.deps[verb] == "conj" or parse.of(verb, "dobj", "ccomp")):
        return _recovered_form(parse, verb)
    return None


def acts_as_participle(parse: Parse, verb: int, cue: Cue) -> bool:
    """Tell acts from activities: "noting that …" is said, "addressing the pandemic, supporting growth" is done."""
    if cue.lemma == "encourage":
        return False
    if cue.act in grammar().participles or cue.lemma in grammar().promising:
        return True
    recital = verb == 0 and (parse.words[-1] in (";", ",") or parse.words[0].isupper())
    return recital or (
        cue.act == "discuss" and cue.lemma == "discuss" and verb > 1 and parse.words[verb - 1].lower() == "as"
    )


def _it_is(parse: Parse, verb: int) -> bool:
    """Tell "it was agreed that …", in which nobody is named who agreed."""
    subject = own_subject(parse, verb)
    return subject is not None and parse.words[subject].lower() == "it" and bool(parse.of(verb, "ccomp"))


def _is_state(parse: Parse, verb: int) -> bool:
    return any(cue.state for cue in cues().get(parse.words[verb].lower(), ()))


def _finite_form(parse: Parse, verb: int) -> Form | None:
    dep = parse.deps[verb]
    subject = own_subject(parse, verb)
    if dep == "amod" or (dep == "conj" and subject is None and not _agrees(parse, verb)):
        return None
    if dep == "relcl" and not is_relative(parse, verb):
        return "finite"
    if dep == "relcl" and any(parse.words[a].lower() in grammar().future for a in parse.of(verb, "aux")):
        return None
    if dep == "relcl":
        return "finite" if subject is not None and _is_told_of(parse, verb, subject) else None
    if any(parse.words[m].lower() == "that" for m in parse.of(verb, "mark")):
        return "embedded" if dep in ("conj", "ccomp", "advcl") else "finite"
    if dep == "advcl" and (marks := parse.of(verb, "mark", "advmod")):
        opened = parse.words[marks[0]].lower()
        if opened in grammar().background and marks[0] < verb:
            return "embedded"
    return "finite"


def _agrees(parse: Parse, verb: int) -> bool:
    """Tell whether a joined verb carries tense with the verb it is joined to: "to mobilize …, explore" doesn't."""
    head = parse.heads[verb]
    if not is_verb(parse, head) or parse.tags[verb] in ("VBD", "VBN"):
        return True
    if parse.tags[head] == "VBD" and parse.tags[verb] == "VBZ":
        return False
    if parse.tags[head] in ("VBD", "VBN") and parse.tags[verb] in ("VBP", "VB") and not parse.of(verb, "aux"):
        lead = verb - 2 if parse.tags[verb - 1] == "RB" else verb - 1
        infinitive = any(parse.tags[i] == "TO" for i in range(head, verb))
        return parse.words[lead].lower() == "and" and not infinitive
    if parse.tags[head] in ("VB", "VBG") and parse.tags[verb] in ("VBP", "VBZ", "VB"):
        return bool(parse.of(verb, "aux"))
    if parse.tags[verb] == "VB" and any(parse.tags[i] == "TO" for i in range(head, verb)):
        return parse.tags[verb - 1] == "RB" or _says(parse, verb)
    return True


def _says(parse: Parse, verb: int) -> bool:
    """Tell whether a verb can only be said, not done: "note", "condemn"; not "support", "address"."""
    found = cues().get(parse.words[verb].lower(), ())
    return any(
        not cue.state and cue.act in grammar().participles and cue.lemma != "encourage" for cue in found
    )


def is_relative(parse: Parse, verb: int) -> bool:
    """Tell a relative clause from a main one that the parser hangs on the noun before it: "To these ends, we will"."""
    if parse.deps[verb] not in ("relcl", "acl"):
        return False
    subject = own_subject(parse, verb)
    if subject is None or parse.words[subject].lower() not in ("we", "i"):
        return True
    if subject == 0 or parse.words[subject - 1] != ",":
        return True
    low = parse.subtree(verb)[0]
    return any(parse.words[i].lower() in (*RELATIVE_PRONOUNS, "where") for i in range(low, verb))


def _is_told_of(parse: Parse, verb: int, subject: int) -> bool:
    """Tell a relative clause in which a party acts: "which the Minister underscored"; not "the region we seek"."""
    if parse.words[subject].lower() in RELATIVE_PRONOUNS:
        return False
    low = parse.subtree(verb)[0]
    return any(parse.words[i].lower() in (*RELATIVE_PRONOUNS, "where") for i in range(low, verb))


def _participle_form(parse: Parse, verb: int) -> Form | None:
    if parse.deps[verb] in ("amod", "csubj", "compound", "nsubj", "dobj", "pobj"):
        if verb and parse.words[verb - 1].lower() == "while":
            return "participle"
        return "participle" if verb == 0 and parse.deps[verb] in ("amod", "compound") else None
    if verb == 0:
        return "participle"
    before = parse.words[verb - 1].lower()
    if parse.tags[verb - 1] == "RB" and verb > 1:
        before = parse.words[verb - 2].lower()
    if before in (",", ";", "–", "—", "and", "while", "also") or (
        before == "as" and parse.words[max(0, verb - 2)].lower() == "well"
    ):
        return "participle"
    if before == "in" and verb > 1 and parse.words[verb - 2].lower() in grammar().leading:
        return "finite"
    return None


def _infinitive_form(parse: Parse, verb: int) -> Form | None:
    aux = [parse.words[a].lower() for a in parse.of(verb, "aux")]
    head = parse.heads[verb]
    if "to" in aux:
        lead = parse.words[head].lower()
        if lead in grammar().leading:
            promised = any(parse.words[a].lower() in grammar().future for a in auxiliaries(parse, head))
            return None if promised else "finite"
        if (
            lead in grammar().meeting
            and parse.tags[head] in ("VBD", "VBZ", "VBP", "VBN")
            and parse.deps[head] in ("ROOT", "conj", "ccomp")
        ):
            return "purpose"
        return None
    if verb == 0 or (verb == 1 and parse.tags[0] == "RB"):
        return "bullet"
    if parse.deps[verb] == "conj" and parse.tags[head] in ("VBP", "VBD", "VBZ"):
        return "finite" if _agrees(parse, verb) else None
    if parse.deps[verb] == "conj" and parse.tags[head] == "VB":
        above = _infinitive_form(parse, head)
        return above if above in ("purpose", "bullet") else None
    return None


def _recovered_form(parse: Parse, verb: int) -> Form | None:
    """Take a past tense that the tagger read as a participle ("…, condemned the attack and …") for what it is."""
    if auxiliaries(parse, verb):
        return "finite"
    if parse.deps[verb] in ("conj", "acl", "advcl", "dep") and parse.of(verb, "dobj", "ccomp"):
        before = parse.words[verb - 1].lower() if verb else ""
        if before in (",", "and", "also") or parse.tags[max(0, verb - 1)] == "RB":
            return "finite"
    return None


def is_reported(parse: Parse, verb: int) -> bool:
    """Tell what somebody said that they would do: "said it would pay"; not "said that it would help if …"."""
    head, subject = parse.heads[verb], own_subject(parse, verb)
    if parse.deps[verb] != "ccomp" or parse.tags[head] != "VBD" or subject is None:
        return False
    if parse.words[head].lower() not in grammar().saying and parse.words[head].lower() != "announced":
        return False
    return parse.words[subject].lower() in ("it", "they", "he", "she") and "if" not in parse.words


def stands_alone(parse: Parse, verb: int) -> bool:
    """Tell whether a joined verb has an object of its own: "reference and build on efforts" is one promise."""
    head = parse.heads[verb]
    between = [
        c
        for c in parse.children[head]
        if head < c < verb and parse.deps[c] in ("dobj", "prep", "xcomp", "ccomp", "advmod", "prt")
    ]
    return bool(between)
