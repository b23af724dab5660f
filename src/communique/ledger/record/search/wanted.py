"""What a search is asked for, as its address says it: the address is the search, and stays what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, get_args
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from communique.ledger.claims.kinds import Kind
from communique.ledger.claims.models import State
from communique.ledger.entities.models import Kind as EntityKind
from communique.ledger.search.index import Facet, Of
from communique.ledger.search.query import Query, UnclearQuery, parse
from communique.model import Act

ENTITIES: Final = tuple(kind.value for kind in EntityKind)
ONE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": tuple(Kind.values),
    "state": tuple(State.values),
    "act": get_args(Act),
}
"""Facets of which a claim has one: several chosen are alternatives. Of entities it has many: all are asked for."""
_OF_DOCUMENTS: Final = frozenset({"year", "document"})
_NUMBERED: Final = (*ENTITIES, "document", "year")
_IN: Final[Mapping[str, Of]] = {"quotes": "claim", "documents": "passage"}
_HIGHEST: Final = 1 << 38


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search."""

    typed: str = ""
    query: Query | None = None
    of: Of = "claim"
    chosen: tuple[Facet, ...] = ()
    before: int | None = None
    """The last entry of the page before."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return self.query is None and not self.chosen

    def values(self, name: str) -> tuple[str, ...]:
        """Return what was chosen of a facet."""
        return tuple(value for known, value in self.chosen if known == name)

    def choosing(self, facet: Facet) -> Wanted:
        """Return this search with one more facet."""
        return replace(self, chosen=tuple(dict.fromkeys((*self.chosen, facet))), before=None)

    def leaving(self, facet: Facet) -> Wanted:
        """Return this search without a facet."""
        return replace(self, chosen=tuple(f for f in self.chosen if f != facet), before=None)

    def among(self, of: Of) -> Wanted:
        """Return the same search among quotes or documents; what documents don't have is left out there."""
        kept = tuple(f for f in self.chosen if of == "claim" or f[0] in _OF_DOCUMENTS)
        return replace(self, of=of, chosen=kept, before=None)

    def after(self, key: int | None) -> Wanted:
        """Return the page that comes after an entry."""
        return replace(self, before=key)

    def at(self, *, as_of: datetime | None = None, format: str = "") -> str:
        """Return its address on a day: of the page, or of the whole list as a file."""
        asked = [("q", self.typed)] if self.typed else []
        asked += [("in", "documents")] if self.of == "passage" else []
        asked += self.chosen
        asked += [("before", str(self.before))] if self.before is not None else []
        asked += [("as_of", f"{as_of:%Y-%m-%d}")] if as_of is not None else []
        asked += [("format", format)] if format else []
        return f"{reverse('search:search')}?{urlencode(asked)}"


def wanted(asked: QueryDict) -> Wanted:
    """Return the search that an address asks for. Raises UnclearQuery, with the reason."""
    place = asked.get("in", "quotes")
    if place not in _IN:
        raise UnclearQuery(f"there is nothing to search called {place}", hint="in=quotes or in=documents")
    typed = asked.get("q", "").strip()
    chosen = tuple(
        (name, _checked(name, value)) for name in (*ONE_OF, *_NUMBERED) for value in asked.getlist(name)
    )
    whole = Wanted(typed, parse(typed), "claim", tuple(dict.fromkeys(chosen)))
    return whole.among(_IN[place]).after(_before(asked.get("before", "")))


def _checked(name: str, value: str) -> str:
    known = ONE_OF.get(name)
    if known is not None:
        if value not in known:
            raise UnclearQuery(f"there is no {name} called {value}", hint=f"one of {', '.join(known)}")
        return value
    highest = 9999 if name == "year" else _HIGHEST
    if not (_is_number(value) and 0 < int(value) <= highest):
        raise UnclearQuery(f"{value} is no {name}", hint="choose one from the list")
    return str(int(value))


def _before(value: str) -> int | None:
    if not value:
        return None
    if not (_is_number(value) and int(value) < 1 << 62):
        raise UnclearQuery(f"{value} is no place in a list", hint="go back to the first page")
    return int(value)


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 20
