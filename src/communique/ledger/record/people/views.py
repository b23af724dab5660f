"""Pages of people: all of them, and for each the posts held, what was said and promised, and the meetings."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.design.templatetags.design import Tab
from communique.ledger.entities.models import Kind
from communique.ledger.record import figures
from communique.ledger.record.asking import Shown, Who, shown
from communique.ledger.record.listing import Listing, listing
from communique.ledger.record.parties.queries import belongs_to
from communique.ledger.record.people import queries
from communique.ledger.record.subject import Subject, about

PEOPLE = Listing(
    title="People",
    lead="Those whom documents name as speaking, chairing or holding a post.",
    kinds=(Kind.PERSON,),
)
_LISTS = {
    "person": ("Said", ("speaker",), ("statement",)),
    "person_promised": ("Promised", ("debtor",), ("commitment",)),
    "person_meetings": ("Meetings", ("chair", "attendee"), ("meeting",)),
    "person_issues": ("Issues", ("party",), ("issue",)),
}


@needs("read")
def people(request: Request) -> HttpResponseBase:
    """Show all people."""
    return listing(request, PEOPLE)


@about(Kind.PERSON)
def person(request: Request, subject: Subject) -> HttpResponseBase:
    """Show the posts that a person held, and what they said."""
    return _page(request, subject, "person")


@about(Kind.PERSON)
def promised(request: Request, subject: Subject) -> HttpResponseBase:
    """Show what a person promised."""
    return _page(request, subject, "person_promised")


@about(Kind.PERSON)
def met(request: Request, subject: Subject) -> HttpResponseBase:
    """Show the meetings that a person chaired and attended."""
    return _page(request, subject, "person_meetings")


@about(Kind.PERSON)
def raised(request: Request, subject: Subject) -> HttpResponseBase:
    """Show the issues that a person took up."""
    return _page(request, subject, "person_issues")


def _page(request: Request, subject: Subject, tab: str) -> HttpResponseBase:
    label, roles, kinds = _LISTS[tab]
    wanted = subject.wanted(*roles, kinds=kinds)
    name = f"{tab}-{subject.pk}"
    who = Who(("addressee",), "To") if tab == "person" else None
    listed = shown(request, subject.sight, wanted, name=name, acts=tab == "person", who=who)
    if not isinstance(listed, Shown):
        return listed
    return render(
        request,
        "record/person.html",
        {
            "title": subject.name,
            "tab_title": label,
            "subject": subject,
            "parent": belongs_to(subject),
            "posts": queries.posts(subject),
            "tabs": tuple(Tab(of[0], subject.way(key), key == tab) for key, of in _LISTS.items()),
            "shown": listed,
            "chart": figures.by_year(
                subject.sight,
                wanted,
                key="by-year",
                title="By year",
                href=lambda year: subject.way(tab, year=year),
            ),
        },
    )
