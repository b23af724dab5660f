"""What a merge or a split would change, before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from communique.ledger.accounts.viewer import Viewer
from communique.ledger.claims.kinds import Kind as ClaimKind
from communique.ledger.claims.models import Claim, Link, State
from communique.ledger.claims.queries import held
from communique.ledger.entities.actions import refused
from communique.ledger.entities.models import Entity, Kind, Name
from communique.ledger.entities.queries import members
from communique.ledger.resolution.addresses import page_of
from communique.ledger.resolution.models import Apart
from communique.ledger.writing.dates import written
from communique.ledger.writing.money import sum_of

_EXAMPLES = 3
_PAGES = 25
_MOST = 20_000  # links of an entity that are counted: nobody needs to know exactly how many more there are
_NAMES = 12


@dataclass(frozen=True, slots=True)
class Half:
    """One of two entities with what is held about it."""

    entity: Entity
    href: str
    names: tuple[str, ...]
    """The ways it is written."""
    belongs_to: Entity | None
    claims: tuple[tuple[str, int], ...]
    """How many claims of each kind are about it."""
    documents: int
    first: str
    last: str
    examples: tuple[Claim, ...]
    is_part: bool
    """Whether there are more claims than were counted."""

    @property
    def count(self) -> int:
        """How many claims are about it."""
        return sum(n for _, n in self.claims)

    @property
    def counted(self) -> str:
        """The same in words."""
        return f"{'at least ' if self.is_part else ''}{_claims(self.count)}"


@dataclass(frozen=True, slots=True)
class Page:
    """A page that changes, and how."""

    entity: Entity
    href: str
    how: str


@dataclass(frozen=True, slots=True)
class Merging:
    """What merging two entities changes."""

    loser: Half
    winner: Half
    pages: tuple[Page, ...]
    more: int
    """Pages beyond those listed."""
    documents: int
    conflicts: tuple[str, ...]
    refusal: str
    """Why it can't be done; empty where it can."""


def merging(loser: Entity, winner: Entity, viewer: Viewer) -> Merging:
    """Return what changes when one entity, not merged yet, is merged into another."""
    low, high = members(loser), members(winner)
    one, other = half(loser, low, viewer), half(winner, high, viewer)
    named = list(_named_beside(low, {*low, *high}, viewer))
    own = [
        Page(loser, one.href, "its address leads to the other from now on"),
        Page(winner, other.href, f"gains {one.counted}"),
    ]
    family = list(_family(loser, low))
    return Merging(
        loser=one,
        winner=other,
        pages=(*own, *family, *(Page(e, page_of(e), f"names it in {_claims(n)}") for e, n in named[:_PAGES])),
        more=max(0, len(named) - _PAGES),
        documents=one.documents,
        conflicts=tuple(_conflicts(loser, winner, low, high)),
        refusal=refused(loser, winner),
    )


def half(entity: Entity, mine: Sequence[int], viewer: Viewer) -> Half:
    """Return one side of a comparison."""
    seen = held(viewer).filter(pk__in=_links(mine).values("claim")[:_MOST])
    counted = seen.values_list("kind").annotate(n=Count("pk")).order_by("-n", "kind")
    span = seen.aggregate(first=Min("day"), last=Max("day"), documents=Count("document", distinct=True))
    pks = list(seen.order_by("-day", "-pk").values_list("pk", flat=True)[: _EXAMPLES * 4])
    names = Name.objects.filter(entity__in=mine).order_by("pk").values_list("surface", flat=True)
    return Half(
        entity=entity,
        href=page_of(entity),
        names=tuple(dict.fromkeys(names[:_NAMES])),
        belongs_to=entity.parent,
        claims=tuple(counted),
        documents=span["documents"],
        first=written(span["first"]) if span["first"] else "",
        last=written(span["last"]) if span["last"] else "",
        examples=_differing(
            Claim.objects.filter(pk__in=pks).select_related("document").order_by("-day", "-pk")
        ),
        is_part=_links(mine)[: _MOST + 1].count() > _MOST,
    )


def _links(mine: Sequence[int]) -> QuerySet[Link]:
    return Link.objects.filter(entity__in=mine, claim__until=None)


def _differing(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return a few claims on words of their own: one sentence often holds several claims."""
    found: dict[str, Claim] = {}
    for claim in claims:
        found.setdefault(claim.quote, claim)
    return tuple(found.values())[:_EXAMPLES]


def _family(loser: Entity, mine: Sequence[int]) -> Iterator[Page]:
    """Yield the pages of what an entity belongs to, and of what belongs to it."""
    if loser.parent is not None:
        yield Page(loser.parent, page_of(loser.parent), f"lists it as {_a(loser.kind)}")
    children = Entity.objects.filter(parent__in=mine).exclude(pk__in=mine).order_by("name")
    for child in children[:_PAGES]:
        yield Page(child, page_of(child), "belongs to the other from now on")


def _named_beside(mine: Sequence[int], both: set[int], viewer: Viewer) -> list[tuple[Entity, int]]:
    """Return the entities that stand in the same claims, with in how many, the most first."""
    claims = held(viewer).filter(pk__in=_links(mine).values("claim")[:_MOST]).values("pk")
    beside = Link.objects.filter(claim__in=claims).exclude(entity__in=both)
    counted = dict(
        beside.values_list("entity__canonical").annotate(n=Count("claim", distinct=True)).order_by()
    )
    entities = Entity.objects.in_bulk(counted)
    return sorted(((entities[pk], n) for pk, n in counted.items()), key=lambda p: (-p[1], p[0].name))


def _conflicts(loser: Entity, winner: Entity, low: Sequence[int], high: Sequence[int]) -> Iterator[str]:
    """Yield what speaks against the two being one."""
    for apart in Apart.objects.filter(
        Q(low__in=low, high__in=high) | Q(low__in=high, high__in=low), until=None
    ):
        told = f": “{apart.why}”" if apart.why else ""
        yield f"{apart.by} held on {written(apart.since.date())} that they are not the same{told}"
    one, other = loser.parent, winner.parent
    if one is not None and other is not None and one.canonical_id != other.canonical_id:
        yield f"one belongs to {one.name}, the other to {other.name}"
    if loser.detail and winner.detail and loser.detail != winner.detail and loser.kind != Kind.MEETING:
        yield f"one is {_a(loser.detail)}, the other {_a(winner.detail)}"
    match loser.kind:
        case Kind.MEETING:
            yield from _meetings(loser, winner, low, high)
        case Kind.SERIES:
            yield from _editions(low, high)
        case Kind.FUND | Kind.INSTRUMENT:
            yield from _periods(low, high)
            yield from _totals(low, high)
        case Kind.PERSON:
            yield from _posts(low, high)
        case _:
            return


def _values(entities: Sequence[int], kind: ClaimKind, role: str) -> list[dict[str, Any]]:
    links = Link.objects.filter(entity__in=entities, role=role, claim__until=None, claim__kind=kind)
    return list(links.exclude(claim__state=State.REJECTED).values_list("claim__value", flat=True)[:200])


def _meetings(loser: Entity, winner: Entity, low: Sequence[int], high: Sequence[int]) -> Iterator[str]:
    if loser.ordinal is not None and winner.ordinal is not None and loser.ordinal != winner.ordinal:
        yield f"one is number {loser.ordinal}, the other number {winner.ordinal}"
    one = _values(low, ClaimKind.MEETING, "meeting")
    other = _values(high, ClaimKind.MEETING, "meeting")
    yield from _two("held", _dates(one), _dates(other))
    yield from _two("at", _of(one, "place"), _of(other, "place"))
    yield from _two("chaired by", _chairs(one), _chairs(other))


def _dates(values: Iterable[dict[str, Any]]) -> set[str]:
    return {written(str(v["date"])) for v in values if v.get("date")}


def _of(values: Iterable[dict[str, Any]], name: str) -> set[str]:
    return {str(v[name]) for v in values if v.get(name)}


def _chairs(values: Iterable[dict[str, Any]]) -> set[str]:
    found: set[str] = set()
    for value in values:
        chairs = value.get("chairs")
        if isinstance(chairs, list):
            found |= {str(chair["name"]) for chair in chairs}
    return found


def _two(what: str, one: set[str], other: set[str]) -> Iterator[str]:
    """Yield that two sides say different things, where both say something and nothing is said by both."""
    if one and other and not one & other:
        yield f"one was {what} {_listed(one)}, the other {_listed(other)}"


def _editions(low: Sequence[int], high: Sequence[int]) -> Iterator[str]:
    editions = Entity.objects.filter(kind=Kind.MEETING, ordinal__isnull=False)
    one = set(editions.filter(parent__in=low).values_list("ordinal", flat=True))
    other = editions.filter(parent__in=high, ordinal__in=one).order_by("ordinal")
    for ordinal in dict.fromkeys(other.values_list("ordinal", flat=True)[:5]):
        yield f"both have a number {ordinal}: merge these two meetings next, if they are one"


def _periods(low: Sequence[int], high: Sequence[int]) -> Iterator[str]:
    def periods(mine: Sequence[int]) -> set[str]:
        values = _values(mine, ClaimKind.INSTRUMENT, "instrument") + _values(
            mine, ClaimKind.INSTRUMENT, "fund"
        )
        return {
            " to ".join(str(y or "?") for y in v["period"])
            for v in values
            if isinstance(v.get("period"), list)
        }

    yield from _two("for", periods(low), periods(high))


def _totals(low: Sequence[int], high: Sequence[int]) -> Iterator[str]:
    """Yield the sums that the two have apart and will have together, by stage and currency."""
    one, other = _sums(low), _sums(high)
    for stage, currency in sorted(one.keys() & other.keys()):
        x, y = one[stage, currency], other[stage, currency]
        if x == y:
            yield f"both have {sum_of(x, currency)} {stage}: it may be the same money, told twice"
        else:
            yield f"{stage}: {sum_of(x, currency)} and {sum_of(y, currency)} become one total"


def _sums(entities: Sequence[int]) -> dict[tuple[str, str], Decimal]:
    about = Link.objects.filter(
        entity__in=entities, claim__until=None, role__in=("fund", "recipient", "instrument")
    )
    given = Claim.objects.filter(
        pk__in=about.values("claim"), kind=ClaimKind.CONTRIBUTION, amount__isnull=False
    ).exclude(state=State.REJECTED)
    rows = given.values_list("stage", "currency").annotate(sum=Sum("amount")).order_by()
    return {(stage, currency): total for stage, currency, total in rows if currency}


def _posts(low: Sequence[int], high: Sequence[int]) -> Iterator[str]:
    one = _of(_values(low, ClaimKind.POST, "person"), "post")
    other = _of(_values(high, ClaimKind.POST, "person"), "post")
    if one and other and not {p.casefold() for p in one} & {p.casefold() for p in other}:
        yield f"one is named as {_listed(one)}, the other as {_listed(other)}"


def _listed(some: Iterable[str]) -> str:
    told = sorted(some)
    if len(told) > 3:
        return f"{', '.join(told[:3])} and {len(told) - 3} more"
    return " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else told[0]


def _claims(n: int) -> str:
    return "1 claim" if n == 1 else f"{n:,} claims"


def _a(word: str) -> str:
    told = word.replace("_", " ")
    return f"an {told}" if told[:1] in "aeiou" else f"a {told}"
