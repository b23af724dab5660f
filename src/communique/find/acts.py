"""Finds speech acts: the cue, the clause it stands in, its subject, and how far the act's words reach.

The parser says what hangs on what; the vocabulary says which words act. What a party says comes out as `ActHit`
values, still without names for who speaks: `communique.link.speakers` gives them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from communique.model import Act
from communique.text.clauses import (
    RELATIVE_PRONOUNS,
    ancestors,
    auxiliaries,
    is_finite,
    is_verb,
    left_phrase,
    own_subject,
    phrase_of,
    subject_of,
)
from communique.text.syntax import Parse
from communique.vocab.acts import Cue, cues
from communique.vocab.grammar import grammar

Form = Literal["finite", "participle", "purpose", "embedded", "passive", "bullet", "noun"]

_GAP_TAGS = frozenset(
    {"DT", "PRP$", "JJ", "JJR", "JJS", "RB", "RBR", "RBS", "CC", "VBN", "VBG", "NNP", "NNPS", "POS", "HYPH"}
)
_GAP = 7
_WORDS = re.compile(r"[’']?[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class ActHit:
    """An act found in a sentence. ``verb`` is the token that leads, ``subject`` the tokens of who speaks.

    ``foretold`` marks a "would" that is the "will" of reported speech.

    ``start`` and ``end`` are offsets of the act's words; ``shared`` tells that the subject stands before an earlier
    verb. ``modal`` is the auxiliary that puts the act in the future or makes it conditional.
    """

    verb: int
    act: Act
    cue_start: int
    cue_end: int
    form: Form
    start: int
    end: int
    subject: tuple[int, int] | None
    shared: bool
    negative: bool = False
    modal: str | None = None
    lemma: str = ""
    perfect: bool = False
    foretold: bool = False

    @property
    def is_future(self) -> bool:
        """Whether it is to come: it "will" be done, or somebody said that they "would" do it."""
        return self.foretold or self.modal in grammar().future


@cache
def _gate() -> tuple[frozenset[str], dict[str, tuple[tuple[frozenset[str], bool], ...]]]:
    """Return the words that let a sentence through alone, and those that need others beside them."""
    alone: set[str] = set()
    beside: dict[str, tuple[tuple[frozenset[str], bool], ...]] = {}
    for form, found in cues().items():
        needs = tuple((frozenset(w for w in c.rest if w.isalpha()), c.state) for c in found)
        if any(not rest and not state for rest, state in needs):
            alone.add(form)
        else:
            beside[form] = needs
    return frozenset(alone), beside


def may_act(words: str) -> bool:
    """Tell, without parsing, whether a sentence can hold an act: the gate before the parser.

    It lets through all that `find_acts` could find something in: a cue needs its verb where a verb can stand, the
    words after it, and for a state a form of "be".
    """
    alone, beside = _gate()
    # the parser parts what a hyphen joins ("said-to"), the vocabulary may not ("re-affirm")
    written = [part for word in _WORDS.findall(words) for part in dict.fromkeys((word, *word.split("-")))]
    lower = [w.lower() for w in written]
    present = set(lower)
    if not grammar().future.isdisjoint(present) or not grammar().aims.isdisjoint(present):
        return True
    if alone.isdisjoint(present) and beside.keys().isdisjoint(present):
        return False
    for i, word in enumerate(lower):
        if word in alone:
            if _can_lead(written, i):
                return True
        elif word in beside and _can_lead(written, i):
            for rest, state in beside[word]:
                if rest <= present and (not state or i <= 2 or not grammar().be.isdisjoint(present)):
                    return True
    return False


def _can_lead(words: Sequence[str], i: int) -> bool:
    """Tell whether a verb can stand at a word: no name ("United States"), and not after "the", "of", "our"."""
    if i == 0:
        return True
    word = words[i]
    if word[0].isupper() and not word.isupper():
        return False
    return words[i - 1].lower() not in grammar().before_nouns


def find_acts(parse: Parse) -> list[ActHit]:
    """List the acts of a sentence in order of their words; each still reaches to the sentence's end (`reach`)."""
    hits = [hit for verb in range(len(parse)) if (hit := _act_at(parse, verb)) is not None]
    hits += _promises(parse, {h.verb for h in hits})
    hits += _aims(parse, {h.verb for h in hits})
    hits = _mark_embedded(parse, sorted(_without_leads(parse, hits), key=lambda h: h.verb))
    return [replace(h, start=_start(parse, h)) for h in hits]


# --- cues ---------------------------------------------------------------------------------------------------------


def _act_at(parse: Parse, token: int) -> ActHit | None:
    found = cues().get(parse.words[token].lower())
    if found is None or not _can_lead(parse.words, token):
        return None
    for cue in found:
        matched = _match(parse, token, cue) or _turned(parse, token, cue)
        if matched is not None and _fits(parse, token, cue):
            return _hit(parse, token, cue, *matched)
    return None


def _fits(parse: Parse, token: int, cue: Cue) -> bool:
    """Tell a judgement ("considers Korea a close partner", "considers that …") from a matter considered."""
    judged = cue.act == "assert" and cue.lemma in ("consider", "regard")
    return not judged or bool(parse.of(token, "ccomp", "oprd"))


def _turned(parse: Parse, token: int, cue: Cue) -> tuple[int, int] | None:
    """Return first and last token of a cue turned into the passive: "concern was expressed"."""
    if len(cue.rest) != 1 or cue.state or not parse.of(token, "auxpass"):
        return None
    subject = next(iter(parse.of(token, "nsubjpass")), None)
    return None if subject is None or parse.words[subject].lower() != cue.rest[0] else (subject, token)


def _match(parse: Parse, token: int, cue: Cue) -> tuple[int, int] | None:
    """Return first and last token of a cue led by ``token``, or None."""
    first = token
    if cue.state:
        before = _be_before(parse, token)
        if before is None and not opens_recital(parse, token):
            return None
        first = token if before is None else before
    elif not is_verb(parse, token) and not _misread_verb(parse, token):
        return None
    last = token
    for word in cue.rest:
        following = _next(
            parse, last, word, near=word in ("that", "to", "on", "upon", "for", "with", "by", "up", "out")
        )
        if following is None:
            return None
        last = following
    return first, last


def _be_before(parse: Parse, token: int) -> int | None:
    for i in range(token - 1, max(-1, token - 5), -1):
        if parse.words[i].lower() in grammar().be:
            return i
        if parse.tags[i] not in ("RB", "RBR", "DT", "JJ", "CC", "VBN", "PDT"):
            return None
    return None


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


def _misread_verb(parse: Parse, token: int) -> bool:
    """Tell a capitalised recital or bullet that the tagger takes for a name: "REAFFIRMING their …"."""
    word = parse.words[token]
    return token == 0 and word[0].isupper() and word.lower().endswith(("ing", "ed")) and len(parse) > 3


def _next(parse: Parse, token: int, word: str, *, near: bool) -> int | None:
    for i in range(token + 1, min(len(parse), token + 2 + (_GAP if not near else 2))):
        if parse.words[i].lower() == word:
            return i
        if near and parse.tags[i] not in ("RB",):
            return None
        if parse.tags[i] not in _GAP_TAGS:
            return None
    return None


# --- clauses ------------------------------------------------------------------------------------------------------


def _hit(parse: Parse, token: int, cue: Cue, first: int, last: int) -> ActHit | None:
    verb = _clause_verb(parse, token, first)
    form = _form(parse, verb, token)
    subject = own_subject(parse, verb)
    if subject is not None and parse.deps[subject].startswith("csubj"):
        return None
    if form is None or (form == "participle" and not _acts_as_participle(parse, verb, cue)):
        return None
    subject = subject_of(parse, verb)
    if subject is None and form == "participle":
        subject = _described_subject(parse, verb)
    own = own_subject(parse, verb)
    phrase = None if subject is None else phrase_of(parse, subject)
    if own is not None and parse.tags[own] == "VBG":
        phrase = left_phrase(parse, verb) or phrase
    words = [parse.words[a].lower() for a in auxiliaries(parse, verb)]
    modal = next((w for w in words if w in grammar().future or w in grammar().conditional), None)
    act: Act = cue.act
    lemma = cue.lemma
    foretold = modal == "would" and _is_reported(parse, verb)
    if (
        (foretold or modal in grammar().future)
        and form in ("finite", "embedded", "bullet")
        and act not in ("commit", "pledge", "agree")
    ):
        act = "plan"
    return ActHit(
        verb=verb,
        act=act,
        cue_start=parse.starts[first],
        cue_end=parse.ends[last],
        form=form,
        start=parse.starts[min(first, verb)],
        end=parse.ends[-1],
        subject=phrase,
        shared=own is None,
        negative=_negative(parse, verb),
        modal=modal,
        lemma=lemma,
        foretold=foretold,
    )


def _described_subject(parse: Parse, verb: int) -> int | None:
    """Return the subject between whose commas a participle stands: "The Ministers, noting the report, agreed"."""
    head = parse.heads[verb]
    stands = parse.deps[verb] == "acl" and parse.deps[head] in ("nsubj", "nsubjpass")
    return head if stands and parse.words[verb - 1] == "," else None


def _clause_verb(parse: Parse, token: int, first: int) -> int:
    """Return the token on which the clause hangs: the cue's verb, or the "be" that carries its adjective."""
    if first == token or own_subject(parse, token) is not None:
        return token
    head = parse.heads[token]
    if parse.words[head].lower() in grammar().be or (is_verb(parse, head) and head == first):
        return head
    return token


def _form(parse: Parse, verb: int, token: int) -> Form | None:
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


def _acts_as_participle(parse: Parse, verb: int, cue: Cue) -> bool:
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
    if dep == "relcl" and not _is_relative(parse, verb):
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


def _is_relative(parse: Parse, verb: int) -> bool:
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


def _denies(parse: Parse, token: int) -> bool:
    """Tell whether a word denies: "not", but not in "not only"."""
    after = parse.words[token + 1].lower() if token + 1 < len(parse) else ""
    return parse.words[token].lower() in grammar().negation and after not in grammar().unnegated


def _negative(parse: Parse, verb: int) -> bool:
    if any(_denies(parse, c) for c in parse.of(verb, "neg", "advmod", "det", "preconj")):
        return True
    head = parse.heads[verb]
    joined = parse.deps[verb] == "conj" and any(
        parse.words[c].lower() == "nor" for c in parse.of(head, "cc") if c < verb
    )
    return joined and own_subject(parse, verb) is None


# --- promises: "will" and any verb ----------------------------------------------------------------------------------


def _promises(parse: Parse, taken: set[int]) -> list[ActHit]:
    """Find what a subject "will" do, whatever the verb; verbs joined to it without a "will" of their own too."""
    out = []
    for verb in range(len(parse)):
        if verb in taken or parse.tags[verb] not in ("VB", "VBN", "VBG", "VBP"):
            continue
        aux = auxiliaries(parse, verb)
        modal = next((a for a in aux if parse.words[a].lower() in grammar().future), None)
        if modal is None and _is_reported(parse, verb):
            modal = next((a for a in aux if parse.words[a].lower() == "would"), None)
        if modal is None:
            continue
        if not parse.of(verb, "aux") and (parse.tags[verb] != "VB" or not _stands_alone(parse, verb)):
            continue
        subject = subject_of(parse, verb)
        passive = bool(parse.of(verb, "auxpass"))
        if _is_relative(parse, verb) or (not parse.of(verb, "aux") and _belongs_below(parse, verb)):
            continue
        first = modal if modal in parse.of(verb, "aux") else verb
        out.append(
            ActHit(
                verb=verb,
                act="plan",
                cue_start=parse.starts[first],
                cue_end=parse.ends[verb],
                form="passive" if passive else "finite",
                start=parse.starts[first],
                end=parse.ends[-1],
                subject=None if subject is None else phrase_of(parse, subject),
                shared=own_subject(parse, verb) is None,
                negative=_negative(parse, verb),
                modal=parse.words[modal].lower(),
                lemma=parse.words[verb].lower(),
                perfect=any(parse.words[a].lower() == "have" for a in aux),
                foretold=parse.words[modal].lower() == "would",
            )
        )
    return out


def _belongs_below(parse: Parse, verb: int) -> bool:
    """Tell "will work to finalize X, prepare Y": what is joined after an infinitive goes on with it."""
    head = verb
    while parse.deps[head] == "conj" and not parse.of(head, "aux"):
        head = parse.heads[head]
    infinitive = any(parse.tags[i] == "TO" for i in range(head, verb))
    return infinitive and parse.words[head].lower() in grammar().working


def _aims(parse: Parse, taken: set[int]) -> list[ActHit]:
    """Find aims that are somebody's: "our aim is to begin" plans, and those whose aim it is say so."""
    out = []
    for noun in range(1, len(parse) - 1):
        verb = parse.heads[noun]
        if parse.words[noun].lower() not in grammar().aims or parse.deps[noun] != "nsubj" or verb in taken:
            continue
        owner = next((c for c in parse.of(noun, "poss") if parse.tags[c] == "PRP$"), None)
        if (
            owner is None
            or parse.words[verb].lower() not in grammar().be
            or parse.words[verb + 1].lower() != "to"
        ):
            continue
        out.append(
            ActHit(
                verb=verb,
                act="plan",
                cue_start=parse.starts[noun],
                cue_end=parse.ends[verb],
                form="finite",
                start=parse.starts[owner],
                end=parse.ends[-1],
                subject=(owner, owner),
                shared=False,
                lemma="aim",
            )
        )
    return out


def _is_reported(parse: Parse, verb: int) -> bool:
    """Tell what somebody said that they would do: "said it would pay"; not "said that it would help if …"."""
    head, subject = parse.heads[verb], own_subject(parse, verb)
    if parse.deps[verb] != "ccomp" or parse.tags[head] != "VBD" or subject is None:
        return False
    if parse.words[head].lower() not in grammar().saying and parse.words[head].lower() != "announced":
        return False
    return parse.words[subject].lower() in ("it", "they", "he", "she") and "if" not in parse.words


def _stands_alone(parse: Parse, verb: int) -> bool:
    """Tell whether a joined verb has an object of its own: "reference and build on efforts" is one promise."""
    head = parse.heads[verb]
    between = [
        c
        for c in parse.children[head]
        if head < c < verb and parse.deps[c] in ("dobj", "prep", "xcomp", "ccomp", "advmod", "prt")
    ]
    return bool(between)


# --- nesting and reach --------------------------------------------------------------------------------------------


def _without_leads(parse: Parse, hits: list[ActHit]) -> list[ActHit]:
    """Leave out verbs that only lead an act: "I want to thank" thanks."""
    led = {
        parse.heads[h.verb]
        for h in hits
        if parse.words[parse.heads[h.verb]].lower() in grammar().leading and parse.deps[h.verb] == "xcomp"
    }
    return [h for h in hits if h.verb not in led]


def _mark_embedded(parse: Parse, hits: list[ActHit]) -> list[ActHit]:
    """Mark the acts that stand inside another act's complement: told by it, not performed here."""
    acting = {h.verb for h in hits}
    out = []
    for hit in hits:
        if hit.form in ("finite", "passive") and _inside_act(parse, hit.verb, acting):
            hit = _promoted(parse, hit) or _split_off(parse, hit) or replace(hit, form="embedded")
        elif hit.form == "finite" and hit.modal is None:
            hit = _promoted(parse, hit) or hit
        out.append(hit)
    return out


def _split_off(parse: Parse, hit: ActHit) -> ActHit | None:
    """Take "discussed the East and the Minister underscored …" for two acts: the parser makes one subject of both."""
    head = parse.heads[hit.verb]
    if hit.subject is None or hit.shared or parse.deps[hit.verb] != "ccomp" or parse.of(hit.verb, "mark"):
        return None
    if parse.tags[hit.verb] != "VBD" or parse.tags[head] != "VBD" or hit.subject[0] < head:
        return None
    joints = [i for i in range(hit.subject[0], hit.subject[1]) if parse.words[i].lower() == "and"]
    if not joints or joints[-1] + 4 < hit.subject[1]:
        return None
    first = joints[-1] + 1
    return replace(hit, subject=(first, hit.subject[1]), start=parse.starts[first])


def _promoted(parse: Parse, hit: ActHit) -> ActHit | None:
    """Take "… that X had grown, and will work", "…, and set a target" for the main subject's act, not X's."""
    head = parse.heads[hit.verb]
    earlier = parse.tags[hit.verb] == "VBD" and parse.tags[head] == "VBN" and bool(parse.of(head, "aux"))
    if not hit.shared or parse.deps[hit.verb] != "conj":
        return None
    if hit.modal not in grammar().future and not earlier:
        return None
    if any(parse.words[a].lower() in grammar().future for a in auxiliaries(parse, head)):
        return None
    for above in ancestors(parse, head):
        if parse.deps[above] == "ROOT" and (subject := own_subject(parse, above)) is not None:
            return replace(hit, subject=phrase_of(parse, subject))
    return None


def _inside_act(parse: Parse, verb: int, acting: set[int]) -> bool:
    token = verb
    for _ in range(len(parse)):
        dep, head = parse.deps[token], parse.heads[token]
        if head == token:
            return False
        if dep == "xcomp" and parse.deps[head] == "conj" and parse.words[head].lower() in grammar().leading:
            token = head
            continue
        if dep in ("ccomp", "xcomp", "acl", "pcomp", "pobj", "dobj") or (dep == "relcl"):
            if (
                token == verb
                or own_subject(parse, verb) is not None
                or parse.tags[verb] != "VBD"
                or parse.tags[token] == "VBD"
            ):
                above = [head, *ancestors(parse, head)]
                if dep == "ccomp" and head > token:
                    return False
                return any(a in acting for a in above) and dep != "relcl"
            return False
        token = head
    return False


def reach(parse: Parse, hits: Sequence[ActHit]) -> list[ActHit]:
    """Give each act its words: from its subject (or its verb, where the subject is shared) to the next act's words.

    To be called with the acts that somebody performs: what nobody says ends nobody's words.
    """
    out = []
    for hit in hits:
        following = [
            o.start
            for o in hits
            if o.start >= hit.cue_end
            and o.form != "embedded"
            and o.verb > hit.verb
            and not _same_object(parse, hit, o)
        ]
        limit = min(following, default=parse.ends[-1])
        limit = min(limit, _next_clause(parse, hit))
        if hit.form == "purpose":
            limit = min(limit, _next_purpose(parse, hit.verb))
        out.append(replace(hit, end=_trim(parse, hit, limit)))
    return out


def _same_object(parse: Parse, hit: ActHit, other: ActHit) -> bool:
    """Tell verbs that share an object: in "acknowledge and respect the role" both acts hold all of it."""
    return parse.words[hit.verb + 1 : other.verb] in (("and",), ("and", "also"), (",",)) and other.shared


def _next_clause(parse: Parse, hit: ActHit) -> int:
    """Return where a clause with a subject of its own begins that is joined to the act's: it says something else."""
    for verb in parse.of(hit.verb, "conj"):
        subject = own_subject(parse, verb)
        if subject is None or not hit.verb < subject < verb or not is_verb(parse, verb) or not is_finite(parse, verb):
            continue
        first = phrase_of(parse, subject)[0]
        if "," in parse.words[max(first - 2, 0) : first] and not parse.of(verb, "mark"):
            return parse.starts[first]
    return parse.ends[-1]


def _next_purpose(parse: Parse, verb: int) -> int:
    """Return where a second purpose begins: "to discuss … and to advance …"."""
    for i in range(verb + 1, len(parse) - 2):
        if (
            parse.words[i].lower() == "and"
            and parse.words[i + 1].lower() == "to"
            and parse.tags[i + 2] == "VB"
        ):
            return parse.starts[i]
    return parse.ends[-1]


def _start(parse: Parse, hit: ActHit) -> int:
    led = hit.form == "finite" and any(parse.words[a].lower() == "to" for a in parse.of(hit.verb, "aux"))
    if hit.subject is not None and (led or not hit.shared) and hit.subject[0] <= hit.verb:
        first = hit.subject[0]
        if first and parse.words[first - 1].lower() == "which" and hit.form == "finite":
            first -= 1
        return parse.starts[first]
    start = min(hit.cue_start, parse.starts[hit.verb])
    if hit.form == "participle" and hit.verb <= 2 and opens_recital(parse, hit.verb):
        start = parse.starts[0]
    for child in parse.of(hit.verb, "aux", "auxpass", "neg"):
        if parse.starts[child] < start and child > hit.verb - 5:
            start = parse.starts[child]
    if hit.negative and hit.verb and parse.words[hit.verb - 1] == "nor":
        start = min(start, parse.starts[hit.verb - 1])
    return start


_TAIL = frozenset(
    {
        ",",
        ";",
        ":",
        ".",
        "and",
        "but",
        "while",
        "or",
        "nor",
        "that",
        "–",
        "—",
        "-",
        "in",
        "as",
        "well",
        "also",
        "addition",
        "particular",
        "this",
        "regard",
        "(",
        "additionally",
        "furthermore",
        "where",
        "further",
    }
)


def _trim(parse: Parse, hit: ActHit, limit: int) -> int:
    """End the act before ``limit``, without the commas and joining words that lead to the next one."""
    last = len(parse) - 1
    while last > hit.verb and parse.ends[last] > limit:
        last -= 1
    while last > hit.verb and parse.ends[last] > hit.cue_end and parse.words[last].lower() in _TAIL:
        if last + 1 < len(parse) and parse.words[last] == "." and last != len(parse) - 1:
            break
        last -= 1
    return max(parse.ends[last], hit.cue_end)
