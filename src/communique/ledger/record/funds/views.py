"""Pages of funds: all of them, and for each the money that goes to it and what was said about it."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponseBase
from django.shortcuts import render

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.design.templatetags.design import Tab
from communique.ledger.entities.models import Kind
from communique.ledger.record import figures, money
from communique.ledger.record.asking import Narrowing, Shown, Who, shown
from communique.ledger.record.claim_list import Wanted, few
from communique.ledger.record.instruments import queries as instruments
from communique.ledger.record.listing import Listing, listing
from communique.ledger.record.subject import Subject, about
from communique.ledger.record.wordings import STAGES

FUNDS = Listing(
    title="Funds", lead="Funds and facilities, and what was pledged and paid to them.", kinds=(Kind.FUND,)
)
FROM = Who(("donor",), "From")
_ROLES = ("fund", "recipient")


@needs("read")
def funds(request: Request) -> HttpResponseBase:
    """Show all funds."""
    return listing(request, FUNDS)


@about(Kind.FUND)
def fund(request: Request, subject: Subject) -> HttpResponseBase:
    """Show the contributions to a fund, and what they come to."""
    stage = request.GET.get("stage", "")
    wanted = subject.wanted(*_ROLES, kinds=("contribution",))
    if stage in STAGES:
        wanted = replace(wanted, stages=(stage,))
    listed = shown(request, subject.sight, wanted, name=f"contributions-{subject.pk}", who=FROM)
    if not isinstance(listed, Shown):
        return listed
    account = money.account(subject.sight, Narrowing.of(request.GET).of_list(wanted, subject.sight, FROM))
    return render(
        request,
        "record/fund.html",
        {
            "title": subject.name,
            "subject": subject,
            "tabs": _tabs(subject, "fund"),
            "sides": (
                Tab("All", subject.way("fund"), stage not in STAGES),
                *(
                    Tab(label.capitalize(), subject.way("fund", stage=key), key == stage)
                    for key, label in STAGES.items()
                ),
            ),
            "shown": listed,
            "account": account,
            "gifts": tuple(money.of_page(subject.sight, listed.page.claims, account)),
            "told": instruments.told(subject),
            "chart": money.by_year(
                account,
                key="money",
                title="Contributions by year",
                href=lambda year, of: subject.way("fund", year=year, stage=of),
            ),
            **few(subject.sight, {"latest": _said(subject)}, 5),
        },
    )


@about(Kind.FUND)
def said(request: Request, subject: Subject) -> HttpResponseBase:
    """Show what was said about a fund, and promised under it."""
    wanted = _said(subject)
    listed = shown(
        request, subject.sight, wanted, name=f"fund-{subject.pk}", acts=True, who=Who(("speaker",), "Said by")
    )
    if not isinstance(listed, Shown):
        return listed
    chart = figures.by_year(
        subject.sight,
        wanted,
        key="by-year",
        title="By year",
        href=lambda year: subject.way("fund_said", year=year),
    )
    context = {"title": subject.name, "tab_title": "Said of it", "subject": subject, "shown": listed}
    return render(
        request, "record/claims_tab.html", context | {"tabs": _tabs(subject, "fund_said"), "chart": chart}
    )


def _said(subject: Subject) -> Wanted:
    return subject.wanted("about", "instrument", kinds=("statement", "commitment", "progress"))


def _tabs(subject: Subject, current: str) -> tuple[Tab, ...]:
    names = {"fund": "Contributions", "fund_said": "Said of it"}
    return tuple(Tab(label, subject.way(name), name == current) for name, label in names.items())
