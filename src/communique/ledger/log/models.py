"""One act a row: who did what to which thing, when and why, how it stood before and after."""

from __future__ import annotations

from django.db import models


class Act(models.Model):
    """A decision or a change, never altered and never deleted (the database itself refuses)."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    """Its place in the chain, from 1, without gaps."""
    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=150, db_index=True)
    """Name of the account; empty where the program itself acted."""
    verb = models.CharField(max_length=40)
    """What was done: ``accept``, ``merge``, ``take in`` …"""
    subject = models.CharField(max_length=60)
    """What it was done to: ``claim:<uid>``, ``document:<id>``, ``merge:<id>`` …"""
    before = models.JSONField(null=True)
    """How the subject stood; null where there was none."""
    after = models.JSONField(null=True)
    """How it stands since; null where it is gone."""
    why = models.TextField(blank=True)
    undoes = models.PositiveBigIntegerField(null=True)
    """The act that this one takes back."""
    previous = models.CharField(max_length=64)
    """Hash of the act before; 64 zeros for the first."""
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("seq",)
        indexes = (
            models.Index(fields=("subject", "seq"), name="act_subject_seq"),
            models.Index(fields=("verb", "seq"), name="act_verb_seq"),
            models.Index(fields=("undoes",), condition=models.Q(undoes__isnull=False), name="act_undoes"),
        )

    def __str__(self) -> str:
        return f"{self.seq}: {self.by or 'communique'} {self.verb} {self.subject}"
