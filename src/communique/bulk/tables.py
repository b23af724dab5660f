"""The tables that a job writes: their columns, taken from the model, and the rows of one document.

Every row says whose it is: ``document`` is the document's id, ``source`` its place in the input, which no other
document has. Where rows of a record point at one another, they do so by ``position``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from communique.bulk.days import days
from communique.events import Coded, Event
from communique.export.amounts import fits
from communique.export.schema import meanings
from communique.model import Coverage, Document, Measure, Party, Problem, Quoted, Record, Struct

Row = tuple[object, ...]
Rows = dict[str, list[Row]]

UNREAD = "document/"
"""What the codes of problems begin with that stand for a whole document that could not be read."""

_LISTS = (
    "statements",
    "commitments",
    "contributions",
    "meetings",
    "instruments",
    "measures",
    "issues",
    "areas",
    "progress",
    "parties",
    "problems",
)
_DATES = {("documents", "published"), ("meetings", "date"), ("commitments", "deadline")}
_PERIODS = {("instruments", "period")}
_DECIMALS = {("contributions", "amount")}
_PLACE = ("quote", "start", "end")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the type of its values as the model says it, and how it is got from a finding."""

    name: str
    hint: Any
    meaning: str
    get: Callable[[Found], object]


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, or the document itself, with where it stands."""

    document: str
    source: str
    position: int | None
    value: Any
    record: Record | None = None


@cache
def tables() -> dict[str, tuple[Column, ...]]:
    """Return every table with its columns, in order."""
    made = {"documents": (*_whose(), *_document())}
    hints = get_type_hints(Record)
    for name in _LISTS:
        type_ = get_args(hints[name])[0]
        made[name] = (*_whose(), _POSITION, *_finding(name, type_))
    made["events"] = (*_whose(), _POSITION, *_event())
    return made


def rows(coded: Coded, *, document: str, source: str) -> Rows:
    """Return the rows of one document, by table; tables that it has nothing for are left out."""
    record = coded.record
    made = {"documents": [_row("documents", Found(document, source, None, record.document, record))]}
    lists: dict[str, Sequence[Struct]] = {name: getattr(record, name) for name in _LISTS}
    lists["problems"] = (*record.problems, *_amounts_left_out(record))
    for name, found in (lists | {"events": coded.events}).items():
        if found:
            made[name] = [
                _row(name, Found(document, source, n, value, record)) for n, value in enumerate(found)
            ]
    return made


def _amounts_left_out(record: Record) -> Iterator[Problem]:
    for found in record.contributions:
        if found.amount is not None and not fits(found.amount):
            said = f"{found.amount} has more digits than a column holds, and was left out"
            yield Problem("amount/too-long", said, found.start, found.end)


def unread(code: str, message: str, *, document: str, source: str) -> Rows:
    """Return the one row of a document that could not be read: a problem."""
    problem = Problem(code=f"{UNREAD}{code}", message=message)
    return {"problems": [_row("problems", Found(document, source, None, problem))]}


def _row(table: str, found: Found) -> Row:
    return tuple(column.get(found) for column in tables()[table])


def _whose() -> Iterator[Column]:
    yield Column("document", str, "Id of the document, as the input gives it.", lambda f: f.document)
    yield Column(
        "source",
        str,
        "Its place in the input, which no other document has: `articles.jsonl:17`.",
        lambda f: f.source,
    )


_POSITION = Column(
    "position", int | None, "Its place in this list of the record, from 0.", lambda f: f.position
)


def _document() -> Iterator[Column]:
    yield from _fields("documents", Document)
    yield Column("characters", int, "Characters of the text.", lambda f: len(f.value.text))
    yield Column(
        "words", int, "Words of the text, as white space parts them.", lambda f: len(f.value.text.split())
    )
    for name, said in meanings(Coverage).items():
        yield Column(f"characters_{name}", int, said, _covered(name))


def _covered(name: str) -> Callable[[Found], object]:
    return lambda f: getattr(f.record.coverage, name) if f.record is not None else None


def _finding(table: str, type_: type[Struct]) -> Iterator[Column]:
    """Yield the fields of a finding, and last the words it stands on."""
    yield from _fields(table, type_, leave_out=_PLACE)
    said = meanings(Quoted)
    if issubclass(type_, Quoted):
        yield from (Column(n, h, said[n], _of(n)) for n, h in (("quote", str), ("start", int), ("end", int)))
    elif type_ is Party:
        first = "; of a party, where it is first named."
        yield Column("quote", str | None, said["quote"].rstrip(".") + first, lambda f: _mention(f, "text"))
        yield Column("start", int | None, said["start"], lambda f: _mention(f, "start"))
        yield Column("end", int | None, said["end"], lambda f: _mention(f, "end"))
    else:
        assert type_ in (Measure, Problem), type_
        yield Column("quote", str | None, said["quote"], _quote)
        yield Column("start", int | None, said["start"], _of("start"))
        yield Column("end", int | None, said["end"], _of("end"))


def _event() -> Iterator[Column]:
    yield from _fields("events", Event, leave_out=("document", *_PLACE))
    said, hints = meanings(Event), get_type_hints(Event)
    yield from (Column(name, hints[name], said[name], _of(name)) for name in _PLACE)


def _fields(table: str, type_: type[Struct], *, leave_out: Sequence[str] = ()) -> Iterator[Column]:
    said, hints = meanings(type_), get_type_hints(type_)
    for field in type_.__struct_fields__:
        if field not in leave_out:
            yield from _field(table, field, hints[field], said[field])


def _field(table: str, field: str, hint: Any, said: str) -> Iterator[Column]:
    if (table, field) in _DECIMALS:
        yield Column(field, Decimal | None, said, _decimal(field))
        return
    if Decimal in (hint, *get_args(hint)):
        yield Column(field, hint, said, _decimal(field))
        return
    yield Column(field, hint, said, _of(field) if _is_plain(hint) else _inside(field))
    if (table, field) in _DATES:
        yield Column(f"{field}_start", date | None, f"First day of `{field}`.", _day(field, 0))
        yield Column(f"{field}_end", date | None, f"Last day of `{field}`.", _day(field, 1))
    if (table, field) in _PERIODS:
        yield Column(f"{field}_start", date | None, f"First day of `{field}`.", _end_of_period(field, 0))
        yield Column(f"{field}_end", date | None, f"Last day of `{field}`.", _end_of_period(field, 1))


def _is_plain(hint: Any) -> bool:
    parts = (
        [part for part in get_args(hint) if part is not type(None)] if get_origin(hint) is not Literal else []
    )
    return all(part in (str, int, date, Decimal) or get_origin(part) is Literal for part in parts or [hint])


def _of(field: str) -> Callable[[Found], object]:
    return lambda f: getattr(f.value, field)


def _decimal(field: str) -> Callable[[Found], object]:
    def decimal(f: Found) -> object:
        value = getattr(f.value, field)
        return value if value is None or fits(value) else None

    return decimal


def _inside(field: str) -> Callable[[Found], object]:
    return lambda f: msgspec.to_builtins(getattr(f.value, field))


def _day(field: str, which: int) -> Callable[[Found], object]:
    return lambda f: days(getattr(f.value, field))[which]


def _end_of_period(field: str, which: int) -> Callable[[Found], object]:
    def end(f: Found) -> object:
        period = getattr(f.value, field)
        return None if period is None else days(period[which])[which]

    return end


def _mention(f: Found, field: str) -> object:
    return getattr(f.value.mentions[0], field) if f.value.mentions else None


def _quote(f: Found) -> object:
    if f.record is None or f.value.start is None:
        return None
    return f.record.document.text[f.value.start : f.value.end]
