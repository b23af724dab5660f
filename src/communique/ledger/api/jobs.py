"""Taking in over the API."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404
from ninja import File, Schema, Status
from ninja.files import UploadedFile

from communique.errors import UnreadableDocument
from communique.ledger.accounts.viewer import Request
from communique.ledger.api import routers as parts
from communique.ledger.api.app import MOVED_ON, WRONG, may
from communique.ledger.api.types import AddressIn, Cursor, Id, JobOut, Limit, Page, TextIn
from communique.ledger.intake import actions
from communique.ledger.intake.models import Job, JobState
from communique.ledger.intake.pasted import as_file
from communique.ledger.intake.queries import newest


@parts.jobs.post("/add/text", response={202: JobOut, **WRONG}, operation_id="add_text")
@may("take_in")
def add_text(request: Request, given: TextIn) -> Status[JobOut]:
    """Ask for a text to be taken in."""
    data = as_file(text=given.text, title=given.title, url=given.url, published=given.published)
    job = actions.ask_bytes(data, name="text", by=request.viewer.name, media_type="text/markdown")
    return Status(202, JobOut.of(job))


@parts.jobs.post("/add/file", response={202: JobOut, **WRONG}, operation_id="add_file")
@may("take_in")
def add_file(request: Request, file: File[UploadedFile]) -> Status[JobOut]:
    """Ask for a file to be taken in."""
    name = (file.name or "file").replace("\0", "")
    if file.size is not None and file.size > settings.UPLOAD_LIMIT:
        raise UnreadableDocument(name, f"larger than {settings.UPLOAD_LIMIT // 1_000_000} MB")
    job = actions.ask_bytes(file.read(), name=name, by=request.viewer.name)
    return Status(202, JobOut.of(job))


@parts.jobs.post("/add/address", response={202: JobOut, **WRONG}, operation_id="add_address")
@may("take_in")
def add_address(request: Request, given: AddressIn) -> Status[JobOut]:
    """Ask for a page to be fetched and taken in, or for each entry of a feed."""
    return Status(202, JobOut.of(actions.ask_url(given.url, by=request.viewer.name, feed=given.feed)))


@parts.jobs.get("/jobs", response={200: Page[JobOut], **WRONG}, operation_id="list_jobs")
@may("proposals")
def jobs(
    request: Request, state: JobState | None = None, cursor: Cursor = None, limit: Limit = 50
) -> Page[JobOut]:
    """List what was asked to be taken in, the last first."""
    found = newest(state or "")
    if cursor is not None:
        found = found.filter(pk__lt=cursor)
    rows = list(found[: limit + 1])
    return Page(
        items=[JobOut.of(j) for j in rows[:limit]], next=rows[limit - 1].pk if len(rows) > limit else None
    )


@parts.jobs.get("/jobs/{pk}", response={200: JobOut, **WRONG}, operation_id="get_job")
@may("proposals")
def job(request: Request, pk: Id) -> JobOut:
    """Return how far a job is."""
    return JobOut.of(_one(pk))


class Tried(Schema):
    """How many failed jobs are tried again."""

    tried: int


@parts.jobs.post("/retry-failed-jobs", response={200: Tried, **WRONG}, operation_id="retry_failed_jobs")
@may("take_in")
def retry_all(request: Request) -> Tried:
    """Let every failed job be tried again."""
    return Tried(tried=actions.retry_all())


@parts.jobs.post("/jobs/{pk}/retry", response={200: JobOut, **MOVED_ON}, operation_id="retry_job")
@may("take_in")
def retry(request: Request, pk: Id) -> JobOut:
    """Let a failed job be tried again; any other stays as it is."""
    actions.retry(_one(pk))
    return JobOut.of(_one(pk))


def _one(pk: int) -> Job:
    found = Job.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(f"there is no job {pk}")
    return found
