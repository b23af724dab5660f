"""Reads from the parse how a sum or goods stand in a sentence: what gives them, and whether they are given at all."""

from __future__ import annotations

from dataclasses import dataclass

from communique.find.amounts import Amount
from communique.text.clauses import ancestors, auxiliaries, is_verb
from communique.text.syntax import Parse
from communique.vocab.grammar import grammar
from communique.vocab.money.giving import Stage, giving

_NOMINAL = ("NN", "NNS", "NNP", "NNPS")
_INSIDE_NOUNS = (
    *_NOMINAL,
    "JJ",
    "JJR",
    "JJS",
    "CD",
    "HYPH",
    "POS",
    "VBN",
    "VBG",
    "$",
    "AFX",
    "-LRB-",
    "-RRB-",
)
_OF = frozenset({"in", "of", "for", "as"})


@dataclass(frozen=True, slots=True)
class Gift:
    """A sum in its sentence, in tokens: the sum, the noun it counts, the words above it, and what gives it.

    ``verb`` is the verb it hangs on, ``noun`` the noun that says it is given ("contribution of", "in assistance"),
    ``head`` the noun it stands before ("a $5 million program"); ``nouns`` stand between it and ``verb``, ``over``
    above the verb, nearest first.
    """

    parse: Parse
    amount: Amount
    first: int
    last: int
    head: int | None
    end: int
    verb: int | None
    noun: int | None
    nouns: tuple[int, ...] = ()
    over: tuple[int, ...] = ()

    def word(self, token: int) -> str:
        return self.parse.words[token].lower()


def gift_of(parse: Parse, amount: Amount) -> Gift | None:
    """Place a sum in its sentence; None where it is no gift."""
    first = next((i for i, end in enumerate(parse.ends) if end > amount.first), None)
    if first is None:
        return None
    last = max(i for i, start in enumerate(parse.starts) if start < amount.end)
    head = counted(parse, last)
    end = last if head is None else head
    content = _content(parse, end)
    chain = _above(parse, first, last)
    verb = next((t for t in chain if is_verb(parse, t)), None)
    nouns = chain[: chain.index(verb)] if verb is not None else chain
    noun = _giving_noun(parse, [n for n in (head, content) if n is not None], nouns)
    over = tuple(t for t in chain[len(nouns) + 1 :] if is_verb(parse, t) or parse.tags[t] in _NOMINAL)
    above = tuple(t for t in nouns if parse.tags[t] in _NOMINAL)
    gift = Gift(parse, amount, first, last, head, max(end, content or end), verb, noun, above, over)
    return gift if _is_given(gift) else None


def counted(parse: Parse, last: int) -> int | None:
    """Return the noun a sum stands before ("a $5 million, three-year health programme"), None where it stands alone."""
    i, head = last + 1, None
    while i < len(parse):
        word, tag = parse.words[i].lower(), parse.tags[i]
        if word == "," and not _goes_on(parse, i, last):
            break
        if word in ("and", "&") and not _joins_nouns(parse, i):
            break
        if tag not in _INSIDE_NOUNS and word not in (",", "and", "&", "-", "/"):
            break
        if tag in ("VBN", "VBG") and head is not None and parse.deps[i] not in ("amod", "compound", "nmod"):
            break
        if tag in _NOMINAL and word not in giving().time:
            head = i
        i += 1
    return head


def _goes_on(parse: Parse, comma: int, last: int) -> bool:
    """Say whether a comma after a sum leads to "three-year" or another word before the noun."""
    return comma == last + 1 and comma + 2 < len(parse) and parse.words[comma + 2] in ("-", "year", "–")


def _joins_nouns(parse: Parse, i: int) -> bool:
    """Say whether "and" stands inside a compound ("trade analysis and reform programme")."""
    left = parse.heads[i]
    if parse.heads[left] > i and parse.deps[left] in ("amod", "compound", "nmod"):
        return True
    before, after = parse.tags[i - 1], parse.tags[i + 1 : i + 3]
    if before == "JJ" and after[:1] == ("JJ",):
        return True
    return before in ("NN", "NNP") and after in (("NN", "NN"), ("NN", "NNS"), ("JJ", "NN"), ("NN", "HYPH"))


def _content(parse: Parse, end: int) -> int | None:
    """Return the noun of "in new assistance", "of aid", "worth of equipment" after a sum."""
    i = end + 1
    if i < len(parse) and parse.words[i].lower() == "worth":
        i += 1
    if i >= len(parse) or parse.words[i].lower() not in _OF:
        return None
    head = None
    for j in range(i + 1, min(i + 16, len(parse))):
        word, tag = parse.words[j].lower(), parse.tags[j]
        if tag in _NOMINAL:
            head = j
            if word in giving().nouns and parse.tags[j + 1 : j + 2] not in (("NN",), ("NNS",)):
                return j
        elif tag not in (*_INSIDE_NOUNS, "DT", "PRP$", "CC", ",", "RB", "IN") or (
            tag == "IN" and word != "to"
        ):
            break
    return head if head is not None and parse.words[head].lower() in giving().nouns else None


def _above(parse: Parse, first: int, last: int) -> list[int]:
    """List the tokens above a sum, nearest first."""
    top = next((i for i in range(last, first - 1, -1) if not first <= parse.heads[i] <= last), last)
    return [] if parse.deps[top] == "ROOT" else ancestors(parse, top)


def _giving_noun(parse: Parse, near: list[int], above: list[int]) -> int | None:
    """Return the nearest noun that says that something is given."""
    known = giving().nouns
    return next(
        (t for t in (*near, *above) if parse.words[t].lower() in known and parse.tags[t] in _NOMINAL), None
    )


def _is_given(gift: Gift) -> bool:
    """Say whether the words around a sum give it."""
    if _is_something_else(gift):
        return False
    if gift.verb is not None and gift.word(gift.verb) in giving().verbs:
        return _is_object(gift) and not _is_old_programme(gift)
    if gift.noun is not None:
        return True
    return gift.head is not None and gift.word(gift.head) in giving().programme and _is_new(gift)


def _is_something_else(gift: Gift) -> bool:
    """Say whether a sum is trade, cost, debt, a budget: by its noun, the verb over it, or its subject."""
    known = giving()
    nearer = gift.nouns[: gift.nouns.index(gift.noun)] if gift.noun in gift.nouns else gift.nouns
    near = [t for t in (gift.head, *nearer) if t is not None and t != gift.noun]
    if any(gift.word(t) in known.against_nouns for t in near):
        return True
    if gift.verb is None:
        return False
    verbs = [t for t in (gift.verb, *gift.over[:3]) if is_verb(gift.parse, t)]
    if any(gift.word(t) in known.asking for t in verbs):
        return True
    denied = _is_negated(gift.parse, gift.verb) or _is_decided_at_home(gift)
    return denied or gift.word(gift.verb) in known.against_verbs


def _is_decided_at_home(gift: Gift) -> bool:
    """Say whether the subject is a budget, a law, or the market."""
    parse = gift.parse
    subjects = parse.of(gift.verb, "nsubj", "nsubjpass") if gift.verb is not None else []
    return any(parse.words[s].lower() in giving().subjects for s in subjects)


def _is_negated(parse: Parse, verb: int) -> bool:
    words = {parse.words[a].lower() for a in (*auxiliaries(parse, verb), *parse.of(verb, "neg"))}
    return bool(words & (grammar().negation | (grammar().conditional - {"may", "can"})))


def _is_object(gift: Gift) -> bool:
    """Say whether the sum is what the verb gives, not a circumstance ("valued at", "from $5 million")."""
    parse = gift.parse
    lead = gift.first - 1
    while lead >= 0 and parse.words[lead].lower() in (
        "a",
        "an",
        "the",
        "new",
        "total",
        "additional",
        "further",
        "its",
    ):
        lead -= 1
    return lead < 0 or parse.words[lead].lower() not in ("at", "from", "than", "below", "above", "exceed")


def _is_old_programme(gift: Gift) -> bool:
    """Say whether the sum only describes a thing known already ("a study for the $330 million project")."""
    if gift.head is None or gift.noun is not None:
        return False
    before = gift.word(gift.first - 1) if gift.first else ""
    return before in ("the", "this", "that", "'s", "’s", "our", "its", "their") and not _is_direct(gift)


def _is_direct(gift: Gift) -> bool:
    """Say whether the noun that the sum describes is the object of the giving verb itself."""
    return gift.verb in (gift.parse.heads[gift.last], gift.parse.heads[gift.head or gift.last])


def _is_new(gift: Gift) -> bool:
    """Say whether a programme that a sum describes is new here ("a $5 million program"), not one known already."""
    before = [gift.word(t) for t in range(max(0, gift.first - 3), gift.first)]
    return (
        gift.first == 0 or bool({"a", "an", "new", "another", "-", "•", "*", "–"} & set(before)) or not before
    )


def stage_of(gift: Gift) -> Stage:
    """Return the stage that the words over a gift tell, the most telling first."""
    stages = _stages(gift)
    return next((s for s in ("pledge", "announce", "pay", "spend") if s in stages), "give")


def _stages(gift: Gift) -> set[Stage]:
    known = giving()
    out: set[Stage] = set()
    for token in (gift.verb, *gift.over):
        if token is not None and is_verb(gift.parse, token):
            out |= _stage_of_verb(gift.parse, token, known.verbs if token == gift.verb else known.leading)
        elif token is not None and gift.word(token) in known.nouns:
            out.add(known.nouns[gift.word(token)])
    out |= {known.nouns[w] for t in gift.nouns if (w := gift.word(t)) in known.nouns}
    if gift.noun is not None:
        out.add(known.nouns[gift.word(gift.noun)])
    if gift.head is not None and gift.word(gift.head) in known.programme and _is_new(gift):
        out.add("announce")
    return out


def _stage_of_verb(parse: Parse, verb: int, known: dict[str, Stage]) -> set[Stage]:
    """Return what a verb tells of the stage: the future promises, the past of a giving verb paid."""
    stage = known.get(parse.words[verb].lower())
    if stage is None:
        return set()
    aux = {parse.words[a].lower() for a in auxiliaries(parse, verb)}
    if stage in ("give", "pay"):
        if aux & grammar().future:
            return {"pledge"}
        done = parse.tags[verb] in ("VBD", "VBN") and (
            parse.tags[verb] == "VBD" or aux & {"has", "have", "had", "was", "were", "been"}
        )
        return {"pay"} if done else {"give"}
    if stage == "plan":
        return {"pledge"}
    return {stage}
