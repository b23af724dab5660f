"""Documents over the API."""

from __future__ import annotations

from typing import Literal

from django.http import Http404, HttpResponse
from ninja import Query, Schema, Status

from communique.ledger.accounts.viewer import Request
from communique.ledger.api import routers as parts
from communique.ledger.api.app import WRONG, may
from communique.ledger.api.types import (
    ArrivalOut,
    Cursor,
    Day,
    DocumentOut,
    Id,
    JobOut,
    Limit,
    Line,
    Page,
    SegmentOut,
    VersionOut,
    WholeDocument,
    WhyIn,
    Year,
)
from communique.ledger.claims.withdrawing import set_withdrawn
from communique.ledger.documents import queries, store
from communique.ledger.documents.changes import changes as changed
from communique.ledger.documents.models import Document
from communique.ledger.intake import actions as intake
from communique.ledger.intake.models import Job, JobKind
from communique.ledger.review.queries import visible
from communique.model import DocumentKind

_BYTES = {
    "responses": {
        200: {
            "description": "The bytes as they came.",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


class Wanted(Schema):
    """What a list of documents is narrowed to."""

    kind: DocumentKind | None = None
    publisher: Line = ""
    year: Year = None
    as_of: Day = None


@parts.documents.get("/documents", response={200: Page[DocumentOut], **WRONG}, operation_id="list_documents")
@may("read")
def documents(
    request: Request, wanted: Query[Wanted], cursor: Cursor = None, limit: Limit = 50
) -> Page[DocumentOut]:
    """List documents, the last taken in first."""
    found = visible(request.viewer, request.as_of).filter(withdrawn=False)
    if wanted.kind is not None:
        found = found.filter(kind=wanted.kind)
    if wanted.publisher:
        found = found.filter(publisher=wanted.publisher)
    if wanted.year is not None:
        found = found.filter(day__year=wanted.year)
    if cursor is not None:
        found = found.filter(pk__lt=cursor)
    rows = list(found.defer("text").order_by("-id")[: limit + 1])
    more = rows[limit - 1].pk if len(rows) > limit else None
    return Page(items=[DocumentOut.of(d) for d in rows[:limit]], next=more)


@parts.documents.get("/documents/{pk}", response={200: WholeDocument, **WRONG}, operation_id="get_document")
@may("read")
def document(request: Request, pk: Id, as_of: Day = None) -> WholeDocument:
    """Return a document with its text, and how each part of it was read."""
    found, inside = one(request, pk), request.viewer.sees_proposals
    reading, seen = queries.reading(found, request.as_of), visible(request.viewer, request.as_of)
    record = reading.decoded() if reading is not None else None
    segments = record.segments if record is not None else ()
    return WholeDocument(
        document=DocumentOut.of(found),
        text=found.text,
        segments=[SegmentOut(**{f: getattr(s, f) for f in s.__struct_fields__}) for s in segments],
        reader=reading.version if reading is not None else "",
        versions=[
            VersionOut(id=v.pk, number=v.number, taken_in=v.taken_in) for v in queries.versions(found, seen)
        ],
        copies=[d.pk for d in queries.elsewhere(found, seen)],
        arrivals=[
            ArrivalOut(
                at=a.at,
                by=a.by if inside else "",
                name=a.name,
                url=a.url,
                sha256=a.sha256,
            )
            for a in queries.arrivals(found, request.as_of)
        ],
    )


class PieceOut(Schema):
    """Words, and whether a later version kept, lost or gained them."""

    fate: Literal["kept", "gone", "new"]
    words: str


class ParagraphOut(Schema):
    """A paragraph, or (no pieces) how many that did not change stand between two."""

    pieces: list[PieceOut]
    skipped: int


class ChangesOut(Schema):
    """What changed in a document since another version of its source."""

    since: int
    paragraphs: list[ParagraphOut]


@parts.documents.get(
    "/documents/{pk}/changes", response={200: ChangesOut, **WRONG}, operation_id="get_document_changes"
)
@may("read")
def changes(request: Request, pk: Id, as_of: Day = None) -> ChangesOut:
    """Return what changed in a document since the version before. 404: it is the first, or alone."""
    found = one(request, pk)
    before = queries.before(found, visible(request.viewer, request.as_of))
    if before is None:
        raise Http404(f"there is no version before document {pk}")
    told = [
        ParagraphOut(pieces=[PieceOut(fate=i.fate, words=i.words) for i in p.pieces], skipped=p.skipped)
        for p in changed(before.text, found.text)
    ]
    return ChangesOut(since=before.pk, paragraphs=told)


@parts.documents.get(
    "/documents/{pk}/bytes", response=WRONG, operation_id="get_document_bytes", openapi_extra=_BYTES
)
@may("proposals")
def data(request: Request, pk: Id) -> HttpResponse:
    """Return a document's bytes as they came, to be saved, never to be shown by a browser."""
    found = one(request, pk)
    try:
        content = store.fetch(found.sha256)
    except FileNotFoundError as error:
        raise Http404(f"the bytes of document {pk} are gone") from error
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{found.sha256[:16]}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


@parts.documents.post(
    "/documents/{pk}/withdraw", response={200: DocumentOut, **WRONG}, operation_id="withdraw_document"
)
@may("withdraw")
def withdraw(request: Request, pk: Id, given: WhyIn) -> DocumentOut:
    """Withdraw a document with all its claims from every page."""
    return _withdrawn(request, pk, True, given.why)


@parts.documents.post(
    "/documents/{pk}/bring-back", response={200: DocumentOut, **WRONG}, operation_id="bring_back_document"
)
@may("withdraw")
def bring_back(request: Request, pk: Id, given: WhyIn) -> DocumentOut:
    """Bring a document back that was withdrawn."""
    return _withdrawn(request, pk, False, given.why)


@parts.documents.post(
    "/documents/{pk}/reread", response={202: JobOut, **WRONG}, operation_id="reread_document"
)
@may("reread")
def reread(request: Request, pk: Id) -> Status[JobOut]:
    """Ask for a document to be read again by the reader of today."""
    document = one(request, pk)
    intake.ask_reread([document.pk], by=request.viewer.name)
    return Status(202, JobOut.of(Job.objects.filter(document=document, kind=JobKind.REREAD).latest("id")))


def one(request: Request, pk: int) -> Document:
    """Return a document that a viewer may see. Raises Http404."""
    found = visible(request.viewer, request.as_of).filter(pk=pk, withdrawn=False).first()
    if found is None:
        raise Http404(f"there is no document {pk}")
    return found


def _withdrawn(request: Request, pk: int, withdrawn: bool, why: str) -> DocumentOut:
    found = Document.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(f"there is no document {pk}")
    if found.withdrawn != withdrawn:
        set_withdrawn(found, withdrawn, by=request.viewer.name, why=why)
    return DocumentOut.of(found)
