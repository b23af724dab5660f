"""From names that a reviewer types to the parties they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from communique.ledger.entities.models import Entity, Kind, Name
from communique.ledger.entities.resolve import key_of
from communique.model import PartyRef, Record

CURRENCIES = (
    "AUD", "BRL", "CAD", "CHF", "CNY", "DKK", "EUR", "FJD", "GBP", "IDR", "INR", "JPY", "KRW", "MYR", "NOK",
    "NZD", "PGK", "PHP", "SEK", "SGD", "THB", "TTD", "USD", "VND", "ZAR",
)  # fmt: skip
"""Those suggested; any other can be written."""
_ACTING = (Kind.PARTY, Kind.PERSON)
_MOST = 12


@dataclass(frozen=True)
class Names:
    """Who is named in a document, and who is known beyond it."""

    record: Record

    @cached_property
    def here(self) -> tuple[str, ...]:
        """The parties of the document, those named most often first."""
        found = sorted(self.record.parties, key=lambda p: -len(p.mentions))
        return tuple(dict.fromkeys(p.name for p in found))

    @cached_property
    def instruments(self) -> tuple[str, ...]:
        """The instruments of the document."""
        return tuple(dict.fromkeys(i.name for i in self.record.instruments))

    def within(self, start: int, end: int) -> Iterator[str]:
        """Yield the parties named between two places, in the order in which they are."""
        places = (
            (m.start, p.name)
            for p in self.record.parties
            for m in p.mentions
            if start <= m.start and m.end <= end
        )
        yield from dict.fromkeys(name for _, name in sorted(places))

    def ref(self, name: str) -> PartyRef:
        """Return the party that a name stands for: of this document, else known to the ledger, else a new one."""
        key = key_of(name)
        for party in self.record.parties:
            if key_of(party.name) == key:
                return PartyRef(party.id, party.name, party.party)
        known = _known(name)
        if known is None:
            return PartyRef(key, name)
        return PartyRef(known.key, known.name, known.parent.name if known.parent else None)


def suggestions(words: str, kinds: Iterable[str] = _ACTING) -> list[str]:
    """Return names known to the ledger that begin with some words."""
    if not words.strip():
        return []
    found = Entity.objects.filter(kind__in=list(kinds), name__istartswith=words.strip()).order_by("name")
    return list(dict.fromkeys(found.values_list("name", flat=True)[:_MOST]))


def _known(name: str) -> Entity | None:
    entities = Entity.objects.filter(kind__in=_ACTING).select_related("parent")
    by_key = entities.filter(key__in=(name, key_of(name))).first()
    if by_key is not None:
        return by_key
    written = Name.objects.filter(surface=name, entity__kind__in=_ACTING).values("entity")[:1]
    return entities.filter(pk__in=written).first()
