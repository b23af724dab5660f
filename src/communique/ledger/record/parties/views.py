"""Pages of parties: all of them, and for each what it said, promised, gave, received, and whom it met."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.design.templatetags.design import Tab
from communique.ledger.entities.models import Kind
from communique.ledger.record import figures, money
from communique.ledger.record.asking import Narrowing, Shown, Who, shown
from communique.ledger.record.claim_list import Wanted, few
from communique.ledger.record.listing import Listing, listing
from communique.ledger.record.parties import queries
from communique.ledger.record.subject import Subject, about
from communique.model import PartyKind

PARTIES = Listing(
    title="Parties",
    lead="States, organisations and their bodies: who speaks, promises, gives, receives and meets.",
    kinds=(Kind.PARTY,),
    details=tuple(kind for kind in get_args(PartyKind) if kind != "person"),
)
_LATEST = 5


@needs("read")
def parties(request: Request) -> HttpResponseBase:
    """Show all parties."""
    return listing(request, PARTIES)


@about(Kind.PARTY)
def party(request: Request, subject: Subject) -> HttpResponseBase:
    """Show who a party is, and the newest of what is known of it."""
    sight, said = subject.sight, subject.wanted(*queries.SAID, kinds=("statement",))
    return _page(
        request,
        subject,
        "party",
        "record/party.html",
        {
            "figures": queries.figures(
                subject,
                [
                    ("statements", said, subject.way("party_said")),
                    ("commitments", _owed(subject), subject.way("party_promised")),
                    ("contributions given", _money(subject, queries.GAVE), subject.way("party_money")),
                    ("contributions received", _money(subject, queries.RECEIVED), subject.way("party_money")),
                    ("meetings", subject.wanted(*queries.MET), subject.way("party_meetings")),
                ],
            ),
            "chart": figures.by_year(
                sight,
                said,
                key="said",
                title="Statements by year",
                href=lambda year: subject.way("party_said", year=year),
            ),
            **few(sight, {"latest": said, "owed": _owed(subject)}, _LATEST),
            "bodies": queries.bodies(subject),
            "parent": queries.belongs_to(subject),
        },
    )


@about(Kind.PARTY)
def said(request: Request, subject: Subject) -> HttpResponseBase:
    """Show what a party said."""
    wanted = subject.wanted(*queries.SAID, kinds=("statement",))
    return _claims(request, subject, "party_said", wanted, acts=True, who=Who(("addressee",), "To"))


@about(Kind.PARTY)
def promised(request: Request, subject: Subject) -> HttpResponseBase:
    """Show what a party promised, or what was promised to it."""
    to_it = request.GET.get("side") == "to"
    roles = ("beneficiary",) if to_it else queries.PROMISED
    wanted = subject.wanted(*roles, kinds=("commitment",))
    other = Who(("debtor",), "Owed by") if to_it else Who(("beneficiary",), "Owed to")
    sides = (
        Tab("Promised by it", subject.way("party_promised"), not to_it),
        Tab("Promised to it", subject.way("party_promised", side="to"), to_it),
    )
    return _claims(request, subject, "party_promised", wanted, who=other, sides=sides)


@about(Kind.PARTY)
def given(request: Request, subject: Subject) -> HttpResponseBase:
    """Show what a party gave, or what was given to it."""
    to_it = request.GET.get("side") == "received"
    wanted = _money(subject, queries.RECEIVED if to_it else queries.GAVE)
    listed = shown(request, subject.sight, wanted, name=f"contributions-{subject.pk}")
    if not isinstance(listed, Shown):
        return listed
    account = money.account(subject.sight, Narrowing.of(request.GET).of_list(wanted, subject.sight))
    side = "received" if to_it else None
    return _page(
        request,
        subject,
        "party_money",
        "record/party_money.html",
        {
            "sides": (
                Tab("Given by it", subject.way("party_money"), not to_it),
                Tab("Given to it", subject.way("party_money", side="received"), to_it),
            ),
            "shown": listed,
            "gifts": tuple(money.of_page(subject.sight, listed.page.claims, account)),
            "account": account,
            "chart": money.by_year(
                account,
                key="money",
                title="Received by year" if to_it else "Given by year",
                href=lambda year, _: subject.way("party_money", side=side, year=year),
            ),
        },
    )


@about(Kind.PARTY)
def met(request: Request, subject: Subject) -> HttpResponseBase:
    """Show the meetings that a party chaired and attended."""
    role = request.GET.get("as", "")
    roles = (role,) if role in queries.MET else queries.MET
    sides = (
        Tab("All", subject.way("party_meetings"), len(roles) > 1),
        Tab("Chaired", subject.way("party_meetings", **{"as": "chair"}), roles == ("chair",)),
        Tab("Attended", subject.way("party_meetings", **{"as": "attendee"}), roles == ("attendee",)),
    )
    wanted = subject.wanted(*roles, kinds=("meeting",))
    return _claims(request, subject, "party_meetings", wanted, sides=sides)


@about(Kind.PARTY)
def raised(request: Request, subject: Subject) -> HttpResponseBase:
    """Show the issues that a party took up, and the instruments that are its own."""
    wanted = subject.wanted("party", kinds=("issue", "instrument"))
    return _claims(request, subject, "party_issues", wanted)


def _owed(subject: Subject) -> Wanted:
    return subject.wanted(*queries.PROMISED, kinds=("commitment",))


def _money(subject: Subject, roles: tuple[str, ...]) -> Wanted:
    return subject.wanted(*roles, kinds=("contribution",))


def _claims(
    request: Request,
    subject: Subject,
    tab: str,
    wanted: Wanted,
    *,
    acts: bool = False,
    who: Who | None = None,
    sides: tuple[Tab, ...] = (),
) -> HttpResponseBase:
    listed = shown(request, subject.sight, wanted, name=f"{tab}-{subject.pk}", acts=acts, who=who)
    if not isinstance(listed, Shown):
        return listed
    chart = figures.by_year(
        subject.sight,
        replace(wanted, acts=(listed.narrowing.act,) if listed.narrowing.act else ()),
        key="by-year",
        title="By year",
        href=lambda year: subject.way(tab, year=year, act=listed.narrowing.act),
    )
    return _page(
        request, subject, tab, "record/claims_tab.html", {"shown": listed, "sides": sides, "chart": chart}
    )


def _page(
    request: Request, subject: Subject, tab: str, template: str, context: dict[str, object]
) -> HttpResponse:
    names = {
        "party": "Overview",
        "party_said": "Said",
        "party_promised": "Promised",
        "party_money": "Money",
        "party_meetings": "Meetings",
        "party_issues": "Issues and instruments",
    }
    tabs = tuple(Tab(label, subject.way(name), name == tab) for name, label in names.items())
    tab_title = "" if tab == "party" else names[tab]
    return render(
        request,
        template,
        {"title": subject.name, "subject": subject, "tabs": tabs, "tab_title": tab_title} | context,
    )
