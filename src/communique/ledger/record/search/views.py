"""The search page, and its list as CSV and JSON."""

from __future__ import annotations

from dataclasses import dataclass

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.design.templatetags.design import Tab
from communique.ledger.record import downloads
from communique.ledger.record.search import facets, listing, queries, results
from communique.ledger.record.search.wanted import Wanted, wanted
from communique.ledger.record.sight import Sight
from communique.ledger.search.query import UnclearQuery, told

_TEMPLATE = "record/search/search.html"


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows of a search."""

    wanted: Wanted
    understood: str
    newest: queries.Newest
    quotes: list[results.Quote]
    documents: list[results.Hits]
    chosen: list[facets.Choice]
    choices: list[facets.Choices]
    tabs: list[Tab]
    first: str
    """The first page, where this is another."""
    older: str
    csv: str
    json: str


@require_safe
@needs("read")
def search(request: Request) -> HttpResponseBase:
    """Show what a search finds, a page of it, newest first; or send all of it as a file."""
    try:
        asked = wanted(request.GET)
    except UnclearQuery as unclear:
        told = {"typed": request.GET.get("q", ""), "unclear": str(unclear)}
        return render(request, _TEMPLATE, told, status=400)
    sight = Sight.of(request)
    if asked.is_empty:
        return render(request, _TEMPLATE, {"typed": ""})
    if form := downloads.asked(request.GET):
        rows = listing.rows(queries.look(asked, sight))
        return downloads.download(rows, listing.COLUMNS[asked.of], name="search", format=form)
    return render(request, _TEMPLATE, {"typed": asked.typed, "found": _page(asked, sight)})


def _page(asked: Wanted, sight: Sight) -> Page:
    look = queries.look(asked, sight)
    newest = queries.newest(look)
    if asked.before is None:
        hits, last = queries.first(newest)
    else:
        hits, last = queries.older(look, asked.before)
    quotes = queries.claims(hits, sight) if asked.of == "claim" else []
    passages = queries.passages(hits, sight) if asked.of == "passage" else []
    return Page(
        wanted=asked,
        understood=told(asked.query) if asked.query is not None else "",
        newest=newest,
        quotes=results.quotes(quotes, asked.query, sight),
        documents=results.documents(passages, asked.query, sight),
        chosen=facets.chosen(asked, sight),
        choices=facets.choices(asked, newest, sight),
        tabs=[
            Tab("Quotes", asked.among("claim").at(as_of=sight.as_of), asked.of == "claim"),
            Tab("Documents", asked.among("passage").at(as_of=sight.as_of), asked.of == "passage"),
        ],
        first=asked.after(None).at(as_of=sight.as_of) if asked.before is not None else "",
        older=asked.after(last).at(as_of=sight.as_of) if last is not None else "",
        csv=asked.after(None).at(as_of=sight.as_of, format="csv"),
        json=asked.after(None).at(as_of=sight.as_of, format="json"),
    )
