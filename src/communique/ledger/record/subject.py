"""The entity that a page is about: found under any of its addresses, shown under one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TypeAlias

from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from communique.ledger.accounts.guard import needs
from communique.ledger.accounts.viewer import Request
from communique.ledger.entities.actions import ONE
from communique.ledger.entities.models import Entity, Kind, Name
from communique.ledger.record.addresses import PAGES
from communique.ledger.record.called import Called, called
from communique.ledger.record.claim_list import Wanted, count
from communique.ledger.record.sight import Sight
from communique.ledger.record.wordings import KINDS, told

View: TypeAlias = Callable[[Request, "Subject"], HttpResponseBase]
Page: TypeAlias = Callable[[Request, int], HttpResponseBase]

_FUND = ("fund", "instrument", "about", "recipient")
ROLES: dict[str, tuple[str, ...]] = {
    Kind.PARTY: (
        "speaker", "addressee", "reporter", "debtor", "beneficiary", "donor", "recipient", "party", "chair", "attendee",
    ),
    Kind.PERSON: (
        "speaker", "addressee", "reporter", "debtor", "beneficiary", "donor", "recipient", "party", "chair",
        "attendee", "person",
    ),
    Kind.SERIES: ("series", "about"),
    Kind.MEETING: ("meeting", "about"),
    Kind.INSTRUMENT: _FUND,
    Kind.FUND: _FUND,
    Kind.ISSUE: ("issue", "about"),
    Kind.AREA: ("area", "about"),
}  # fmt: skip
"""The roles in which claims are about each kind of entity."""
_MOST_NAMES = 30


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity with all that was held to be the same, at the moment looked at."""

    sight: Sight
    shown: Called
    members: tuple[int, ...]
    also: tuple[str, ...] = ()
    """Other names it is written by."""

    @property
    def pk(self) -> int:
        """The id of its address."""
        return self.shown.pk

    @property
    def name(self) -> str:
        """What it is called."""
        return self.shown.name

    @property
    def kicker(self) -> str:
        """What it is, above its name."""
        kind, sort = KINDS[self.shown.kind], told(self.shown.detail)
        return f"{kind}: {sort}" if sort and sort not in (self.shown.kind, "other") else kind

    def wanted(self, *roles: str, kinds: tuple[str, ...] = ()) -> Wanted:
        """Return the claims that are about it in one of some roles."""
        return Wanted(entities=self.members, roles=roles, kinds=kinds)

    def way(self, name: str, /, **asked: str | int | None) -> str:
        """Return the way to one of its pages, by the name of the address."""
        return self.sight.at(reverse(f"record:{name}", args=(self.pk,)), **asked)


class Moved(Exception):
    """An entity that is found at the address of another."""

    def __init__(self, to: Called) -> None:
        super().__init__(to.name)
        self.to = to


def find(sight: Sight, pk: int, kinds: tuple[str, ...]) -> Subject:
    """Return what is found under an id. Raises Moved, and Http404 where the viewer may see nothing of it."""
    once = ONE if ONE & set(kinds) else frozenset()  # what was a fund may be an instrument now
    entity = Entity.objects.filter(pk=pk, kind__in={*kinds, *once}).first()
    if entity is None:
        raise Http404("nothing of this kind has this number")
    shown = called(sight, [entity.pk])[entity.pk]
    if shown.pk != entity.pk or shown.kind not in kinds:
        raise Moved(shown)
    members = _members(sight, shown.pk)
    subject = Subject(sight, shown, tuple(members), _also(sight, shown, members))
    if not sight.viewer.sees_proposals and not count(sight, subject.wanted(*ROLES[shown.kind]), most=0):
        raise Http404("nothing that was accepted is about this")
    return subject


def _members(sight: Sight, top: int) -> dict[int, str]:
    """Return all entities that were held to be the same: id and name."""
    if sight.as_of is None:
        found = Entity.objects.filter(canonical=top)
    else:
        found = Entity.objects.filter(pk__in=[top, *(pk for pk, to in sight.merged.items() if to == top)])
    return dict(found.order_by("pk").values_list("pk", "name"))


def _also(sight: Sight, shown: Called, members: dict[int, str]) -> tuple[str, ...]:
    """Return its other names: those that documents write are shown to who may see what nobody checked."""
    names = list(members.values())
    if sight.viewer.sees_proposals:
        written = Name.objects.filter(entity__in=members).order_by("surface")
        names += written.values_list("surface", flat=True)[:_MOST_NAMES]
    return tuple(dict.fromkeys(name for name in names if name != shown.name))


def about(*kinds: str) -> Callable[[View], Page]:
    """Give a view the entity its address names; old addresses of merged ones lead to where they are now."""

    def decorate(view: View) -> Page:
        @needs("read")
        @wraps(view)
        def found(request: Request, pk: int) -> HttpResponseBase:
            try:
                subject = find(Sight.of(request), pk, kinds)
            except Moved as moved:
                return HttpResponseRedirect(_moved(request, moved.to, kinds))
            return view(request, subject)

        return found

    return decorate


def _moved(request: Request, to: Called, kinds: tuple[str, ...]) -> str:
    """Return the same page of the entity that is meant; its first page where it is of another kind."""
    same = to.kind in kinds and request.resolver_match is not None
    name = request.resolver_match.view_name if same and request.resolver_match else PAGES[to.kind]
    query = request.GET.urlencode()
    return f"{reverse(name, args=(to.pk,))}{'?' if query else ''}{query}"
