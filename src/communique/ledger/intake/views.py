"""Taking in on the web: give documents, see how far they are, try again what failed."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.documents.store import UnstorableBytes
from communique.ledger.intake import actions
from communique.ledger.intake.actions import Given
from communique.ledger.intake.forms import AddressForm, FilesForm, TextForm
from communique.ledger.intake.models import Job, JobState
from communique.ledger.intake.pasted import as_file
from communique.ledger.intake.queries import standing

_FORMS: dict[str, type[Form]] = {"files": FilesForm, "text": TextForm, "address": AddressForm}


@needs("take_in")
def add(request: Request) -> HttpResponse:
    """Show the ways to give documents, and take what is given."""
    forms = {way: form(auto_id=f"{way}_%s") for way, form in _FORMS.items()}
    full = False
    if request.method == "POST":
        way = request.POST.get("way", "")
        way = way if way in _FORMS else "files"
        given = _FORMS[way](request.POST, request.FILES, auto_id=f"{way}_%s")
        forms[way] = given
        if given.is_valid():
            try:
                asked = _ask(request, given)
            except UnstorableBytes as error:
                messages.error(request, f"{error}.")
                full = True
            else:
                messages.success(request, f"Asked for: {asked} document{'' if asked == 1 else 's'}.")
                return redirect("intake:jobs")
    status = HTTPStatus.INSUFFICIENT_STORAGE if full else HTTPStatus.OK
    return render(request, "intake/add.html", {"title": "Take in documents", "forms": forms}, status=status)


@needs("proposals")
def jobs(request: Request) -> HttpResponse:
    """Show what is being taken in, and what failed; the table alone where only that is asked for."""
    state = request.GET.get("state", "")
    template = "intake/jobs_table.html" if request.headers.get("HX-Request") else "intake/jobs.html"
    shown = {"title": "Taking in", "standing": standing(state), "state": state, "states": JobState.values}
    return render(request, template, shown)


@require_POST
@needs("take_in")
def retry(request: Request, pk: int) -> HttpResponse:
    """Let a failed job be tried again."""
    job = get_object_or_404(Job, pk=pk)
    if actions.retry(job):
        messages.success(request, f"Asked for again: {job}.")
    else:
        messages.warning(request, f"{job} has not failed: there is nothing to try again.")
    return redirect("intake:jobs")


@require_POST
@needs("take_in")
def retry_all(request: Request) -> HttpResponse:
    """Let every failed job be tried again."""
    tried = actions.retry_all()
    messages.success(request, f"Asked for again: {tried:,}.")
    return redirect("intake:jobs")


def _ask(request: Request, given: Form) -> int:
    by = request.viewer.name
    match given:
        case FilesForm():
            files = given.cleaned_data["given"]
            return actions.ask_files(
                (Given(f.read(), f.name or "file", f.content_type or None) for f in files), by=by
            )
        case TextForm():
            actions.ask_bytes(
                as_file(**given.cleaned_data), name="pasted text", by=by, media_type="text/markdown"
            )
            return 1
        case _:
            actions.ask_url(given.cleaned_data["url"], by=by, feed=given.cleaned_data["feed"])
            return 1
