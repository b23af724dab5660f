"""Pages of areas of cooperation: all of them, and for each who works in it, under what, and when."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.entities.models import Kind
from communique.ledger.record import figures
from communique.ledger.record.areas import queries
from communique.ledger.record.asking import Shown, Who, shown
from communique.ledger.record.instruments.views import lanes
from communique.ledger.record.listing import Listing, listing
from communique.ledger.record.subject import Subject, about

AREAS = Listing(title="Areas", lead="Fields in which parties work together.", kinds=(Kind.AREA,))


@needs("read")
def areas(request: Request) -> HttpResponseBase:
    """Show all areas of cooperation."""
    return listing(request, AREAS)


@about(Kind.AREA)
def area(request: Request, subject: Subject) -> HttpResponseBase:
    """Show who works in an area, under which instrument, and when."""
    wanted = subject.wanted("area", "about")
    listed = shown(
        request,
        subject.sight,
        wanted,
        name=f"area-{subject.pk}",
        acts=True,
        who=Who(("speaker", "party", "debtor"), "Who"),
    )
    if not isinstance(listed, Shown):
        return listed
    return render(
        request,
        "record/timeline.html",
        {
            "title": subject.name,
            "subject": subject,
            "shown": listed,
            "workers": queries.workers(subject),
            "chart": figures.over_time(
                subject.sight, wanted, key="over-time", title="When it was spoken of", lane=lanes
            ),
        },
    )
