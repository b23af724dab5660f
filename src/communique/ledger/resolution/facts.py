"""What is known of an entity beside its names. It is asked for only where names do not suffice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from communique.ledger.claims.kinds import Kind as ClaimKind
from communique.ledger.claims.models import Claim, Link
from communique.ledger.entities.models import Entity, Kind

_MOST = 200  # links looked at from either end of the index: what an entity is known by shows in fewer
_FEW = 20  # documents
_YEARS = 366 * 2


@dataclass(frozen=True)
class Facts:
    """What the claims say of one entity, by its id; of very many claims, some are looked at."""

    entity: int

    @cached_property
    def _links(self) -> tuple[tuple[int, int, date | None], ...]:
        """Claims, their documents and days, from both ends of the index of links."""
        held = Link.objects.filter(entity=self.entity, claim__until=None)
        ahead = held.order_by("role", "-day", "-claim")
        back = held.order_by("-role", "day", "claim")
        fields = ("claim_id", "claim__document_id", "day")
        return (*ahead.values_list(*fields)[:_MOST], *back.values_list(*fields)[:_MOST])

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day on which it is spoken of."""
        told = [day for _, _, day in self._links if day is not None]
        return (min(told), max(told)) if told else None

    @cached_property
    def documents(self) -> frozenset[int]:
        """Documents that name it."""
        return frozenset(document for _, document, _ in self._links)

    @cached_property
    def beside(self) -> frozenset[int]:
        """Parties of the same claims."""
        parties = Link.objects.filter(claim__in=self._claims, entity__kind=Kind.PARTY)
        found = parties.values_list("entity__canonical_id", flat=True).order_by().distinct()
        return frozenset(pk for pk in found if pk is not None and pk != self.entity)

    @cached_property
    def around(self) -> frozenset[str]:
        """Keys of the parties that its documents are about."""
        claims = Claim.objects.filter(document__in=sorted(self.documents)[:_FEW], until=None)
        parties = Link.objects.filter(claim__in=claims.values("pk"), entity__kind=Kind.PARTY)
        return frozenset(parties.values_list("entity__key", flat=True).order_by().distinct())

    @cached_property
    def posts(self) -> frozenset[str]:
        """Posts that the person is said to hold."""
        said = Claim.objects.filter(pk__in=self._claims, kind=ClaimKind.POST).values_list("value", flat=True)
        return frozenset(post.casefold() for value in said if (post := str(value.get("post", ""))))

    @property
    def _claims(self) -> list[int]:
        return sorted({claim for claim, _, _ in self._links})

    def together(self, other: Facts, days: int = _YEARS) -> bool:
        """Say whether the two are spoken of within some days of each other."""
        if self.days is None or other.days is None:
            return False
        (first, last), (early, late) = self.days, other.days
        return max((early - last).days, (first - late).days) <= days

    def shares(self, other: Facts) -> bool:
        """Say whether the two stand in one document or beside one party."""
        return bool(self.documents & other.documents or self.beside & other.beside)


def belongs_to(entity: Entity) -> int | None:
    """Return the party that an entity belongs to, wherever that party is found now; None where nobody says."""
    return None if entity.parent is None else entity.parent.canonical_id
