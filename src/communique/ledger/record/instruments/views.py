"""Pages of instruments: all of them, and for each its measures, what was promised under it, and what was said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from django.http import HttpResponseBase
from django.shortcuts import render

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.claims.models import Claim
from communique.ledger.design.cards import Card
from communique.ledger.design.templatetags.design import Tab
from communique.ledger.entities.models import Kind
from communique.ledger.record import figures
from communique.ledger.record.asking import Shown, Who, shown
from communique.ledger.record.claim_list import Wanted, few
from communique.ledger.record.instruments import queries
from communique.ledger.record.listing import Listing, listing
from communique.ledger.record.subject import Subject, about
from communique.ledger.record.wordings import CLAIMS
from communique.model import InstrumentKind

INSTRUMENTS = Listing(
    title="Instruments",
    lead="Plans of action, frameworks, declarations and agreements.",
    kinds=(Kind.INSTRUMENT,),
    details=tuple(kind for kind in get_args(InstrumentKind) if kind != "fund"),
)
_LATEST = 5
_ALL = ("instrument", "about", "recipient", "fund")
_SAID = ("statement", "commitment", "contribution", "progress")


@needs("read")
def instruments(request: Request) -> HttpResponseBase:
    """Show all instruments."""
    return listing(request, INSTRUMENTS)


@about(Kind.INSTRUMENT)
def instrument(request: Request, subject: Subject) -> HttpResponseBase:
    """Show what an instrument is, what became of it, and what was said about it over time."""
    sight = subject.sight
    chosen = queries.plan(subject)
    return render(
        request,
        "record/instrument.html",
        {
            "title": subject.name,
            "subject": subject,
            "tabs": tabs(subject, "instrument"),
            "told": queries.told(subject),
            "relatives": queries.relatives(subject),
            "measures": len(chosen.lines) if chosen else 0,
            **few(
                sight,
                {
                    "progress": subject.wanted("instrument", "fund", kinds=("progress",)),
                    "owed": owed(subject),
                    "latest": subject.wanted("about", kinds=("statement",)),
                },
                _LATEST,
            ),
            "chart": figures.over_time(
                sight,
                [
                    subject.wanted("about", kinds=("statement",)),
                    subject.wanted("instrument", kinds=("commitment", "progress")),
                    subject.wanted("recipient", kinds=("contribution",)),
                ],
                key="over-time",
                title="What was said of it",
                lane=lanes,
            ),
        },
    )


@about(Kind.INSTRUMENT)
def measures(request: Request, subject: Subject) -> HttpResponseBase:
    """Show the measures of a plan."""
    told = request.GET.get("document", "")
    asked = int(told) if told.isascii() and told.isdigit() and len(told) < 19 else None
    listed = shown(
        request,
        subject.sight,
        subject.wanted("instrument", kinds=("measure",)),
        name=f"measures-{subject.pk}",
    )
    if not isinstance(listed, Shown):
        return listed
    chosen = queries.plan(subject, asked)
    sides = tuple(
        Tab(
            title,
            subject.way("instrument_measures", document=pk),
            chosen is not None and pk == chosen.document,
        )
        for pk, title in (chosen.listed_in if chosen is not None else ())
    )
    return render(
        request,
        "record/measures.html",
        {
            "title": subject.name,
            "tab_title": "Measures",
            "subject": subject,
            "tabs": tabs(subject, "instrument_measures"),
            "plan": chosen,
            "sides": sides if len(sides) > 1 else (),
            "files": listed.files,
        },
    )


@about(Kind.INSTRUMENT)
def promised(request: Request, subject: Subject) -> HttpResponseBase:
    """Show what was promised under an instrument."""
    return _claims(request, subject, "instrument_promised", owed(subject), who=Who(("debtor",), "Owed by"))


@about(Kind.INSTRUMENT)
def progressed(request: Request, subject: Subject) -> HttpResponseBase:
    """Show the progress that is reported under an instrument."""
    wanted = subject.wanted("instrument", kinds=("progress",))
    return _claims(request, subject, "instrument_progress", wanted)


@about(Kind.INSTRUMENT)
def said(request: Request, subject: Subject) -> HttpResponseBase:
    """Show everything that was said about an instrument."""
    return _claims(
        request,
        subject,
        "instrument_said",
        subject.wanted(*_ALL, kinds=_SAID),
        acts=True,
        who=Who(("speaker",), "Said by"),
    )


def owed(subject: Subject) -> Wanted:
    """Return what was promised under an instrument, or in words that name it."""
    return subject.wanted("instrument", "fund", "about", kinds=("commitment",))


def lanes(claim: Claim, card: Card) -> Iterable[str]:
    """Return the lane of a claim: what sort of claim it is."""
    return [CLAIMS[claim.kind]]


def tabs(subject: Subject, current: str) -> tuple[Tab, ...]:
    """Return the pages of an instrument."""
    names = {
        "instrument": "Overview",
        "instrument_measures": "Measures",
        "instrument_promised": "Promised under it",
        "instrument_progress": "Progress",
        "instrument_said": "All said of it",
    }
    return tuple(Tab(label, subject.way(name), name == current) for name, label in names.items())


def _claims(
    request: Request,
    subject: Subject,
    tab: str,
    wanted: Wanted,
    *,
    acts: bool = False,
    who: Who | None = None,
) -> HttpResponseBase:
    listed = shown(request, subject.sight, wanted, name=f"{tab}-{subject.pk}", acts=acts, who=who)
    if not isinstance(listed, Shown):
        return listed
    chart = figures.by_year(
        subject.sight, wanted, key="by-year", title="By year", href=lambda year: subject.way(tab, year=year)
    )
    context = {"title": subject.name, "subject": subject, "tabs": tabs(subject, tab), "shown": listed}
    return render(request, "record/claims_tab.html", context | {"chart": chart})
