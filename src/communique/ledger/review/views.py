"""The document page: the text beside what was read in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.assignments.queries import assignees
from communique.ledger.claims.withdrawing import set_withdrawn
from communique.ledger.documents import queries as documents
from communique.ledger.documents.models import Document
from communique.ledger.review import page as pages
from communique.ledger.review.desk import desk
from communique.ledger.review.lately import lately
from communique.ledger.review.queries import Standing, claims_on, standing, visible
from communique.model import DocumentKind

_KINDS = get_args(DocumentKind)


@require_safe
@needs("read")
def home(request: Request) -> HttpResponse:
    """Show what came in lately, what needs the viewer, and what went silent."""
    return render(request, "review/home.html", {"title": request.house.name, "home": lately(request.viewer)})


@require_safe
@needs("read")
def document(request: Request, pk: int) -> HttpResponse:
    """Show a document and what was read in it."""
    shown = pages.page(_document(request, pk), request.viewer, request.as_of)
    heaviest = shown.heaviest
    is_live = request.as_of is None and not shown.document.withdrawn
    context = {
        "title": str(shown.document),
        "page": shown,
        "document": shown.document,
        "kind": shown.document.kind.replace("_", " "),
        "may_add": request.viewer.may("add") and is_live,
        "may_assign": request.viewer.may("assign") and is_live,
        "assigned": shown.assignment,
        "people": assignees() if request.viewer.may("assign") and is_live else (),
        "may_withdraw": request.viewer.may("withdraw") and request.as_of is None,
        "after": f"?after={heaviest.weight}-{heaviest.pk}" if heaviest is not None else "",
        **desk(request, may_decide=request.viewer.may("decide") and is_live, in_queue=False),
    }
    return render(request, "review/document.html", context)


@require_safe
@needs("read")
def text(request: Request, pk: int) -> HttpResponse:
    """Return the text alone, its claims marked as they stand now."""
    document = _document(request, pk)
    claims = claims_on(document, request.viewer, request.as_of)
    return HttpResponse(pages.text(document, claims, documents.reading(document, request.as_of)))


@require_safe
@needs("read")
def listing(request: Request) -> HttpResponse:
    """List documents, the newest first."""
    wanted = _wanted(request)
    among = visible(request.viewer, request.as_of)
    leaf = documents.leaf(among, wanted, before=_number(request, "before"))
    query = request.GET.copy()
    query["before"] = str(leaf.before)
    context = {
        "title": "Documents",
        "leaf": leaf,
        "rows": _rows(leaf.documents, request),
        "wanted": wanted,
        "kinds": [(kind, kind.replace("_", " ")) for kind in _KINDS],
        "publishers": documents.publishers(
            Document.objects.all() if request.viewer.sees_proposals else among
        ),
        "next": f"?{query.urlencode()}" if leaf.before is not None else "",
    }
    return render(request, "review/documents.html", context)


@require_POST
@needs("withdraw")
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a document with all its claims off every page, or bring it back."""
    document = _document(request, pk)
    gone = request.POST.get("withdrawn") == "yes"
    if document.withdrawn != gone:
        set_withdrawn(document, gone, by=request.viewer.name, why=request.POST.get("why", "").strip())
        messages.success(request, "Withdrawn from every page." if gone else "Brought back.")
    return redirect("review:document", pk)


@dataclass(frozen=True, slots=True)
class _Row:
    """A document of a list, and how its claims stand (None: who looks sees no proposals)."""

    document: Document
    kind: str
    standing: Standing | None


def _rows(found: Sequence[Document], request: Request) -> list[_Row]:
    told = standing(found) if request.viewer.sees_proposals else {}
    return [_Row(d, d.kind.replace("_", " "), told.get(d.pk)) for d in found]


def _wanted(request: Request) -> documents.Wanted:
    kind, year = request.GET.get("kind", ""), _number(request, "year")
    return documents.Wanted(
        kind=kind if kind in _KINDS else "",
        publisher=request.GET.get("publisher", ""),
        year=year if year is not None and 1 <= year <= 9999 else None,
    )


def _number(request: Request, name: str) -> int | None:
    told = request.GET.get(name, "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 18 else None


def _document(request: Request, pk: int) -> Document:
    found = visible(request.viewer, request.as_of).select_related("source").filter(pk=pk).first()
    if found is None:
        raise Http404("no such document")
    return found
