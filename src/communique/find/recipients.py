"""Reads who or what a gift is for: the phrases after the sum, and the verb's other objects."""

from __future__ import annotations

from dataclasses import dataclass

from communique.find.gifts import Gift
from communique.text.syntax import Parse
from communique.vocab.money.giving import giving

_NOMINAL = ("NN", "NNS", "NNP", "NNPS")
_INSIDE = (
    *_NOMINAL,
    "JJ",
    "JJR",
    "JJS",
    "CD",
    "HYPH",
    "POS",
    "VBN",
    "DT",
    "PRP$",
    "$",
    "AFX",
    "-LRB-",
    "-RRB-",
    "RB",
    "PDT",
)
_STOP = (";", ":", ".", "—", "–", "?", "!", "•")
_OPEN_RELATIVE = frozenset(
    {"which", "who", "where", "while", "including", "as", "when", "because", "but", "with"}
)
_LISTLESS = frozenset({"series", "number", "development", "implementation", "establishment", "creation", "range"})


@dataclass(frozen=True, slots=True)
class Purpose:
    """Recipient and purpose as token ranges, last token included, and the last token that belongs to the gift."""

    recipient: tuple[int, int] | None
    purpose: tuple[int, int] | None
    end: int


def purpose_of(gift: Gift, limit: int) -> Purpose:
    """Read recipient and purpose of a gift; ``limit`` is the token at which the next sum starts."""
    tail = _tail(gift, limit)
    strong, weak, purpose = _phrases(gift, tail)
    helped = _helped(gift.parse, purpose)
    recipient = strong or _before(gift) or helped or _of_programme(gift) or _programme(gift)
    recipient = recipient or _object(gift.parse, purpose) or weak or _antecedent(gift) or _verbs_object(gift)
    ends = [gift.end, *(s[1] for s in (recipient, purpose) if s is not None)]
    return Purpose(recipient, purpose, max(ends))


def _tail(gift: Gift, limit: int) -> range:
    """Return the tokens after a gift that may say what it is for: up to the clause's end or the next sum."""
    parse = gift.parse
    end = limit
    for i in range(gift.end + 1, limit):
        word, tag = parse.words[i].lower(), parse.tags[i]
        if word == ")" and "(" not in parse.words[gift.end : i]:
            return range(gift.end + 1, i)
        if (
            word in _STOP
            or (word == "," and _ends_clause(parse, i))
            or (tag in ("MD", "VBD", "VBZ") and not _relative(parse, i, gift.end))
        ):
            end = i
            break
    return range(gift.end + 1, end)


def _relative(parse: Parse, verb: int, start: int) -> bool:
    """Say whether a finite verb stands in a relative clause that opened after the sum."""
    return parse.deps[verb] in ("relcl", "acl", "aux", "auxpass", "ccomp") and any(
        parse.tags[i] in ("WDT", "WP") for i in range(start, verb)
    )


def _ends_clause(parse: Parse, comma: int) -> bool:
    """Say whether a comma opens a new clause or a remark, rather than going on with a list."""
    following = [parse.words[i].lower() for i in range(comma + 1, min(comma + 4, len(parse)))]
    tags = parse.tags[comma + 1 : comma + 4]
    if not following or following[0] in _OPEN_RELATIVE or tags[0] in ("VBG", "VBN", "RB", "WDT", "WP", "PRP"):
        return True
    return (
        following[0] in ("and", "plus")
        and len(tags) > 1
        and tags[1] in ("MD", "VBD", "VBZ", "VBP", "VB", "PRP", "VBN", "RB")
    )


def _phrases(
    gift: Gift, tail: range
) -> tuple[tuple[int, int] | None, tuple[int, int] | None, tuple[int, int] | None]:
    """Walk over the phrases after a gift: return who it goes to, a weaker guess of that, and the purpose."""
    parse, known = gift.parse, giving()
    strong = weak = purpose = None
    i = tail.start
    while i < tail.stop:
        word = parse.words[i].lower()
        if word == "to" and _is_infinitive(parse, i):
            purpose = purpose or (i, _trim(parse, i, tail.stop - 1))
            break
        if (word == "for" and _is_gerund(parse, i + 1)) or _support_of(parse, i):
            purpose = purpose or (i, _trim(parse, i, tail.stop - 1))
            if _support_of(parse, i):
                strong = strong or noun_phrase(parse, i + 3, tail.stop)
            break
        if parse.tags[i] == "VBG" and word in known.aiming:
            strong = strong or noun_phrase(parse, i + (2 if parse.tags[i + 1] == "IN" else 1), tail.stop)
            break
        phrase = noun_phrase(parse, i + 1, tail.stop) if word in known.to | known.weak else None
        if phrase is None or _is_time(parse, phrase):
            i = phrase[1] + 1 if phrase is not None else i + 1
            continue
        if word in known.to and strong is None and not _is_in_name(parse, i):
            strong = phrase
        elif word == "for" and purpose is None:
            purpose = (i, phrase[1])
        elif word == "with" and weak is not None and parse.words[weak[1]].lower() in known.between:
            weak = phrase
        elif word in known.weak and weak is None:
            weak = phrase = _with_relative(parse, phrase, tail.stop)
        i = phrase[1] + 1
    return strong, weak, purpose


def _is_in_name(parse: Parse, i: int) -> bool:
    """Say whether a preposition stands inside a name ("Partnership for Global Infrastructure")."""
    return (
        parse.words[i].lower() == "for"
        and parse.tags[i - 1] == "NNP"
        and parse.tags[i + 1 : i + 2] == ("NNP",)
        and parse.deps[parse.heads[i]] == "pobj"
    )


def _with_relative(parse: Parse, phrase: tuple[int, int], stop: int) -> tuple[int, int]:
    """Take "that align with the goals" into a phrase: without it "projects" says nothing."""
    after = phrase[1] + 1
    if after >= stop or parse.words[after].lower() != "that":
        return phrase
    end = next((i for i in range(after, stop) if parse.words[i].lower() == "to" and _is_infinitive(parse, i)), stop)
    return phrase[0], _trim(parse, after, end - 1)


def _is_infinitive(parse: Parse, i: int) -> bool:
    """Say whether "to" leads a verb, adverbs between allowed."""
    j = i + 1
    while j < len(parse) and parse.tags[j] == "RB":
        j += 1
    return j < len(parse) and parse.tags[j] == "VB"


def _is_gerund(parse: Parse, i: int) -> bool:
    return i < len(parse) and parse.tags[i] == "VBG" and parse.deps[i] != "amod"


def _support_of(parse: Parse, i: int) -> bool:
    """Say whether "in support of", "in response to" stand here."""
    return [w.lower() for w in parse.words[i : i + 3]] in (["in", "support", "of"], ["in", "response", "to"])


def noun_phrase(parse: Parse, start: int, stop: int) -> tuple[int, int] | None:
    """Return the noun phrase that starts at a token: its nouns, "of" and other short phrases in it, and lists."""
    i, last = start, None
    while i < stop:
        word, tag = parse.words[i].lower(), parse.tags[i]
        if tag in _INSIDE:
            if tag in _NOMINAL or (tag == "CD" and last is None) or tag == "-RRB-":
                last = i
        elif last is None and tag == "VBG":
            pass
        elif last is None or not _links(parse, i, stop):
            break
        i += 1
    if last is None:
        return None
    first = next((i for i in range(start, last) if parse.tags[i] not in ("DT", "PDT")), last)
    return first, last


def _links(parse: Parse, i: int, stop: int) -> bool:
    """Say whether a word inside a noun phrase leads on to more of it."""
    if i + 1 >= stop:
        return False
    word, tag = parse.words[i].lower(), parse.tags[i + 1]
    nominal = tag in _INSIDE and tag not in ("-RRB-", "POS")
    if word in ("of", "and", "&", ",", "or", "/"):
        return nominal or (word in (",",) and parse.words[i + 1].lower() == "and")
    return False


def _trim(parse: Parse, start: int, end: int) -> int:
    """Drop a dangling comma or conjunction from the end of a phrase."""
    while end > start and parse.words[end].lower() in (",", "and", ";", ".", "(", "or"):
        end -= 1
    return end


def _is_time(parse: Parse, phrase: tuple[int, int]) -> bool:
    """Say whether a phrase only says when or how long ("over the next five years", "in 2022")."""
    last = parse.words[phrase[1]].lower()
    return last in giving().time or parse.tags[phrase[1]] == "CD"


def _helped(parse: Parse, purpose: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return whom a purpose helps: the object of "to support the Mekong River Commission"."""
    verb = _purpose_verb(parse, purpose)
    if purpose is None or verb is None or parse.words[verb].lower() not in giving().helping:
        return None
    return (
        noun_phrase(parse, verb + 1, purpose[1] + 1) if parse.tags[verb + 1 : verb + 2] != ("VB",) else None
    )


def _object(parse: Parse, purpose: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the object of a purpose ("to develop a series of food parks across India")."""
    if purpose is None:
        return None
    verb = _purpose_verb(parse, purpose)
    start = purpose[0] + 1 if verb is None else verb + 1
    phrase = noun_phrase(parse, start, purpose[1] + 1)
    return None if phrase is None else _past_measure(parse, _with_place(parse, phrase, purpose[1] + 1))


def _purpose_verb(parse: Parse, purpose: tuple[int, int] | None) -> int | None:
    """Return the verb of a purpose, past "help" where another verb follows it."""
    if purpose is None:
        return None
    verbs = [
        i for i in range(purpose[0], min(purpose[1], purpose[0] + 4) + 1) if parse.tags[i] in ("VB", "VBG")
    ]
    return verbs[-1] if verbs and verbs[-1] == verbs[0] + 1 else (verbs[0] if verbs else None)


def _with_place(parse: Parse, phrase: tuple[int, int], stop: int) -> tuple[int, int]:
    """Take "across India" into a phrase."""
    after = phrase[1] + 1
    if after < stop and parse.words[after].lower() in ("across", "throughout", "in"):
        place = noun_phrase(parse, after + 1, stop)
        if place is not None and not _is_time(parse, place):
            return phrase[0], place[1]
    return phrase


def _past_measure(parse: Parse, phrase: tuple[int, int]) -> tuple[int, int]:
    """Drop "a series of", "the development of" from the front of a phrase."""
    for i in range(phrase[0], phrase[1]):
        if parse.words[i].lower() == "of":
            return (i + 1, phrase[1]) if parse.words[i - 1].lower() in _LISTLESS else phrase
    return phrase


def _before(gift: Gift) -> tuple[int, int] | None:
    """Return who receives where the sum comes last: "provide the Fund with $5 million", "aid to Laos of $5 million"."""
    parse = gift.parse
    giver = gift.verb if gift.verb is not None and gift.verb < gift.first else None
    if gift.noun is not None and gift.noun < gift.first:
        giver = gift.noun
    if giver is None or gift.first - giver < 2 or gift.first - giver > 25:
        return None
    for i in range(giver + 1, gift.first):
        if parse.words[i].lower() in giving().to and parse.tags[i] in ("IN", "TO"):
            return noun_phrase(parse, i + 1, gift.first)
    if giver == gift.verb and (parse.of(giver, "dative") or parse.words[gift.first - 1].lower() == "with"):
        return noun_phrase(parse, giver + 1, gift.first - 1)
    return None


def _of_programme(gift: Gift) -> tuple[int, int] | None:
    """Return what an extension, phase or expansion is of."""
    after = gift.end + 1
    if gift.head is None or after >= len(gift.parse) or gift.parse.words[after].lower() != "of":
        return None
    phrase = noun_phrase(gift.parse, after + 1, len(gift.parse))
    words = () if phrase is None else gift.parse.words[phrase[0] : phrase[1] + 1]
    return phrase if any(w.lower() in giving().programme for w in words) else None


def _programme(gift: Gift) -> tuple[int, int] | None:
    """Return the programme itself that a sum describes ("regional communicable diseases initiative")."""
    if gift.head is None or gift.word(gift.head) not in giving().programme:
        return None
    start = gift.last + 1
    while start < gift.head and not _names(gift.parse, start):
        start += 1
    return start, gift.head


def _names(parse: Parse, i: int) -> bool:
    """Say whether a programme's name may start here, past ", three-year"."""
    word = parse.words[i].lower()
    if word in (",", "-", "–", "year", "new") or parse.tags[i] in ("CD", "HYPH", ","):
        return False
    return not (parse.words[i + 1 : i + 2] == ("-",) and parse.words[i + 2 : i + 3] == ("year",))


def _antecedent(gift: Gift) -> tuple[int, int] | None:
    """Return what "to which" stands for, where the gift stands in a relative clause."""
    parse, verb = gift.parse, gift.verb
    if verb is None or parse.deps[verb] != "relcl":
        return None
    if not any(parse.tags[i] == "WDT" and parse.tags[i - 1] in ("IN", "TO") for i in range(1, verb)):
        return None
    head = parse.heads[verb]
    first = min([head, *parse.of(head, "compound", "nmod", "amod", "poss")])
    low = min(
        parse.subtree(c)[0]
        for c in [head, *parse.of(head, "compound", "nmod", "amod", "poss")]
        if c != head or first == head
    )
    return low, head


def _verbs_object(gift: Gift) -> tuple[int, int] | None:
    """Return what is supported or funded with a sum: "support the clinics with $5 million"."""
    verb = gift.verb
    if verb is None or gift.word(verb) not in giving().helping or verb > gift.first:
        return None
    return noun_phrase(gift.parse, verb + 1, gift.first)
