"""A document as it came, and what changed in it since the version before."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.documents import queries as documents
from communique.ledger.documents import source_view, store
from communique.ledger.documents.changes import changes as changed
from communique.ledger.documents.models import Document
from communique.ledger.review.queries import visible


@require_safe
@needs("read")
def source(request: Request, pk: int) -> HttpResponse:
    """Show a document as it came, with nothing in it that acts."""
    document = _document(request, pk)
    try:
        data = store.fetch(document.sha256)
        shown = source_view.inert(data, document.media_type, text=document.text, entry=document.entry)
    except FileNotFoundError:
        shown = source_view.inert(b"", "text/plain", text=document.text)
    context = {"title": str(document), "document": document, "source": shown}
    return render(request, "review/source.html", context)


@require_safe
@needs("proposals")
def original(request: Request, pk: int) -> FileResponse:
    """Send the bytes that a document came in, to be kept and not to be opened here."""
    document = _document(request, pk)
    try:
        file = store.path_of(document.sha256).open("rb")
    except FileNotFoundError as error:
        raise Http404("the bytes of this document are no longer kept") from error
    name = document.name or f"document-{document.pk}"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")


@require_safe
@needs("read")
def changes(request: Request, pk: int) -> HttpResponse:
    """Show what changed since the version before."""
    document = _document(request, pk)
    previous = documents.before(document, visible(request.viewer, request.as_of))
    if previous is None:
        raise Http404("there is no version before")
    context = {
        "title": str(document),
        "document": document,
        "previous": previous,
        "paragraphs": changed(previous.text, document.text),
        "same": previous.text == document.text,
    }
    return render(request, "review/changes.html", context)


def _document(request: Request, pk: int) -> Document:
    found = visible(request.viewer, request.as_of).filter(pk=pk).first()
    if found is None:
        raise Http404("no such document")
    return found
