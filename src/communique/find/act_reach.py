"""How far an act's words reach: where its clause begins, and where the next act or a loose tail ends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.find.act_forms import (
    opens_recital,
)
from communique.find.act_hit import ActHit
from communique.text.clauses import (
    is_finite,
    is_verb,
    own_subject,
    phrase_of,
)
from communique.text.syntax import Parse


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
        if (
            subject is None
            or not hit.verb < subject < verb
            or not is_verb(parse, verb)
            or not is_finite(parse, verb)
        ):
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


def start_of(parse: Parse, hit: ActHit) -> int:
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
