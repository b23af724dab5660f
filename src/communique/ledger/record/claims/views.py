"""The page of one claim."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.record.claims import queries
from communique.ledger.record.sight import Sight


@needs("read")
def claim(request: Request, uid: str) -> HttpResponseBase:
    """Show a claim: how it stands, the words it stands on, and how it came to be."""
    sight = Sight.of(request)
    found = queries.find(sight, uid)
    if found is None:
        raise Http404("no claim has this number")
    more = sight.at(reverse("record:commitment", args=(uid,))) if found.claim.kind == "commitment" else ""
    return render(request, "record/claim.html", {"title": "Claim", "held": found, "more": more})
