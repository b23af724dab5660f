"""The page of what broke; and every component once, with sample content: what screenshots are made of."""

from __future__ import annotations

import sys
from datetime import date
from http import HTTPStatus

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.views.defaults import server_error

from communique.ledger.charts import bars, strip, sums, timeline
from communique.ledger.design.icons import NAMES
from communique.ledger.design.samples import ACTS, CARDS, EVENTS, STATES, SUMS, TABS, SampleForm
from communique.ledger.outages import is_outage, may_be_kept, why

RETRY_AFTER = 15
"""Seconds after which to try again where the database or the disk refused."""


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed: with 503 where the database or the disk refused for now, else with 500."""
    error = sys.exc_info()[1]
    if error is None or not is_outage(error):
        return server_error(request)
    told = (
        "Nothing was kept of what you just did."
        if not may_be_kept(error)
        else ("What you just did may or may not have been kept: look before you do it again.")
    )
    if request.path.startswith("/api/"):
        response: HttpResponse = JsonResponse({"detail": f"{why(error)}; {told[0].lower()}{told[1:]}"})
    else:
        context = {"why": why(error), "told": told, "again": request.method in ("GET", "HEAD")}
        response = HttpResponse(loader.get_template("503.html").render(context))
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


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
