"""How an assignment stands, as JSON: what the log keeps of it, and what is compared with the log."""

from __future__ import annotations

from typing import Any

from communique.ledger.assignments.models import Assignment

Snapshot = dict[str, Any]


def snapshot(assignment: Assignment) -> Snapshot:
    """Return how an assignment stands."""
    return {
        "document": assignment.document_id,
        "claim": assignment.claim,
        "account": assignment.account.name,
        "stands": assignment.until is None,
    }


def now(pk: str) -> Snapshot | None:
    """Return how an assignment stands; None where there is none."""
    found = Assignment.objects.select_related("account").filter(pk=pk).first()
    return None if found is None else snapshot(found)
