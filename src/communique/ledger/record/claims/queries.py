"""One claim: as it is held, and as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from communique.ledger.claims.fields import FIELDS, told_field
from communique.ledger.claims.models import Claim, State
from communique.ledger.claims.queries import held
from communique.ledger.design.cards import Card
from communique.ledger.history.queries import Entry, history
from communique.ledger.record.called import Called
from communique.ledger.record.cards import card, links
from communique.ledger.record.sight import Sight


@dataclass(frozen=True, slots=True)
class Row:
    """A field of a claim: what is held, and what was read where a person corrected it."""

    label: str
    value: str
    read: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """How a claim stood for some time."""

    number: int
    state: str
    by: str
    why: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """A claim, whom and what it is about, and how it came to stand as it does."""

    claim: Claim
    card: Card
    rows: tuple[Row, ...]
    about: tuple[tuple[str, tuple[Called, ...]], ...]
    versions: tuple[Version, ...]
    acts: tuple[Entry, ...]


def find(sight: Sight, uid: str) -> Held | None:
    """Return a claim as it is held; None where there is none that the viewer may see. Rejected ones are shown."""
    found = held(sight.viewer, sight.as_of).filter(uid=uid).select_related("document")
    claim = found.defer("document__text").first()
    if claim is None:
        return None
    about = links([claim], sight)[claim.pk]
    told = sight.viewer.sees_proposals
    return Held(
        claim=claim,
        card=card(claim, about, sight),
        rows=tuple(_rows(claim)),
        about=tuple(about.roles.items()),
        versions=tuple(_versions(sight, uid)) if told else (),
        acts=history(sight.viewer, subjects=[f"claim:{uid}"], as_of=sight.as_of).entries if told else (),
    )


def _rows(claim: Claim) -> Iterator[Row]:
    finding, read = claim.finding(), claim.finding_as_read()
    for field in FIELDS[claim.kind]:
        value = told_field(field, finding)
        before = None if read is None else told_field(field, read)
        if value or before:
            yield Row(field.label, value, before if before != value else None)


def _versions(sight: Sight, uid: str) -> Iterator[Version]:
    versions = Claim.objects.filter(uid=uid)
    if sight.as_of is not None:
        versions = versions.filter(since__lte=sight.as_of)
    rows = versions.order_by("-version").values_list("version", "state", "by", "why", "since", "until")
    for number, state, by, why, since, until in rows:
        yield Version(number, State(state).value, by, why, since, until)
