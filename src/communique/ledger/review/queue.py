"""What needs a person, the heaviest first: undecided claims, and decisions that something speaks against.

Undecided and challenged claims come from an index each and are merged, so that a page of the queue costs the
same whether a thousand claims wait or five million.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge
from itertools import islice

from django.db.models import Exists, OuterRef, Q, QuerySet

from communique.ledger.accounts.viewer import Viewer
from communique.ledger.assignments import queries as assignments
from communique.ledger.claims.models import Claim, Link, State
from communique.ledger.claims.queries import held
from communique.ledger.claims.waiting import CHALLENGED, UNDECIDED, UNSURE
from communique.ledger.documents.models import Document
from communique.ledger.entities.models import Entity
from communique.ledger.entities.queries import members
from communique.ledger.history.wording import did
from communique.ledger.log.models import Act
from communique.ledger.review.queries import UNDOABLE

SHOWN = 25
MANY = 1_000
"""More than this is not counted."""
_NEVER = 1 << 62  # the number of an act that there won't be
_FEW_LINKS = 2_000
"""Of a party with no more links, all claims are sorted; those of others are met soon along the queue."""
_FEW_DOCUMENTS = 100
"""The same for the documents of a year."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the queue is narrowed to."""

    kind: str = ""
    party: int | None = None
    document: int | None = None
    year: int | None = None
    mine: bool = False
    challenged: bool = False
    unsure: bool = False
    since: datetime | None = None
    """Only what changed after this moment."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A claim's place in the queue."""

    weight: int
    pk: int

    @classmethod
    def of(cls, claim: Claim) -> Position:
        """Return the place of a claim."""
        return cls(claim.weight, claim.pk)

    @classmethod
    def read(cls, told: str) -> Position | None:
        """Return the place that an address names; None where it names none."""
        weight, _, pk = told.partition("-")
        good = all(part.isascii() and part.isdecimal() and len(part) < 18 for part in (weight, pk))
        return cls(int(weight), int(pk)) if good else None

    def __str__(self) -> str:
        return f"{self.weight}-{self.pk}"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A stretch of the queue, and where the next one starts (None: this was the last)."""

    claims: Sequence[Claim]
    after: Position | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided: the act, what they did, on which words."""

    act: Act
    did: str
    quote: str


@dataclass(frozen=True, slots=True)
class News:
    """What changed since somebody was last here; counts stop at ``MANY``."""

    since: datetime
    proposed: int
    challenged: int
    decided: tuple[Decision, ...]
    """What others decided, the last first."""


def queue(viewer: Viewer, wanted: Wanted, *, after: Position | None = None, size: int = SHOWN) -> Leaf:
    """Return a stretch of the queue."""
    rows = [
        sorted(_stretch(viewer, wanted, of, after, size + 1), key=Position.of, reverse=True)
        for of in _sorts(wanted)
    ]
    merged = merge(*rows, key=Position.of, reverse=True)
    found = list(islice(_once(merged), size + 1))
    shown = found[:size]
    return Leaf(_with_documents(shown), Position.of(shown[-1]) if len(found) > size else None)


def waiting(viewer: Viewer, wanted: Wanted) -> int:
    """Count what waits, up to one more than ``MANY``."""
    return sum(_counted(viewer, wanted, of)[: MANY + 1].count() for of in _sorts(wanted))


def next_document(viewer: Viewer, after: Position | None) -> int | None:
    """Return the document whose heaviest waiting claim comes first after a place in the queue."""
    wanted = Wanted()
    for _ in range(40):
        leaf = queue(viewer, wanted, after=after, size=100)
        first = {c.document_id: c for c in reversed(leaf.claims)}
        earlier = _with_heavier(viewer, first, after)
        fresh = [c for pk, c in first.items() if pk not in earlier]
        if fresh:
            return max(fresh, key=Position.of).document_id
        if leaf.after is None:
            return None
        after = leaf.after
    return None


def news(viewer: Viewer, since: datetime, most: int = 10) -> News:
    """Return what changed since a moment."""
    fresh = held(viewer).filter(by="", since__gt=since, state=State.PROPOSED, version=1)
    first = Act.objects.filter(at__gt=since).order_by("at").values_list("seq", flat=True).first()
    lately = Act.objects.filter(seq__gte=_NEVER if first is None else first)
    spoken = lately.filter(verb="challenge")
    others = lately.filter(verb__in=UNDOABLE, subject__startswith="claim:")
    return News(
        since=since,
        proposed=fresh[: MANY + 1].count(),
        challenged=spoken[: MANY + 1].count(),
        decided=tuple(_told(others.exclude(by=viewer.name).order_by("-seq")[:most])),
    )


def _told(acts: Iterable[Act]) -> Iterator[Decision]:
    found = [(act, act.subject.partition(":")[2]) for act in acts]
    uids = ["", *(uid for _, uid in found)]  # asked for where nothing was decided, too
    quotes = dict(Claim.objects.filter(uid__in=uids).order_by("version").values_list("uid", "quote"))
    for act, uid in found:
        yield Decision(act, did(act), " ".join(quotes.get(uid, uid).split()))


def _sorts(wanted: Wanted) -> Iterator[Q]:
    """Yield the sorts of claims that wait: each has an index in the order of the queue."""
    if wanted.unsure:
        yield UNSURE
        return
    if not wanted.challenged:
        yield UNDECIDED
    yield CHALLENGED


def _stretch(viewer: Viewer, wanted: Wanted, of: Q, after: Position | None, size: int) -> QuerySet[Claim]:
    found = _narrowed(viewer, wanted, of)
    if after is not None:
        found = found.filter(
            Q(weight__lt=after.weight) | Q(weight=after.weight, pk__lt=after.pk), weight__lte=after.weight
        )
    return found.order_by("-weight", "-id")[:size]


def _narrowed(viewer: Viewer, wanted: Wanted, of: Q) -> QuerySet[Claim]:
    found = _plain(viewer, wanted, of)
    if wanted.year is not None:
        found = found.filter(_in_year(wanted.year))
    if wanted.party is not None:
        found = found.filter(_about(wanted.party))
    return found


def _counted(viewer: Viewer, wanted: Wanted, of: Q) -> QuerySet[Claim]:
    """Return the same in no order: from the links of a party and the documents of a year, not along the queue.

    What is challenged is mostly little: then it is counted from there.
    """
    if wanted.kind:
        return _narrowed(viewer, wanted, of)
    if of is CHALLENGED and (wanted.party is not None or wanted.year is not None):
        few = list(_plain(viewer, wanted, of).values_list("pk", flat=True)[: MANY + 1])
        if len(few) <= MANY:
            return _narrowed(viewer, wanted, of).filter(pk__in=few)
    found = _plain(viewer, wanted, of)
    if wanted.year is not None:
        found = found.filter(document__day__range=_days(wanted.year))
    if wanted.party is not None:
        found = found.filter(links__entity__in=_same(wanted.party)).only("pk").distinct()
    return found


def _plain(viewer: Viewer, wanted: Wanted, of: Q) -> QuerySet[Claim]:
    """Return what waits, narrowed to all that needs no looking elsewhere."""
    found = held(viewer).filter(of)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.document is not None:
        found = found.filter(document=wanted.document)
    if wanted.since is not None:
        found = found.filter(since__gt=wanted.since, by="")
    if wanted.mine and viewer.account is not None:
        documents, claims = assignments.names(viewer.account)
        found = found.filter(Q(document__in=documents) | Q(uid__in=claims))
    return found


def _in_year(year: int) -> Q:
    """Return the condition that a claim's document is of a year: few documents are named, many looked for."""
    of_year = Document.objects.filter(day__range=_days(year))
    few = list(of_year.values_list("pk", flat=True)[: _FEW_DOCUMENTS + 1])
    if len(few) <= _FEW_DOCUMENTS:
        return Q(document__in=few)
    return Q(Exists(of_year.filter(pk=OuterRef("document"))))


def _about(party: int) -> Q:
    """Return the condition that a claim is about a party: few links are named, many looked for."""
    links = Link.objects.filter(entity__in=_same(party))
    few = list(links.values_list("claim", flat=True)[: _FEW_LINKS + 1])
    if len(few) <= _FEW_LINKS:
        return Q(pk__in=few)
    return Q(Exists(links.filter(claim=OuterRef("pk"))))


def _days(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _same(party: int) -> list[int]:
    """Return a party and all that is held to be the same; nothing where there is no such party."""
    entity = Entity.objects.filter(pk=party).first()
    return [] if entity is None else list(members(entity))


def _with_heavier(viewer: Viewer, documents: dict[int, Claim], after: Position | None) -> set[int]:
    """Return the documents of which a waiting claim stands before a place in the queue, or at it."""
    if after is None:
        return set()
    before = Q(weight__gt=after.weight) | Q(weight=after.weight, pk__gte=after.pk)
    found = held(viewer).filter(before, UNDECIDED | CHALLENGED, document__in=list(documents))
    return set(found.values_list("document", flat=True))


def _once(claims: Iterator[Claim]) -> Iterator[Claim]:
    """Yield each claim once: one that is unsure and challenged stands in both sorts."""
    last: int | None = None
    for claim in claims:
        if claim.pk != last:
            yield claim
        last = claim.pk


def _with_documents(claims: Sequence[Claim]) -> Sequence[Claim]:
    documents = Document.objects.defer("text").in_bulk({c.document_id for c in claims})
    for claim in claims:
        claim.document = documents[claim.document_id]
    return claims
