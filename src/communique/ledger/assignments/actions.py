"""Gives documents and claims to people to look at, and takes that back: one act in the log each."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from communique.ledger.accounts.models import Account
from communique.ledger.assignments.models import Assignment
from communique.ledger.assignments.snapshot import Snapshot, snapshot
from communique.ledger.documents.models import Document
from communique.ledger.log.actions import acting
from communique.ledger.log.actions import record as log
from communique.ledger.log.models import Act


def assign_document(document: Document, account: Account, *, by: str, why: str = "") -> Assignment:
    """Let somebody look at a document; who had it before has it no longer."""
    with acting():
        _end(Assignment.objects.filter(document=document, until=None), by=by)
        return _begin(Assignment(document=document, account=account, by=by), why)


def assign_claim(uid: str, account: Account, *, by: str, why: str = "") -> Assignment:
    """Let somebody look at a claim; who had it before has it no longer."""
    with acting():
        _end(Assignment.objects.filter(claim=uid, until=None), by=by)
        return _begin(Assignment(claim=uid, account=account, by=by), why)


def release(assignment: Assignment, *, by: str, why: str = "") -> None:
    """End an assignment; one that has ended already stays as it is."""
    with acting():
        _end(Assignment.objects.filter(pk=assignment.pk, until=None), by=by, why=why)


def restore(pk: str, before: Any, /, *, by: str, undoes: int, why: str = "") -> Act:
    """Let an assignment stand as it did. Where it stands again, who has the same thing now has it no longer."""
    with acting():
        now = Assignment.objects.select_for_update().get(pk=pk)
        after = snapshot(now)
        stands = before is not None and bool(before["stands"])
        if stands:
            same = Assignment.objects.filter(document=now.document_id, claim=now.claim, until=None)
            _end(same.exclude(pk=now.pk), by=by)
        now.until = None if stands else timezone.now()
        now.save(update_fields=["until"])
        return log(
            "undo",
            f"assignment:{now.pk}",
            before=after,
            after=snapshot(now),
            by=by,
            why=why,
            undoes=undoes,
        )


def _begin(assignment: Assignment, why: str) -> Assignment:
    assignment.since = timezone.now()
    assignment.save(force_insert=True)
    after = snapshot(assignment)
    log("assign", f"assignment:{assignment.pk}", before=None, after=after, by=assignment.by, why=why)
    return assignment


def _end(standing: Any, *, by: str, why: str = "") -> None:
    for assignment in standing.select_for_update():
        before: Snapshot = snapshot(assignment)
        assignment.until = timezone.now()
        assignment.save(update_fields=["until"])
        log(
            "release",
            f"assignment:{assignment.pk}",
            before=before,
            after=snapshot(assignment),
            by=by,
            why=why,
        )
