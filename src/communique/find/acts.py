"""Finds speech acts: the cue, the clause it stands in, its subject, and how far the act's words reach.

The parser says what hangs on what; the vocabulary says which words act. What a party says comes out as `ActHit`
values, still without names for who speaks: `communique.link.speakers` gives them.
"""

from __future__ import annotations

from dataclasses import replace

from communique.find.act_forms import (
    acts_as_participle,
    clause_verb,
    form_of,
    is_reported,
    opens_recital,
)
from communique.find.act_gate import can_lead
from communique.find.act_hit import ActHit
from communique.find.act_reach import start_of
from communique.find.polarity import is_negative
from communique.find.promises import aims, promises
from communique.model import Act
from communique.text.clauses import (
    ancestors,
    auxiliaries,
    is_verb,
    left_phrase,
    own_subject,
    phrase_of,
    subject_of,
)
from communique.text.syntax import Parse
from communique.vocab.acts import Cue, cues
from communique.vocab.grammar import grammar

_GAP_TAGS = frozenset(
    {"DT", "PRP$", "JJ", "JJR", "JJS", "RB", "RBR", "RBS", "CC", "VBN", "VBG", "NNP", "NNPS", "POS", "HYPH"}
)
_GAP = 7


def find_acts(parse: Parse) -> list[ActHit]:
    """List the acts of a sentence in order of their words; each still reaches to the sentence's end (`reach`)."""
    hits = [hit for verb in range(len(parse)) if (hit := _act_at(parse, verb)) is not None]
    hits += promises(parse, {h.verb for h in hits})
    hits += aims(parse, {h.verb for h in hits})
    hits = _mark_embedded(parse, sorted(_without_leads(parse, hits), key=lambda h: h.verb))
    return [replace(h, start=start_of(parse, h)) for h in hits]


def _act_at(parse: Parse, token: int) -> ActHit | None:
    found = cues().get(parse.words[token].lower())
    if found is None or not can_lead(parse.words, token):
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


def _hit(parse: Parse, token: int, cue: Cue, first: int, last: int) -> ActHit | None:
    verb = clause_verb(parse, token, first)
    form = form_of(parse, verb, token)
    subject = own_subject(parse, verb)
    if subject is not None and parse.deps[subject].startswith("csubj"):
        return None
    if form is None or (form == "participle" and not acts_as_participle(parse, verb, cue)):
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
    foretold = modal == "would" and is_reported(parse, verb)
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
        negative=is_negative(parse, verb),
        modal=modal,
        lemma=lemma,
        foretold=foretold,
    )


def _described_subject(parse: Parse, verb: int) -> int | None:
    """Return the subject between whose commas a participle stands: "The Ministers, noting the report, agreed"."""
    head = parse.heads[verb]
    stands = parse.deps[verb] == "acl" and parse.deps[head] in ("nsubj", "nsubjpass")
    return head if stands and parse.words[verb - 1] == "," else None


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
