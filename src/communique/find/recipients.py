"""Reads who or what a gift is for: the phrases after the sum, those before it, and the purpose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from communique.find.gifts import NOMINAL, Gift
from communique.text.syntax import Parse
from communique.vocab.money.giving import giving

Phrase = tuple[int, int]
Role = Literal["to", "weak", "partner", "purpose"]

_INSIDE = frozenset(NOMINAL) | frozenset(
    "JJ JJR JJS CD HYPH POS VBN DT PRP$ $ AFX -LRB- -RRB- RB PDT `` ''".split()  # noqa: SIM905 — tags read as one line
)
_STOP = frozenset((";", ":", ".", "—", "–", "?", "!", "•"))
_TAIL_TAGS = frozenset(("VBG", "VBN", "RB", "WDT", "WP", "PRP"))
_VERB_TAGS = frozenset(("MD", "VBD", "VBZ", "VBP", "VB", "PRP", "VBN", "RB"))


@dataclass(frozen=True, slots=True)
class Purpose:
    """Recipient and purpose as token ranges, their last token included, and the last token of the whole."""

    recipient: Phrase | None
    purpose: Phrase | None
    end: int


def purpose_of(gift: Gift, limit: int) -> Purpose:
    """Read recipient and purpose of a gift; ``limit`` is the token at which the next sum starts."""
    found: dict[Role, Phrase] = {}
    for start in _starts(gift):
        for role, phrase in _phrases(gift, _tail(gift, start, limit)):
            found.setdefault(role, phrase)
    purpose = found.get("purpose")
    if (
        purpose is not None
        and "to" in found
        and found["to"][1] == purpose[1]
        and gift.word(purpose[0]) == "for"
    ):
        purpose = None
    ways = (
        found.get("partner"),
        found.get("to"),
        found.get("weak") if gift.verb is not None and gift.word(gift.verb) in giving().placing else None,
        _before(gift),
        _helped(gift.parse, purpose),
        _of_programme(gift, limit),
        _programme(gift),
        None if _is_fought(gift.parse, purpose) else _object(gift.parse, purpose),
        found.get("weak"),
        _antecedent(gift),
        _verbs_object(gift),
        _object_over(gift),
        _object(gift.parse, purpose),
    )
    recipient = next((p for p in ways if p is not None), None)
    return Purpose(
        recipient, purpose, max([gift.end, *(p[1] for p in (recipient, purpose) if p is not None)])
    )


def _starts(gift: Gift) -> list[int]:
    """List where the words that say what a gift is for may start: after it, and after a passive verb."""
    name = _with_name(gift.parse, (gift.end, gift.end), len(gift.parse)) if gift.head == gift.end else None
    after = (gift.end if name is None else name[1]) + 1
    passive = gift.verb is not None and gift.verb > gift.end and bool(gift.parse.of(gift.verb, "nsubjpass"))
    return [after, gift.verb + 1] if passive and gift.verb is not None else [after]


def _tail(gift: Gift, start: int, limit: int) -> range:
    """Return the tokens after a gift that may say what it is for: up to the clause's end or the next sum."""
    return range(start, next((i for i in range(start, limit) if _ends_tail(gift, i)), limit))


def _ends_tail(gift: Gift, i: int) -> bool:
    """Say whether the clause of a gift ends at a token."""
    parse, word = gift.parse, gift.word(i)
    if word == "subject" and parse.words[i + 1 : i + 2] == ("to",):
        return True
    if word == ")":
        return "(" not in parse.words[gift.end : i]
    if word == ",":
        return _ends_clause(parse, i)
    return word in _STOP or (parse.tags[i] in ("MD", "VBD", "VBZ") and not _is_relative(parse, i, gift.end))


def _is_relative(parse: Parse, verb: int, start: int) -> bool:
    """Say whether a finite verb stands in a relative clause that opened after the sum."""
    inside = parse.deps[verb] in ("relcl", "acl", "aux", "auxpass", "ccomp")
    return inside and any(parse.tags[i] in ("WDT", "WP") for i in range(start, verb))


def _ends_clause(parse: Parse, comma: int) -> bool:
    """Say whether a comma opens a new clause or a remark, rather than going on with a list."""
    following = [w.lower() for w in parse.words[comma + 1 : comma + 3]]
    tags = parse.tags[comma + 1 : comma + 3]
    if following and tags[0] == "VBN" and following[0] in giving().verbs:
        return False
    if not following or following[0] in giving().remark or tags[0] in _TAIL_TAGS:
        return True
    return following[0] in ("and", "plus") and len(tags) > 1 and tags[1] in _VERB_TAGS


def _phrases(gift: Gift, tail: range) -> Iterator[tuple[Role, Phrase]]:
    """Walk over the phrases after a gift and tell of each what it says."""
    parse, i = gift.parse, tail.start
    while i < tail.stop:
        if _opens_purpose(parse, i):
            yield "purpose", (i, _trim(parse, i, tail.stop - 1))
            return
        if _support_of(parse, i):
            yield from _supported(parse, i, tail.stop)
            return
        if gift.word(i) in giving().aiming and parse.tags[i] == "VBG":
            yield from _aimed(parse, i, tail.stop)
            return
        phrase = _after_preposition(parse, i, tail.stop)
        if phrase is None:
            i += 1
            continue
        yield from _labelled(parse, i, phrase, tail.stop)
        i = phrase[1] + 1


def _opens_purpose(parse: Parse, i: int) -> bool:
    """Say whether "to build", "for building" start here."""
    word = parse.words[i].lower()
    if word == "for":
        return parse.tags[i + 1 : i + 2] == ("VBG",) and parse.deps[i + 1] == "pcomp"
    return word == "to" and _is_infinitive(parse, i)


def _is_infinitive(parse: Parse, i: int) -> bool:
    """Say whether "to" leads a verb, adverbs between allowed."""
    return next((parse.tags[j] for j in range(i + 1, len(parse)) if parse.tags[j] != "RB"), "") == "VB"


def _support_of(parse: Parse, i: int) -> bool:
    """Say whether "in support of", "in response to" stand here."""
    return " ".join(parse.words[i : i + 3]).lower() in giving().recipient_phrases


def _supported(parse: Parse, i: int, stop: int) -> Iterator[tuple[Role, Phrase]]:
    """Yield what is supported or responded to, and the whole as the purpose."""
    yield "purpose", (i, _trim(parse, i, stop - 1))
    first = i + 1 if parse.words[i + 1].lower() == "response" else i + 3
    phrase = noun_phrase(parse, i + 3, stop)
    if phrase is not None:
        yield "to", (first, phrase[1])


def _aimed(parse: Parse, i: int, stop: int) -> Iterator[tuple[Role, Phrase]]:
    """Yield whom a programme is for: "focusing on Cambodia", "benefiting small farmers"."""
    phrase = noun_phrase(parse, i + (2 if parse.tags[i + 1 : i + 2] == ("IN",) else 1), stop)
    if phrase is not None:
        yield "to", phrase


def _after_preposition(parse: Parse, i: int, stop: int) -> Phrase | None:
    """Return the noun phrase after a preposition, one that only says by what way or in all included."""
    word = parse.words[i].lower()
    if word not in giving().to | giving().weak | giving().way:
        return None
    phrase = noun_phrase(parse, i + 1, stop)
    says_little = phrase is not None and (word in giving().weak or phrase[0] == phrase[1])
    return _with_relative(parse, phrase, stop) if phrase is not None and says_little else phrase


def _with_name(parse: Parse, phrase: Phrase, stop: int) -> Phrase:
    """Take the rest of a name into a phrase ("Emergency Plan" + "for AIDS Relief")."""
    after, last = phrase[1] + 1, parse.words[phrase[1]]
    if after + 1 >= stop or parse.words[after].lower() != "for" or parse.tags[after + 1] != "NNP":
        return phrase
    if not last[0].isupper() or last.lower() not in giving().programme:
        return phrase
    rest = noun_phrase(parse, after + 1, stop)
    return phrase if rest is None else (phrase[0], rest[1])


def _labelled(parse: Parse, i: int, phrase: Phrase, stop: int) -> Iterator[tuple[Role, Phrase]]:
    """Tell what a phrase after a preposition says of a gift; nothing where it says when or how."""
    word, before = parse.words[i].lower(), parse.words[i - 1].lower()
    if parse.words[i + 1].lower() == "no":
        return
    if word in giving().way or _is_time(parse, phrase) or (word == "to" and before in giving().besides):
        return
    if word in giving().to:
        yield "to", phrase
    if word == "for":
        yield "purpose", (i, phrase[1])
    if word == "with" and before in giving().between:
        yield "partner", phrase
    elif word in giving().weak:
        yield "weak", phrase


def _is_time(parse: Parse, phrase: Phrase) -> bool:
    """Say whether a phrase only says when or how long ("over the next five years", "in 2022")."""
    return parse.words[phrase[1]].lower() in giving().time or parse.tags[phrase[1]] == "CD"


def _with_relative(parse: Parse, phrase: Phrase, stop: int) -> Phrase:
    """Take "that align with the goals" into a phrase: without it "projects" says nothing."""
    after = phrase[1] + 1
    if after >= stop or parse.words[after].lower() != "that":
        return phrase
    purpose = (i for i in range(after, stop) if parse.words[i].lower() == "to" and _is_infinitive(parse, i))
    return phrase[0], _trim(parse, after, next(purpose, stop) - 1)


def noun_phrase(parse: Parse, start: int, stop: int) -> Phrase | None:
    """Return the noun phrase that starts at a token, no article: its nouns, "of" phrases, and lists."""
    last: int | None = None
    for i in range(start, stop):
        tag = parse.tags[i]
        if tag == "DT" and last == i - 1:
            break
        if tag in _INSIDE or (tag == "VBG" and (last is None or parse.deps[i] in ("amod", "compound"))):
            last = i if tag in NOMINAL or (tag == "CD" and last is None) or tag in ("-RRB-", "''") else last
        elif not _links(parse, i, stop, last):
            break
    if last is None:
        return None
    first = next((i for i in range(start, last) if parse.tags[i] not in ("DT", "PDT", "RB")), last)
    return _with_name(parse, (first, last), stop)


def _links(parse: Parse, i: int, stop: int, last: int | None) -> bool:
    """Say whether "of", "and" or a comma leads on to more of a noun phrase, not to the next clause."""
    if i + 1 >= stop or (last is not None and _opens_clause(parse, i, stop)):
        return False
    if _opens_gift(parse, i, stop):
        return False
    word, tag = parse.words[i].lower(), parse.tags[i + 1]
    if last is None:
        return word in (",", "and", "or", "&", "/") and tag in _INSIDE
    if word == "of":
        return tag in _INSIDE
    if word == ",":
        return tag in _INSIDE - {"DT", "PRP$", "RB"} or (parse.words[i + 1].lower() == "and" and i + 2 < stop)
    named = tag in ("DT", "PRP$") and parse.tags[i + 2 : i + 3] in (("NNP",), ("NNPS",))
    return word in ("and", "&", "or", "/") and (named or tag in _INSIDE - {"DT", "RB"})


def _opens_clause(parse: Parse, i: int, stop: int) -> bool:
    """Say whether the noun after "and" is the subject of another clause."""
    noun = next((j for j in range(i + 1, stop) if parse.tags[j] in NOMINAL), i)
    while parse.deps[noun] in ("compound", "nmod", "amod", "poss") and parse.heads[noun] > noun:
        noun = parse.heads[noun]
    return parse.deps[noun] in ("nsubj", "nsubjpass")


def _opens_gift(parse: Parse, i: int, stop: int) -> bool:
    """Say whether "and" leads on to what somebody else gives: "to the Fund and Japan's pledge of"."""
    owner = next((j for j in range(i + 1, min(i + 6, stop)) if parse.tags[j] == "POS"), None)
    if owner is None:
        return False
    return any(word.lower() in giving().nouns for word in parse.words[owner + 1 : min(owner + 4, stop)])


def _trim(parse: Parse, start: int, end: int) -> int:
    """Drop a dangling comma or conjunction from the end of a phrase."""
    while end > start and parse.words[end].lower() in (",", "and", ";", ".", "(", "or", "with"):
        end -= 1
    return end


def _purpose_verb(parse: Parse, purpose: Phrase) -> int | None:
    """Return the verb of a purpose, past "help" where another verb follows it."""
    near = range(purpose[0], min(purpose[1], purpose[0] + 4) + 1)
    verbs = [i for i in near if parse.tags[i] in ("VB", "VBG")]
    if len(verbs) > 1 and verbs[1] == verbs[0] + 1:
        return verbs[1]
    return _last_joined(parse, verbs[0]) if verbs else None


def _last_joined(parse: Parse, verb: int) -> int:
    """Return the last of verbs that share an object: "expand" in "to strengthen and expand industries"."""
    while parse.words[verb + 1 : verb + 2] in (("and",), ("or",), (",",)) and parse.tags[
        verb + 2 : verb + 3
    ] in (
        ("VB",),
        ("VBG",),
    ):
        verb += 2
    return verb


def _helped(parse: Parse, purpose: Phrase | None) -> Phrase | None:
    """Return whom a purpose helps: the object of "to support the Mekong River Commission"."""
    verb = None if purpose is None else _purpose_verb(parse, purpose)
    if purpose is None or verb is None or parse.words[verb].lower() not in giving().helping:
        return None
    return noun_phrase(parse, verb + 1, purpose[1] + 1)


def _is_fought(parse: Parse, purpose: Phrase | None) -> bool:
    """Say whether the object of a purpose is fought: it stands for a recipient only where no other does."""
    verb = None if purpose is None else _purpose_verb(parse, purpose)
    return verb is not None and parse.words[verb].lower() in giving().opposing


def _object(parse: Parse, purpose: Phrase | None) -> Phrase | None:
    """Return the object of a purpose ("to develop a series of food parks across India")."""
    if purpose is None:
        return None
    verb = _purpose_verb(parse, purpose)
    start = purpose[0] + 1 if verb is None else verb + 1
    if parse.tags[start : start + 1] in (("IN",), ("TO",)):
        start += 1
    phrase = noun_phrase(parse, start, purpose[1] + 1)
    if phrase is not None and _is_time(parse, phrase):
        phrase = noun_phrase(parse, phrase[1] + 1, purpose[1] + 1)
    return None if phrase is None else _past_measure(parse, _with_place(parse, phrase, purpose[1] + 1))


def _with_place(parse: Parse, phrase: Phrase, stop: int) -> Phrase:
    """Take "across India" into a phrase."""
    after = phrase[1] + 1
    if after < stop and parse.words[after].lower() in ("across", "throughout", "in"):
        place = noun_phrase(parse, after + 1, stop)
        if place is not None and not _is_time(parse, place):
            return phrase[0], place[1]
    return phrase


def _past_measure(parse: Parse, phrase: Phrase) -> Phrase:
    """Drop "a series of", "the development of" from the front of a phrase."""
    for i in range(phrase[0] + 1, phrase[1]):
        if parse.words[i].lower() == "of":
            return (i + 1, phrase[1]) if parse.words[i - 1].lower() in giving().measure else phrase
    return phrase


def _before(gift: Gift) -> Phrase | None:
    """Return who receives before the sum: "provide the Fund with $5m", "aid to Laos of $5m"."""
    parse = gift.parse
    giver = gift.noun if gift.noun is not None and gift.noun < gift.first else gift.verb
    if giver is None or not 2 <= gift.first - giver <= 25:
        return None
    for i in range(giver + 1, gift.first):
        leads = gift.word(i) in giving().to and parse.tags[i] in ("IN", "TO")
        if leads and not _opens_purpose(parse, i) and gift.word(i - 1) not in giving().besides:
            return noun_phrase(parse, i + 1, gift.first)
    if giver == gift.verb and (parse.of(giver, "dative") or gift.word(gift.first - 1) == "with"):
        return noun_phrase(parse, giver + 1, gift.first - 1)
    return None


def _of_programme(gift: Gift, limit: int) -> Phrase | None:
    """Return what an extension or a phase is of, or a financing ("$9 million financing of solar plants")."""
    after = gift.end + 1
    if gift.head is None or after >= limit or gift.word(after) != "of":
        return None
    phrase = noun_phrase(gift.parse, after + 1, limit)
    if phrase is None:
        return None
    words = {w.lower() for w in gift.parse.words[phrase[0] : phrase[1] + 1]}
    return phrase if words & giving().programme or gift.word(gift.head).endswith("ing") else None


def _programme(gift: Gift) -> Phrase | None:
    """Return the programme itself that a sum describes ("regional communicable diseases initiative")."""
    if gift.head is None or gift.word(gift.head) not in giving().programme:
        return None
    first = next((i for i in range(gift.last + 1, gift.head) if _may_start_name(gift, i)), gift.head)
    return _with_name(gift.parse, (first, gift.head), len(gift.parse))


def _may_start_name(gift: Gift, i: int) -> bool:
    """Say whether a programme's name may start at a token: past ", three-year"."""
    if (
        gift.parse.tags[i] in ("CD", "HYPH", ",")
        or gift.word(i) in ("-", "–", "new")
        or gift.word(i) in giving().time
    ):
        return False
    return gift.word(i) != "multi"


def _antecedent(gift: Gift) -> Phrase | None:
    """Return what "to which" stands for, where the gift stands in a relative clause."""
    parse, verb = gift.parse, gift.verb
    if verb is None or parse.deps[verb] != "relcl":
        return None
    if not any(parse.tags[i] == "WDT" and parse.tags[i - 1] in ("IN", "TO") for i in range(1, verb)):
        return None
    head = parse.heads[verb]
    parts = parse.of(head, "compound", "nmod", "amod", "poss")
    return min([head, *(parse.subtree(p)[0] for p in parts)]), head


def _object_over(gift: Gift) -> Phrase | None:
    """Return what is helped by a gift: "supports the health sector by providing $60 million"."""
    verb = next((t for t in gift.over if gift.word(t) in giving().helping and t < gift.first), None)
    return None if verb is None else noun_phrase(gift.parse, verb + 1, gift.first)


def _verbs_object(gift: Gift) -> Phrase | None:
    """Return what is supported or funded with a sum: "support the clinics with $5 million"."""
    verb = gift.verb
    if verb is None or gift.word(verb) not in giving().helping or verb > gift.first:
        return None
    return noun_phrase(gift.parse, verb + 1, gift.first)
