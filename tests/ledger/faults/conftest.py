"""A database that somebody else holds locked."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection

Locked = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def locked(transactional_db: None) -> Iterator[Locked]:
    """Yield what holds the database locked, for longer than anybody waits: two tenths of a second here."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        yield _locked_postgresql
        connection.close()
        return
    connection.close()
    options = connection.settings_dict["OPTIONS"]
    patience, options["timeout"] = options["timeout"], 0.2
    yield _locked_sqlite
    options["timeout"] = patience
    connection.close()


@contextmanager
def _locked_sqlite() -> Iterator[None]:
    other = sqlite3.connect(
        str(connection.settings_dict["NAME"]), isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def _locked_postgresql() -> Iterator[None]:
    import psycopg

    settings = connection.settings_dict
    address = f"host={settings['HOST']} port={settings['PORT']} dbname={settings['NAME']}"
    secret = f"user={settings['USER']} password={settings['PASSWORD']}"
    with psycopg.connect(f"{address} {secret}") as other:
        other.execute("LOCK TABLE log_act, intake_job IN EXCLUSIVE MODE")
        yield
        other.rollback()


@pytest.fixture
def served() -> str | None:
    """Return the address of the PostgreSQL server of this run; None on SQLite."""
    return os.environ.get("TEST_DATABASE_URL")
