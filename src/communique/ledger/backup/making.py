"""Makes a backup of a ledger while it is served: all of it as it stands at one moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from communique import __version__
from communique.ledger.backup.contents import migrations, tables
from communique.ledger.backup.file import FORMAT, Head, writing
from communique.ledger.documents import store
from communique.ledger.documents.models import Document
from communique.ledger.history.still import still
from communique.ledger.intake.models import Job


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds."""

    documents: int
    rows: int
    missing: tuple[str, ...]
    """Hashes of bytes that should be kept, and are not: the backup is as whole as the ledger."""


def back_up(
    path: Path, *, overwrite: bool = False, tell: Callable[[int], None] = lambda rows: None
) -> BackedUp:
    """Write a backup of the ledger. ``tell`` is called with how many rows were written, again and again.

    Raises BackupFailed.
    """
    rows, missing = 0, []
    with writing(path, overwrite=overwrite) as backup, still():
        found = tables()
        backup.head(
            Head(
                format=FORMAT,
                version=__version__,
                made=timezone.now().isoformat(timespec="seconds"),
                migrations=migrations(),
                tables={table.name: table.columns for table in found},
            )
        )
        documents = Document.objects.count()
        for sha256 in _kept():
            try:
                backup.keep(sha256, store.fetch(sha256))
            except FileNotFoundError:
                missing.append(sha256)
        for number, table in enumerate(found, 1):
            for written in backup.table(number, table.name, table.rows()):
                rows += written
                tell(written)
        backup.end()
    return BackedUp(documents, rows, tuple(missing))


def size() -> int:
    """Return how many rows there are to write."""
    return sum(table.model._base_manager.count() for table in tables())


def _kept() -> Iterator[str]:
    """Yield the hashes of the bytes that documents came in, and of those still to be taken in."""
    of_documents = Document.objects.order_by().values_list("sha256", flat=True)
    of_jobs = Job.objects.exclude(sha256="").order_by().values_list("sha256", flat=True)
    return of_documents.union(of_jobs).order_by("sha256").iterator()
