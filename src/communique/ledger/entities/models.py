"""What claims are about: a name, a key, and which entity it was found to be the same as."""

from __future__ import annotations

from django.db import models


class Kind(models.TextChoices):
    """What an entity is."""

    PARTY = "party"
    PERSON = "person"
    SERIES = "series"
    MEETING = "meeting"
    INSTRUMENT = "instrument"
    FUND = "fund"
    ISSUE = "issue"
    AREA = "area"


class Entity(models.Model):
    """One thing that claims are about, as documents name it."""

    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=300)
    """What makes two mentions one: an ISO code, or the name without case, articles and punctuation."""
    name = models.TextField()
    """As first named."""
    detail = models.CharField(max_length=40, blank=True)
    """What sort of its kind: ``state``, ``organisation``; ``plan_of_action`` …"""
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    """The series of a meeting, the party of a body or person; null where the documents don't say."""
    ordinal = models.PositiveIntegerField(null=True)
    """Of a meeting in its series."""
    canonical = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="members")
    """The entity it is held to be the same as: itself, where nobody merged it (null only while it is made)."""

    class Meta:
        verbose_name_plural = "entities"
        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="entity_key"),)
        indexes = (models.Index(fields=("kind", "name"), name="entity_name"),)

    def __str__(self) -> str:
        return self.name


class Name(models.Model):
    """A way documents write the name of an entity."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="names")
    surface = models.CharField(max_length=300)
    stands_for = models.ForeignKey(
        Entity, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Whom it names since it was split off; null where it names the entity."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("entity", "surface"), name="name_once"),)


class Merge(models.Model):
    """The judgement that two entities are one, while it stands."""

    loser = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="merged")
    """Whose address now leads to the other's."""
    winner = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="absorbed")
    why = models.TextField(blank=True)
    by = models.CharField(max_length=150)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """When it was taken back; null while it stands."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("loser",), condition=models.Q(until=None), name="merged_into_one_at_a_time"
            ),
        )
