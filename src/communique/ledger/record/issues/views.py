"""Pages of issues: all of them, and for each who took it up and said what, when."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponseBase
from django.shortcuts import render

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.claims.models import Claim
from communique.ledger.design.cards import Card
from communique.ledger.entities.models import Kind
from communique.ledger.record import figures
from communique.ledger.record.asking import Shown, Who, shown
from communique.ledger.record.listing import Listing, listing
from communique.ledger.record.subject import Subject, about

ISSUES = Listing(
    title="Issues",
    lead="What was discussed, and what positions were taken on.",
    kinds=(Kind.ISSUE,),
)
_MOST_LANES = 8


@needs("read")
def issues(request: Request) -> HttpResponseBase:
    """Show all issues."""
    return listing(request, ISSUES)


@about(Kind.ISSUE)
def issue(request: Request, subject: Subject) -> HttpResponseBase:
    """Show who said what on an issue, and when."""
    wanted = subject.wanted("issue", "about")
    listed = shown(
        request,
        subject.sight,
        wanted,
        name=f"issue-{subject.pk}",
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
            "chart": figures.over_time(
                subject.sight, wanted, key="over-time", title="Who spoke of it, and when", lane=_who
            ),
        },
    )


def _who(claim: Claim, card: Card) -> Iterable[str]:
    """Return a lane for each who speaks."""
    return [named.name for named in card.who][:_MOST_LANES] or ["Nobody named"]
