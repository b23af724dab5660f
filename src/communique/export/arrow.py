"""The types of the model in Arrow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa

from communique.export.amounts import DIGITS, PLACES

DECIMAL = pa.decimal128(DIGITS, PLACES)
_PLAIN = {str: pa.string(), int: pa.int32(), date: pa.date32(), Decimal: DECIMAL, bool: pa.bool_()}


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
