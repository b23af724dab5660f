"""Splitting an entity on the web: choose what belongs to the other, see what that changes, do it."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from communique.errors import CommuniqueError
from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.entities.models import Entity
from communique.ledger.entities.queries import canonical
from communique.ledger.log.models import Act
from communique.ledger.resolution import actions
from communique.ledger.resolution.addresses import page_of
from communique.ledger.resolution.choosing import choice, chosen, named


@require_GET
@needs("merge")
def choose(request: Request, pk: int) -> HttpResponse:
    """Show the claims about an entity, to choose those that are about another."""
    root = _root(pk)
    if root.pk != pk:
        return redirect("resolution:split", root.pk)
    context = {"title": f"Split {root.name}", "entity": root, "choice": choice(root, request.viewer)}
    return render(request, "resolution/split.html", context)


@require_POST
@needs("merge")
def preview(request: Request, pk: int) -> HttpResponse:
    """Show what goes to the other and what stays."""
    root = _root(pk)
    offered = choice(root, request.viewer)
    going = chosen(offered, request.POST.getlist("choose"))
    name = " ".join(request.POST.get("name", "").split())
    context = {
        "title": f"Split {root.name}",
        "entity": root,
        "href": page_of(root),
        "choice": offered,
        "going": going,
        "kinds": Counter(c.kind for c in going).most_common(),
        "documents": len({c.document_id for c in going}),
        "staying": offered.count - len(going),
        "name": name,
        "why": request.POST.get("why", ""),
        "named": named(offered, request.POST.getlist("choose")),
    }
    if not going or not name:
        messages.error(request, "Choose what belongs to the other, and give the other a name.")
        context["picked"] = {
            k.removeprefix("c") if k.startswith("c") else k for k in request.POST.getlist("choose")
        }
        return render(request, "resolution/split.html", context, status=422)
    return render(request, "resolution/split_preview.html", context)


@require_POST
@needs("merge")
def split(request: Request, pk: int) -> HttpResponse:
    """Split what was chosen off."""
    root = _root(pk)
    why = " ".join(request.POST.get("why", "").split())[:1000]
    try:
        made = actions.split(
            root,
            request.POST.getlist("claim"),
            by=request.viewer.name,
            why=why,
            name=request.POST.get("name", ""),
            names=request.POST.getlist("named"),
        )
    except CommuniqueError as error:
        messages.error(request, f"{error}.")
        return redirect("resolution:split", root.pk)
    act = (
        Act.objects.filter(subject=f"split:{made.pk}").order_by("-seq").values_list("seq", flat=True).first()
    )
    query = urlencode({"done": act or 0})
    return HttpResponseRedirect(f"{reverse('resolution:entity', args=(made.other_id,))}?{query}")


def _root(pk: int) -> Entity:
    found = Entity.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(f"there is no entity {pk}")
    return canonical(found)
