"""A claim is one finding kept. Each row is one version of it, held from one moment until another."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from django.db import models

from communique.ledger.claims.kinds import TYPES, Finding, Kind
from communique.ledger.documents.models import Document, Reading
from communique.ledger.entities.models import Entity


class State(models.TextChoices):
    """What people decided on a claim."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    UNSURE = "unsure"


class Origin(models.TextChoices):
    """What made a version: a reading, covered by the act of the reading, or an act of its own."""

    READING = "reading"
    ACT = "act"


STANDING = (State.ACCEPTED, State.CORRECTED)
"""The states in which a claim counts as true."""


class Claim(models.Model):
    """One version of one claim."""

    uid = models.CharField(max_length=16)
    """What it is known by, in all its versions."""
    version = models.PositiveIntegerField()
    origin = models.CharField(max_length=8, choices=Origin.choices)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="claims")
    reading = models.ForeignKey(Reading, null=True, on_delete=models.PROTECT, related_name="claims")
    """The reading that proposed it; null where a person added it."""
    kind = models.CharField(max_length=12, choices=Kind.choices)
    value = models.JSONField()
    """The finding without its quote, as it is held to be."""
    as_read = models.JSONField(null=True)
    """What the reader had, where a person corrected it."""
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    day = models.DateField(null=True)
    """When it was true: when the meeting was held, else when the document was published."""
    due = models.DateField(null=True)
    """Of a commitment: the last day on which it would be kept in time."""
    act = models.CharField(max_length=20, blank=True)
    amount = models.DecimalField(max_digits=30, decimal_places=4, null=True)
    currency = models.CharField(max_length=3, blank=True)
    stage = models.CharField(max_length=12, blank=True)
    """Of a contribution: pledge, disbursed, announced or unspecified."""
    state = models.CharField(max_length=10, choices=State.choices)
    doubt = models.PositiveSmallIntegerField()
    """From 0, no reason to doubt, to 100."""
    doubts = models.JSONField(default=list)
    """Why: a list of ``{"code", "message"}``."""
    weight = models.PositiveSmallIntegerField()
    """Its place in the queue: consequence and doubt."""
    challenge = models.JSONField(null=True)
    """What speaks against a person's decision since: ``{"code", "message", "value"}``; null where nothing does."""
    why = models.TextField(blank=True)
    """The reason given for the decision."""
    by = models.CharField(max_length=150, blank=True)
    """Who decided; empty for what was read."""
    decided_at = models.DateTimeField(null=True)
    """When they did: a decision stays theirs, and of that time, in versions that something else made."""
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """When it gave way to the next version, or ended; null for the version held now."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("uid", "version"), name="claim_version"),
            models.UniqueConstraint(fields=("uid",), condition=models.Q(until=None), name="claim_held_once"),
        )
        indexes = (
            models.Index(fields=("document", "start"), name="claim_in_document"),
            models.Index(fields=("kind", "-day", "-id"), name="claim_kind_day"),
            models.Index(
                fields=("-weight", "-id"),
                condition=models.Q(until=None, state__in=["proposed", "unsure"]),
                name="claim_queue",
            ),
            models.Index(
                fields=("kind", "-weight", "-id"),
                condition=models.Q(until=None, state__in=["proposed", "unsure"]),
                name="claim_queue_kind",
            ),
            models.Index(
                fields=("-weight", "-id"),
                condition=models.Q(until=None, state="unsure"),
                name="claim_unsure",
            ),
            models.Index(
                fields=("-weight", "-id"),
                condition=models.Q(until=None, challenge__isnull=False),
                name="claim_challenged",
            ),
            models.Index(
                fields=("kind", "-weight", "-id"),
                condition=models.Q(until=None, state="unsure"),
                name="claim_unsure_kind",
            ),
            models.Index(
                fields=("kind", "-weight", "-id"),
                condition=models.Q(until=None, challenge__isnull=False),
                name="claim_challenged_kind",
            ),
            models.Index(
                fields=("-due", "-id"),
                condition=models.Q(until=None, due__isnull=False, state__in=["accepted", "corrected"]),
                name="claim_due_standing",
            ),
            models.Index(
                fields=("due", "id"), condition=models.Q(until=None, due__isnull=False), name="claim_due"
            ),
            models.Index(fields=("by", "since"), name="claim_by"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.uid} v{self.version}"

    def finding(self) -> Finding:
        """Return the finding as it is held to be."""
        return decode(self.kind, self.value, self.quote, self.start, self.end)

    def finding_as_read(self) -> Finding | None:
        """Return what the reader had where a person corrected it, else None."""
        if self.as_read is None:
            return None
        return decode(
            self.kind,
            self.as_read["value"],
            self.as_read["quote"],
            self.as_read["start"],
            self.as_read["end"],
        )


class Published(Claim):
    """A claim as those see it who see no proposals: without what was read instead, and without who decided and
    why.
    """

    class Meta:
        proxy = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any
    ) -> Published:
        """Return a version from its row."""
        claim = super().from_db(db, field_names, values, **more)
        claim.as_read, claim.by, claim.why = None, "", ""
        if claim.challenge is not None:
            claim.challenge = {"code": claim.challenge["code"], "message": "Open to question.", "value": None}
        return claim


class Link(models.Model):
    """An entity that a version of a claim is about, and in what role."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="links")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="links", db_index=False)
    role = models.CharField(max_length=12)
    day = models.DateField(null=True)
    """That of the claim, so that an entity's claims come by date."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("claim", "entity", "role"), name="link_once"),)
        indexes = (models.Index(fields=("entity", "role", "-day", "-claim"), name="link_entity_role"),)


def encode(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON values, without its place and words: those stand in columns of their own."""
    value: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(finding))
    for place in ("quote", "start", "end"):
        value.pop(place, None)
    return value


def decode(kind: str, value: dict[str, Any], quote: str, start: int, end: int) -> Finding:
    """Return the finding that ``encode`` took apart. Raises msgspec.ValidationError where it is none."""
    place: dict[str, Any] = {"start": start, "end": end}
    if kind != Kind.MEASURE:
        place["quote"] = quote
    return msgspec.convert(value | place, TYPES[kind])
