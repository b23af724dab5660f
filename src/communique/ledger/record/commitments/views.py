"""Pages of commitments: all of them by when they are due, and what the record holds around each."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.record.addresses import claim_page
from communique.ledger.record.asking import Choice, Shown, Who, choices_of, members_of, shown
from communique.ledger.record.claim_list import Beside, Wanted
from communique.ledger.record.commitments import queries
from communique.ledger.record.sight import Sight

_ALL = Wanted(kinds=("commitment",))
_OWED_BY = Who(("debtor",), "Owed by")
_UNDER = ("instrument", "fund")


@needs("read")
def commitments(request: Request) -> HttpResponseBase:
    """Show all commitments, or those that are narrowed to."""
    sight = Sight.of(request)
    when = request.GET.get("due", "")
    under = request.GET.get("under", "")
    chosen = int(under) if under.isascii() and under.isdigit() and len(under) < 19 else None
    wanted = _ALL if chosen is None else replace(_ALL, beside=(Beside(members_of(sight, chosen), _UNDER),))
    if when in queries.DUE:
        wanted = queries.due_then(sight, wanted, when)
    listed = shown(request, sight, wanted, name="commitments", who=_OWED_BY)
    if not isinstance(listed, Shown):
        return listed
    narrowed = listed.narrowing.of_list(wanted, sight, _OWED_BY)
    narrows = listed.narrowing.narrows or when in queries.DUE or chosen is not None
    context: dict[str, object] = {
        "title": "Commitments",
        "shown": listed,
        "standing": queries.standing(sight, narrowed) if narrows else None,
        "dues": [Choice(key, label, key == when) for key, label in queries.DUE.items()],
        "under": choices_of(sight, _ALL, _UNDER, chosen),
        "narrows": narrows,
    }
    if when in ("overdue", "next"):
        turned_to, cards = queries.due(sight, narrowed, when, request.GET.get("page", "1"))
        context |= {"turned": turned_to, "by_due": cards, "when": when}
    return render(request, "record/commitments.html", context)


@needs("read")
def commitment(request: Request, uid: str) -> HttpResponseBase:
    """Show who owes what to whom, by when, under what; where it was said again, and what became of it."""
    sight = Sight.of(request)
    found = queries.around(sight, uid)
    if found is None:
        raise Http404("no commitment has this number")
    return render(
        request,
        "record/commitment.html",
        {
            "title": "Commitment",
            "of": found,
            "all": sight.at(reverse("record:commitments")),
            "claim": sight.at(claim_page(uid)),
        },
    )
