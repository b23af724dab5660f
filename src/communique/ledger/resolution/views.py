"""Who is who on the web: what is suggested, what was judged, and what a merge would change."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from communique.errors import CommuniqueError
from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.design.templatetags.design import Tab
from communique.ledger.entities import actions as entities
from communique.ledger.entities.actions import ONE
from communique.ledger.entities.models import Entity, Kind, Name
from communique.ledger.entities.queries import canonical, members
from communique.ledger.log.models import Act
from communique.ledger.resolution import actions
from communique.ledger.resolution.finding import catch_up, waiting
from communique.ledger.resolution.preview import Merging, half, merging
from communique.ledger.resolution.queries import (
    SHOWN,
    Side,
    by_kind,
    found_by_name,
    judgements,
    open_suggestions,
    pairs,
    sides,
)

_PLURALS = {
    Kind.PARTY: "Parties",
    Kind.PERSON: "Persons",
    Kind.SERIES: "Series of meetings",
    Kind.MEETING: "Meetings",
    Kind.INSTRUMENT: "Instruments",
    Kind.FUND: "Funds",
    Kind.ISSUE: "Issues",
    Kind.AREA: "Areas",
}


@require_GET
@needs("proposals")
def suggestions(request: Request) -> HttpResponse:
    """Show the entities that are likely one, the surest first."""
    kind = request.GET.get("kind", "")
    counts = by_kind()
    found = open_suggestions(kind).select_related("low", "high")
    page = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    context = {
        "title": "Who is who",
        "tabs": tabs("suggestions"),
        "kinds": [(k, _PLURALS[Kind(k)], n) for k, n in counts],
        "kind": kind,
        "count": sum(n for _, n in counts),
        "page": page,
        "pairs": pairs(page, request.viewer),
        "waiting": waiting(),
        "done": _done(request),
    }
    return render(request, "resolution/suggestions.html", context)


@require_GET
@needs("proposals")
def judged(request: Request) -> HttpResponse:
    """Show what people hold of who is who."""
    context = {
        "title": "Who is who: what was judged",
        "tabs": tabs("judged"),
        "judgements": judgements(),
        "done": _done(request),
    }
    return render(request, "resolution/judged.html", context)


@require_GET
@needs("proposals")
def compare(request: Request) -> HttpResponse:
    """Show two entities side by side, and what merging the one into the other changes."""
    loser, winner = _asked(request.GET, "loser"), _asked(request.GET, "winner")
    if loser == winner:
        messages.info(request, f"{loser.name} and {winner.name} are one already.")
        return redirect("resolution:entity", loser.pk)
    told = merging(loser, winner, request.viewer)
    context = {
        "title": f"Is {loser.name} the same as {winner.name}?",
        "merging": told,
        "stays": _stays(told),
        "reasons": open_suggestions().filter(_between(loser, winner)),
        "turned": f"{reverse('resolution:compare')}?{urlencode({'loser': winner.pk, 'winner': loser.pk})}",
    }
    return render(request, "resolution/compare.html", context)


@require_POST
@needs("merge")
def merge(request: Request) -> HttpResponse:
    """Merge an entity into another."""
    loser, winner = _asked(request.POST, "loser"), _asked(request.POST, "winner")
    try:
        act = entities.merge(loser, winner, by=request.viewer.name, why=_why(request))
    except CommuniqueError as error:
        return _refused(request, error)
    return _after(act, request)


@require_POST
@needs("merge")
def apart(request: Request) -> HttpResponse:
    """Hold two entities apart."""
    one, other = _asked(request.POST, "loser"), _asked(request.POST, "winner")
    try:
        act = actions.hold_apart(one, other, by=request.viewer.name, why=_why(request))
    except CommuniqueError as error:
        return _refused(request, error)
    return _after(act, request)


@require_POST
@needs("decide")
def suggest(request: Request) -> HttpResponse:
    """Suggest a merge to those who may do it."""
    one, other = _asked(request.POST, "loser"), _asked(request.POST, "winner")
    try:
        act = actions.suggest(one, other, by=request.viewer.name, why=_why(request))
    except CommuniqueError as error:
        return _refused(request, error)
    return _after(act, request)


@require_POST
@needs("decide")
def look(request: Request) -> HttpResponse:
    """Compare names that were not compared yet."""
    compared = catch_up(2_000)
    left = waiting()
    told = f"{compared:,} names compared." + (f" {left:,} wait still." if left else "")
    messages.success(request, told)
    return redirect("resolution:suggestions")


@require_GET
@needs("proposals")
def entity(request: Request, pk: int) -> HttpResponse:
    """Show who an entity is: its names, what it was merged with, and what can be judged of it."""
    asked = _found(pk)
    root = canonical(asked)
    if root != asked:
        return redirect("resolution:entity", root.pk)
    mine = members(root)
    words = request.GET.get("q", "")
    kinds = sorted(ONE) if root.kind in ONE else [root.kind]
    others = found_by_name(words, kinds, but=mine)
    mine_told = half(root, mine, request.viewer)
    context = {
        "title": root.name,
        "tabs": tabs(""),
        "half": mine_told,
        "kind": _PLURALS[Kind(root.kind)],
        "members": Entity.objects.filter(pk__in=mine).exclude(pk=root.pk).order_by("name"),
        "names": Name.objects.filter(entity__in=mine)
        .order_by("surface")
        .values_list("surface", flat=True)[:100],
        "judgements": judgements(mine),
        "words": words,
        "history": f"{reverse('history:history')}?{urlencode(_subjects(mine), doseq=True)}",
        "others": [
            (side, _to_compare(root.pk, mine_told.count, side))
            for side in (sides([o.pk for o in others], request.viewer).values() if words else ())
        ],
        "pairs": pairs(
            open_suggestions(root.kind).filter(_of(mine)).select_related("low", "high")[:SHOWN],
            request.viewer,
        ),
        "done": _done(request),
    }
    return render(request, "resolution/entity.html", context)


@require_POST
@needs("merge")
def rename(request: Request, pk: int) -> HttpResponse:
    """Call an entity something else."""
    root = canonical(_found(pk))
    try:
        entities.rename(root, request.POST.get("name", ""), by=request.viewer.name, why=_why(request))
    except CommuniqueError as error:
        messages.error(request, f"{error}.")
    else:
        messages.success(request, f"It is called {root.name} now.")
    return redirect("resolution:entity", root.pk)


def tabs(current: str) -> list[Tab]:
    """Return the tabs above the pages of who is who."""
    return [
        Tab("Suggestions", reverse("resolution:suggestions"), current=current == "suggestions"),
        Tab("Judged", reverse("resolution:judged"), current=current == "judged"),
    ]


def _found(pk: int) -> Entity:
    found = Entity.objects.select_related("parent").filter(pk=pk).first()
    if found is None:
        raise Http404(f"there is no entity {pk}")
    return found


def _asked(asked: QueryDict, name: str) -> Entity:
    """Return the entity that a field names, as it is found now."""
    told = asked.get(name, "")
    if not told.isdecimal() or len(told) > 18:
        raise Http404("name two entities by their numbers")
    return _found(canonical(_found(int(told))).pk)


def _to_compare(pk: int, claims: int, other: Side) -> str:
    """Return the way to compare two entities: the one that more claims are about stays, or the one come from."""
    loser, winner = (pk, other.entity.pk) if other.claims > claims else (other.entity.pk, pk)
    return f"{reverse('resolution:compare')}?{urlencode({'loser': loser, 'winner': winner})}"


def _stays(of: Merging) -> str:
    """Return what to say of the one that stays."""
    if of.winner.count > of.loser.count:
        return "Stays, with its name: more claims are about it"
    if of.winner.count < of.loser.count:
        return "Stays, with its name: but more claims are about the other"
    return "Stays, with its name"


def _between(one: Entity, other: Entity) -> Q:
    a, b = one.pk, other.pk
    return Q(low__canonical=a, high__canonical=b) | Q(low__canonical=b, high__canonical=a)


def _of(mine: list[int]) -> Q:
    return Q(low__in=mine) | Q(high__in=mine)


def _subjects(mine: list[int]) -> dict[str, list[str]]:
    """Return what the history of an entity is about: the merging and naming of all that it is held to be."""
    return {"subject": [f"{kind}:{pk}" for pk in mine[:50] for kind in ("entity", "merge")]}


def _why(request: Request) -> str:
    return " ".join(request.POST.get("why", "").split())[:1000]


def _refused(request: Request, error: CommuniqueError) -> HttpResponse:
    messages.error(request, f"{error}.")
    asked = {name: request.POST.get(name, "") for name in ("loser", "winner")}
    if canonical(_asked(request.POST, "loser")) == canonical(_asked(request.POST, "winner")):
        return redirect("resolution:suggestions")
    return HttpResponseRedirect(f"{reverse('resolution:compare')}?{urlencode(asked)}")


def _after(act: Act, request: Request) -> HttpResponse:
    """Go on to the next suggestion, and say there what was done and how to take it back."""
    query = {"done": str(act.seq)}
    if request.POST.get("kind") in Kind.values:
        query["kind"] = request.POST["kind"]
    return HttpResponseRedirect(f"{reverse('resolution:suggestions')}?{urlencode(query)}")


def _done(request: Request) -> Act | None:
    """Return the act that a page says was just done, as long as nothing was done to the same thing since."""
    told = request.GET.get("done", "")
    if not told.isdecimal() or len(told) > 18:
        return None
    act = Act.objects.filter(seq=told, by=request.viewer.name).first()
    if act is None or Act.objects.filter(subject=act.subject, seq__gt=act.seq).exists():
        return None
    return act
