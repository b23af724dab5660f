"""Tells what is wrong with a machine, and passes, from what is wrong with the data, and stays."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

_SQLITE = frozenset({5, 6, 7, 8, 10, 13, 14, 15})
"""Busy, locked, no memory, read-only, input or output, full, can't open, protocol."""
_POSTGRESQL = ("08", "25006", "40", "53", "55", "57", "58")
"""Connection, read-only, given way to another, no room or memory, not ready or locked, shut down, system."""
_GIVEN_WAY = ("40001", "40P01")


def is_outage(error: BaseException) -> bool:
    """Say whether a database refused for a reason that passes: locked, full, away, shutting down."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE
    state = getattr(cause, "sqlstate", None)
    return state is None or str(state).startswith(_POSTGRESQL)


def gave_way(error: BaseException) -> bool:
    """Say whether PostgreSQL let another transaction go first: the same can be tried again at once."""
    return getattr(error.__cause__, "sqlstate", None) in _GIVEN_WAY
