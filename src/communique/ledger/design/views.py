"""Every component once, with sample content: what screenshots are made of."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from communique.ledger.design.icons import NAMES
from communique.ledger.design.samples import CARDS, STATES, TABS, SampleForm


def samples(request: HttpRequest) -> HttpResponse:
    """Show the components to administrators; to everybody else there is no such page."""
    viewer = getattr(request, "viewer", None)
    if viewer is None or viewer.role != "administrator":
        raise Http404("no such page")
    form = SampleForm({"name": "", "kind": "press_release", "note": "Seen on paper", "day": "not a day"})
    return render(
        request,
        "design/samples.html",
        {
            "title": "Components",
            "cards": CARDS,
            "states": STATES,
            "tabs": TABS,
            "form": form,
            "icons": NAMES,
            "turned": Paginator(range(1, 412), 25).page(7),
        },
    )
