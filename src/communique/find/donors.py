"""Reads who gives a gift: its possessor, the subject of the giving verb, who speaks, or who publishes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from communique.find.gifts import Gift
from communique.model import PartyRef, Statement
from communique.text.clauses import SUBJECTS, is_verb
from communique.text.page import Named, Page, Sentence
from communique.text.syntax import Parse
from communique.vocab.gazetteer import organisations, states
from communique.vocab.money.giving import giving

SPEAKER_RULE = "donor/speaker"
ISSUER_RULE = "donor/issuer"
SUBJECT_RULE = "donor/subject"
TOGETHER_RULE = "donor/together"
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_ARTICLE = re.compile(r"^(?:the|these|those|our|its|their)\s", re.I)
# eats what joins parties that give together: ", ", " and the "
_AND = re.compile(r"\s?,?\s?(?:(?:and|&)\s)?(?:the\s)?(?:government of\s)?(?:the\s)?", re.I)
_LAST = re.compile(r",?\s(?:and|&)\s", re.I)


@dataclass(frozen=True, slots=True)
class Donor:
    """Who gives, the words that say so (if any), and the rule that led from the words to the party.

    ``told``: the sentence itself says who gives; else it is taken from who speaks or publishes.
    """

    ref: PartyRef
    start: int | None
    end: int | None
    rule: str
    told: bool = True


def donor_of(page: Page, sentence: Sentence, gift: Gift, statements: Sequence[Statement]) -> Donor | None:
    """Return who gives: as the grammar says, else who speaks, else who publishes."""
    givers = list(_givers(gift))
    for token in givers:
        donor = _party(page, sentence, gift.parse, token, statements)
        donor = donor or (_called(page, gift.parse, token) if _possesses(gift.parse, token) else None)
        if donor is not None:
            return donor
    called = (_called(page, gift.parse, token) for token in givers)
    named = _adjective(page, gift) or next((c for c in called if c is not None), None)
    return named or _speaker(page, sentence, gift, statements) or _issuer(page)


def _called(page: Page, parse: Parse, token: int) -> Donor | None:
    """Return a giver by a name that nobody knows ("the Coca-Cola Company's new $175 million investment")."""
    start, end = _extent(parse, token)
    if not parse.tags[token].startswith("NNP") or page.text[end : end + 1] == ":":
        return None
    if parse.deps[token] == "pobj" or _slug(page.text[start:end]) in {n.id for n in page.named}:
        return None
    return _described(page, start, end)


def _givers(gift: Gift) -> Iterator[int]:
    """Yield the tokens that may name the giver, best first: near before far, names before pronouns."""
    yield from _from(gift)
    near = [t for t in (gift.noun, gift.head, *gift.nouns) if t is not None and not _receives(gift, t)]
    verbs = [t for t in (gift.verb,) if t is not None]
    chain = dict.fromkeys([*near, *verbs, *gift.over])
    found = [giver for token in chain for giver in _givers_at(gift, token, near)]
    yield from (g for g in found if gift.parse.tags[g] != "PRP$")
    yield from (g for g in found if gift.parse.tags[g] == "PRP$")


def _receives(gift: Gift, noun: int) -> bool:
    """Say whether a noun above a sum is who received the sum before: "$3 million to the Fund and $1 million"."""
    parse = gift.parse
    head = parse.words[parse.heads[noun]].lower()
    return noun < gift.first and parse.deps[noun] == "pobj" and head in ("to", "towards", "toward")


def _givers_at(gift: Gift, token: int, near: list[int]) -> list[int]:
    """List the givers that hang on one word over a gift: subjects of a verb, possessors of a giving noun."""
    if is_verb(gift.parse, token):
        if gift.word(token) in giving().onlooking:
            return []
        return [*_agents(gift.parse, token), *_subjects(gift, token)]
    if token in near or gift.word(token) in giving().nouns or gift.word(token) in giving().deciding:
        return [*_possessors(gift.parse, token), *_agents(gift.parse, token), *_of(gift, token)]
    return []


def _from(gift: Gift) -> list[int]:
    """Return the party of "$35 million from Israel", "a grant of EUR 3 million from the EU"."""
    parse = gift.parse
    for i in range(gift.last + 1, min(gift.end + 3, len(parse) - 1)):
        if parse.words[i].lower() == "from":
            return parse.of(i, "pobj")
    return []


def _possessors(parse: Parse, noun: int) -> list[int]:
    """Return the possessor of what is given, or of the plan to give it ("Japan's pledge to provide")."""
    found = [p for p in parse.children[noun] if _possesses(parse, p)]
    return found or [i - 1 for i in range(noun - 1, max(0, noun - 6), -1) if parse.tags[i] == "POS"]


def _possesses(parse: Parse, token: int) -> bool:
    """Say whether a token is a possessor: the parser misses a bare apostrophe ("States’")."""
    return parse.deps[token] == "poss" or parse.words[token + 1 : token + 2] in (("’",), ("'",))


def _agents(parse: Parse, token: int) -> list[int]:
    """Return the giver after "by": "was provided by Japan", "the decision by the Group to provide"."""
    above = [token]
    if not is_verb(parse, token):
        above += [c for c in parse.of(token, "acl") if parse.tags[c] == "VBN"]
    by = [c for t in above for c in parse.of(t, "agent", "prep") if parse.words[c].lower() == "by"]
    return [p for b in by for p in parse.of(b, "pobj")]


def _of(gift: Gift, noun: int) -> list[int]:
    """Return the giver after "of": "the commitment of the United States to provide"."""
    parse = gift.parse
    of = [c for c in parse.of(noun, "prep") if parse.words[c].lower() == "of"]
    found = [p for c in of for p in parse.of(c, "pobj") if parse.tags[p].startswith("NNP")]
    return [p for p in found if p < gift.first]


def _subjects(gift: Gift, verb: int) -> list[int]:
    """Return the subjects of a verb; for "which" what it stands for. What "includes" a sum gives nothing."""
    parse, out = gift.parse, []
    if verb == gift.verb and gift.word(verb) in giving().including:
        return []
    shared = parse.deps[verb] == "conj" and not parse.of(verb, *SUBJECTS)
    for subject in parse.of(parse.heads[verb] if shared else verb, "nsubj"):
        relative = parse.tags[subject] in ("WDT", "WP") and parse.deps[verb] == "relcl"
        out += [parse.heads[verb]] if relative else [subject, *parse.of(subject, "appos")]
    if parse.deps[verb] == "relcl" and not parse.of(verb, *SUBJECTS):
        out.append(parse.heads[verb])
    return out


def _party(
    page: Page, sentence: Sentence, parse: Parse, token: int, statements: Sequence[Statement]
) -> Donor | None:
    """Return the party that a token names, or stands for as "we" and "my Government" do."""
    start, end = _extent(parse, token)
    words = " ".join(page.text[start:end].casefold().split())
    head = next(
        (n for n in page.named_in(start, sentence.end) if n.start <= parse.starts[token] < n.end), None
    )
    if head is not None and head.form == "group" and giving().partial & set(words.split()):
        return _described(page, start, end)
    if head is not None and not (head.form == "demonym" and parse.words[token].lower() in giving().group):
        return _together(page, [head, *_joined(page, head, sentence.end)])
    if words in giving().for_issuer:
        return None if page.issuer is None else Donor(page.issuer, start, end, ISSUER_RULE)
    if parse.words[token].lower() in giving().for_speakers:
        return _members(page, parse, token) or _speaking(page, sentence, start, statements, (start, end))
    if parse.words[token].lower() in giving().group:
        return _members(page, parse, token) or _group(page, start, end)
    return None


def _members(page: Page, parse: Parse, token: int) -> Donor | None:
    """Return the party that "the Leaders of the G7", "the Government of Japan" give for."""
    after = token + 1
    if parse.words[after : after + 1] != ("of",):
        return None
    start = parse.ends[after]
    end = parse.ends[min(after + 12, len(parse) - 1)]
    named = page.named_in(start, end)
    if not named or page.text[start : named[0].start].strip().casefold() not in ("", "the"):
        return None
    return _together(page, [named[0], *_joined(page, named[0], end)])


def _extent(parse: Parse, token: int) -> tuple[int, int]:
    """Return where the noun phrase around its head starts and ends, what follows the head left out."""
    parts = parse.of(token, "compound", "nmod", "amod", "poss", "det", "nummod")
    low = min([token, *(parse.subtree(p)[0] for p in parts if p < token)])
    return parse.starts[low], parse.ends[token]


def _joined(page: Page, head: Named, end: int) -> list[Named]:
    """List the parties that commas and "and" join to a party ("Japan, Canada and the European Union")."""
    out, last = [], head.end
    for named in page.named_in(head.end, end):
        if _AND.fullmatch(page.text, last, named.start) is None:
            break
        out.append(named)
        last = named.end
    return out if any(_LAST.match(page.text, n.end) for n in [head, *out[:-1]]) else []


def _together(page: Page, named: list[Named]) -> Donor:
    """Return one donor, or several that give together, persons for their states."""
    refs = list(dict.fromkeys(_state(page, n) for n in named))
    start, end = named[0].start, named[-1].end
    if len(refs) == 1:
        return Donor(refs[0], start, end, SUBJECT_RULE)
    return Donor(_one(refs), start, end, TOGETHER_RULE)


def _one(refs: Sequence[PartyRef]) -> PartyRef:
    """Make one donor of those who give together."""
    each = list(dict.fromkeys(refs))
    if len(each) == 1:
        return each[0]
    return PartyRef("+".join(r.id for r in each), " and ".join(r.name for r in each))


def _state(page: Page, named: Named) -> PartyRef:
    """Return whom a person gives for; any other party for itself, by the page's last name for it."""
    if named.kind == "person" and named.party is not None:
        return _party_for(page, named.party)
    last = next((n for n in reversed(page.named) if n.id == named.id), named)
    return PartyRef(named.id, last.name, last.party)


def _party_for(page: Page, name: str) -> PartyRef:
    """Return the party of a name: as the page names it, as its issuer, or as the vocabulary knows it."""
    for named in page.named:
        if named.name == name and named.kind != "person":
            return named.ref
    if page.issuer is not None and page.issuer.name == name:
        return page.issuer
    return _known().get(name) or PartyRef(_slug(name), name)


@cache
def _known() -> dict[str, PartyRef]:
    named = {s.name: PartyRef(s.id, s.name) for s in states().values()}
    return named | {o.name: PartyRef(o.id, o.name) for o in organisations().values()}


def _group(page: Page, start: int, end: int) -> Donor:
    """Return the state whose government gives, else a group by the words for it ("some partners")."""
    words = " ".join(page.text[start:end].split())
    named = page.named_in(start, end)
    if named and words.casefold().endswith(("government", "administration")):
        return Donor(_state(page, named[-1]), start, end, SUBJECT_RULE)
    return _described(page, start, end)


def _described(page: Page, start: int, end: int) -> Donor:
    """Return a giver by the words that describe it, where no name does."""
    name = _ARTICLE.sub("", " ".join(page.text[start:end].split()))
    return Donor(PartyRef(_slug(name), name), start, end, SUBJECT_RULE)


def _slug(name: str) -> str:
    return _NOT_A_WORD.sub("-", name.casefold()).strip("-")


def _adjective(page: Page, gift: Gift) -> Donor | None:
    """Return the giver named before what is given ("Australian aid of", "a US$5 million Japanese grant")."""
    parse = gift.parse
    noun = gift.noun if gift.noun is not None else gift.head
    if noun is None:
        return None
    low = max(0, noun - 4) if noun < gift.first else gift.last + 1
    named = [n for n in page.named_in(parse.starts[low], parse.starts[noun]) if n.form in ("name", "demonym")]
    named = [n for n in named if not _is_recipient(page, n)]
    if not named:
        return None
    pair = named[-2:] if _LAST.fullmatch(page.text, named[-2:][0].end, named[-1].start) else named[-1:]
    return _together(page, pair)


def _is_recipient(page: Page, named: Named) -> bool:
    """Say whether "to" or "for" leads to a party named there."""
    return page.text[max(0, named.start - 8) : named.start].casefold().split()[-1:] in (
        ["to"],
        ["for"],
        ["the"],
    )


def _speaker(page: Page, sentence: Sentence, gift: Gift, statements: Sequence[Statement]) -> Donor | None:
    return _speaking(page, sentence, gift.amount.start, statements, None)


def _speaking(
    page: Page,
    sentence: Sentence,
    offset: int,
    statements: Sequence[Statement],
    words: tuple[int, int] | None,
) -> Donor | None:
    """Return the speakers of the innermost statement around an offset, else of the sentence's first."""
    around = [s for s in statements if s.start <= offset < s.end and s.speakers]
    within = [s for s in statements if s.start >= sentence.start and s.end <= sentence.end and s.speakers]
    chosen = min(around, key=lambda s: s.end - s.start, default=None) or (within[0] if within else None)
    if chosen is None:
        return None
    ref = _one([_speaks_for(page, r) for r in chosen.speakers])
    start, end = words or (chosen.start, chosen.end)
    return Donor(ref, start, end, SPEAKER_RULE, told=words is not None)


def _speaks_for(page: Page, ref: PartyRef) -> PartyRef:
    """Return whom a speaker speaks for."""
    return ref if ref.party is None else _party_for(page, ref.party)


def _issuer(page: Page) -> Donor | None:
    """Return the publisher, where it speaks for itself alone."""
    if page.issuer is None or page.document.kind in ("joint_statement", "communique"):
        return None
    return Donor(page.issuer, None, None, ISSUER_RULE, told=False)
