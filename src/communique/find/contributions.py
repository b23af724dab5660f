"""Finds contributions: sums of money and goods that one party gives, pledges or announces to another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from communique.find.amounts import Amount, Goods, find_amounts, may_hold_money
from communique.find.donors import SUBJECT_RULE, Donor, donor_of
from communique.find.figures import Figure, figures
from communique.find.gifts import Gift, gift_of, stage_of
from communique.find.recipients import Purpose, purpose_of
from communique.model import Contribution, ContributionKind, Statement, Support
from communique.text.page import Page, Sentence
from communique.text.syntax import Parse
from communique.vocab.money import dollars
from communique.vocab.money.giving import Stage, giving

_KINDS: dict[Stage, ContributionKind] = {"pledge": "pledge", "announce": "announced", "pay": "disbursed"}
# eats what joins a sum to its conversion: "A$20 million (US$14 million)", "AUD 16.5 million [$11 million]"
_CONVERSION = re.compile(
    r"[\s,]{0,2}[(\[](?:or |about |approximately |approx\.? |equivalent to |US)?\Z", re.I
)


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


def _may_be_given(page: Page, sentence: Sentence, dollar: str | None) -> list[Amount]:
    """List sums and goods in a sentence, conversions left out; empty where no word of it can give."""
    sums = find_amounts(page.text, sentence.start, sentence.end, dollar=dollar)
    sums = [a for i, a in enumerate(sums) if i == 0 or not _converts(page.text, sums[i - 1], a)]
    return sorted([*sums, *_goods(page.text, sentence)], key=lambda a: a.start)


def _converts(text: str, before: Amount, amount: Amount) -> bool:
    """Say whether a sum in brackets only repeats the sum before it in another currency."""
    return _CONVERSION.fullmatch(text, before.end, amount.first) is not None


def _goods(text: str, sentence: Sentence) -> Iterator[Amount]:
    """Yield goods given by the number ("500 million doses of vaccine"), as sums without currency."""
    words = text[sentence.start : sentence.end].casefold()
    if not any(noun in words for noun in giving().goods):
        return
    for figure in figures(text, sentence.start, sentence.end):
        if not figure.short and _is_count_of_goods(text, figure, sentence.end):
            yield Goods(figure.start, figure.end, figure.value, None)


def _is_count_of_goods(text: str, figure: Figure, end: int) -> bool:
    """Say whether goods follow a number within a few words."""
    following = re.findall(r"[A-Za-z-]+|[.,;:$%]", text[figure.end : min(end, figure.end + 60)])[:6]
    for word in following:
        if word.casefold() in giving().goods:
            return True
        if not word[0].isalpha() or word.casefold() in ("to", "for", "people", "and"):
            return False
    return False


def _in_sentence(
    page: Page, sentence: Sentence, given: list[Amount], statements: Sequence[Statement]
) -> Iterator[Contribution]:
    parse = page.parse(sentence)
    gifts = [(a, gift_of(parse, a)) for a in given]
    for i, (_, gift) in enumerate(gifts):
        if gift is None:
            continue
        later = given[i + 1].first if i + 1 < len(given) else None
        contribution = _contribution(page, sentence, gift, _limit(parse, gift, later), statements)
        if contribution is not None:
            yield contribution


def _limit(parse: Parse, gift: Gift, later: int | None) -> int:
    """Return the token at which the next sum starts, or the sentence ends."""
    if later is None:
        return len(parse)
    at = next((i for i, start in enumerate(parse.starts) if start >= later), len(parse))
    return max(gift.end + 1, at)


def _contribution(
    page: Page, sentence: Sentence, gift: Gift, limit: int, statements: Sequence[Statement]
) -> Contribution | None:
    """Put a contribution together; None where nobody gives it, or to nobody."""
    purpose = purpose_of(gift, limit)
    donor = donor_of(page, sentence, gift, statements)
    if donor is None or purpose.recipient is None:
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
        recipient=_words(page, gift.parse, purpose.recipient),
        purpose=_words(page, gift.parse, purpose.purpose),
        kind=_KINDS.get(stage_of(gift), "unspecified"),
        in_kind=_in_kind(page, gift),
        supports=tuple(_supports(page, gift, donor, start, end)),
    )


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
    if donor.start is not None and donor.end is not None and 0 <= start - donor.end <= 40:
        start = donor.start
    if purpose.recipient is not None:
        start = min(start, parse.starts[purpose.recipient[0]])
    return start, max(gift.amount.end, parse.ends[purpose.end])


def _supports(page: Page, gift: Gift, donor: Donor, start: int, end: int) -> Iterator[Support]:
    """Yield the rules behind a donor whom the quote doesn't name, and a currency that it doesn't tell."""
    inside = donor.start is not None and donor.end is not None and start <= donor.start and donor.end <= end
    if not inside or donor.rule != SUBJECT_RULE:
        yield Support("donor", donor.rule, donor.start, donor.end)
    if gift.amount.currency_rule is not None and page.issuer is not None:
        rule = f"{gift.amount.currency_rule}:{page.issuer.id}"
        yield Support("currency", rule, gift.amount.start, gift.amount.end)
