"""Puts a backup into an empty ledger: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.core.management.color import no_style
from django.db import DatabaseError, connection

from communique.errors import CommuniqueError
from communique.ledger.backup.contents import Table, migrations, tables
from communique.ledger.backup.file import Bytes, Head, Reader, Rows, UnusableBackup, reading
from communique.ledger.claims.indexing import refill
from communique.ledger.documents import store
from communique.ledger.log.actions import acting

_AT_ONCE = 500


class NotEmpty(CommuniqueError):
    """A backup is restored into a ledger in which nothing is yet."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put into the ledger."""

    made: str
    version: str
    rows: int


def restore(path: Path, *, tell: Callable[[int], None] = lambda rows: None) -> Restored:
    """Put a backup into the ledger, which must be empty, and make its search index.

    It is all in one transaction: interrupted, it leaves the ledger empty. Raises UnusableBackup, NotEmpty, and
    UnstorableBytes where there is no room.
    """
    found = tables()
    with reading(path) as backup:
        _refuse_other(backup.head, found, path)
        with acting():
            _refuse_full(found)
            rows = _load(backup, {table.name: table for table in found}, path, tell)
            _reset_sequences(found)
            refill()
    return Restored(backup.head.made, backup.head.version, rows)


def _refuse_other(head: Head, found: list[Table], path: Path) -> None:
    """Refuse a backup whose tables have another shape."""
    if head.migrations != migrations() or head.tables != {t.name: t.columns for t in found}:
        raise UnusableBackup(
            f"{path} was made by communique {head.version}, whose tables are of another shape",
            hint="restore it with that version, then open it with this one, which brings it up to date",
        )


def _refuse_full(found: Iterable[Table]) -> None:
    held = [(table, table.model._base_manager.count()) for table in found]
    told = [f"{count:,} {table.model._meta.verbose_name_plural}" for table, count in held if count]
    if told:
        raise NotEmpty(
            f"the ledger is not empty: it holds {', '.join(told[:3])}{' and more' if told[3:] else ''}",
            hint="name an empty folder with --data, or an empty database with DATABASE_URL",
        )


def _load(backup: Reader, known: dict[str, Table], path: Path, tell: Callable[[int], None]) -> int:
    loaded = 0
    for member in backup.members():
        if isinstance(member, Bytes):
            store.keep(member.data)
            continue
        try:
            _insert(known[member.table], member)
        except (msgspec.MsgspecError, DatabaseError, ValueError) as error:
            raise UnusableBackup(f"{path} can't be restored: {member.table}: {str(error).strip()}") from error
        loaded += len(member.lines)
        tell(len(member.lines))
    return loaded


def _insert(table: Table, rows: Rows) -> None:
    table.model._base_manager.bulk_create(table.read(rows.lines), batch_size=_AT_ONCE)


def _reset_sequences(found: Iterable[Table]) -> None:
    """Let new rows be numbered after those restored."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [table.model for table in found]):
            cursor.execute(sql)
