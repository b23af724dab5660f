"""Refuses values that nobody can mean, whatever reason is given: dates that are none, names without letters, a
party under another's name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from communique.errors import CommuniqueError
from communique.evidence import Evidence, may_name
from communique.ledger.claims.derive import is_date
from communique.ledger.claims.fields import FIELDS, Field, Shape
from communique.ledger.claims.kinds import Finding, Post
from communique.ledger.entities.models import Entity, Kind, Name
from communique.ledger.entities.queries import acting
from communique.ledger.entities.resolve import key_of
from communique.model import Party, PartyKind, PartyRef, Record, Statement

_YEAR = re.compile(r"\d{4}")
_MAY_BE_EMPTY = frozenset({"cue"})
"""Plain speech is said without words that do it."""


class Impossible(CommuniqueError):
    """A value that can't be one of the kind of claim it was given for."""


def check(record: Record, kind: str, finding: Finding, given: Collection[str]) -> None:
    """Raise Impossible, naming the field, where one of the values ``given`` for a finding can't be meant."""
    wrong = [w for f in FIELDS[kind] if f.name in given for w in _wrong(record, f, getattr(finding, f.name))]
    if isinstance(finding, Statement) and "inside" in given:
        wrong += _misplaced(record, finding)
    if isinstance(finding, Post) and "person" in given:
        known = _party(record, finding.person.id)
        if known is not None and known.kind != "person":
            wrong.append(f"person: {known.name} is no person")
    if wrong:
        raise Impossible("; ".join(dict.fromkeys(wrong)))


def _wrong(record: Record, field: Field, value: Any) -> Iterator[str]:
    match field.shape, value:
        case Shape.LINE | Shape.WORDS, str() if not value.strip() and field.name not in _MAY_BE_EMPTY:
            yield f"{field.name}: no words{'' if field.needed else '; null where the document does not say'}"
        case Shape.DATE, str() if not is_date(value):
            yield f"{field.name}: {value[:40]!r} is no date, such as 2022-06-27, 2022-06, 2022, or first/last"
        case Shape.PERIOD, (first, last) if not _is_period(first, last):
            yield f"{field.name}: two years in their order, such as 2021 and 2025, of which one may be null"
        case Shape.NAMES, names if not all(name.strip() for name in names):
            yield f"{field.name}: a name without words"
        case Shape.CHAIRS, chairs if not all(chair.name.strip() for chair in chairs):
            yield f"{field.name}: a chair without a name"
        case Shape.PARTY, PartyRef():
            yield from _misnamed(record, field.name, (value,))
        case Shape.PARTIES, refs:
            yield from _misnamed(record, field.name, refs)


def _is_period(first: str | None, last: str | None) -> bool:
    years = [year for year in (first, last) if year is not None]
    return bool(years) and all(map(_YEAR.fullmatch, years)) and years == sorted(years)


def _misnamed(record: Record, field: str, refs: Iterable[PartyRef]) -> Iterator[str]:
    evidence = Evidence.of(record)
    for ref in refs:
        if not ref.id.strip() or not ref.name.strip():
            yield f"{field}: a party without {'a name' if ref.id.strip() else 'an id'}"
            continue
        here = _party(record, ref.id)
        if here is not None and not evidence.is_called(here, ref.name):
            yield f"{field}: {ref.id} is {here.name}, not {ref.name}"
        known = None if here is not None else acting(ref.id)
        if known is not None and not _is_called(known, ref.name):
            yield f"{field}: {ref.id} is {known.name}, not {ref.name}"


def _is_called(known: Entity, name: str) -> bool:
    written = [known.name, *Name.objects.filter(entity=known).values_list("surface", flat=True)]
    sort: PartyKind = "person" if known.kind == Kind.PERSON else "body"
    return key_of(name) in map(key_of, written) or may_name(Party(known.key, known.name, sort), name)


def _party(record: Record, key: str) -> Party | None:
    return next((party for party in record.parties if party.id == key), None)


def _misplaced(record: Record, statement: Statement) -> Iterator[str]:
    """Yield what is wrong with the statement that another is said to stand in: it must hold its words."""
    at = statement.inside
    if at is None:
        return
    outer = record.statements[at] if 0 <= at < len(record.statements) else None
    if outer is None or not (outer.start <= statement.start and statement.end <= outer.end):
        yield f"inside: no statement number {at} of the reading holds these words"
    elif (outer.start, outer.end, outer.cue) == (statement.start, statement.end, statement.cue):
        yield "inside: a statement does not stand in itself"
