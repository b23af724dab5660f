"""Commitments: lists by when they are due, and what the record holds around one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from communique.ledger.claims.models import STANDING, Claim
from communique.ledger.design.cards import Card, Named
from communique.ledger.record.cards import Linked, card, cards, links
from communique.ledger.record.claim_list import Wanted, load, narrowed, newest, page
from communique.ledger.record.paging import SIZE
from communique.ledger.record.sight import Sight
from communique.ledger.search.words import tokens
from communique.model import Commitment

DUE = {"overdue": "the day has passed", "next": "the day is to come", "none": "no day is named"}
MOST = 1000
"""Lists by day are shown up to here."""
_LOOKED_AT = 500
_ALIKE = 0.5  # of the words of two commitments together
_FEWEST = 4
_MOST_ALIKE = 10
_COMMON = """
    a all also an and any as at be both by for from her his in into it its of on or our out shall that the their
    them these this those to under up will with would agree commit ensur promis pledg further continu
"""


@dataclass(frozen=True, slots=True)
class Alike:
    """A commitment of the same debtors in similar words."""

    card: Card
    share: int
    """Words of both that are in both, in per cent."""
    later: bool


@dataclass(frozen=True, slots=True)
class Around:
    """A commitment, and what the record holds around it."""

    claim: Claim
    found: Commitment
    card: Card
    debtors: tuple[Named, ...]
    beneficiaries: tuple[Named, ...]
    under: tuple[Named, ...]
    alike: tuple[Alike, ...]
    progress: tuple[Card, ...]
    more_progress: bool
    overdue: bool


def due(sight: Sight, wanted: Wanted, when: str, number: str) -> tuple[Page[int], tuple[Card, ...]]:
    """Return a page of the commitments whose day has passed or is to come, the nearest first."""
    claims = narrowed(sight.claims(), wanted)
    ordered = claims.order_by("-due", "-pk") if when == "overdue" else claims.order_by("due", "pk")
    pks = list(ordered.values_list("pk", flat=True)[:MOST])
    turned = Paginator(pks, SIZE).get_page(number)
    return turned, tuple(cards(load(sight, list(turned.object_list)), sight))


@dataclass(frozen=True, slots=True)
class Standing:
    """How the commitments of a list stand to the day they are looked at."""

    passed: int
    to_come: int
    undated: int
    checked: int

    @property
    def number(self) -> int:
        """How many there are."""
        return self.passed + self.to_come + self.undated


def standing(sight: Sight, wanted: Wanted) -> Standing | None:
    """Return how the commitments of a list stand; None where there are more than are counted."""
    pks = list(narrowed(sight.claims(), wanted).values_list("pk", flat=True)[: MOST + 1])
    if len(pks) > MOST:
        return None
    told = Claim.objects.filter(pk__in=pks).aggregate(
        passed=Count("pk", filter=Q(due__lt=sight.today)),
        to_come=Count("pk", filter=Q(due__gte=sight.today)),
        undated=Count("pk", filter=Q(due=None)),
        checked=Count("pk", filter=Q(state__in=STANDING)),
    )
    return Standing(**told)


def due_then(sight: Sight, wanted: Wanted, when: str) -> Wanted:
    """Return the part of a list of commitments that is due when it is asked for."""
    if when == "none":
        return replace(wanted, due=Q(due=None))
    passed = when == "overdue"
    # nothing but commitments is due, and asked for no kind the database reads along the days
    return replace(wanted, kinds=(), due=Q(due__lt=sight.today) if passed else Q(due__gte=sight.today))


def around(sight: Sight, uid: str) -> Around | None:
    """Return a commitment by the id of its claim; None where there is none that the viewer may see."""
    pks = list(sight.claims().filter(uid=uid, kind="commitment").values_list("pk", flat=True)[:1])
    claim = next(iter(load(sight, pks)), None)
    if claim is None:
        return None
    found = claim.finding()
    assert isinstance(found, Commitment)
    about = links([claim], sight)[claim.pk]
    progress = _progress(sight, claim, about)
    return Around(
        claim=claim,
        found=found,
        card=card(claim, about, sight),
        debtors=about.named("debtor", found.debtors),
        beneficiaries=about.named("beneficiary", found.beneficiaries),
        under=(*about.named("instrument"), *about.named("fund"))
        or ((Named(found.instrument),) if found.instrument else ()),
        alike=tuple(_alike(sight, claim, about)),
        progress=progress[:_MOST_ALIKE],
        more_progress=len(progress) > _MOST_ALIKE,
        overdue=claim.due is not None and claim.due < sight.today,
    )


def _progress(sight: Sight, claim: Claim, about: Linked) -> tuple[Card, ...]:
    """Return what is reported under the same instruments since the commitment was made."""
    under = tuple(one.pk for one in (*about["instrument"], *about["fund"]))
    if not under:
        return ()
    wanted = Wanted(_with_members(sight, under), ("instrument",), kinds=("progress",), first=claim.day)
    return page(sight, wanted, size=_MOST_ALIKE + 1).cards


def _alike(sight: Sight, claim: Claim, about: Linked) -> Iterator[Alike]:
    """Yield commitments of the same debtors in similar words, the most similar first."""
    debtors = _with_members(sight, tuple(one.pk for one in about["debtor"]))
    mine = _words(claim)
    if not debtors or len(mine) < _FEWEST:
        return
    others = newest(sight, Wanted(debtors, ("debtor",), kinds=("commitment",)), _LOOKED_AT)
    shares = [(_share(mine, _words(other)), other) for other in others if other.uid != claim.uid]
    near = sorted((s for s in shares if s[0] >= _ALIKE), key=lambda s: -s[0])[:_MOST_ALIKE]
    shown = cards([other for _, other in near], sight)
    for (share, other), one in zip(near, shown, strict=True):
        is_later = other.day is not None and claim.day is not None and other.day > claim.day
        yield Alike(one, round(share * 100), is_later)


def _with_members(sight: Sight, tops: Sequence[int]) -> tuple[int, ...]:
    known = set(tops)
    return (*tops, *(loser for loser, top in sight.merged.items() if top in known))


def _words(claim: Claim) -> frozenset[str]:
    said = str(claim.value.get("action") or claim.quote)
    return frozenset(token.stem[1:] for token in tokens(said)) - frozenset(_COMMON.split())


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    both = one | other
    return len(one & other) / len(both) if len(other) >= _FEWEST else 0.0
