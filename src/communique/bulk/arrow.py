"""The tables in Arrow: schemas, and columns out of rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pyarrow as pa

from communique.bulk.tables import Row, tables
from communique.export.arrow import DECIMAL, arrow_type


@cache
def schemas() -> dict[str, pa.Schema]:
    """Return the schema of every table; each column has its meaning as metadata."""
    return {
        name: pa.schema(
            [
                pa.field(c.name, arrow_type(c.hint), nullable=True, metadata={"meaning": c.meaning})
                for c in columns
            ]
        )
        for name, columns in tables().items()
    }


def batch(table: str, rows: Sequence[Row]) -> pa.RecordBatch:
    """Put rows into columns. Days and decimals may come as they are written: `2022-07-05`, `4500000`."""
    schema = schemas()[table]
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    arrays = [
        pa.array(map(_reader(f.type), values), f.type) for f, values in zip(schema, columns, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _reader(type_: pa.DataType) -> Any:
    if type_ == DECIMAL:
        return _decimal
    return _date if type_ == pa.date32() else _same


def _same(value: object) -> object:
    return value


def _date(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _decimal(value: Decimal | str | None) -> Decimal | None:
    return Decimal(value) if isinstance(value, str) else value
