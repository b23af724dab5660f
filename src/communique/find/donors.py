"""Reads who gives a gift: its possessor, the subject of the giving verb, who speaks, or who publishes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.find.gifts import Gift
from communique.model import PartyRef, Statement
from communique.text.clauses import SUBJECTS, is_verb
from communique.text.page import Named, Page, Sentence
from communique.text.syntax import Parse
from communique.vocab.money.giving import giving

SPEAKER_RULE = "donor/speaker"
ISSUER_RULE = "donor/issuer"
SUBJECT_RULE = "donor/subject"
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_GROUP_NOUNS = frozenset(
    {
        "partners",
        "members",
        "countries",
        "states",
        "donors",
        "governments",
        "government",
        "agencies",
        "leaders",
    }
)


@dataclass(frozen=True, slots=True)
class Donor:
    """Who gives, the words that say so (if any), and the rule that led from the words to the party."""

    ref: PartyRef
    start: int | None
    end: int | None
    rule: str


def donor_of(page: Page, sentence: Sentence, gift: Gift, statements: Sequence[Statement]) -> Donor | None:
    """Return who gives: as the grammar says, else who speaks, else who publishes."""
    for token in _givers(gift):
        donor = _party(page, sentence, gift.parse, token, statements)
        if donor is not None:
            return donor
    named = _adjective(page, gift)
    return named or _speaker(page, sentence, gift, statements) or _issuer(page)


def _givers(gift: Gift) -> list[int]:
    """List the tokens that may name the giver, best first."""
    return [*_from(gift), *_possessors(gift), *_agents(gift), *_subjects(gift)]


def _from(gift: Gift) -> list[int]:
    """Return the party of "$35 million from Israel", "a grant of EUR 3 million from the EU"."""
    parse = gift.parse
    for i in range(gift.last + 1, min(gift.end + 3, len(parse) - 1)):
        if parse.words[i].lower() == "from":
            return parse.of(i, "pobj")
    return []


def _possessors(gift: Gift) -> list[int]:
    """Return the possessor of what is given, or of the plan to give it ("the GCC countries' pledge to provide")."""
    parse = gift.parse
    nouns = [t for t in (gift.noun, gift.head, *gift.nouns, *gift.over) if t is not None and not is_verb(parse, t)]
    return [p for n in nouns for p in parse.of(n, "poss")]


def _agents(gift: Gift) -> list[int]:
    """Return the giver after "by": "was provided by Japan", "the decision by the Group to provide"."""
    parse = gift.parse
    above = [t for t in (gift.noun, gift.verb, *gift.nouns, *gift.over) if t is not None]
    by = [c for t in above for c in parse.of(t, "agent", "prep") if parse.words[c].lower() == "by"]
    return [p for b in by for p in parse.of(b, "pobj")]


def _subjects(gift: Gift) -> list[int]:
    """Return the subjects over a gift, nearest first; for "which" what it stands for."""
    parse, out = gift.parse, []
    chain = [t for t in (gift.verb, *gift.over) if t is not None]
    for token in chain:
        for subject in parse.of(token, "nsubj"):
            relative = parse.tags[subject] in ("WDT", "WP") and parse.deps[token] == "relcl"
            out += [parse.heads[token]] if relative else [subject, *parse.of(subject, "appos")]
        if parse.deps[token] == "relcl" and not parse.of(token, *SUBJECTS):
            out.append(parse.heads[token])
    return out


def _party(
    page: Page, sentence: Sentence, parse: Parse, token: int, statements: Sequence[Statement]
) -> Donor | None:
    """Return the party that a token names, or stands for as "we" and "my Government" do."""
    low, high = _extent(parse, token)
    start, end = parse.starts[low], parse.ends[high]
    words = " ".join(page.text[start:end].casefold().split()).removesuffix("'s").removesuffix("’s")
    named = [n for n in page.named_in(start, end) if n.form != "capital" or n.start == parse.starts[token]]
    heads = [n for n in named if n.start <= parse.starts[token] < n.end]
    joined = [n for n in named if any(n.start <= parse.starts[c] < n.end for c in _joined(parse, token))]
    if heads:
        return _together(page, [*heads, *joined])
    if words in giving().for_issuer or words.split(" ")[0] in giving().for_issuer:
        return _issuer_named(page, start, end)
    if words in giving().for_speakers or parse.words[token].lower() in giving().for_speakers:
        return _speaking(page, sentence, start, statements, (start, end))
    if named and parse.words[token].lower() in _GROUP_NOUNS:
        return _group(page, named, start, end)
    return _owner(page, named, parse, token)


def _extent(parse: Parse, token: int) -> tuple[int, int]:
    """Return the noun phrase around its head, left out what follows it except what is joined to it."""
    low = min(
        [
            token,
            *(
                parse.subtree(c)[0]
                for c in parse.of(token, "compound", "nmod", "amod", "poss", "det", "nummod")
            ),
        ]
    )
    high = max([token, *_joined(parse, token)])
    return low, high


def _joined(parse: Parse, token: int) -> list[int]:
    """List what "and" joins to a token."""
    out = []
    for child in parse.of(token, "conj"):
        if parse.tags[child].startswith("NN"):
            out += [child, *_joined(parse, child)]
    return out


def _together(page: Page, named: list[Named]) -> Donor:
    """Return one donor, or several that give together, persons and bodies for their states."""
    refs = list(dict.fromkeys(_state(page, n) for n in named))
    ref = (
        refs[0]
        if len(refs) == 1
        else PartyRef("+".join(r.id for r in refs), " and ".join(r.name for r in refs))
    )
    return Donor(ref, named[0].start, named[-1].end, SUBJECT_RULE)


def _state(page: Page, named: Named) -> PartyRef:
    """Return whom a person gives for; any other party gives for itself."""
    return _party_for(page, named.party) if named.kind == "person" and named.party is not None else named.ref


def _party_for(page: Page, name: str) -> PartyRef:
    """Return the party of a name, as the page knows it."""
    known = next((n.ref for n in page.named if n.name == name and n.kind != "person"), None)
    if known is None and page.issuer is not None and page.issuer.name == name:
        return page.issuer
    return known or PartyRef(_NOT_A_WORD.sub("-", name.casefold()).strip("-"), name)


def _group(page: Page, named: list[Named], start: int, end: int) -> Donor:
    """Return a group named by its words ("some GCC partners"), or the state whose government it is."""
    words = " ".join(page.text[start:end].split())
    if words.casefold().endswith("government"):
        return Donor(_state(page, named[-1]), start, end, SUBJECT_RULE)
    name = re.sub(r"^(?:the|these|those)\s+", "", words.removesuffix("’").removesuffix("'"), flags=re.I)
    ref = PartyRef(_NOT_A_WORD.sub("-", name.casefold()).strip("-"), name)
    return Donor(ref, start, end, SUBJECT_RULE)


def _owner(page: Page, named: list[Named], parse: Parse, token: int) -> Donor | None:
    """Return the state whose agency or effort a subject is ("Australia's aid agency")."""
    if named and named[0].form in ("name", "demonym") and parse.words[token].lower() in _GROUP_NOUNS:
        return Donor(_state(page, named[0]), named[0].start, named[0].end, SUBJECT_RULE)
    return None


def _adjective(page: Page, gift: Gift) -> Donor | None:
    """Return the giver named right before what is given ("Australian assistance of", "a US$5 million Japanese grant")."""
    parse = gift.parse
    noun = gift.noun if gift.noun is not None and gift.noun < gift.first else gift.head
    if noun is None:
        return None
    low = max(0, noun - 4) if noun < gift.first else gift.last + 1
    named = [n for n in page.named_in(parse.starts[low], parse.starts[noun]) if n.form in ("name", "demonym")]
    named = [n for n in named if not _is_recipient(page, n)]
    return Donor(_state(page, named[-1]), named[-1].start, named[-1].end, SUBJECT_RULE) if named else None


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
    refs = list(dict.fromkeys(_speaks_for(page, r) for r in chosen.speakers))
    ref = (
        refs[0]
        if len(refs) == 1
        else PartyRef("+".join(r.id for r in refs), " and ".join(r.name for r in refs))
    )
    start, end = words or (chosen.start, chosen.end)
    return Donor(ref, start, end, SPEAKER_RULE)


def _speaks_for(page: Page, ref: PartyRef) -> PartyRef:
    """Return whom a speaker speaks for."""
    return ref if ref.party is None else _party_for(page, ref.party)


def _issuer_named(page: Page, start: int, end: int) -> Donor | None:
    return None if page.issuer is None else Donor(page.issuer, start, end, ISSUER_RULE)


def _issuer(page: Page) -> Donor | None:
    """Return the publisher, where it speaks for itself alone."""
    if page.issuer is None or page.document.kind in ("joint_statement", "communique"):
        return None
    return Donor(page.issuer, None, None, ISSUER_RULE)
