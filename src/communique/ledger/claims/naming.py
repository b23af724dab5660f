"""What a document calls things, ready to be resolved to entities."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from communique.ledger.entities.models import Kind
from communique.ledger.entities.queries import acting
from communique.ledger.entities.resolve import Named, key_of
from communique.model import Instrument, Meeting, Party, PartyRef, Record

_FUND_HEADS = ("fund", "facility", "trust fund")
_SAME = ("same ", "said ", "this ", "that ")


@dataclass(frozen=True)
class Context:
    """A record, and its parties and instruments by what they are called."""

    record: Record

    @classmethod
    def of(cls, record: Record) -> Context:
        """Return the context of a record."""
        return cls(record)

    @cached_property
    def published(self) -> date | None:
        """The day of publication, where the document says."""
        told = self.record.document.published
        return date.fromisoformat(told[:10]) if told and len(told) >= 10 else None

    @cached_property
    def _by_id(self) -> dict[str, Party]:
        return {p.id: p for p in self.record.parties}

    @cached_property
    def _by_name(self) -> dict[str, Party]:
        return {key_of(p.name): p for p in reversed(self.record.parties)}

    @cached_property
    def _instruments(self) -> dict[str, Instrument]:
        named: dict[str, Instrument] = {}
        for instrument in self.record.instruments:
            written = (instrument.name, instrument.surface, *(m.text for m in instrument.mentions))
            for name in written:
                named.setdefault(key_of(name), instrument)
        return named

    def party(self, ref: PartyRef) -> Named:
        """Return whom a reference names."""
        known = self._by_id.get(ref.id)
        if known is not None:
            return self._party(known)
        person = acting(ref.id)
        if person is not None and person.kind == Kind.PERSON:
            return Named(Kind.PERSON, person.key, ref.name)
        return Named(Kind.PARTY, ref.id[:300], ref.name)

    def person(self, ref: PartyRef) -> Named:
        """Return the person that a reference names: one that nobody knows yet, too."""
        known = self._by_id.get(ref.id)
        return Named(Kind.PERSON, ref.id[:300], ref.name) if known is None else self._party(known)

    def party_called(self, name: str | None) -> Named | None:
        """Return the party of the record with this name, or None."""
        known = self._by_name.get(key_of(name)) if name else None
        return None if known is None else self._party(known)

    def instrument_called(self, name: str | None) -> Named | None:
        """Return the instrument of the record that is written so, or None."""
        known = self._instruments.get(key_of(name)) if name else None
        return None if known is None else instrument(known)

    def recipient(self, words: str, start: int) -> Named | None:
        """Return what money goes to: an instrument or party of the record, or a fund by its name; else None."""
        if words.casefold().startswith(_SAME):
            return self._fund_before(start)
        known = self.instrument_called(words) or self.party_called(words)
        if known is None and words.casefold().endswith(_FUND_HEADS) and words[:1].isupper() and " " in words:
            return Named(Kind.FUND, key_of(words), words, detail="fund")
        return known

    def within(self, start: int, end: int) -> list[Named]:
        """Return the instruments, meetings, issues and areas named between two places of the text."""
        left = bisect_left(self._places, (start,))
        found: list[Named] = []
        for at, to, named in self._places[left:]:
            if at >= end:
                break
            if to <= end and named not in found:
                found.append(named)
        return found

    @cached_property
    def _places(self) -> list[tuple[int, int, Named]]:
        places: list[tuple[int, int, Named]] = []
        for i in self.record.instruments:
            places.append((i.start, i.end, instrument(i)))
            places += [(m.start, m.end, instrument(i)) for m in i.mentions]
        for m in self.record.meetings:
            met = self.meeting(m)
            if met is not None:
                places.append((m.start, m.end, met))
        places += [(i.start, i.end, issue(i.topic)) for i in self.record.issues]
        places += [(a.start, a.end, area(a.name)) for a in self.record.areas]
        return sorted(places, key=lambda p: (p[0], p[1], p[2].identity))

    def _fund_before(self, start: int) -> Named | None:
        before = [(at, named) for at, _, named in self._places if at < start and named.kind is Kind.FUND]
        return max(before, key=lambda b: b[0])[1] if before else None

    def _party(self, party: Party) -> Named:
        kind = Kind.PERSON if party.kind == "person" else Kind.PARTY
        parent = self.party_called(party.party) if party.party and party.party != party.name else None
        return Named(kind, party.id, party.name, detail=party.kind, parent=_topmost(parent))

    def series(self, meeting: Meeting) -> Named | None:
        """Return the series that a meeting belongs to, or None."""
        if not meeting.series:
            return None
        return Named(Kind.SERIES, key_of(meeting.series), meeting.series, detail=meeting.level or "")

    def meeting(self, meeting: Meeting) -> Named | None:
        """Return the meeting itself; None where nothing tells it from others of its series."""
        series = self.series(meeting)
        stem = series.key if series else key_of(meeting.name)
        if meeting.ordinal is not None:
            told = str(meeting.ordinal)
        elif meeting.date:
            told = meeting.date.partition("/")[0]
        elif meeting.status == "held":
            told = f"in {self.record.document.sha256[:8]}"
        else:
            return None
        return Named(
            Kind.MEETING,
            f"{stem[:250]}#{told[:40]}",
            meeting.name,
            detail=meeting.level or "",
            parent=series,
            ordinal=meeting.ordinal,
        )


def instrument(found: Instrument) -> Named:
    """Return an instrument, or the fund that it is."""
    kind = Kind.FUND if found.kind == "fund" else Kind.INSTRUMENT
    return Named(kind, key_of(found.name), found.name, detail=found.kind)


def issue(topic: str) -> Named:
    """Return what was discussed."""
    return Named(Kind.ISSUE, key_of(topic), topic)


def area(name: str) -> Named:
    """Return a field of cooperation."""
    return Named(Kind.AREA, key_of(name), name)


def _topmost(named: Named | None) -> Named | None:
    """Return a party without the party it belongs to itself: one level is enough to be made in order."""
    if named is None or named.parent is None:
        return named
    return Named(named.kind, named.key, named.name, detail=named.detail)
