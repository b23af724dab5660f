"""Data frames: one for each list of a record, one row for each finding, for those who go on in pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import msgspec

from communique.errors import CommuniqueError
from communique.model import PartyRef, Record

if TYPE_CHECKING:
    import pandas

_PARTIES = (PartyRef | None, tuple[PartyRef, ...])
_LISTS = (
    "segments",
    "parties",
    "meetings",
    "statements",
    "commitments",
    "contributions",
    "instruments",
    "measures",
    "issues",
    "areas",
    "progress",
    "problems",
)


def frames(record: Record) -> dict[str, pandas.DataFrame]:
    """Build the frames that `Record.to_frames` describes."""
    try:
        import pandas
    except ImportError as error:
        raise CommuniqueError(
            "data frames need pandas", hint="install it with: pip install 'communique[frames]'"
        ) from error
    out = {"document": pandas.DataFrame([_row(record.document)])}
    for name in _LISTS:
        found = getattr(record, name)
        out[name] = pandas.DataFrame([_row(f) for f in found], columns=_columns(name)).convert_dtypes()
    return out


def _row(value: msgspec.Struct) -> dict[str, Any]:
    """Flatten a finding: a party becomes its name, with its id in a column of its own."""
    row: dict[str, Any] = {}
    for field, is_party in _fields(type(value)):
        held = getattr(value, field)
        if not is_party:
            row[field] = msgspec.to_builtins(held)
        elif isinstance(held, PartyRef) or held is None:
            row[field], row[f"{field}_id"] = (held.name, held.id) if held else (None, None)
        else:
            row[field], row[f"{field}_id"] = [p.name for p in held], [p.id for p in held]
    return row


def _columns(name: str) -> list[str]:
    """List a frame's columns from the model, so that an empty frame has them too."""
    (items,) = (f.type for f in msgspec.structs.fields(Record) if f.name == name)
    columns: list[str] = []
    for field, is_party in _fields(get_args(items)[0]):
        columns += [field, f"{field}_id"] if is_party else [field]
    return columns


def _fields(type_: type[msgspec.Struct]) -> list[tuple[str, bool]]:
    return [(f.name, f.type in _PARTIES) for f in msgspec.structs.fields(type_)]
