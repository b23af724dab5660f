"""The tables in Arrow: schemas, and columns out of rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa

from communique.bulk.tables import DIGITS, PLACES, Row, tables

_DECIMAL = pa.decimal128(DIGITS, PLACES)
_PLAIN = {str: pa.string(), int: pa.int32(), date: pa.date32(), Decimal: _DECIMAL, bool: pa.bool_()}


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


def arrow_type(hint: Any) -> pa.DataType:
    """Return the Arrow type of a field of the model."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return pa.string()
    if origin in (Union, UnionType):
        (one,) = (a for a in arguments if a is not NoneType)
        return arrow_type(one)
    if origin is tuple:
        return pa.list_(arrow_type(arguments[0]))
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        hints = get_type_hints(hint)
        return pa.struct([pa.field(name, arrow_type(hints[name])) for name in hint.__struct_fields__])
    return _PLAIN[hint]


def _reader(type_: pa.DataType) -> Any:
    if type_ == _DECIMAL:
        return _decimal
    return _date if type_ == pa.date32() else _same


def _same(value: object) -> object:
    return value


def _date(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _decimal(value: Decimal | str | None) -> Decimal | None:
    return Decimal(value) if isinstance(value, str) else value
