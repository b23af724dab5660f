"""Whether an act is denied: by a negation, or by a verb that refuses it."""

from __future__ import annotations

from communique.text.clauses import (
    own_subject,
)
from communique.text.syntax import Parse
from communique.vocab.grammar import grammar


def _denies(parse: Parse, token: int) -> bool:
    """Tell whether a word denies: "not", but not in "not only"."""
    after = parse.words[token + 1].lower() if token + 1 < len(parse) else ""
    return parse.words[token].lower() in grammar().negation and after not in grammar().unnegated


def is_negative(parse: Parse, verb: int) -> bool:
    if any(_denies(parse, c) for c in parse.of(verb, "neg", "advmod", "det", "preconj")):
        return True
    head = parse.heads[verb]
    joined = parse.deps[verb] == "conj" and any(
        parse.words[c].lower() == "nor" for c in parse.of(head, "cc") if c < verb
    )
    return joined and own_subject(parse, verb) is None
