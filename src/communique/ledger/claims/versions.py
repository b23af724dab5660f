"""Writes versions of claims: the row that is held from now on, its links, and its words in the index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from communique.errors import CommuniqueError
from communique.ledger.claims.derive import Draft, Money, due_of
from communique.ledger.claims.models import Claim, Link, Origin, State
from communique.ledger.claims.search_entries import entry
from communique.ledger.claims.snapshot import Snapshot, snapshot
from communique.ledger.documents.models import Document, Reading
from communique.ledger.entities.models import Entity
from communique.ledger.entities.resolve import resolve
from communique.ledger.log.models import Act
from communique.ledger.search import index

Linked = tuple[str, Entity]  # role, entity


class Conflict(CommuniqueError):
    """A claim has moved on since the version that was decided on."""

    def __init__(self, now: Claim) -> None:
        who = _last_to_act(now) or "a new reading"
        super().__init__(
            f"{who} has changed this claim since you saw it: it is {now.state} now",
            hint="look at it again, then decide",
        )
        self.now = now


def _last_to_act(now: Claim) -> str:
    """Return who made a version; empty where the program did."""
    if now.origin == Origin.READING:
        return ""
    act = Act.objects.filter(subject=f"claim:{now.uid}").order_by("-seq").only("by").first()
    return "" if act is None else act.by


@dataclass(frozen=True, slots=True)
class New:
    """A version about to be written, with what it is linked to."""

    claim: Claim
    links: tuple[Linked, ...]

    def snapshot(self) -> Snapshot:
        """Return how it will stand."""
        return snapshot(self.claim, [(role, e.kind, e.key) for role, e in self.links])


def proposed(
    found: Sequence[Draft], document: Document, reading: Reading | None, *, at: datetime
) -> list[New]:
    """Return the first versions of drafts, unwritten, with their entities (made where they are new)."""
    entities = resolve(role.named for d in found for role in d.roles)
    return [
        New(
            _claim(d, document, reading, at),
            tuple(dict.fromkeys((r.role, entities[r.named.identity]) for r in d.roles)),
        )
        for d in found
    ]


def write(versions: Iterable[New]) -> None:
    """Insert versions, their links, and their words in the index. Raises Conflict where one exists already."""
    new = list(versions)
    try:
        with transaction.atomic():
            Claim.objects.bulk_create([n.claim for n in new])
    except IntegrityError as error:
        now = Claim.objects.filter(uid__in=[n.claim.uid for n in new], until=None).first()
        if now is None:
            raise
        raise Conflict(now) from error
    Link.objects.bulk_create(
        [Link(claim=n.claim, entity=e, role=role, day=n.claim.day) for n in new for role, e in n.links]
    )
    index.add([entry(n.claim, n.links) for n in new])


def end(claims: Sequence[Claim], *, at: datetime) -> None:
    """Let versions be held no longer."""
    Claim.objects.filter(pk__in=[c.pk for c in claims]).update(until=at)
    for claim in claims:
        claim.until = at
    index.retire([entry(c, [(link.role, link.entity) for link in _links(c)]) for c in claims])


def linked(claim: Claim) -> tuple[Linked, ...]:
    """Return what a version is linked to."""
    return tuple((link.role, link.entity) for link in _links(claim))


def _links(claim: Claim) -> list[Link]:
    return list(claim.links.select_related("entity").order_by("role", "entity_id"))


def _claim(d: Draft, document: Document, reading: Reading | None, at: datetime) -> Claim:
    money = Money.of(d.finding)
    return Claim(
        uid=d.uid,
        version=1,
        origin=Origin.READING if reading is not None else Origin.ACT,
        document=document,
        reading=reading,
        kind=d.kind,
        value=d.value,
        start=d.finding.start,
        end=d.finding.end,
        quote=d.quote,
        day=d.day,
        due=due_of(d.finding),
        act=d.act,
        amount=money.amount,
        currency=money.currency,
        stage=money.stage,
        state=State.PROPOSED,
        doubt=d.doubt,
        doubts=[{"code": x.code, "message": x.message} for x in d.doubts],
        weight=d.weight,
        since=at,
    )
