"""What contributions come to. A pledge is no payment, currencies are never mixed, what is not known is left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString

from communique.ledger.charts import Sum, sums
from communique.ledger.claims.carrying import waits_for_words
from communique.ledger.claims.models import STANDING, Claim
from communique.ledger.design.cards import Named
from communique.ledger.entities.resolve import key_of
from communique.ledger.record.addresses import in_document
from communique.ledger.record.cards import Linked, links
from communique.ledger.record.claim_list import Wanted, newest
from communique.ledger.record.sight import Sight
from communique.model import Contribution

MOST = 1000
SUMMED: tuple[str, ...] = ("pledge", "disbursed")
"""The stages that are added up, each by itself."""


@dataclass(frozen=True, slots=True)
class Gift:
    """One contribution as one document tells it."""

    claim: Claim
    found: Contribution
    donors: tuple[Named, ...]
    to: tuple[Named, ...]
    source: str
    """Where its words stand."""
    told_again: bool = False
    """The same sum and stage stand in another claim, of the same donor if it names one: it may be the same money."""

    @property
    def checked(self) -> bool:
        """Whether a person found it right."""
        return self.claim.state in STANDING

    @property
    def overtaken(self) -> bool:
        """Whether its words are gone from their source since: what stands there now counts instead."""
        return waits_for_words(self.claim)

    @property
    def counts(self) -> bool:
        """Whether it is in a total."""
        stated = self.found.kind in SUMMED and self.claim.amount is not None and bool(self.claim.currency)
        return stated and not self.overtaken


@dataclass(frozen=True, slots=True)
class Total:
    """What the contributions of one stage and currency come to."""

    stage: str
    currency: str
    amount: Decimal
    """Each sum once, however many documents tell it."""
    gifts: int
    unchecked: Decimal
    """The part of it that nobody has checked."""
    up_to: int
    """Sums in it that the words bound from above."""
    loose: int
    """Sums in it that are “at least” or “about”."""
    again: int
    """Claims that tell a sum which is in it already."""
    at_most: Decimal
    """What it would be, were each of those a sum of its own."""


@dataclass(frozen=True, slots=True)
class Given:
    """What one donor pledged and paid in one currency; None where nothing of the stage is in a total."""

    donors: tuple[Named, ...]
    currency: str
    pledged: Decimal | None
    paid: Decimal | None
    again: int
    """Claims that tell again what is counted already."""
    left_out: tuple[str, ...]
    """Contributions of the donor and currency that are in no total, a phrase each."""


@dataclass(frozen=True, slots=True)
class Account:
    """All contributions of a list, and what they come to."""

    gifts: tuple[Gift, ...]
    totals: tuple[Total, ...]
    more: bool
    """There are more than were looked at."""

    @property
    def summed(self) -> int:
        """Contributions that are in a total."""
        return sum(t.gifts for t in self.totals)

    @property
    def again(self) -> int:
        """Claims that tell again what is in a total already."""
        return sum(t.again for t in self.totals)

    @property
    def left_out(self) -> tuple[str, ...]:
        """What is in no total, and why, a phrase each."""
        return _left_out(self.gifts)

    @property
    def by_donor(self) -> tuple[Given, ...]:
        """What each donor pledged and paid, a line a currency; by name, nobody named last."""
        groups: dict[tuple[str, ...], list[Gift]] = defaultdict(list)
        for gift in self.gifts:
            groups[_who(gift)].append(gift)
        lines: list[Given] = []
        for of in sorted(groups.values(), key=lambda of: (not of[0].donors, [n.name for n in of[0].donors])):
            lines += _given(of)
        return tuple(lines)


def account(sight: Sight, wanted: Wanted) -> Account:
    """Return the contributions of a list, and what they come to."""
    claims = newest(sight, wanted, MOST)
    gifts = tuple(marked(told(sight, claims)))
    return Account(gifts, tuple(_totals(gifts)), more=len(claims) == MOST)


def told(sight: Sight, claims: Sequence[Claim]) -> Iterator[Gift]:
    """Yield contributions."""
    about = links(claims, sight)
    for claim in claims:
        found = claim.finding()
        if isinstance(found, Contribution):
            yield _gift(sight, claim, found, about[claim.pk])


def of_page(sight: Sight, claims: Sequence[Claim], of: Account) -> Iterator[Gift]:
    """Yield the contributions of a page, each as the account of the whole list has it, if it does."""
    known = {gift.claim.pk: gift for gift in of.gifts}
    missing = [claim for claim in claims if claim.pk not in known]
    rest = {gift.claim.pk: gift for gift in told(sight, missing)} if missing else {}
    for claim in claims:
        gift = known.get(claim.pk) or rest.get(claim.pk)
        if gift is not None:
            yield gift


def marked(gifts: Iterable[Gift]) -> Iterator[Gift]:
    """Yield gifts, newest first as they come, each that another tells already marked so: the older one, or that
    which names who gives.
    """
    given = list(gifts)
    seen: dict[tuple[str, ...], set[str]] = defaultdict(set)
    again: set[int] = set()
    for gift in sorted(given, key=lambda g: (g.claim.day or date.max, g.claim.pk)):
        same = None if gift.overtaken else _same(gift)
        if same is None:
            continue
        to = _to(gift)
        known = seen[same]
        if known and (to in known or not to or "" in known):
            again.add(gift.claim.pk)
        known.add(to)
    again |= {gift.claim.pk for gift in _told_without_donor(given)}
    for gift in given:
        yield _again(gift) if gift.claim.pk in again else gift


def by_year(of: Account, *, key: str, title: str, href: Callable[[int, str], str]) -> SafeString:
    """Draw what was pledged, paid, announced and left open each year, a chart for each currency that has more
    than one bar.
    """
    found = [
        Sum(
            year=gift.claim.day.year,
            stage=gift.found.kind,
            currency=gift.claim.currency,
            amount=gift.claim.amount,
            href=href(gift.claim.day.year, gift.found.kind),
        )
        for gift in of.gifts
        if gift.claim.day is not None
        and gift.claim.amount is not None
        and not gift.told_again
        and not gift.overtaken
    ]
    bars = Counter(currency for currency, _, _ in {(one.currency, one.year, one.stage) for one in found})
    return sums([one for one in found if bars[one.currency] > 1], key=key, title=title)


def _gift(sight: Sight, claim: Claim, found: Contribution, about: Linked) -> Gift:
    named = about.named("fund") or about.named("recipient")
    return Gift(
        claim=claim,
        found=found,
        donors=about.named("donor", (found.donor,) if found.donor else ()),
        source=in_document(claim, sight),
        to=named or ((Named(found.recipient),) if found.recipient else ()),
    )


def _same(gift: Gift) -> tuple[str, ...] | None:
    """Return what two tellings of the same money share; None where too little is told to say."""
    if not gift.donors or gift.claim.amount is None:
        return None
    donors = sorted(n.href or key_of(n.name) for n in gift.donors)
    return (*_sum_of(gift), *donors)


def _told_without_donor(given: Sequence[Gift]) -> Iterator[Gift]:
    """Yield the gifts that do not say who gives, where another tells of the same sum for the same recipient, or,
    of a sum without any, in the same words.
    """
    counted = [g for g in given if g.claim.amount is not None and not g.overtaken]
    known = {(_sum_of(g), _to(g)) for g in counted if g.donors and g.to}
    for gift in sorted(counted, key=lambda g: (g.claim.day or date.max, g.claim.pk)):
        if not gift.donors:
            same = (_sum_of(gift), _to(gift) or f"“{key_of(gift.claim.quote)}”")
            if same in known:
                yield gift
            known.add(same)


def _sum_of(gift: Gift) -> tuple[str, ...]:
    return (gift.found.kind, gift.claim.currency, f"{gift.claim.amount:f}")


def _to(gift: Gift) -> str:
    return "|".join(sorted(n.href or key_of(n.name) for n in gift.to))


def _again(gift: Gift) -> Gift:
    return replace(gift, told_again=True)


def _totals(gifts: Iterable[Gift]) -> Iterator[Total]:
    groups: dict[tuple[int, str], list[Gift]] = defaultdict(list)
    for gift in gifts:
        if gift.counts:
            groups[SUMMED.index(gift.found.kind), gift.claim.currency].append(gift)
    for (stage, currency), of in sorted(groups.items()):
        once = [g for g in of if not g.told_again]
        yield Total(
            stage=SUMMED[stage],
            currency=currency,
            amount=_sum(once),
            gifts=len(once),
            unchecked=_sum(g for g in once if not g.checked),
            up_to=sum(g.found.bound == "up_to" for g in once),
            loose=sum(g.found.bound in ("at_least", "about") for g in once),
            again=len(of) - len(once),
            at_most=_sum(of),
        )


def _who(gift: Gift) -> tuple[str, ...]:
    return tuple(sorted(n.href or key_of(n.name) for n in gift.donors))


def _given(of: Sequence[Gift]) -> Iterator[Given]:
    """Yield a line for each currency in which a donor gave, what names none last."""
    for currency in sorted({g.claim.currency for g in of}, key=lambda known: (not known, known)):
        same = [g for g in of if g.claim.currency == currency]
        stages = {stage: [g for g in same if g.counts and g.found.kind == stage] for stage in SUMMED}
        once = {stage: [g for g in gifts if not g.told_again] for stage, gifts in stages.items()}
        yield Given(
            donors=of[0].donors,
            currency=currency,
            pledged=_sum(once["pledge"]) if once["pledge"] else None,
            paid=_sum(once["disbursed"]) if once["disbursed"] else None,
            again=sum(len(stages[stage]) - len(once[stage]) for stage in SUMMED),
            left_out=_left_out(same),
        )


def _left_out(gifts: Sequence[Gift]) -> tuple[str, ...]:
    """Return what is in no total, and why, a phrase each."""
    stages = {"unspecified": "of a stage that is not said", "announced": "announced only"}
    told = [(sum(g.found.kind == stage for g in gifts), why) for stage, why in stages.items()]
    told.append((sum(g.overtaken for g in gifts), "whose source was changed since"))
    stated = [g for g in gifts if g.found.kind in SUMMED]
    told.append((sum(g.claim.amount is None for g in stated), "in kind or without an amount"))
    told.append(
        (
            sum(g.claim.amount is not None and not g.claim.currency for g in stated),
            "in a currency that is not said",
        )
    )
    return tuple(f"{number} {why}" for number, why in told if number)


def _sum(gifts: Iterable[Gift]) -> Decimal:
    return sum((g.claim.amount for g in gifts if g.claim.amount is not None), Decimal(0))
