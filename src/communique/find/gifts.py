"""Reads from the parse how a sum stands in its sentence: what gives it, and whether it is given at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from communique.find.amounts import Amount, Goods
from communique.text.clauses import ancestors, auxiliaries, is_verb
from communique.text.syntax import Parse
from communique.vocab.grammar import grammar
from communique.vocab.money.giving import Stage, giving

NOMINAL = ("NN", "NNS", "NNP", "NNPS")
_INSIDE_NOUNS = (  # what may stand between a sum and the noun it describes
    "``",
    "''",
    "FW",
    *NOMINAL,
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

    ``verb`` is the verb it hangs on, ``noun`` the noun that says it is given ("contribution of", "in aid"),
    ``head`` the noun it stands before ("a $5 million program"); ``nouns`` stand between it and ``verb``,
    ``over`` above the verb, nearest first. ``stage`` is what the list that the sum is an item of says.
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
    stage: Stage | None = None

    def word(self, token: int) -> str:
        return self.parse.words[token].lower()


def gift_of(parse: Parse, amount: Amount) -> Gift | None:
    """Place a sum in its sentence; None where it is no gift."""
    first = next((i for i, end in enumerate(parse.ends) if end > amount.first), None)
    if first is None:
        return None
    last = max(i for i, start in enumerate(parse.starts) if start < amount.end)
    head = counted(parse, last)
    end = _past_brackets(parse, last) if head is None else head
    if isinstance(amount, Goods):
        end = _substance(parse, end)
    content = _content(parse, end)
    chain = [t for t in _above(parse, first, last) if not _measures(parse, t)]
    verb = next((t for t in chain if is_verb(parse, t)), None)
    nouns = chain[: chain.index(verb)] if verb is not None else chain
    noun = _giving_noun(parse, [n for n in (head, content) if n is not None], nouns)
    over = tuple(t for t in chain[len(nouns) + 1 :] if is_verb(parse, t) or parse.tags[t] in NOMINAL)
    above = tuple(t for t in nouns if parse.tags[t] in NOMINAL)
    gift = Gift(parse, amount, first, last, head, max(end, content or end), verb, noun, above, over)
    return gift if _is_given(gift) else None


def _substance(parse: Parse, end: int) -> int:
    """Return the last token of what goods are of: "200,000 doses of vaccine"."""
    of = next((c for c in parse.of(end, "prep") if parse.words[c].lower() == "of" and c == end + 1), None)
    found = [] if of is None else parse.of(of, "pobj")
    return max(found, default=end)


def _past_brackets(parse: Parse, last: int) -> int:
    """Return the last token of a sum and of the brackets after it: "C$4.9 million (US$3.6 million)"."""
    if parse.words[last + 1 : last + 2] not in (("(",), ("[",)):
        return last
    closing = (i for i in range(last + 2, min(last + 10, len(parse))) if parse.words[i] in (")", "]"))
    return next(closing, last)


def counted(parse: Parse, last: int) -> int | None:
    """Return the noun a sum stands before ("a $5 million, three-year health programme"), if any."""
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
        if tag in NOMINAL and word not in giving().time:
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
    if i + 1 >= len(parse) or parse.words[i].lower() not in _OF:
        return None
    if " ".join(parse.words[i : i + 3]).lower() in giving().recipient_phrases:
        return None
    found, j = None, i
    for j in range(i + 1, min(i + 16, len(parse))):
        if parse.tags[j] in NOMINAL:
            found = j if _is_giving_noun(parse, j) else found
        elif _ends_content(parse, j, found):
            break
    # "for assistance to the Palestinian people" says what is given, "for emergency relief" what for
    return None if parse.words[i].lower() == "for" and parse.words[j].lower() != "to" else found


def _is_giving_noun(parse: Parse, i: int) -> bool:
    """Say whether a noun says that something is given, and is no part of a compound ("aid programme")."""
    if parse.tags[i] not in ("NN", "NNS") or parse.tags[i + 1 : i + 2] in (("NN",), ("NNS",)):
        return False
    return parse.words[i].lower() in giving().nouns


def _ends_content(parse: Parse, i: int, found: int | None) -> bool:
    """Say whether a phrase like "emergency aid and medium to long-term assistance" ends at a token."""
    word, tag = parse.words[i].lower(), parse.tags[i]
    if word == "to":
        return not "".join(parse.words[i + 1 : i + 2]).lower().startswith("long")
    if word == ",":
        return found is not None
    return tag not in (*_INSIDE_NOUNS, "DT", "PRP$", "CC", "RB")


def _above(parse: Parse, first: int, last: int) -> list[int]:
    """List the tokens above a sum, nearest first."""
    top = next((i for i in range(last, first - 1, -1) if not first <= parse.heads[i] <= last), last)
    return [] if parse.deps[top] == "ROOT" else ancestors(parse, top)


def _measures(parse: Parse, token: int) -> bool:
    """Say whether a participle only tells the size of the noun before it ("grants totaling $5 million")."""
    return parse.deps[token] in ("acl", "relcl") and parse.words[token].lower() in giving().measuring


def _giving_noun(parse: Parse, near: list[int], above: list[int]) -> int | None:
    """Return the nearest noun that says that something is given."""
    known = giving().nouns
    inner = (o for t in above for p in parse.of(t, "prep") for o in parse.of(p, "pobj") if o not in near)
    nouns = (t for t in (*near, *above, *inner) if parse.tags[t] in NOMINAL)
    return next((t for t in nouns if parse.words[t].lower() in known), None)


def _is_given(gift: Gift) -> bool:
    """Say whether the words around a sum give it."""
    if _is_something_else(gift):
        return False
    if isinstance(gift.amount, Goods):
        by_verb = gift.verb is not None and gift.word(gift.verb) in giving().goods_verbs and _is_object(gift)
        return by_verb or _is_given_by_noun(gift)
    if gift.verb is not None and gift.word(gift.verb) in giving().verbs:
        return _is_object(gift) and not _is_old_programme(gift)
    if gift.noun is not None:
        return True
    return gift.head is not None and gift.word(gift.head) in giving().programme and _is_new(gift)


def _is_given_by_noun(gift: Gift) -> bool:
    """Say whether goods are what a noun gives: "announced the donation of two million doses"."""
    parse = gift.parse
    above = (t for t in gift.nouns if t < gift.first and gift.word(t) in giving().goods_giving)
    given = any(parse.words[t + 1 : t + 2] == ("of",) for t in above)
    return given and gift.verb is not None and gift.word(gift.verb) not in giving().onlooking


def _is_something_else(gift: Gift) -> bool:
    """Say whether a sum is trade, cost, debt, a budget: by its noun, the verb over it, or its subject."""
    known = giving()
    nearer = gift.nouns[: gift.nouns.index(gift.noun)] if gift.noun in gift.nouns else gift.nouns
    near = [t for t in (gift.head, *nearer) if t is not None and t != gift.noun]
    if any(gift.word(t) in known.against_nouns for t in near) or _is_compound_of_another_kind(gift):
        return True
    if gift.verb is None:
        return False
    counts = _what(gift)
    if counts is not None and gift.word(counts) in known.against_nouns:
        return True
    if any(gift.word(t) in known.aims for t in (*gift.nouns, *gift.over[:2])):
        return True
    verbs = [t for t in (gift.verb, *gift.over[:2]) if is_verb(gift.parse, t)]
    if any(gift.word(t) in known.asking for t in verbs):
        return True
    denied = _is_negated(gift.parse, gift.verb) or _is_decided_at_home(gift)
    return denied or gift.word(gift.verb) in known.against_verbs


def _what(gift: Gift) -> int | None:
    """Return what a sum consists of, where no giving noun says so: "$6 billion in economic benefits"."""
    parse, after = gift.parse, gift.end + 1
    if gift.noun is not None or after >= len(parse) or gift.word(after) not in ("in", "of"):
        return None
    return next((p for p in parse.of(after, "pobj")), None)


def _is_compound_of_another_kind(gift: Gift) -> bool:
    """Say whether the giving noun is part of a compound that is none: "tax credits", "export financing"."""
    if gift.noun is None:
        return False
    before = range(max(0, gift.noun - 3), gift.noun)
    parts = [
        t
        for t in before
        if gift.parse.tags[t] in (*NOMINAL, "JJ") and gift.parse.heads[t] in (*before, gift.noun)
    ]
    return any(gift.word(t) in giving().compounds for t in parts)


def _is_decided_at_home(gift: Gift) -> bool:
    """Say whether the subject is a budget, a law, or the market."""
    parse = gift.parse
    subjects = parse.of(gift.verb, "nsubj", "nsubjpass") if gift.verb is not None else []
    return any(parse.words[s].lower() in giving().subjects for s in subjects)


def _is_negated(parse: Parse, verb: int) -> bool:
    words = {parse.words[a].lower() for a in (*auxiliaries(parse, verb), *parse.of(verb, "neg"))}
    return bool(words & (grammar().negation | (grammar().conditional - {"may"})))


def _is_object(gift: Gift) -> bool:
    """Say whether the sum is what the verb gives, not a circumstance ("valued at", "from $5 million")."""
    parse = gift.parse
    if gift.verb is not None and _receives(gift, gift.verb):
        return False
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


def _receives(gift: Gift, verb: int) -> bool:
    """Say whether something else is given to what a sum describes ("$160bn in projects were given leave")."""
    passive = any(gift.first <= s <= gift.end for s in gift.parse.of(verb, "nsubjpass"))
    return passive and bool(gift.parse.of(verb, "dobj"))


def _is_old_programme(gift: Gift) -> bool:
    """Say whether the sum only describes a thing known already ("a study for the $330 million project")."""
    if gift.noun is not None:
        return False
    return _article(gift) in ("the", "this", "that", "these", "our", "its", "their") and not _is_direct(gift)


def _article(gift: Gift) -> str:
    """Return the word that opens the phrase a sum stands in ("the new 10-year, $600 million agreement")."""
    for i in range(gift.first - 1, max(-1, gift.first - 9), -1):
        if gift.parse.tags[i] in ("DT", "PRP$"):
            return gift.word(i)
        if gift.parse.tags[i] not in ("JJ", "CD", "HYPH", "NN", ",", "RB", "NNP", "VBN"):
            return ""
    return ""


def _is_direct(gift: Gift) -> bool:
    """Say whether the noun that the sum describes is the object of the giving verb itself."""
    return gift.verb in (gift.parse.heads[gift.last], gift.parse.heads[gift.head or gift.last])


def _is_new(gift: Gift) -> bool:
    """Say whether a programme that a sum describes is new here, not one known already."""
    if gift.first == 0 or _article(gift) in ("a", "an", "another"):
        return True
    before = [gift.word(t) for t in range(max(0, gift.first - 3), gift.first)]
    return bool({"new", "-", "•", "*", "–"} & set(before)) and "the" not in before


def is_giving(gift: Gift) -> bool:
    """Say whether verb or noun itself gives, so that no recipient need be named ("will contribute $2m")."""
    if gift.noun is not None and giving().nouns[gift.word(gift.noun)] != "invest":
        return True
    return gift.verb is not None and giving().verbs.get(gift.word(gift.verb)) in ("give", "pay", "pledge")


def is_part(parse: Parse, amount: Amount) -> bool:
    """Say whether a sum is part of the sum before it: "including $1 billion"."""
    first = next((i for i, end in enumerate(parse.ends) if end > amount.first), 0)
    return first > 0 and parse.words[first - 1].lower() in giving().including


def starts_item(parse: Parse, amount: Amount) -> bool:
    """Say whether a sum opens its sentence, but for a bullet and an article."""
    first = next((i for i, end in enumerate(parse.ends) if end > amount.first), len(parse))
    return first <= 3 and all(not w.isalnum() or w.lower() in ("a", "an", "new") for w in parse.words[:first])


def item_of(parse: Parse, amount: Amount, stage: Stage) -> Gift | None:
    """Read a sum that opens an item of a list of gifts: "* $32 million to combat infectious diseases"."""
    first = next((i for i, end in enumerate(parse.ends) if end > amount.first), len(parse))
    last = max(i for i, start in enumerate(parse.starts) if start < amount.end)
    head = counted(parse, last)
    end = _past_brackets(parse, last) if head is None else head
    content = _content(parse, end)
    noun = _giving_noun(parse, [n for n in (head, content) if n is not None], [])
    gift = Gift(parse, amount, first, last, head, max(end, content or end), None, noun, stage=stage)
    return None if _is_something_else(gift) else gift


def share_of(before: Gift, amount: Amount) -> Gift | None:
    """Read a sum that shares the verb of the sum before it: "provides $1 billion, with $50m for Egypt"."""
    parse = before.parse
    first = next((i for i, end in enumerate(parse.ends) if end > amount.first), len(parse))
    if not before.end < first < len(parse) or parse.words[first - 1].lower() not in giving().sharing:
        return None
    last = max(i for i, start in enumerate(parse.starts) if start < amount.end)
    head = counted(parse, last)
    end = _past_brackets(parse, last) if head is None else head
    if end + 1 < len(parse) and parse.words[end + 1].lower() not in (
        "to",
        "for",
        "in",
        "towards",
        "specifically",
    ):
        return None
    gift = replace(before, amount=amount, first=first, last=last, head=head, end=end, noun=None, nouns=())
    return None if _is_something_else(gift) else gift


def stage_of(gift: Gift) -> Stage:
    """Return the stage that the words over a gift tell, the most telling first."""
    if gift.stage is not None:
        return gift.stage
    if _has_given(gift):
        return "pay"
    stages = _stages(gift)
    return next((s for s in ("pledge", "announce", "pay", "spend") if s in stages), "give")


def _has_given(gift: Gift) -> bool:
    """Tell what is said to be given already, whoever announces it: "announced that it had contributed"."""
    if gift.verb is None or giving().verbs.get(gift.word(gift.verb)) not in ("give", "pay"):
        return False
    aux = {gift.word(a) for a in gift.parse.of(gift.verb, "aux")}
    return bool(aux & {"has", "have", "had"}) and gift.parse.deps[gift.verb] == "ccomp"


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
