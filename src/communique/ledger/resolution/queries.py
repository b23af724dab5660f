"""Reads suggestions and judgements for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, When

from communique.ledger.accounts.viewer import Viewer
from communique.ledger.claims.models import Claim, Link
from communique.ledger.claims.queries import held
from communique.ledger.entities.models import Entity, Kind, Merge, Name
from communique.ledger.log.models import Act
from communique.ledger.resolution.addresses import page_of
from communique.ledger.resolution.models import Apart, Split, Suggestion

SHOWN = 20
_SAID_FREELY = Case(When(low__kind__in=(Kind.ISSUE, Kind.AREA), then=1), default=0)
"""What is named in free words comes last: less hangs on it."""
_SERIES = ("ordinal", "date")


@dataclass(frozen=True, slots=True)
class Side:
    """One of two entities, as a list shows it."""

    entity: Entity
    href: str
    claims: int
    quote: str
    """Words of one claim about it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities that are likely one: the first has more claims."""

    kind: str
    one: Side
    other: Side
    reasons: tuple[Suggestion, ...]


def open_suggestions(kind: str = "") -> QuerySet[Suggestion]:
    """Return the suggestions that nobody judged on, the surest first."""
    low, high = "low__canonical", "high__canonical"
    apart = Apart.objects.filter(until=None).filter(
        Q(low__canonical=OuterRef(low), high__canonical=OuterRef(high))
        | Q(low__canonical=OuterRef(high), high__canonical=OuterRef(low))
    )
    found = (
        Suggestion.objects.exclude(**{low: F(high)})
        .exclude(
            Q(reason__in=_SERIES, low__parent__isnull=False, high__parent__isnull=False)
            & ~Q(low__parent__canonical=F("high__parent__canonical"))
        )
        .exclude(Exists(apart))
    )
    if kind:
        found = found.filter(low__kind=kind)
    return found.annotate(said=_SAID_FREELY).order_by("said", "-weight", "id")


def by_kind() -> list[tuple[str, int]]:
    """Return how many suggestions are open, by kind."""
    counted = open_suggestions().order_by().values("low__kind").annotate(n=Count("id"))
    found = {row["low__kind"]: row["n"] for row in counted}
    return [(kind, found[kind]) for kind in Kind.values if kind in found]


def pairs(suggestions: Iterable[Suggestion], viewer: Viewer) -> list[Pair]:
    """Return the two that each suggestion is about, as they are found now; reasons on the same two together."""
    grouped: dict[tuple[int, int], list[Suggestion]] = defaultdict(list)
    for one in suggestions:
        a, b = one.low.canonical_id or one.low_id, one.high.canonical_id or one.high_id
        grouped[min(a, b), max(a, b)].append(one)
    told = sides({pk for pair in grouped for pk in pair}, viewer)
    found = []
    for (a, b), reasons in grouped.items():
        more, less = sorted((told[a], told[b]), key=lambda s: (-s.claims, s.entity.pk))
        found.append(Pair(more.entity.kind, more, less, tuple(sorted(reasons, key=lambda r: -r.weight))))
    return found


def sides(roots: Iterable[int], viewer: Viewer) -> dict[int, Side]:
    """Return entities, none of them merged, with what a list shows of each."""
    entities = Entity.objects.select_related("parent").in_bulk(list(roots))
    seen = held(viewer).filter(links__entity__canonical__in=entities)
    rows = seen.values_list("links__entity__canonical").annotate(n=Count("pk", distinct=True), last=Max("pk"))
    counts = {pk: (n, last) for pk, n, last in rows.order_by()}
    quotes = dict(Claim.objects.filter(pk__in=[c[1] for c in counts.values()]).values_list("pk", "quote"))
    return {
        pk: Side(
            entity,
            page_of(entity),
            counts.get(pk, (0, 0))[0],
            quotes.get(counts.get(pk, (0, 0))[1], ""),
        )
        for pk, entity in entities.items()
    }


def found_by_name(words: str, kinds: Sequence[str], *, but: Iterable[int] = ()) -> Sequence[Entity]:
    """Return entities that are written with some words, those that start with them first."""
    asked = " ".join(words.split())
    if not asked:
        return []
    named = Name.objects.filter(surface__icontains=asked, entity__kind__in=kinds)
    roots = named.values_list("entity__canonical_id", flat=True).distinct()[:200]
    entities = Entity.objects.filter(Q(pk__in=list(roots)) | Q(name__icontains=asked, kind__in=kinds))
    found = entities.filter(canonical=F("pk")).exclude(pk__in=list(but)).annotate(n=Count("links"))
    return sorted(found[:200], key=lambda e: (not e.name.casefold().startswith(asked.casefold()), -e.n))[:20]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Something that people hold of who is who, with the act by which it can be taken back."""

    verb: str
    one: Entity
    other: Entity
    by: str
    why: str
    since: datetime
    act: int | None
    more: str = ""


def judgements(entities: Iterable[int] | None = None, most: int = 100) -> list[Judgement]:
    """Return what stands, the newest first: all of it, or what is about some entities."""
    some = None if entities is None else list(entities)
    merges = Merge.objects.filter(until=None).select_related("loser", "winner")
    aparts = Apart.objects.filter(until=None).select_related("low", "high")
    splits = Split.objects.filter(until=None).select_related("entity", "other")
    if some is not None:
        merges = merges.filter(Q(loser__in=some) | Q(winner__in=some))
        aparts = aparts.filter(Q(low__in=some) | Q(high__in=some))
        splits = splits.filter(Q(entity__in=some) | Q(other__in=some))
    found: dict[str, Merge | Apart | Split] = {
        **{f"merge:{m.loser_id}": m for m in merges.order_by("-since")[:most]},
        **{f"apart:{a.low_id}-{a.high_id}": a for a in aparts.order_by("-since")[:most]},
        **{f"split:{s.pk}": s for s in splits.order_by("-since")[:most]},
    }
    last = Act.objects.filter(subject__in=found).values_list("subject").annotate(seq=Max("seq"))
    acts = dict(last.order_by())
    told = [_judgement(one, acts.get(subject)) for subject, one in found.items()]
    return sorted(told, key=lambda j: j.since, reverse=True)[:most]


def _judgement(one: Merge | Apart | Split, act: int | None) -> Judgement:
    match one:
        case Merge():
            return Judgement("is", one.loser, one.winner, one.by, one.why, one.since, act)
        case Apart():
            return Judgement("is not", one.low, one.high, one.by, one.why, one.since, act)
        case Split():
            claims = len({uid for uid, _, _ in one.moved})
            more = f"{claims} claim{'' if claims == 1 else 's'}"
            return Judgement("was split from", one.other, one.entity, one.by, one.why, one.since, act, more)


def links_of(entities: Iterable[int], viewer: Viewer) -> QuerySet[Link]:
    """Return the links of claims that a viewer may see to some entities."""
    return Link.objects.filter(entity__in=list(entities), claim__in=held(viewer))
