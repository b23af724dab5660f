"""From a record to drafts of claims: typed values, their place, and whom and what they are about."""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from communique.ledger.claims.doubt import Doubt, doubts, score, weight
from communique.ledger.claims.kinds import LISTS, Finding, Kind, Post
from communique.ledger.claims.models import encode
from communique.ledger.claims.naming import Context
from communique.ledger.claims.posts import posts
from communique.ledger.claims.roles import Role, roles
from communique.model import Commitment, Contribution, Meeting, Record, Statement

_DATED = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim as a reading proposes it."""

    uid: str
    kind: str
    finding: Finding
    value: dict[str, Any]
    quote: str
    day: date | None
    doubts: tuple[Doubt, ...]
    roles: tuple[Role, ...] = field(default=())

    @property
    def act(self) -> str:
        """The act of a statement; empty for what is none."""
        return self.finding.act if isinstance(self.finding, Statement) else ""

    @property
    def doubt(self) -> int:
        """How much there is to doubt, from 0 to 100."""
        return score(self.doubts)

    @property
    def weight(self) -> int:
        """Its place in the queue."""
        return weight(self.kind, self.act, self.doubt)


@dataclass(frozen=True, slots=True)
class Money:
    """What a contribution gives, in the columns it is summed by."""

    amount: Decimal | None = None
    currency: str = ""
    stage: str = ""

    @classmethod
    def of(cls, finding: Finding) -> Money:
        """Return the money of a contribution; nothing for what is none, or was given in kind."""
        if not isinstance(finding, Contribution):
            return cls()
        amount = None if finding.amount is None else Decimal(finding.amount)
        return cls(amount, finding.currency or "", finding.kind)


def drafts(record: Record, key: str) -> list[Draft]:
    """Return the claims that a record proposes; ``key`` is that of its document."""
    context = Context.of(record)
    found: list[Draft] = []
    seen: dict[str, int] = {}
    for kind, finding in _findings(record):
        mark = _mark(kind, finding)
        seen[mark] = seen.get(mark, 0) + 1
        found.append(draft(context, kind, finding, uid_of(key, f"{mark}|{seen[mark]}")))
    return found


def draft(context: Context, kind: str, finding: Finding, uid: str) -> Draft:
    """Return one finding as the draft of a claim."""
    record = context.record
    return Draft(
        uid=uid,
        kind=kind,
        finding=finding,
        value=encode(finding),
        quote=record.document.text[finding.start : finding.end],
        day=day_of(finding, context.published),
        doubts=doubts(record, kind, finding),
        roles=tuple(dict.fromkeys(roles(context, finding))),
    )


def uid_of(key: str, mark: str) -> str:
    """Return what a claim is known by: the same words of the same document always give the same."""
    digest = hashlib.blake2b(f"{key}|{mark}".encode("utf-8", "replace"), digest_size=10).digest()
    return b32encode(digest).decode("ascii").lower()


def day_of(finding: Finding, published: date | None) -> date | None:
    """Return when a finding was true: the first day of a meeting held, else the day of publication."""
    if isinstance(finding, Meeting):
        told = first_day(finding.date)
        return told or (published if finding.status == "held" else None)
    return published


def due_of(finding: Finding) -> date | None:
    """Return the last day on which a commitment would be kept in time; None where its words name none."""
    return last_day(finding.deadline) if isinstance(finding, Commitment) else None


def first_day(edtf: str | None) -> date | None:
    """Return the first day of a date in EDTF level 0: 2022, 2022-06, 2022-06-27, or an interval of such."""
    if not edtf:
        return None
    parts = edtf.partition("/")[0].split("-")
    try:
        return date(
            int(parts[0]), int(parts[1]) if len(parts) > 1 else 1, int(parts[2]) if len(parts) > 2 else 1
        )
    except ValueError:
        return None


def last_day(edtf: str | None) -> date | None:
    """Return the last day of a date in EDTF level 0."""
    if not edtf:
        return None
    first, _, last = edtf.partition("/")
    try:
        parts = [int(part) for part in (last or first).split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else 12
        return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])
    except ValueError:
        return None


def is_date(told: str) -> bool:
    """Say whether words are a date in EDTF level 0 as claims keep it: a day, a month, a year, or ``first/last``."""
    days = told.split("/")
    if len(days) > 2 or any(_DATED.fullmatch(day) is None or first_day(day) is None for day in days):
        return False
    first, last = first_day(told), last_day(told)
    return first is not None and last is not None and first <= last


def _findings(record: Record) -> Iterator[tuple[str, Finding]]:
    for kind, name in LISTS.items():
        found: Iterable[Finding] = getattr(record, name)
        for finding in found:
            yield kind, finding
    for post in posts(record):
        yield Kind.POST.value, post


def _mark(kind: str, finding: Finding) -> str:
    """Return what tells a finding from others on the same words."""
    match finding:
        case Statement(act=act, cue=cue):
            more = f"{act}|{cue}"
        case Post(person=person):
            more = person.id
        case _:
            more = ""
    return f"{kind}|{finding.start}|{finding.end}|{more}"
