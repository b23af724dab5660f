"""Any list as a file: CSV for spreadsheets, JSON for programs. Rows are written as they are read."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from django.http import QueryDict, StreamingHttpResponse

Format: TypeAlias = Literal["csv", "json"]
Value: TypeAlias = str | int | bool | date | Decimal | Sequence[str] | None
Row: TypeAlias = Mapping[str, Value]
"""A line of a list, by column."""

_TYPES: dict[Format, str] = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def asked(query: QueryDict) -> Format | None:
    """Return the format that a list is asked for in; None where a page is wanted."""
    told = query.get("format", "")
    return told if told in _TYPES else None


def download(
    rows: Iterable[Row], columns: Sequence[str], *, name: str, format: Format
) -> StreamingHttpResponse:
    """Return a list as a file called ``name``. Every row has the columns, in any order."""
    body = _csv(rows, columns) if format == "csv" else _json(rows, columns)
    response = StreamingHttpResponse(body, content_type=_TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return response


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: one that looks like it gets an apostrophe."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


class _Echo:
    """What the CSV writer writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def _csv(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow([_cell(row[column]) for column in columns])


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return harmless(value)
        case int() | Decimal():
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        case date():
            return value.isoformat()
        case _:
            return harmless("; ".join(value))


def _json(rows: Iterable[Row], columns: Sequence[str]) -> Iterator[str]:
    yield "["
    for number, row in enumerate(rows):
        told = {column: _plain(row[column]) for column in columns}
        yield f"{',' if number else ''}\n{json.dumps(told, ensure_ascii=False)}"
    yield "\n]\n"


def _plain(value: Value) -> str | int | bool | list[str] | None:
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case _:
            return list(value)
