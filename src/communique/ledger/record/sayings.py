"""What documents say on one question: each value once, with the first few claims that give it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from communique.ledger.claims.models import STANDING, Claim
from communique.ledger.design.cards import Card
from communique.ledger.record.cards import Linked, card
from communique.ledger.record.sight import Sight

MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Told:
    """A value that documents give, and the claims that do: the first few, and how many more there are."""

    value: str
    """In words."""
    key: str
    """As the claims have it."""
    cards: tuple[Card, ...]
    more: int = 0
    checked: bool = False
    """A person found one of the claims right."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """Makes such values from claims whose links are known."""

    sight: Sight
    about: Mapping[int, Linked]

    def values(self, of: Mapping[str, Sequence[Claim]], say: Callable[[str], str] = str) -> tuple[Told, ...]:
        """Return values, that of most claims first."""
        ordered = sorted(of.items(), key=lambda item: (-len(item[1]), item[0]))
        return tuple(self.told(key, claims, say(key)) for key, claims in ordered)

    def told(self, key: str, claims: Sequence[Claim], value: str = "") -> Told:
        """Return one value."""
        shown = tuple(card(claim, self.about[claim.pk], self.sight) for claim in claims[:MOST_SHOWN])
        checked = any(claim.state in STANDING for claim in claims)
        return Told(value or key, key, shown, max(0, len(claims) - MOST_SHOWN), checked)
