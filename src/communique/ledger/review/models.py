"""When a reviewer was last here: what has changed since is told from it."""

from __future__ import annotations

from django.db import models

from communique.ledger.accounts.models import Account


class Visit(models.Model):
    """The visits of one account: the one that goes on, and the end of the one before."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="visit")
    seen = models.DateTimeField()
    """When the visit before this one ended: what came later is new."""
    last = models.DateTimeField()
    """When something was last looked at."""
