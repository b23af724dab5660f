"""Events as one Parquet file, its columns typed by the model: days as dates, sums as decimals, quotes as lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import get_type_hints

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from communique.events import Event
from communique.export.arrow import arrow_type

_KEPT = (date, Decimal)


def to_parquet(events: Iterable[Event]) -> bytes:
    """Make a file of all fields of the events, a column each."""
    hints = get_type_hints(Event)
    schema = pa.schema([pa.field(name, arrow_type(hints[name])) for name in Event.__struct_fields__])
    rows = [
        {
            name: msgspec.to_builtins(value, builtin_types=_KEPT)
            for name, value in msgspec.structs.asdict(e).items()
        }
        for e in events
    ]
    out = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), out)
    return bytes(out.getvalue())
