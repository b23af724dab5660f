"""Watches on the web: what is watched, what came of it, and whether to go on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from communique.ledger.accounts.guard import needs, refusal
from communique.ledger.accounts.viewer import Request
from communique.ledger.intake import watches as actions
from communique.ledger.intake.models import Watch
from communique.ledger.intake.queries import watched
from communique.ledger.intake.watch_forms import WatchForm


@needs("proposals")
def watches(request: Request) -> HttpResponse:
    """Show what is watched, and watch what is given."""
    form = WatchForm(request.POST or None)
    if request.method == "POST":
        if not request.viewer.may("watch"):
            return refusal(request, "watch")
        if form.is_valid() and _added(request, form):
            return redirect("intake:watches")
    shown = {"title": "Watches", "watches": watched(), "form": form, "may_watch": request.viewer.may("watch")}
    return render(request, "intake/watches.html", shown)


@require_POST
@needs("watch")
def stop(request: Request, pk: int) -> HttpResponse:
    """Look at an address no more."""
    watch = get_object_or_404(Watch, pk=pk)
    actions.stop(watch.pk, by=request.viewer.name)
    messages.success(request, f"{watch} is watched no more.")
    return redirect("intake:watches")


@require_POST
@needs("watch")
def resume(request: Request, pk: int) -> HttpResponse:
    """Look at an address again."""
    watch = get_object_or_404(Watch, pk=pk)
    actions.resume(watch.pk, by=request.viewer.name)
    messages.success(request, f"{watch} is watched again.")
    return redirect("intake:watches")


@require_POST
@needs("watch")
def look(request: Request, pk: int) -> HttpResponse:
    """Look at an address as soon as a worker is free."""
    watch = get_object_or_404(Watch, pk=pk)
    if actions.look_again(watch.pk):
        messages.success(request, f"{watch} will be looked at now.")
    else:
        messages.warning(request, f"{watch} is stopped: resume it first.")
    return redirect("intake:watches")


def _added(request: Request, form: WatchForm) -> bool:
    try:
        watch = actions.watch(
            form.cleaned_data["url"], every=form.cleaned_data["every"], by=request.viewer.name
        )
    except actions.WatchRefused as error:
        form.add_error("url", f"{error}.")
        return False
    messages.success(request, f"{watch} is watched from now on.")
    return True
