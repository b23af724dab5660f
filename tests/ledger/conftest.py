"""What the ledger's tests share.

``@pytest.mark.both_databases`` on a test (or ``pytestmark`` in a file) runs it a second time on PostgreSQL:

    python -m pytest tests/ledger                                                         on SQLite
    python tools/cluster.py python -m pytest -m both_databases tests/ledger               on PostgreSQL

Nothing in a test need know which it is on. A test that starts ``communique`` as a process of its own takes
``fresh_ledger``: an empty folder and database, and the environment that names them.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import pytest
import pytest_django
from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from communique.ledger.claims.models import Claim
    from communique.ledger.documents.models import Document


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Keep SQLite in a file, as ledgers do: in memory, threads share one connection and nothing ever waits."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "")
        connection.settings_dict["TEST"]["NAME"] = str(Path(settings.DATA) / f"test{worker}.sqlite3")


@dataclass(frozen=True, slots=True)
class FreshLedger:
    """A ledger in which nothing is yet, for processes of their own."""

    folder: Path
    environment: dict[str, str]
    """What a process is started with, to open it without --data."""


@pytest.fixture
def fresh_ledger(fresh_ledgers: Callable[[], FreshLedger]) -> FreshLedger:
    """Return an empty ledger on the database of this run; dropped afterwards."""
    return fresh_ledgers()


@pytest.fixture(scope="module")
def fresh_ledgers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., FreshLedger]]:
    """Yield what makes empty ledgers on the database of this run, or on SQLite whatever it is."""
    served = os.environ.get("TEST_DATABASE_URL")
    with ExitStack() as stack:

        def make(*, sqlite: bool = False) -> FreshLedger:
            folder = tmp_path_factory.mktemp("ledger")
            environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
            environment["COMMUNIQUE_DATA"] = str(folder)
            environment.pop("DATABASE_URL", None)
            if served and not sqlite:
                environment["DATABASE_URL"] = stack.enter_context(_new_database(served))
            return FreshLedger(folder, environment)

        yield make


@contextmanager
def _new_database(served: str) -> Iterator[str]:
    import psycopg

    name = f"fresh_{secrets.token_hex(6)}"
    with psycopg.connect(served, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(served)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session", autouse=True)
def _log_gives_way_to_flushing() -> Iterator[None]:
    """Let the tables be emptied after a test that commits: the log of acts refuses it by a trigger."""
    operations, name = type(connection.ops), "log_act_no_DELETE"
    flush = operations.sql_flush

    def sql_flush(self: Any, *args: object, **kwargs: object) -> list[str]:
        if self.connection.vendor == "postgresql":
            guard = "ALTER TABLE log_act {} TRIGGER log_act_no_truncate"
            emptied: list[str] = flush(self, *args, **kwargs)
            return [guard.format("DISABLE"), *emptied, guard.format("ENABLE")] if emptied else []
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [name])
            found = cursor.fetchone()
        statements: list[str] = flush(self, *args, **kwargs)
        return [f"DROP TRIGGER {name}", *statements, found[0]] if found else statements

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", sql_flush)
        yield


@pytest.fixture(autouse=True)
def _empty_index(
    request: pytest.FixtureRequest, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """Clear the search index after a test that commits: what flushes Django's tables doesn't know of it."""
    yield
    if {"transactional_db", "live_server"} & set(request.fixturenames) or _is_transactional(request):
        from communique.ledger.search import index

        with django_db_blocker.unblock():
            index.clear()


def _is_transactional(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return marker is not None and bool(marker.kwargs.get("transaction"))


PLEDGE = """\
---
title: Japan Pledges Funds for Tide Gauges
date: 1974-02-11
publisher: Example Wire
---

Suva: Japan pledged US$2 million to the Ocean Fund at the 4th ASEAN-PIF Dialogue, held here on 7 February 1974.

ASEAN welcomed the pledge. Both sides agreed to begin joint training by 1975. Fiji did not endorse the proposal.
"""


class Take(Protocol):
    """Takes one text in and returns its document; without a text, the release that tests share."""

    def __call__(self, text: str = ..., *, name: str = ..., url: str = ..., by: str = ...) -> Document: ...


class Find(Protocol):
    """Returns the one claim of a kind that is held and whose quote holds the words."""

    def __call__(self, kind: str, words: str = ..., document: Document | None = ...) -> Claim: ...


@pytest.fixture
def take(db: None) -> Take:
    from communique.ledger.intake.taking import Arriving, Taken, take_in

    def take(text: str = PLEDGE, *, name: str = "release.md", url: str = "", by: str = "malik") -> Document:
        (found,) = take_in(Arriving(text.encode(), name=name, url=url, by=by))
        assert isinstance(found, Taken)
        return found.document

    return take


@pytest.fixture
def find(db: None) -> Find:
    from communique.ledger.claims.models import Claim

    def find(kind: str, words: str = "", document: Document | None = None) -> Claim:
        held = Claim.objects.filter(until=None, kind=kind, quote__contains=words)
        return held.get() if document is None else held.get(document=document)

    return find
