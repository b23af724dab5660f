"""Tells what is wrong with a machine, and passes, from what is wrong with the data, and stays."""

from __future__ import annotations

import errno

from django.db import InterfaceError, OperationalError

from communique.errors import CommuniqueError

_SQLITE = frozenset({5, 6, 7, 8, 10, 13, 14, 15})
"""Busy, locked, no memory, read-only, input or output, full, can't open, protocol."""
_POSTGRESQL = ("08", "25006", "40", "53", "55", "57", "58")
"""Connection, read-only, given way to another, no room or memory, not ready or locked, shut down, system."""
_GIVEN_WAY = ("40001", "40P01")
_LOST = ("08", "57P")
"""The connection ended: what was being committed just then may have been."""
_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.EIO})


class Outage(CommuniqueError):
    """The machine can't do it now, and may later: there is no room, or no answer."""


def is_outage(error: BaseException | None) -> bool:
    """Say whether something was refused for a reason that passes: locked, full, away, shutting down."""
    match error:
        case Outage() | InterfaceError():
            return True
        case OSError(errno=number):
            return number in _DISK
        case OperationalError(__cause__=cause):
            code = getattr(cause, "sqlite_errorcode", None)
            if code is not None:
                return code & 0xFF in _SQLITE
            state = _state(error)
            return state is None or state.startswith(_POSTGRESQL)
    return False


def gave_way(error: BaseException) -> bool:
    """Say whether PostgreSQL let another transaction go first: the same can be tried again at once."""
    return _state(error) in _GIVEN_WAY


def may_be_kept(error: BaseException) -> bool:
    """Say whether what was under way may have been kept all the same: the connection ended, and nobody knows."""
    if isinstance(error, InterfaceError):
        return True
    state = _state(error)
    is_postgresql = hasattr(error.__cause__, "sqlstate")
    return is_postgresql and (state is None or state.startswith(_LOST))


def why(error: BaseException) -> str:
    """Return what is wrong, in a word or two for who runs the ledger."""
    code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF
    state = _state(error) or ""
    number = error.errno if isinstance(error, OSError) else 0
    if code == 13 or state.startswith("53100") or number in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full"
    if code in (5, 6) or state.startswith("55P03"):
        return "the database is locked by another"
    if code == 10:
        return f"the disk refuses, being full or broken ({error})"
    if code in (8, 14) or state.startswith("25006") or number == errno.EROFS:
        return "the database can't be written"
    if may_be_kept(error):
        return "the database does not answer"
    return " ".join(str(error).split())


def _state(error: BaseException) -> str | None:
    state = getattr(error.__cause__, "sqlstate", None)
    return None if state is None else str(state)
