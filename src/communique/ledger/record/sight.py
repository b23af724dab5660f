"""Who looks at the record, and at which moment: what every query of it starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import timezone

from communique.ledger.accounts.viewer import Request, Viewer
from communique.ledger.claims.models import STANDING, Claim, State
from communique.ledger.claims.queries import held
from communique.ledger.entities.queries import fold, standing

_SHOWN = (*STANDING, State.PROPOSED, State.UNSURE)


@dataclass(frozen=True)
class Sight:
    """A viewer and a moment (None: now)."""

    viewer: Viewer
    as_of: datetime | None = None

    @classmethod
    def of(cls, request: Request) -> Sight:
        """Return whose request it is, and which day it asks for."""
        return cls(request.viewer, request.as_of)

    def claims(self) -> QuerySet[Claim]:
        """Return the claims on the pages of the record: all that are held, but those a person rejected."""
        claims = held(self.viewer, self.as_of)
        return claims.filter(state__in=_SHOWN) if self.viewer.sees_proposals else claims

    @property
    def today(self) -> date:
        """The day it is, or is looked at."""
        return (self.as_of or timezone.now()).date()

    def at(self, path: str, place: str = "", /, **asked: str | int | None) -> str:
        """Return the way to a page on the day that is looked at; what is asked empty or None is left out."""
        query = {name: str(value) for name, value in asked.items() if value not in (None, "")}
        if self.as_of is not None:
            query["as_of"] = f"{self.as_of:%Y-%m-%d}"
        return f"{path}{'?' if query else ''}{urlencode(query)}{'#' if place else ''}{place}"

    @cached_property
    def merged(self) -> dict[int, int]:
        """Where each merged entity is found at that moment."""
        return fold(standing(self.as_of).values_list("loser_id", "winner_id"))
