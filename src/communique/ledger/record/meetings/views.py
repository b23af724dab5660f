"""Pages of meetings: the series, the meetings of one, and what documents say of each."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.design.templatetags.design import Tab
from communique.ledger.entities.models import Kind
from communique.ledger.record import figures
from communique.ledger.record.asking import Shown, shown
from communique.ledger.record.called import called
from communique.ledger.record.claim_list import few
from communique.ledger.record.listing import Listing, listing
from communique.ledger.record.meetings import queries
from communique.ledger.record.sight import Sight
from communique.ledger.record.subject import Subject, about, find

SERIES = Listing(
    title="Meetings",
    lead="Series of meetings, each with its editions.",
    kinds=(Kind.SERIES,),
    details=("summit", "ministerial", "senior_officials", "working"),
    nothing="No meetings on the record yet",
)
SINGLE = Listing(
    title="Single meetings",
    lead="All meetings by name, those of series among them.",
    kinds=(Kind.MEETING,),
    details=SERIES.details,
    nothing="No meetings on the record yet",
)


@needs("read")
def all_series(request: Request) -> HttpResponseBase:
    """Show all series of meetings."""
    return listing(request, SERIES, tabs=_lists(request, "meetings"))


@needs("read")
def single(request: Request) -> HttpResponseBase:
    """Show all meetings."""
    return listing(request, SINGLE, tabs=_lists(request, "single_meetings"))


@about(Kind.SERIES, Kind.MEETING)
def meeting(request: Request, subject: Subject) -> HttpResponseBase:
    """Show a meeting, or a series with its meetings."""
    return _series(request, subject) if subject.shown.kind == Kind.SERIES else _meeting(request, subject)


@about(Kind.MEETING)
def outcome(request: Request, subject: Subject) -> HttpResponseBase:
    """Show all that the documents on a meeting say of one sort."""
    name = request.GET.get("of", "")
    if name not in queries.OUTCOMES:
        raise Http404("no such list")
    title, wanted = queries.OUTCOMES[name]
    within = queries.of_documents(wanted, queries.documents_of(subject))
    listed = shown(request, subject.sight, within, name=f"{name}-{subject.pk}")
    if not isinstance(listed, Shown):
        return listed
    sides = tuple(
        Tab(label, subject.way("meeting_outcome", of=key), key == name)
        for key, (label, _) in queries.OUTCOMES.items()
    )
    context = {"title": subject.name, "tab_title": title, "subject": subject, "shown": listed, "sides": sides}
    return render(
        request, "record/meeting_outcome.html", context | {"tabs": _tabs(subject, "meeting_outcome")}
    )


@about(Kind.SERIES, Kind.MEETING)
def mentioned(request: Request, subject: Subject) -> HttpResponseBase:
    """Show every claim about a meeting, and what was said of it elsewhere."""
    role = "series" if subject.shown.kind == Kind.SERIES else "meeting"
    listed = shown(request, subject.sight, subject.wanted(role, "about"), name=f"meeting-{subject.pk}")
    if not isinstance(listed, Shown):
        return listed
    context = {"title": subject.name, "tab_title": "All claims", "subject": subject, "shown": listed}
    return render(request, "record/claims_tab.html", context | {"tabs": _tabs(subject, "meeting_claims")})


def _series(request: Request, subject: Subject) -> HttpResponseBase:
    editions = queries.editions(subject)
    return render(
        request,
        "record/series.html",
        {
            "title": subject.name,
            "subject": subject,
            "tabs": _tabs(subject, "meeting"),
            "editions": tuple(reversed(editions)),
            **few(subject.sight, {"latest": subject.wanted("about", kinds=("statement", "commitment"))}, 5),
            "chart": figures.over_time(
                subject.sight,
                subject.wanted("series", kinds=("meeting",)),
                key="editions",
                title="When documents say that it met",
                lane=lambda claim, card: [card.verb],
            ),
        },
    )


def _meeting(request: Request, subject: Subject) -> HttpResponseBase:
    sight = subject.sight
    series = _series_of(sight, subject)
    editions = queries.editions(series) if series is not None else ()
    before, after = queries.neighbours(editions, subject.pk)
    return render(
        request,
        "record/meeting.html",
        {
            "title": subject.name,
            "subject": subject,
            "tabs": _tabs(subject, "meeting"),
            "series": series,
            "before": before,
            "after": after,
            "report": queries.report(subject, rest=lambda name: subject.way("meeting_outcome", of=name)),
            **few(sight, {"said_of_it": subject.wanted("about", kinds=("statement", "commitment"))}, 10),
        },
    )


def _series_of(sight: Sight, subject: Subject) -> Subject | None:
    """Return the series of a meeting, where the viewer may see any of it."""
    parent = subject.shown.parent
    if parent is None:
        return None
    top = called(sight, [parent])[parent]
    try:
        return find(sight, top.pk, (Kind.SERIES,))
    except Http404:
        return None


def _tabs(subject: Subject, current: str) -> tuple[Tab, ...]:
    names = {"meeting": "Overview", "meeting_claims": "All claims"}
    if current == "meeting_outcome":
        names = {"meeting": "Overview", "meeting_outcome": "Outcomes", "meeting_claims": "All claims"}
    return tuple(Tab(label, subject.way(name), name == current) for name, label in names.items())


def _lists(request: Request, current: str) -> tuple[Tab, ...]:
    sight = Sight.of(request)
    names = {"meetings": "Series", "single_meetings": "All meetings"}
    return tuple(
        Tab(label, sight.at(reverse(f"record:{name}")), name == current) for name, label in names.items()
    )
