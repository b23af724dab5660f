"""The database a ledger is kept in: SQLite in its folder, or PostgreSQL as ``DATABASE_URL`` says."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from communique.errors import CommuniqueError

_BUSY = 20  # seconds that a writer waits for another before it says that the database is locked


class UnusableDatabase(CommuniqueError):
    """DATABASE_URL names no database that a ledger can be kept in."""


def database(url: str | None, file: Path) -> dict[str, Any]:
    """Return Django's settings of the database: that of ``url``, else SQLite in ``file``.

    Raises UnusableDatabase where the address is of neither.
    """
    if not url:
        return _sqlite(file)
    parts = urlsplit(url)
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": {"options": f"-c lock_timeout={_BUSY}s", **dict(parse_qsl(parts.query))},
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    if parts.scheme == "sqlite" and parts.path:
        return _sqlite(Path(unquote(parts.path)))
    raise UnusableDatabase(
        f"DATABASE_URL: {parts.scheme or 'no scheme'}:// is no database that a ledger can be kept in",
        hint="postgresql://user:password@host/name, or nothing for SQLite",
    )


def _sqlite(file: Path) -> dict[str, Any]:
    """Writers queue from their first word on (IMMEDIATE), readers never wait (WAL), commits outlast a power cut."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": _BUSY,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;"
            " PRAGMA mmap_size=268435456;",
        },
    }
