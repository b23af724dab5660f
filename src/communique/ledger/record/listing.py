"""The page of a list of entities, and its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.shortcuts import render

from communique.ledger.accounts.viewer import Request
from communique.ledger.design.templatetags.design import Tab
from communique.ledger.record import downloads
from communique.ledger.record.asking import Choice, turned
from communique.ledger.record.downloads import Row
from communique.ledger.record.entity_list import Asked, Line, every, page
from communique.ledger.record.sight import Sight
from communique.ledger.record.wordings import told

COLUMNS = ("id", "kind", "sort", "name", "belongs_to", "accepted", "proposed", "more_than_counted", "address")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of entities: what it is called, what is in it, and by which sorts it is narrowed."""

    title: str
    lead: str
    kinds: tuple[str, ...]
    details: tuple[str, ...] = ()
    """The sorts of the kind that the list can be narrowed to."""
    nothing: str = "Nothing of this kind is on the record yet"


def listing(request: Request, of: Listing, *, tabs: tuple[Tab, ...] = ()) -> HttpResponseBase:
    """Return the page of a list of entities that the address asks for, or the file of it."""
    sight, asked = Sight.of(request), Asked.of(request.GET)
    format = downloads.asked(request.GET)
    if format is not None:
        found = _rows(request, every(sight, of.kinds, asked))
        return downloads.download(found, COLUMNS, name=of.title.lower(), format=format)
    shown = page(sight, of.kinds, asked)
    return render(
        request,
        "record/list.html",
        {
            "title": of.title,
            "of": of,
            "tabs": tabs,
            "page": shown,
            "asked": asked,
            "details": [Choice(d, told(d), d == asked.detail) for d in of.details],
            "after": turned(request, after=shown.after, before=None) if shown.after else "",
            "before": turned(request, before=shown.before, after=None) if shown.before else "",
            "all": sight.at(request.path),
            "files": [
                (f.upper(), turned(request, format=f, after=None, before=None)) for f in ("csv", "json")
            ],
        },
    )


def _rows(request: Request, lines: Iterator[Line]) -> Iterator[Row]:
    for line in lines:
        one = line.shown
        yield {
            "id": one.pk,
            "kind": one.kind,
            "sort": one.detail,
            "name": one.name,
            "belongs_to": line.parent.name if line.parent else "",
            "accepted": line.tally.accepted,
            "proposed": line.tally.proposed,
            "more_than_counted": line.tally.more,
            "address": request.build_absolute_uri(one.href),
        }
