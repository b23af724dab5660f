"""Acts without a performative verb: what a party will do, and what an agreement or a visit aims to do."""

from __future__ import annotations

from communique.find.act_forms import is_relative, is_reported, stands_alone
from communique.find.act_hit import ActHit
from communique.find.polarity import is_negative
from communique.text.clauses import (
    auxiliaries,
    own_subject,
    phrase_of,
    subject_of,
)
from communique.text.syntax import Parse
from communique.vocab.grammar import grammar


def promises(parse: Parse, taken: set[int]) -> list[ActHit]:
    """Find what a subject "will" do, whatever the verb; verbs joined to it without a "will" of their own too."""
    out = []
    for verb in range(len(parse)):
        if verb in taken or parse.tags[verb] not in ("VB", "VBN", "VBG", "VBP"):
            continue
        aux = auxiliaries(parse, verb)
        modal = next((a for a in aux if parse.words[a].lower() in grammar().future), None)
        if modal is None and is_reported(parse, verb):
            modal = next((a for a in aux if parse.words[a].lower() == "would"), None)
        if modal is None:
            continue
        if not parse.of(verb, "aux") and (parse.tags[verb] != "VB" or not stands_alone(parse, verb)):
            continue
        subject = subject_of(parse, verb)
        passive = bool(parse.of(verb, "auxpass"))
        if is_relative(parse, verb) or (not parse.of(verb, "aux") and _belongs_below(parse, verb)):
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
                negative=is_negative(parse, verb),
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


def aims(parse: Parse, taken: set[int]) -> list[ActHit]:
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
