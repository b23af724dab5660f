"""Writes events as one Parquet file, typed by the model."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_type_hints

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from communique.bulk.arrow import arrow_type
from communique.errors import CommuniqueError
from communique.events import Event

_KEPT = (date, Decimal)


def write_parquet(events: Iterable[Event], output: Path) -> None:
    """Write a file as a whole. Raises CommuniqueError where it can't be written."""
    hints = get_type_hints(Event)
    schema = pa.schema([pa.field(name, arrow_type(hints[name])) for name in Event.__struct_fields__])
    rows = [
        {
            name: msgspec.to_builtins(value, builtin_types=_KEPT)
            for name, value in msgspec.structs.asdict(e).items()
        }
        for e in events
    ]
    draft = output.with_name(f".{output.name}.part")
    try:
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), draft)
        draft.replace(output)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise CommuniqueError(f"{output}: cannot be written: {error.strerror or error}") from error
