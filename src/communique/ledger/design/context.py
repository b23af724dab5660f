"""What stands around every page: the name of the house, the ways through it, who looks, and at which day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Protocol, TypedDict

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import Resolver404, resolve

NAME = "Communiqué"


class _House(Protocol):
    @property
    def name(self) -> str: ...


class _Viewer(Protocol):
    """What is used here of `communique.ledger.accounts.viewer.Viewer`, which builds on this package."""

    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def signed_in(self) -> bool: ...
    @property
    def rights(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Way:
    """A place that can be gone to, and the right it takes."""

    label: str
    path: str
    right: str = "read"
    key: str = ""
    """The key that leads there after `g`."""
    apart: bool = False


WAYS = (
    Way("Home", "/", key="h"),
    Way("Queue", "/queue/", "proposals", key="q"),
    Way("Documents", "/documents/", key="d"),
    Way("Parties", "/parties/", key="p", apart=True),
    Way("Meetings", "/meetings/", key="m"),
    Way("Instruments", "/instruments/", key="i"),
    Way("Funds", "/funds/", key="f"),
    Way("Commitments", "/commitments/", key="c"),
    Way("Issues", "/issues/", key="s"),
    Way("Areas", "/areas/", key="a"),
)
ACCOUNT = (
    Way("Your account", "/account/", "own"),
    Way("Who is who", "/who/", "proposals"),
    Way("Jobs", "/jobs/", "take_in"),
    Way("Watches", "/watches/", "watch"),
    Way("History", "/history/"),
    Way("Accounts", "/accounts/", "accounts"),
    Way("Settings", "/settings/", "settings"),
)
_SEARCH = "/search/"
_NOW = ("/account", "/add/", "/design/", "/jobs/", "/link/", "/settings/", "/sign-", "/watches/", "/who/")
"""Pages that are about today."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a menu."""

    label: str
    href: str
    current: bool
    key: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What `design/base.html` shows around a page."""

    house: str
    role: str
    who: str
    signed_in: bool
    home: str
    nav: tuple[Item, ...]
    account: tuple[Item, ...]
    search: str
    """Where the box in the bar asks; nothing on the page of search, which has a box of its own."""
    take_in: str
    sign_in: str
    sign_out: str
    as_of: datetime | None
    as_of_unread: bool
    """A day was asked for that is none."""
    may_look_back: bool
    path: str
    today: str
    """This page as it is now."""
    asked: tuple[tuple[str, str], ...]
    """The query of this page without the day."""
    address: str


class Context(TypedDict):
    """What templates get."""

    frame: Frame


def page(request: HttpRequest) -> Context:
    """Return the frame of the page asked for. Asks the database nothing beyond what the request holds."""
    viewer: _Viewer | None = getattr(request, "viewer", None)
    house: _House | None = getattr(request, "house", None)
    as_of: datetime | None = getattr(request, "as_of", None)
    rights = viewer.rights if viewer else frozenset()
    asked = tuple((k, v) for k, values in request.GET.lists() if k != "as_of" for v in values)
    return {
        "frame": Frame(
            house=house.name if house else NAME,
            role=viewer.role if viewer else "",
            who=viewer.name if viewer else "",
            signed_in=viewer is not None and viewer.signed_in,
            home=_at("/", as_of),
            nav=tuple(_items(WAYS, rights, request.path, as_of)),
            account=tuple(_items(ACCOUNT, rights, request.path, None)),
            search=_if_there(_SEARCH) if "read" in rights and not request.path.startswith(_SEARCH) else "",
            take_in=_if_there("/add/") if "take_in" in rights else "",
            sign_in=_if_there("/sign-in/"),
            sign_out=_if_there("/sign-out/"),
            as_of=as_of,
            as_of_unread=getattr(request, "as_of_unread", False),
            may_look_back="read" in rights and request.method == "GET" and not request.path.startswith(_NOW),
            path=request.path,
            today=_without_day(request),
            asked=asked,
            address=_address(request),
        )
    }


def _items(
    ways: tuple[Way, ...], rights: frozenset[str], path: str, as_of: datetime | None
) -> Iterator[Item]:
    for way in ways:
        if way.right in rights and _if_there(way.path):
            current = path == way.path or (way.path != "/" and path.startswith(way.path))
            yield Item(way.label, _at(way.path, as_of), current, way.key, way.apart)


@cache
def _if_there(path: str) -> str:
    """Return the path where something answers at it, else nothing: a menu leads nowhere that isn't.

    Asked of a few paths, all known beforehand, and once of each: what answers does not change while serving.
    """
    try:
        resolve(path)
    except Resolver404:
        return ""
    return path


def _at(path: str, as_of: datetime | None) -> str:
    """Return the way to a page on the day that is looked at."""
    return f"{path}?as_of={as_of:%Y-%m-%d}" if as_of else path


def _address(request: HttpRequest) -> str:
    """Return the address of the page, for paper; without the host where the request names one that is none of ours."""
    try:
        return request.build_absolute_uri()
    except DisallowedHost:
        return request.get_full_path()


def _without_day(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("as_of", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
