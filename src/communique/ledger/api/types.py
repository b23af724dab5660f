"""What goes in and out of the API: its shapes, and limits on what is put in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field

from communique.ledger.claims.models import Claim
from communique.ledger.documents.models import Document
from communique.ledger.entities.models import Entity
from communique.ledger.intake.models import Job
from communique.ledger.log.models import Act as Logged

T = TypeVar("T")


def _storable(text: str) -> str:
    if "\0" in text or any(0xD800 <= ord(c) < 0xE000 for c in text):
        raise ValueError("holds a character that can't be stored")
    return text


def _in_utc(told: datetime) -> datetime:
    try:
        return told.astimezone(UTC)
    except OverflowError:
        raise ValueError("is before or after all years there are") from None


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""In UTC, as databases know fewer offsets than ISO 8601 has."""
Words = Annotated[str, AfterValidator(_storable)]
"""Text that a database can keep."""
Line = Annotated[str, AfterValidator(_storable), Field(max_length=500)]
Id = Annotated[int, Field(ge=1, le=2**62)]
"""A number that the ledger gave."""
Uid = Annotated[str, Field(pattern="^[a-z2-7]{16}$")]
"""What a claim is known by, in all its versions."""
Limit = Annotated[int, Field(ge=1, le=200)]
Cursor = Annotated[int | None, Field(ge=0, le=2**62)]
"""``next`` of the page before; left out for the first page."""
Year = Annotated[int | None, Field(ge=1, le=9999)]


def _day(told: str) -> str:
    date.fromisoformat(told)
    return told


Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_day)] | None
"""The record as it stood at the end of this day; left out: as it stands."""
Decision = Literal["accept", "reject", "unsure", "reopen"]
ClaimKind = Literal[
    "statement",
    "commitment",
    "contribution",
    "meeting",
    "instrument",
    "measure",
    "issue",
    "area",
    "progress",
    "post",
]
EntityKind = Literal["party", "person", "series", "meeting", "instrument", "fund", "issue", "area"]


class Problem(Schema):
    """What went wrong, in a sentence, or a list of what is wrong with the request."""

    detail: str | list[Any]


class Page(Schema, Generic[T]):
    """A part of a list, and where the next part starts; null where this was the last."""

    items: list[T]
    next: int | None = None


class PageAfter(Schema, Generic[T]):
    """A part of the queue, and the place after which the next part starts: pass it as ``after``."""

    items: list[T]
    next: str | None = None


Place = Annotated[str, Field(pattern=r"^([0-9]{1,17}-[0-9]{1,17})?$")]
"""A place in the queue: ``next`` of the part before; empty for the first part."""


class EntityOut(Schema):
    """Something that claims are about."""

    id: int
    kind: str
    name: str
    detail: str
    key: str
    """ISO 3166-1 alpha-3 for a state; for others what two ways of writing the name share."""
    ordinal: int | None
    parent: int | None
    """The series of a meeting, the party of a body or person."""
    merged_into: int | None
    """The entity it is held to be the same as, if another."""

    @classmethod
    def of(cls, entity: Entity) -> EntityOut:
        """Return an entity as the API shows it."""
        merged = entity.canonical_id if entity.canonical_id != entity.pk else None
        return cls(
            id=entity.pk,
            kind=entity.kind,
            name=entity.name,
            detail=entity.detail,
            key=entity.key,
            ordinal=entity.ordinal,
            parent=entity.parent_id,
            merged_into=merged,
        )


class RoleOut(Schema):
    """What a claim is about, and in what role."""

    role: str
    entity: int
    kind: str
    name: str


class DoubtOut(Schema):
    """A reason to look twice."""

    code: str
    message: str


class ClaimOut(Schema):
    """A version of a claim."""

    uid: str
    version: int
    kind: str
    state: str
    document: int
    start: int
    end: int
    quote: str
    value: dict[str, Any]
    """The finding, in the fields of the record (docs/reference/record.md)."""
    as_read: dict[str, Any] | None
    """What the reader had, where a person corrected it."""
    day: date | None
    amount: Decimal | None
    currency: str
    stage: str
    due: date | None
    """Of a commitment: the last day on which it would be kept in time."""
    doubt: int
    doubts: list[DoubtOut]
    challenge: dict[str, Any] | None
    by: str
    why: str
    decided_at: datetime | None
    """When whoever decided did so."""
    since: datetime
    """Since when this version is held: a claim moves without being decided on, too."""
    until: datetime | None
    about: list[RoleOut]

    @classmethod
    def of(cls, claim: Claim) -> ClaimOut:
        """Return a claim as the API shows it; its links and their entities are at hand."""
        return cls(
            uid=claim.uid,
            version=claim.version,
            kind=claim.kind,
            state=claim.state,
            document=claim.document_id,
            start=claim.start,
            end=claim.end,
            quote=claim.quote,
            value=claim.value,
            as_read=claim.as_read,
            day=claim.day,
            amount=claim.amount,
            currency=claim.currency,
            stage=claim.stage,
            due=claim.due,
            doubt=claim.doubt,
            doubts=[DoubtOut(**d) for d in claim.doubts],
            challenge=claim.challenge,
            by=claim.by,
            why=claim.why,
            decided_at=claim.decided_at if claim.by else None,
            since=claim.since,
            until=claim.until,
            about=[
                RoleOut(role=k.role, entity=k.entity_id, kind=k.entity.kind, name=k.entity.name)
                for k in claim.links.all()
            ],
        )


class DocumentOut(Schema):
    """A document in a list."""

    id: int
    title: str
    publisher: str
    kind: str
    language: str
    published: str
    url: str
    name: str
    media_type: str
    sha256: str
    taken_in: datetime
    previous: int | None
    withdrawn: bool

    @classmethod
    def of(cls, document: Document) -> DocumentOut:
        """Return a document as lists show it."""
        return cls(
            id=document.pk,
            title=document.title,
            publisher=document.publisher,
            kind=document.kind,
            language=document.language,
            published=document.published,
            url=document.url,
            name=document.name,
            media_type=document.media_type,
            sha256=document.sha256,
            taken_in=document.taken_in,
            previous=document.previous_id,
            withdrawn=document.withdrawn,
        )


class VersionOut(Schema):
    """One version of a source."""

    id: int
    number: int
    taken_in: datetime


class ArrivalOut(Schema):
    """One time that a document came."""

    at: datetime
    by: str
    name: str
    url: str
    sha256: str


class SegmentOut(Schema):
    """A tile of the text."""

    start: int
    end: int
    role: str
    language: str | None
    disposition: str
    why: str | None


class WholeDocument(Schema):
    """A document with its text, and how it was read."""

    document: DocumentOut
    text: str
    segments: list[SegmentOut]
    reader: str
    versions: list[VersionOut]
    copies: list[int]
    arrivals: list[ArrivalOut]


class JobOut(Schema):
    """Something to be taken in."""

    id: int
    kind: str
    state: str
    name: str
    url: str
    reason: str
    taken: int
    known: int
    refused: list[dict[str, str]]
    document: int | None
    asked: datetime
    finished: datetime | None
    by: str

    @classmethod
    def of(cls, job: Job) -> JobOut:
        """Return a job as the API shows it."""
        return cls(
            id=job.pk,
            kind=job.kind,
            state=job.state,
            name=job.name,
            url=job.url,
            reason=job.reason,
            taken=job.taken,
            known=job.known,
            refused=job.refused,
            document=job.document_id,
            asked=job.asked,
            finished=job.finished,
            by=job.by,
        )


class ActOut(Schema):
    """One act of the log."""

    seq: int
    at: datetime
    by: str
    verb: str
    subject: str
    before: Any
    after: Any
    why: str
    undoes: int | None
    hash: str
    previous: str
    taken_back: bool

    @classmethod
    def of(cls, act: Logged, *, taken_back: bool) -> ActOut:
        """Return an act as the API shows it."""
        return cls(
            seq=act.seq,
            at=act.at,
            by=act.by,
            verb=act.verb,
            subject=act.subject,
            before=act.before,
            after=act.after,
            why=act.why,
            undoes=act.undoes,
            hash=act.hash,
            previous=act.previous,
            taken_back=taken_back,
        )


class DecideIn(Schema):
    """A decision on a claim as it stood in a version."""

    decision: Decision
    version: Id
    why: Words = ""


class CorrectIn(Schema):
    """Other values for a claim: only the fields that change; another quote, where it is another."""

    version: Id
    value: dict[str, Any]
    why: Words = ""
    start: int | None = Field(None, ge=0, le=2**31)
    end: int | None = Field(None, ge=0, le=2**31)


class NewerIn(Schema):
    """The version of a claim that a newer reading is taken instead of."""

    version: Id
    why: Words = ""


class ResolveIn(Schema):
    """That a claim, in one role, is about another entity than the one it is linked to."""

    version: Id
    role: Line
    entity: Id
    to: Id
    why: Words = ""


class AddIn(Schema):
    """A claim that the reader missed, on the words from ``start`` to ``end``."""

    kind: ClaimKind
    value: dict[str, Any]
    start: int = Field(ge=0, le=2**31)
    end: int = Field(ge=0, le=2**31)
    why: Words = ""


class TextIn(Schema):
    """Text to take in, and what is known about it."""

    text: Words = Field(min_length=1, max_length=5_000_000)
    title: Line = ""
    url: Line = ""
    published: date | None = None


class AddressIn(Schema):
    """A page or feed to fetch."""

    url: Annotated[Line, Field(pattern="^https?://[^/]")]
    feed: bool = False


class WhyIn(Schema):
    """The reason for an act."""

    why: Words = ""


class MergeIn(Schema):
    """The entity that another is held to be the same as, and why."""

    into: Id
    why: Words = ""


class NameIn(Schema):
    """What an entity is called from now on."""

    name: Annotated[Line, Field(min_length=1)]
    why: Words = ""


class Me(Schema):
    """Who asks, and what they may do."""

    name: str
    role: str
    rights: list[str]
