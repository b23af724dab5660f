"""What people judged of entities beside merging, and what the program noticed: the latter can be made anew."""

from __future__ import annotations

from django.db import models

from communique.ledger.documents.models import Document
from communique.ledger.entities.models import Entity, Name


class Apart(models.Model):
    """The judgement that two entities are not the same, while it stands."""

    low = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    """The one with the smaller id."""
    high = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    by = models.CharField(max_length=150)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """When it was taken back; null while it stands."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("low", "high"), condition=models.Q(until=None), name="apart_once_at_a_time"
            ),
        )


class Split(models.Model):
    """The judgement that some claims are not about an entity, but about another."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    """The one that the claims were about."""
    other = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    """The one that they are about since."""
    moved = models.JSONField()
    """The links that were moved: a list of ``[uid of the claim, role, id of the entity it was linked to]``."""
    names = models.JSONField(default=list)
    """The names that go with them: a list of ``[id of the entity that had it, name]``. What is taken in later and
    has such a name is about the other."""
    why = models.TextField(blank=True)
    by = models.CharField(max_length=150)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)


class Suggestion(models.Model):
    """Two entities that are likely one, and why. It is open as long as nobody judged on the two."""

    low = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    """The one with the smaller id."""
    high = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+", db_index=False)
    reason = models.CharField(max_length=20)
    """What they have in common, as a word: ``letters``, ``typo`` …"""
    told = models.TextField()
    """The same as a sentence."""
    weight = models.PositiveSmallIntegerField()
    """How sure the reason is, from 0 to 100."""
    by = models.CharField(max_length=150, blank=True)
    """Who suggested it; empty where the program did."""
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("low", "high", "reason"), name="suggestion_once"),)
        indexes = (models.Index(fields=("-weight", "id"), name="suggestion_weight"),)


class Mark(models.Model):
    """A hash that entities which may be one share: only they are compared."""

    hash = models.BigIntegerField()
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("hash", "entity"), name="mark_once"),)


class Compared(models.Model):
    """A name that was compared with the others already."""

    name = models.OneToOneField(Name, primary_key=True, on_delete=models.CASCADE, related_name="compared")


class Abbreviation(models.Model):
    """A short form that a document explains in brackets."""

    short = models.CharField(max_length=20)
    """Without case and punctuation."""
    long = models.CharField(max_length=300)
    """As written."""
    words = models.BigIntegerField(db_index=True)
    """Hash of the words of the long form."""
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+", db_index=False)
    """The first that explains it so."""
    start = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("short", "long"), name="abbreviation_once"),)


class Progress(models.Model):
    """How far the program has looked through a kind of thing, by its id."""

    of = models.CharField(max_length=20, primary_key=True)
    upto = models.PositiveBigIntegerField(default=0)
