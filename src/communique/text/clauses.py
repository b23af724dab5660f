"""Clauses: who is the subject of a verb, and in what kind of clause the verb stands."""

from __future__ import annotations

from typing import Literal

from communique.text.syntax import Parse

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_CLAUSAL = ("ccomp", "xcomp", "relcl", "acl", "advcl", "pcomp", "csubj", "conj", "parataxis", "dep")
RELATIVE_PRONOUNS = frozenset({"which", "that", "who", "whom", "whose"})

ClauseKind = Literal[
    "main", "coordinate", "complement", "adverbial", "relative", "participle", "infinitive", "other"
]


def own_subject(parse: Parse, verb: int) -> int | None:
    """Return the subject that hangs on the verb itself."""
    found = parse.of(verb, *SUBJECTS)
    return found[0] if found else None


def left_phrase(parse: Parse, verb: int) -> tuple[int, int] | None:
    """Return the words between the last comma and a verb: its subject, where the parser took another for it."""
    high = verb - 1
    while high >= 0 and parse.tags[high] in ("RB", "MD", "VBD", "VBZ", "VBP") and parse.heads[high] == verb:
        high -= 1
    low = high
    while low > 0 and parse.words[low - 1] not in (",", ";", ":", "–", "—"):
        low -= 1
    return (low, high) if 0 <= low <= high and high - low < 12 else None


def subject_of(parse: Parse, verb: int) -> int | None:
    """Return the verb's subject, its own or the one it shares with the verb it is joined to."""
    seen = set()
    if parse.deps[verb] == "xcomp" and parse.deps[parse.heads[verb]] == "acomp":
        verb = parse.heads[parse.heads[verb]]  # "I am glad to welcome"
    while verb not in seen:
        seen.add(verb)
        if (subject := own_subject(parse, verb)) is not None:
            return subject
        if _leaves_relative(parse, verb) or _leaves_complement(parse, verb):
            verb = parse.heads[parse.heads[verb]]
            continue
        if parse.deps[verb] in (
            "conj",
            "xcomp",
            "advcl",
            "ccomp",
            "acl",
            "dep",
            "parataxis",
            "pcomp",
            "prep",
            "pobj",
        ):
            verb = parse.heads[verb]
        else:
            return None
    return None


def _leaves_relative(parse: Parse, verb: int) -> bool:
    """Tell an active verb joined to a passive relative clause: "the vision that was set out, and discussed work"."""
    head = parse.heads[verb]
    return (
        parse.deps[verb] == "conj"
        and parse.deps[head] == "relcl"
        and bool(parse.of(head, "nsubjpass"))
        and bool(parse.of(verb, "dobj"))
        and not parse.of(verb, "auxpass")
    )


def _leaves_complement(parse: Parse, verb: int) -> bool:
    """Tell a past tense after what is said in the present: "said that it faces a crisis, and called for help"."""
    head = parse.heads[verb]
    return (
        parse.deps[verb] == "conj"
        and parse.tags[verb] == "VBD"
        and parse.deps[head] == "ccomp"
        and parse.tags[head] in ("VBZ", "VBP", "MD")
        and parse.tags[parse.heads[head]] == "VBD"
    )


def auxiliaries(parse: Parse, verb: int) -> list[int]:
    """List the auxiliaries of a verb, its own or, where it has none, those of the verb it is joined to."""
    own = parse.of(verb, "aux", "auxpass")
    if own or parse.deps[verb] != "conj" or own_subject(parse, verb) is not None:
        return own
    head = parse.heads[verb]
    if parse.tags[head] != parse.tags[verb]:
        return own
    return auxiliaries(parse, head)


def is_verb(parse: Parse, token: int) -> bool:
    return parse.tags[token].startswith("VB")


def is_finite(parse: Parse, verb: int) -> bool:
    """Tell whether a verb carries tense: itself, or through an auxiliary."""
    tag = parse.tags[verb]
    if tag in ("VBD", "VBP", "VBZ"):
        return True
    aux = auxiliaries(parse, verb)
    if tag == "VB" and not aux and (subject := own_subject(parse, verb)) is not None:
        return subject < verb  # the tagger's slip: a present tense with its subject before it
    if any(parse.words[a].lower() == "to" for a in aux):
        return False
    return any(parse.tags[a] in ("MD", "VBD", "VBP", "VBZ") for a in aux)


def ancestors(parse: Parse, token: int) -> list[int]:
    """List the tokens above a token, nearest first."""
    out: list[int] = []
    while parse.heads[token] != token and len(out) < len(parse):
        token = parse.heads[token]
        out.append(token)
    return out


def phrase_of(parse: Parse, head: int) -> tuple[int, int]:
    """Return first and last token of a noun phrase, relative clauses and what follows them left out."""
    low, high = parse.subtree(head)
    # "co-chairs" and "Biden, Jr." are several subjects to the parser, side by side.
    for beside in parse.of(parse.heads[head], parse.deps[head]):
        if head < beside <= high + 2:
            high = max(high, parse.subtree(beside)[1])
    while (
        low > 0
        and parse.ends[low - 1] == parse.starts[low]
        and parse.words[low - 1][-1:].isalnum() | (parse.words[low - 1] == "-")
    ):
        low -= 1
    for child in parse.children[head]:
        if parse.deps[child] in ("relcl", "acl", "appos", "punct") and child > head:
            if parse.deps[child] == "appos":
                continue
            cut = parse.subtree(child)[0]
            if cut > head and parse.deps[child] in ("relcl", "acl"):
                high = min(high, cut - 1)
    while high > head and parse.words[high] in (",", "–", "—", "-", "("):
        high -= 1
    return low, high
