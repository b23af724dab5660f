"""Watched feeds and pages, over the API."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from django.http import Http404
from ninja import Schema, Status
from pydantic import Field

from communique.ledger.accounts.viewer import Request
from communique.ledger.api import routers as parts
from communique.ledger.api.app import MOVED_ON, WRONG, may
from communique.ledger.api.types import Id, Line, WhyIn
from communique.ledger.intake import watches
from communique.ledger.intake.models import Watch

_MOST = 500


class WatchIn(Schema):
    """An address to look at again and again, and how many seconds to wait between two looks."""

    url: Line
    every: Annotated[int, Field(ge=300, le=30 * 24 * 3600)] = 3600


class WatchOut(Schema):
    """A watched address, and what the last look gave."""

    id: int
    url: str
    kind: str
    every: int
    stopped: bool
    by: str
    next_at: datetime
    looked_at: datetime | None
    failures: int
    result: str

    @classmethod
    def of(cls, watch: Watch) -> WatchOut:
        """Return a watch as the API shows it."""
        return cls(
            id=watch.pk,
            url=watch.url,
            kind=watch.kind,
            every=int(watch.every.total_seconds()),
            stopped=watch.stopped,
            by=watch.by,
            next_at=watch.next_at,
            looked_at=watch.looked_at,
            failures=watch.failures,
            result=watch.result,
        )


@parts.watches.get("/watches", response={200: list[WatchOut], **WRONG}, operation_id="list_watches")
@may("proposals")
def listed(request: Request) -> list[WatchOut]:
    """List what is watched."""
    return [WatchOut.of(w) for w in Watch.objects.order_by("id")[:_MOST]]


@parts.watches.post("/watches", response={201: WatchOut, **MOVED_ON}, operation_id="watch")
@may("watch")
def watch(request: Request, given: WatchIn) -> Status[WatchOut]:
    """Watch an address from now on."""
    made = watches.watch(given.url, every=timedelta(seconds=given.every), by=request.viewer.name)
    return Status(201, WatchOut.of(made))


@parts.watches.post("/watches/{pk}/stop", response={200: WatchOut, **WRONG}, operation_id="stop_watch")
@may("watch")
def stop(request: Request, pk: Id, given: WhyIn) -> WatchOut:
    """Look at an address no more."""
    return WatchOut.of(watches.stop(_known(pk), by=request.viewer.name, why=given.why))


@parts.watches.post("/watches/{pk}/resume", response={200: WatchOut, **WRONG}, operation_id="resume_watch")
@may("watch")
def resume(request: Request, pk: Id, given: WhyIn) -> WatchOut:
    """Look at an address again."""
    return WatchOut.of(watches.resume(_known(pk), by=request.viewer.name, why=given.why))


@parts.watches.post("/watches/{pk}/look", response={200: WatchOut, **WRONG}, operation_id="look_again")
@may("watch")
def look(request: Request, pk: Id) -> WatchOut:
    """Let an address be looked at as soon as a worker is free; a stopped watch stays as it is."""
    watches.look_again(_known(pk))
    return WatchOut.of(Watch.objects.get(pk=pk))


def _known(pk: int) -> int:
    if not Watch.objects.filter(pk=pk).exists():
        raise Http404(f"there is no watch {pk}")
    return pk
