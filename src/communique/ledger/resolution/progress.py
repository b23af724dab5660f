"""How far the program has looked through what comes in."""

from __future__ import annotations

from communique.ledger.resolution.models import Progress


def upto(of: str) -> int:
    """Return the id up to which things of a kind were looked at."""
    return Progress.objects.filter(of=of).values_list("upto", flat=True).first() or 0


def looked_at(of: str, pk: int) -> None:
    """Keep that things of a kind were looked at up to an id."""
    Progress.objects.update_or_create(of=of, defaults={"upto": pk})
