"""Starts Django on a ledger's folder, and brings its database up to date."""

from __future__ import annotations

import os
from pathlib import Path

from communique.errors import CommuniqueError
from communique.ledger.place import Place, choose


class UnusableLedger(CommuniqueError):
    """The database of a ledger can't be opened or brought up to date."""


def start(folder: Path | None, *, migrate: bool = True) -> Place:
    """Open the ledger in ``folder`` (None: the platform's default), and migrate its database where asked.

    Raises UnusablePlace, UnusableDatabase, and UnusableLedger where the database does not answer.
    """
    place = choose(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communique.ledger.settings")

    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from communique.ledger.outages import is_outage, may_be_kept, why

    try:
        django.setup()
        if migrate:
            _migrate()
    except ImproperlyConfigured as error:
        raise UnusableLedger(
            str(error).partition("\n")[0], hint="for PostgreSQL: pip install 'communique[postgres]'"
        ) from error
    except DatabaseError as error:
        told = f"the database does not answer: {str(error).strip()}"
        raise UnusableLedger(
            why(error) if is_outage(error) and not may_be_kept(error) else told,
            hint="see DATABASE_URL, the folder's rights, and the room on its disk",
        ) from error
    return place


def _migrate() -> None:
    """Apply what is missing; nothing is asked of a database that is up to date but which migrations it has."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
