"""Every component once, with sample content: what screenshots are made of."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from communique.ledger.charts import bars, strip, sums, timeline
from communique.ledger.design.icons import NAMES
from communique.ledger.design.samples import ACTS, CARDS, EVENTS, STATES, SUMS, TABS, SampleForm


def samples(request: HttpRequest) -> HttpResponse:
    """Show the components to administrators; to everybody else there is no such page."""
    viewer = getattr(request, "viewer", None)
    if viewer is None or "settings" not in viewer.rights:
        raise Http404("no such page")
    form = SampleForm({"name": "", "kind": "press_release", "note": "Seen on paper", "day": ""})
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
            "timeline": timeline(EVENTS, key="said", title="What was said", today=date(1975, 6, 1)),
            "sums": sums(SUMS, key="money", title="Pledged and paid"),
            "bars": bars(ACTS, key="acts"),
            "strip": strip(
                [event.day for event in EVENTS if event.day],
                span=(date(1967, 1, 1), date(1976, 1, 1)),
                what="statements",
                href="#quotes",
            ),
            "turned": Paginator(range(1, 412), 25).page(7),
        },
    )


samples.right = "settings"  # type: ignore[attr-defined]  # what @needs declares, which is above this
