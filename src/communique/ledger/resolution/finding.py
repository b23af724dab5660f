"""Finds who may be who: compares each new name with those that share a mark with it, a few hundred at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from communique.ledger.documents.models import Document
from communique.ledger.entities.models import Entity, Kind, Merge, Name
from communique.ledger.resolution.abbreviations import collect, of_words
from communique.ledger.resolution.facts import Facts
from communique.ledger.resolution.likeness import Reason
from communique.ledger.resolution.marks import abbreviated, marks, whole
from communique.ledger.resolution.models import Abbreviation, Compared, Mark, Progress, Suggestion
from communique.ledger.resolution.progress import looked_at, upto
from communique.ledger.resolution.weighing import Candidate, weigh
from communique.ledger.resolution.wording import Spelt, spelt

_CROWD = 40  # entities under one mark: it tells nobody apart
_AT_ONCE = 900  # values in one condition
_T = TypeVar("_T")
_FAMILIES = ("party", "series", "instrument", "meeting")


def waiting() -> int:
    """Return how many names wait to be compared."""
    return Name.objects.filter(compared=None).count()


def catch_up(limit: int = 200) -> int:
    """Compare names that were not compared yet, at most so many, and return how many were.

    Two processes may do it at once. What is kept are suggestions only: they can be made anew at any time.
    Nothing is written, and next to nothing asked, where nothing is new.
    """
    again = _requeue_explained(collect()) + _requeue_meetings()
    newest = Name.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if not again and newest <= upto("names"):
        return 0
    names = list(
        Name.objects.filter(compared=None).order_by("pk").select_related("entity", "entity__parent")[:limit]
    )
    if names:
        _compare(names)
    if len(names) < limit:
        looked_at("names", newest)
    return len(names)


def _compare(names: Sequence[Name]) -> None:
    mine = _mark(names)
    suggestions = list(_suggestions(set(_pairs(mine))))
    with transaction.atomic():
        Suggestion.objects.bulk_create(suggestions, ignore_conflicts=True)
        Compared.objects.bulk_create([Compared(name=n) for n in names], ignore_conflicts=True)


def start_anew() -> None:
    """Forget what the program noticed, so that it looks at every name again. What people said is kept."""
    with transaction.atomic():
        Suggestion.objects.filter(by="").delete()
        for made in (Compared, Mark, Abbreviation, Progress):
            made.objects.all().delete()


def _mark(names: Sequence[Name]) -> dict[int, set[int]]:
    """Write the marks of names, and return them by entity. They are there for others before we look at theirs."""
    series = _series_of([n.entity for n in names])
    short = _short_forms(names)
    found: dict[int, set[int]] = defaultdict(set)
    for name in names:
        told = spelt(name.surface)
        found[name.entity_id] |= marks(name.entity, told, series.get(name.entity.parent_id or 0, ()))
        family = "instrument" if name.entity.kind == Kind.FUND else name.entity.kind
        found[name.entity_id] |= {abbreviated(family, s) for s in short.get(of_words(name.surface), ())}
    rows = [Mark(hash=h, entity_id=pk) for pk, hashes in sorted(found.items()) for h in sorted(hashes)]
    with transaction.atomic():
        Mark.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_AT_ONCE)
    return found


def _pairs(mine: dict[int, set[int]]) -> Iterator[tuple[int, int]]:
    """Yield each two entities that share a mark which few have."""
    wanted = sorted(set(chain.from_iterable(mine.values())))
    for some in _in_parts(wanted):
        under: dict[int, list[int]] = defaultdict(list)
        for value, entity in Mark.objects.filter(hash__in=some).values_list("hash", "entity_id"):
            under[value].append(entity)
        for value, entities in under.items():
            if 1 < len(entities) <= _CROWD:
                ours = [e for e in entities if value in mine.get(e, ())]
                yield from ((min(a, b), max(a, b)) for a in ours for b in entities if a != b)


def _suggestions(pairs: Iterable[tuple[int, int]]) -> Iterator[Suggestion]:
    now = timezone.now()
    for some in _in_parts(sorted(pairs)):
        known = _candidates({pk for pair in some for pk in pair})
        explained = _explained(known.values())
        for low, high in some:
            a, b = known[low], known[high]
            if a.entity.canonical_id == b.entity.canonical_id:
                continue
            for reason in (*weigh(a, b), *_by_abbreviation(a, b, explained)):
                yield Suggestion(
                    low_id=low,
                    high_id=high,
                    reason=reason.code,
                    told=reason.told,
                    weight=reason.weight,
                    at=now,
                )


def _candidates(pks: set[int]) -> dict[int, Candidate]:
    names: dict[int, list[Spelt]] = defaultdict(list)
    for pk, surface in Name.objects.filter(entity__in=pks).order_by("pk").values_list("entity", "surface"):
        names[pk].append(spelt(surface))
    entities = Entity.objects.filter(pk__in=pks).select_related("parent")
    return {e.pk: Candidate(e, names[e.pk], Facts(e.pk)) for e in entities}


def _in_parts(values: Iterable[_T]) -> Iterator[list[_T]]:
    """Yield values some at a time, as many as one condition takes."""
    every = list(values)
    yield from (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))


Explanations = dict[str, list[tuple[tuple[str, ...], str, int]]]


def _explained(candidates: Iterable[Candidate]) -> Explanations:
    """Return what the short names among these are said to stand for: words, long form, document."""
    short = {n.squeezed for c in candidates for n in c.names if n.is_short}
    found: Explanations = defaultdict(list)
    for one in Abbreviation.objects.filter(short__in=short):
        found[one.short].append((spelt(one.long).words, one.long, one.document_id))
    return found


def _by_abbreviation(a: Candidate, b: Candidate, explained: Explanations) -> Iterator[Reason]:
    """Yield that a document explains one name as the other; of meetings, only where they have one number."""
    if a.entity.kind == Kind.MEETING and (a.entity.ordinal is None or a.entity.ordinal != b.entity.ordinal):
        return
    for x, y in ((a, b), (b, a)):
        for short in x.names:
            for words, long, document in explained.get(short.squeezed, ()) if short.is_short else ():
                if any(name.words == words for name in y.names):
                    title = str(Document.objects.only("title", "name", "url").get(pk=document))
                    told = f"“{short.name}” is explained as “{long}” in “{title}”"
                    yield Reason("brackets", told, 90)
                    return


def _series_of(entities: Iterable[Entity]) -> dict[int, list[int]]:
    """Return all that the series of meetings are held to be, by the series."""
    parents = {e.parent for e in entities if e.kind == Kind.MEETING and e.parent is not None}
    by_root: dict[int | None, list[int]] = defaultdict(list)
    roots = {p.canonical_id for p in parents}
    for pk, root in Entity.objects.filter(canonical__in=roots).values_list("pk", "canonical_id"):
        by_root[root].append(pk)
    return {p.pk: by_root[p.canonical_id] for p in parents}


def _short_forms(names: Iterable[Name]) -> dict[int, list[str]]:
    """Return the short forms of names that documents explain, by the hash of the name's words."""
    wanted = {of_words(n.surface) for n in names}
    found: dict[int, list[str]] = defaultdict(list)
    for some in _in_parts(sorted(wanted)):
        for value, short in Abbreviation.objects.filter(words__in=some).values_list("words", "short"):
            found[value].append(short)
    return found


def _requeue_explained(new: Iterable[Abbreviation]) -> int:
    """Let entities be looked at again whose short form a document explains by now; return how many names."""
    hashes = {whole(family, spelt(one.long)) for one in new for family in _FAMILIES}
    queued = 0
    for some in _in_parts(sorted(hashes)):
        entities = Mark.objects.filter(hash__in=some).values("entity")
        queued += Compared.objects.filter(name__entity__in=entities).delete()[0]
    return queued


def _requeue_meetings() -> int:
    """Let the meetings of series that were merged since be looked at again; return how many names."""
    fresh = Merge.objects.filter(pk__gt=upto("merges")).order_by("pk")
    merged = list(fresh.values_list("pk", "loser__kind", "loser__canonical_id"))
    if not merged:
        return 0
    series = [root for _, kind, root in merged if kind == Kind.SERIES]
    queued = Compared.objects.filter(name__entity__parent__canonical__in=series).delete()[0]
    looked_at("merges", merged[-1][0])
    return queued
