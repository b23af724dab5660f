"""Finds contributions: sums of money and goods that one party gives, pledges or announces to another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from communique.find.amounts import Amount, Goods, find_amounts, find_goods, may_hold_money
from communique.find.donors import SUBJECT_RULE, Donor, donor_of
from communique.find.gifts import Gift, gift_of, is_giving, is_part, item_of, share_of, stage_of, starts_item
from communique.find.packages import package_of
from communique.find.recipients import Purpose, purpose_of
from communique.model import Contribution, ContributionKind, Statement, Support
from communique.text.page import Named, Page, Sentence
from communique.text.syntax import Parse
from communique.vocab.money import dollars
from communique.vocab.money.giving import Stage, giving

_KINDS: dict[Stage, ContributionKind] = {"pledge": "pledge", "announce": "announced", "pay": "disbursed"}
# eats what joins a sum to its conversion: "A$20 million (US$14 million)", "AUD 16.5 million [$11 million]"
_CONVERSION = re.compile(
    r"[\s,]{0,2}[(\[](?:or |about |approximately |approx\.? |equivalent to |US)?\Z", re.I
)


# A sentence with more sums than this is a table that lost its lines.
_MOST = 40
_SHORTEST_SUM = 4  # characters: "$5, "


def dollar_of(page: Page) -> str | None:
    """Return what a bare dollar sign means on a page: its issuer's dollar, if it has one."""
    return None if page.issuer is None else dollars().get(page.issuer.id)


def find_contributions(page: Page, statements: Sequence[Statement]) -> Iterator[Contribution]:
    """Yield what the page says that one party gives, in the order of its words."""
    if not may_hold_money(page.text):
        return
    dollar = dollar_of(page)
    held = [(s, given) for s in page.sentences if (given := _may_be_given(page, s, dollar))]
    page.parse_ahead([s for s, _ in held])
    for sentence, given in held:
        yield from _in_sentence(page, sentence, given, statements)


def tables(page: Page) -> Iterator[Sentence]:
    """Yield the sentences with so many sums that none of them was read."""
    dollar = dollar_of(page)
    for sentence in page.sentences:
        is_long = sentence.end - sentence.start > _SHORTEST_SUM * _MOST
        if is_long and len(_sums(page, sentence, dollar)) > _MOST:
            yield sentence


def _may_be_given(page: Page, sentence: Sentence, dollar: str | None) -> list[Amount]:
    """List what may be given in a sentence; empty where that is nothing, or too much to be a sentence."""
    found = _sums(page, sentence, dollar)
    return found if len(found) <= _MOST else []


def _sums(page: Page, sentence: Sentence, dollar: str | None) -> list[Amount]:
    """List sums and goods in a sentence, conversions left out; empty where no word of it can give."""
    if not may_hold_money(page.text, sentence.start, sentence.end):
        return []
    sums = find_amounts(page.text, sentence.start, sentence.end, dollar=dollar)
    sums = [a for i, a in enumerate(sums) if i == 0 or not _converts(page.text, sums[i - 1], a)]
    return sorted([*sums, *find_goods(page.text, sentence.start, sentence.end)], key=lambda a: a.start)


def _converts(text: str, before: Amount, amount: Amount) -> bool:
    """Say whether a sum in brackets only repeats the sum before it in another currency."""
    return _CONVERSION.fullmatch(text, before.end, amount.first) is not None


def _in_sentence(
    page: Page, sentence: Sentence, given: list[Amount], statements: Sequence[Statement]
) -> Iterator[Contribution]:
    """Yield the contributions of a sentence; a sum without recipient takes that of the next."""
    shared: Purpose | None = None
    found: list[Contribution] = []
    for gift in reversed(list(_gifts(page, sentence, given))):
        purpose = purpose_of(gift, _limit(gift, given))
        if purpose.recipient is None and shared is not None and _goes_on(gift, shared):
            purpose = shared
        shared = purpose if purpose.recipient is not None else None
        contribution = _contribution(page, sentence, gift, purpose, statements)
        found += [] if contribution is None else [contribution]
    found.reverse()
    yield from _each_its_own(page, found) if "respectively" in page.words(sentence) else found


def _each_its_own(page: Page, found: list[Contribution]) -> list[Contribution]:
    """Give each of several donors their sum: "Japan and Fiji pledged US$5 million and US$1 million respectively"."""
    together = [c for c in found if c.donor is not None and "+" in c.donor.id]
    donors = {c.donor for c in together}
    if len(donors) != 1 or together != found or found[0].donor is None:
        return found
    ids = found[0].donor.id.split("+")
    support = next((s for s in found[0].supports if s.field == "donor" and s.start is not None), None)
    if len(ids) != len(found) or support is None or support.start is None or support.end is None:
        return found
    named = {n.id: n for n in reversed(page.named_in(support.start, support.end))}
    if set(ids) != set(named):
        return found
    return [_given_by(c, named[id_]) for c, id_ in zip(found, ids, strict=True)]


def _given_by(contribution: Contribution, named: Named) -> Contribution:
    others = tuple(s for s in contribution.supports if s.field != "donor")
    support = Support("donor", SUBJECT_RULE, named.start, named.end)
    return replace(contribution, donor=named.ref, supports=(*others, support))


def _gifts(page: Page, sentence: Sentence, given: list[Amount]) -> Iterator[Gift]:
    """Yield the sums of a sentence that are given: by its words, with the sum before, or as an item."""
    parse = page.parse(sentence)
    last: Gift | None = None
    before: Amount | None = None
    for amount in given:
        gift = gift_of(parse, amount) or (share_of(last, amount) if last is not None else None)
        if before is not None and is_part(parse, amount) and (last is None or last.amount is not before):
            gift = None
        if gift is None and starts_item(parse, amount):
            package = package_of(page, sentence)
            gift = None if package is None else item_of(parse, amount, package.stage)
        before = amount
        if gift is not None:
            last = gift
            yield gift


def _goes_on(gift: Gift, shared: Purpose) -> bool:
    """Say whether the recipient of the next sum is this sum's too: "$5m in grants and $3m in loans to"."""
    return (
        shared.recipient is not None
        and shared.recipient[0] > gift.end
        and ";" not in gift.parse.words[gift.end : shared.recipient[0]]
    )


def _limit(gift: Gift, given: list[Amount]) -> int:
    """Return the token at which the next sum starts, or the sentence ends."""
    parse = gift.parse
    later = next((a.first for a in given if a.first > gift.amount.start), parse.ends[-1])
    at = next((i for i, start in enumerate(parse.starts) if start >= later), len(parse))
    return max(gift.end + 1, at)


def _contribution(
    page: Page, sentence: Sentence, gift: Gift, purpose: Purpose, statements: Sequence[Statement]
) -> Contribution | None:
    """Put a contribution together; None where nobody gives it, or to nobody and for nothing."""
    donor = donor_of(page, sentence, gift, statements)
    if donor is None or (purpose.recipient is None and not (donor.told and is_giving(gift))):
        return None
    if purpose.recipient is not None and gift.word(purpose.recipient[1]) in giving().against_receivers:
        return None
    start, end = _quoted(gift, purpose, donor)
    return Contribution(
        quote=page.text[start:end],
        start=start,
        end=end,
        donor=donor.ref,
        amount=gift.amount.written,
        currency=gift.amount.currency,
        bound=gift.amount.bound,
        recipient=_words(page, gift.parse, _without_donor(page, gift.parse, purpose.recipient, donor)),
        purpose=_words(page, gift.parse, purpose.purpose),
        kind=_KINDS.get(stage_of(gift), "unspecified"),
        in_kind=_in_kind(page, gift),
        supports=tuple(_supports(page, gift, donor)),
    )


def _without_donor(
    page: Page, parse: Parse, recipient: tuple[int, int] | None, donor: Donor
) -> tuple[int, int] | None:
    """Drop the donor's own name from a recipient: "Australia's South East Asia program"."""
    if recipient is None:
        return None
    named = page.named_in(parse.starts[recipient[0]], parse.ends[recipient[1]])
    possessive = next((i for i in range(*recipient) if parse.tags[i] == "POS"), None)
    if possessive is None or not named or named[0].id != donor.ref.id:
        return recipient
    return (possessive + 1, recipient[1]) if named[0].end == parse.starts[possessive] else recipient


def _words(page: Page, parse: Parse, tokens: tuple[int, int] | None) -> str | None:
    """Return the words of a phrase as written, line breaks folded."""
    if tokens is None:
        return None
    return " ".join(page.text[parse.starts[tokens[0]] : parse.ends[tokens[1]]].split())


def _in_kind(page: Page, gift: Gift) -> str | None:
    """Return what goods are given."""
    if not isinstance(gift.amount, Goods) or gift.head is None:
        return None
    return " ".join(page.text[gift.amount.end : gift.parse.ends[gift.end]].split())


def _quoted(gift: Gift, purpose: Purpose, donor: Donor) -> tuple[int, int]:
    """Return where the quote runs: from the giver or the giving word, if near, to the end of the purpose."""
    parse = gift.parse
    giver = gift.verb if gift.verb is not None and gift.word(gift.verb) in giving().verbs else gift.noun
    tokens = [t for t in (giver, gift.noun, *gift.nouns[:2]) if t is not None and 0 <= gift.first - t <= 12]
    start = min([gift.amount.first, *(parse.starts[t] for t in tokens)])
    if donor.start is not None and donor.end is not None:
        owns = gift.noun is not None and 0 <= parse.starts[gift.noun] - donor.end <= len("'s ")
        if owns or 0 <= start - donor.end <= 40:
            start = donor.start
    if purpose.recipient is not None:
        start = min(start, parse.starts[purpose.recipient[0]])
    return start, max(gift.amount.end, parse.ends[purpose.end])


def _supports(page: Page, gift: Gift, donor: Donor) -> Iterator[Support]:
    """Yield the words and rules behind the donor, and behind a currency that the quote doesn't tell."""
    yield Support("donor", donor.rule, donor.start, donor.end)
    if gift.amount.currency_rule is not None and page.issuer is not None:
        rule = f"{gift.amount.currency_rule}:{page.issuer.id}"
        yield Support("currency", rule, gift.amount.start, gift.amount.end)
