"""Writes acts. Every change of the ledger goes through here, inside the transaction that makes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from communique.ledger.log.chain import FIRST, hash_of
from communique.ledger.log.models import Act

_LOCK = 0x636F6D6D  # a number of our own, so that appending waits for nothing but appending


def record(
    verb: str,
    subject: str,
    *,
    before: Any,
    after: Any,
    by: str,
    why: str = "",
    undoes: int | None = None,
) -> Act:
    """Append an act and return it. ``before`` and ``after`` are JSON values: the subject's snapshot.

    Call it last in a transaction: on PostgreSQL others who append wait until this one commits.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an act is recorded in the transaction that makes it")
    wait()
    last = Act.objects.order_by("-seq").only("seq", "hash", "at").first()
    at = timezone.now()
    act = Act(
        seq=last.seq + 1 if last else 1,
        at=max(at, last.at) if last else at,
        by=by,
        verb=verb,
        subject=subject,
        before=before,
        after=after,
        why=why,
        undoes=undoes,
        previous=last.hash if last else FIRST,
    )
    act.hash = hash_of(act)
    act.save(force_insert=True)
    return act


@contextmanager
def acting() -> Iterator[None]:
    """Open a transaction that ends in an act: others who act wait until it is over.

    So whoever looks first and writes then, writes on what still is; and nobody holds a row that another waits
    for while waiting for the log.
    """
    with transaction.atomic():
        wait()
        yield


def wait() -> None:
    """Let one append at a time, until the transaction ends: SQLite does by itself, its transactions being IMMEDIATE.

    ``record`` calls it, and ``acting``.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
