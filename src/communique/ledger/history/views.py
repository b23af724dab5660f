"""The history on the web: what was done, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.history.queries import history as read
from communique.ledger.history.queries import thing_of
from communique.ledger.history.undo import NotUndoable, right_for, undo
from communique.ledger.history.wording import sentence
from communique.ledger.log.models import Act


@needs("proposals")
def history(request: Request) -> HttpResponse:
    """Show the log, or the part of it that is about one thing, by one person, of one verb."""
    before = request.GET.get("before", "")
    shown = read(
        request.viewer,
        subjects=request.GET.getlist("subject"),
        by=request.GET.get("by", ""),
        verb=request.GET.get("verb", ""),
        before=int(before) if before.isdecimal() and len(before) < 18 else None,
        as_of=request.as_of,
    )
    query = request.GET.copy()
    query["before"] = str(shown.before)
    context = {"title": "History", "history": shown, "next": f"?{query.urlencode()}" if shown.before else ""}
    return render(request, "history/history.html", context)


@require_POST
@needs("decide")
def take_back(request: Request, seq: int) -> HttpResponse:
    """Undo an act, as far as the viewer may do what it did."""
    act = Act.objects.filter(seq=seq).first()
    if act is None:
        raise Http404(f"act {seq} is not in the log")
    right = right_for(act)
    if not request.viewer.may(right):
        messages.error(request, f"Taking back “{act.verb}” needs the right to {right.replace('_', ' ')}.")
    else:
        try:
            done = undo(seq, by=request.viewer.name, why=request.POST.get("why", ""))
            undone = Act.objects.filter(seq=act.undoes).first() if act.undoes is not None else None
            said = sentence(act, thing_of(act), undone)
            messages.success(request, f"Taken back, by act {done.seq}: {said}.")
        except NotUndoable as error:
            messages.error(request, f"{error}.")
    back = request.POST.get("next", "")
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if ours else "history:history")
