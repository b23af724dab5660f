"""Slips of the parser that the prose of communiqués provokes, mended before anybody reads the parse.

The parser learnt from newspapers: "…, and strongly opposed unilateral attempts" is to it a noun with a participle,
a numbered decision ("Requests the Commission to report") a plural. Only words that the vocabulary knows to act are
touched.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from communique.text.syntax import Parse
from communique.vocab.acts import cues
from communique.vocab.grammar import grammar

_SUBJECTS = ("nsubj", "nsubjpass")


def mended(parse: Parse) -> Parse:
    """Return the parse with its slips mended; the same parse where there are none."""
    for i, word in enumerate(parse.words):
        tag = parse.tags[i]
        if tag == "VBN" and parse.deps[i] == "ROOT":
            parse = _past_root(parse, i)
        elif tag in ("VBN", "VBD") and parse.deps[i] == "amod" and word.lower() in _said():
            parse = _joined_verb(parse, i)
        elif i == 0 and tag in ("NNS", "NNPS", "NNP") and parse.deps[i] == "ROOT":
            parse = _opening_verb(parse, word)
    return parse


def _past_root(parse: Parse, verb: int) -> Parse:
    """ "Members of the Council condemned in the strongest terms …": with a subject it is a past tense."""
    if not parse.of(verb, "nsubj") or parse.of(verb, "aux", "auxpass"):
        return parse
    return _tagged(parse, verb, "VBD")


def _joined_verb(parse: Parse, verb: int) -> Parse:
    """ "condemned terrorism and encouraged members": the second verb is none of the noun's adjectives."""
    noun = parse.heads[verb]
    lead = verb - 1
    while lead > 0 and parse.tags[lead] == "RB":
        lead -= 1
    first = _verb_above(parse, noun)
    if lead < 1 or parse.words[lead].lower() != "and" or noun < verb or first is None or first > lead:
        return parse
    deps, heads = list(parse.deps), list(parse.heads)
    told = heads[noun]
    if (
        deps[noun] == "nsubj"
        and deps[told] == "conj"
        and "to" in (parse.words[a] for a in parse.of(told, "aux"))
    ):
        deps[told], heads[told] = "xcomp", verb
    elif deps[noun] != "conj":
        return parse
    if any(c < lead for c in parse.children[noun]):
        return parse
    deps[verb], heads[verb] = "conj", first
    deps[noun], heads[noun] = "dobj", verb
    for i in range(lead + 1, verb):
        heads[i] = verb if heads[i] == noun else heads[i]
    return _tagged(replace(parse, deps=tuple(deps), heads=tuple(heads)), verb, "VBD")


def _verb_above(parse: Parse, token: int) -> int | None:
    """Return the past tense with a subject under which a noun stands, nearest first."""
    for _ in range(len(parse)):
        head = parse.heads[token]
        if head == token:
            return None
        token = head
        if parse.tags[token] == "VBD" and parse.of(token, *_SUBJECTS):
            return token
        if parse.tags[token].startswith("VB") and parse.deps[token] != "conj":
            return None
    return None


def _opening_verb(parse: Parse, word: str) -> Parse:
    """ "Requests the Commission to report": a decision opens with its verb, which has an object."""
    if word.lower() not in cues() or not word.endswith("s") or len(parse) < 3:
        return parse
    follows = parse.tags[1] in ("DT", "PRP$", "IN", "RP") and bool(
        parse.of(0, "dobj", "prep", "ccomp", "prt")
    )
    return _tagged(parse, 0, "VBZ") if follows else parse


def _tagged(parse: Parse, token: int, tag: str) -> Parse:
    return replace(parse, tags=(*parse.tags[:token], tag, *parse.tags[token + 1 :]))


@cache
def _said() -> frozenset[str]:
    """Words that can only be said, by their act: "condemned", "encouraged"; not "planned", "supported"."""
    return frozenset(
        word
        for word, found in cues().items()
        if any(not cue.state and not cue.rest and cue.act in grammar().participles for cue in found)
    )
