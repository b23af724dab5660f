"""Who met, by the clause that tells it: the subject and the company of a verb of meeting or coming."""

from __future__ import annotations

from communique.text.clauses import (
    ancestors,
    is_verb,
    phrase_of,
    subject_of,
)
from communique.text.syntax import Parse
from communique.vocab.grammar import grammar


def meeting_spans(parse: Parse, verb: int) -> list[tuple[int, int]]:
    """Return the spans of those who meet: subject, object of "hosted" or "joined", and whom it is "with" or "by"."""
    heads = [] if (subject := _who_meets(parse, verb)) is None else [subject]
    for child in parse.children[verb]:
        dep, word = parse.deps[child], parse.words[child].lower()
        if dep == "dobj":
            if parse.words[verb].lower() in grammar().receiving:
                heads.append(child)
            heads += [g for g in parse.of(child, "prep") if parse.words[g].lower() in ("with", "between")]
        elif (dep in ("prep", "agent") and word in ("with", "by", "between", "to")) or (
            dep == "conj" and parse.tags[child].startswith("NN")
        ):
            heads.append(child)
        elif dep == "prep":
            heads += [
                g
                for p in parse.of(child, "pobj")
                for g in parse.of(p, "prep")
                if parse.words[g].lower() == "with"
            ]
    spans = []
    for head in heads:
        low, high = parse.subtree(head) if parse.deps[head] in ("prep", "agent") else phrase_of(parse, head)
        low, high = _after_invitation(parse, low, verb), _before_purpose(parse, low, high)
        if high >= low:
            spans.append((parse.starts[low], parse.ends[high]))
    return spans


def came_to_meet(parse: Parse, verb: int) -> bool:
    """Tell "paid a visit to Delhi … to hold the Summit with the Prime Minister": what one came for took place."""
    if parse.words[verb].lower() not in ("hold", "meet") or parse.deps[verb] not in ("advcl", "xcomp", "acl"):
        return False
    came = _verb_above(parse, verb)
    return came is not None and parse.tags[came] == "VBD" and parse.words[came].lower() in grammar().came


def _verb_above(parse: Parse, verb: int) -> int | None:
    return next((a for a in ancestors(parse, verb) if is_verb(parse, a)), None)


def _who_meets(parse: Parse, verb: int) -> int | None:
    """Return the subject of a meeting verb, but not the meeting itself that "was held" or "was attended by"."""
    subject = subject_of(parse, verb)
    if subject is None and (above := _verb_above(parse, verb)) is not None:
        return subject_of(parse, above)
    passive = bool(parse.of(verb, "auxpass")) or (parse.tags[verb] == "VBN" and parse.deps[verb] == "conj")
    if subject is not None and passive and parse.deps[subject] == "nsubjpass":
        return None if parse.words[verb].lower() in ("held", "attended", "convened") else subject
    return subject


def _after_invitation(parse: Parse, low: int, verb: int) -> int:
    """Skip who invited: "At the invitation of the King, the leaders of … met"."""
    if "invitation" not in (w.lower() for w in parse.words[: min(len(parse), 6)]):
        return low
    commas = [
        i for i in range(verb) if parse.words[i] == "," and parse.words[i + 1].lower() in ("the", "leaders")
    ]
    return max(low, commas[-1] + 1) if commas else low


def _before_purpose(parse: Parse, low: int, high: int) -> int:
    """Return the last token before a purpose or a circumstance: who is named there does not meet."""
    for i in range(low + 1, high + 1):
        word = parse.words[i].lower()
        if word in (
            "to",
            "regarding",
            "about",
            "during",
            "where",
            "which",
            "sidelines",
            "margins",
            "on",
            "ahead",
            "following",
        ):
            return i - 1
    return high
