"""An assignment: a document or a claim that somebody is to look at, from one moment until another."""

from __future__ import annotations

from django.db import models

from communique.ledger.accounts.models import Account
from communique.ledger.documents.models import Document


class Assignment(models.Model):
    """A document, or one claim, that an account is to look at."""

    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="assignments")
    """The document; null where it is one claim."""
    claim = models.CharField(max_length=16, blank=True)
    """What the claim is known by; empty where it is a document."""
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="assignments")
    by = models.CharField(max_length=150)
    """Who assigned it."""
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """When it was ended or given to somebody else; null while it stands."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(document=None) ^ models.Q(claim=""), name="assignment_of_one_thing"
            ),
            models.UniqueConstraint(
                fields=("document",), condition=models.Q(until=None, claim=""), name="document_assigned_once"
            ),
            models.UniqueConstraint(
                fields=("claim",), condition=models.Q(until=None, document=None), name="claim_assigned_once"
            ),
        )
        indexes = (
            models.Index(fields=("account",), condition=models.Q(until=None), name="assignment_account"),
        )
