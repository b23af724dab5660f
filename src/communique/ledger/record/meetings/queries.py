"""What the pages of a meeting and its series show: the editions, what documents say of one, and what was said at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from communique.ledger.claims.derive import first_day, last_day
from communique.ledger.claims.models import Claim
from communique.ledger.design.cards import Card, Named
from communique.ledger.entities.models import Entity, Kind
from communique.ledger.record.called import Called, called
from communique.ledger.record.cards import Linked, links
from communique.ledger.record.claim_list import Wanted, few, newest
from communique.ledger.record.entity_list import visible
from communique.ledger.record.sayings import Sayings, Told
from communique.ledger.record.subject import Subject
from communique.ledger.writing.dates import written
from communique.model import Chair, Meeting

MOST_EDITIONS = 300
MOST_TELLINGS = 200
MOST_DOCUMENTS = 20
MOST_OF_EACH = 15


@dataclass(frozen=True, slots=True)
class Edition:
    """A meeting of a series: when and where most documents say it was."""

    shown: Called
    dated: str = ""
    place: str = ""
    planned: bool = False
    """No document says that it was held."""

    @property
    def order(self) -> tuple[bool, int, date]:
        """Its place in the series: by number, then by day."""
        day = first_day(self.dated) or date.max
        return (self.shown.ordinal is None, self.shown.ordinal or 0, day)


@dataclass(frozen=True, slots=True)
class Fact:
    """What documents say on one question: one value, or several side by side."""

    label: str
    told: tuple[Told, ...]
    differ: bool = False
    """They can't all be right."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who chaired a meeting or was there, and the claims that say so."""

    name: str
    href: str
    post: str
    party: str
    told: Told


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim about the meeting."""

    claim: Claim
    found: Meeting


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the documents on a meeting say of one sort."""

    title: str
    cards: tuple[Card, ...]
    more: str = ""
    """Where the rest is, if there is more."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that is known of a meeting."""

    facts: tuple[Fact, ...]
    chairs: tuple[Person, ...]
    attendees: tuple[Person, ...]
    documents: tuple[Card, ...]
    """A card of each document that reports it as held."""
    others: int
    """How many of these documents report another meeting as held, too."""
    outcomes: tuple[Outcome, ...]
    held: bool
    tellings: tuple[Telling, ...] = field(default=())


def editions(subject: Subject) -> tuple[Edition, ...]:
    """Return the meetings of a series, by number, else by day. What nobody may see of them is left out."""
    found = Entity.objects.filter(kind=Kind.MEETING, parent__in=subject.members)
    pks = list(visible(subject.sight, found, (Kind.MEETING,)).values_list("pk", flat=True)[:MOST_EDITIONS])
    shown = called(subject.sight, pks)
    told: dict[int, list[Meeting]] = {}
    claims = newest(subject.sight, subject.wanted("series", kinds=("meeting",)), MOST_TELLINGS * 2)
    about = links(claims, subject.sight)
    for claim in claims:
        finding = claim.finding()
        if isinstance(finding, Meeting):
            for met in about[claim.pk]["meeting"]:
                told.setdefault(met.pk, []).append(finding)
    tops = {one.pk: one for one in shown.values()}
    return tuple(sorted((_edition(one, told.get(pk, [])) for pk, one in tops.items()), key=lambda e: e.order))


def neighbours(of: Sequence[Edition], pk: int) -> tuple[Edition | None, Edition | None]:
    """Return the editions before and after one."""
    places = [place for place, edition in enumerate(of) if edition.shown.pk == pk]
    if not places:
        return None, None
    place = places[0]
    return (of[place - 1] if place else None, of[place + 1] if place + 1 < len(of) else None)


def report(subject: Subject, *, rest: Callable[[str], str]) -> Report:
    """Return what documents say of a meeting, and what was said in those that report it as held.

    ``rest`` gives the way to all claims of one sort in those documents.
    """
    found, about = _tellings(subject)
    sayings = Sayings(subject.sight, about)
    documents = tuple(_held_in(found)[:MOST_DOCUMENTS])
    lists = {name: of_documents(wanted, documents) for name, (_, wanted) in OUTCOMES.items()}
    told = few(subject.sight, lists, MOST_OF_EACH) if documents else {}
    return Report(
        facts=tuple(_facts(found, sayings)),
        chairs=tuple(_people(found, sayings)),
        attendees=tuple(_attendees(found, sayings)),
        documents=tuple(_first_of(found, documents, sayings)),
        others=_reporting_others(subject, documents),
        outcomes=tuple(
            Outcome(OUTCOMES[name][0], of.cards, rest(name) if of.more else "")
            for name, of in told.items()
            if of.cards
        ),
        held=any(t.found.status == "held" for t in found),
        tellings=found,
    )


def documents_of(subject: Subject) -> tuple[int, ...]:
    """Return the documents that report a meeting as held, the newest first."""
    return tuple(_held_in(_tellings(subject)[0]))[:MOST_DOCUMENTS]


OUTCOMES: dict[str, tuple[str, Wanted]] = {
    "discussed": ("Discussed", Wanted(kinds=("issue",))),
    "agreed": ("Agreed and adopted", Wanted(kinds=("statement",), acts=("agree", "adopt"))),
    "promised": ("Promised", Wanted(kinds=("commitment",))),
    "given": ("Pledged and paid", Wanted(kinds=("contribution",))),
    "progress": ("Progress reported", Wanted(kinds=("progress",))),
}
"""What is shown of the documents that report a meeting."""


def of_documents(wanted: Wanted, documents: tuple[int, ...]) -> Wanted:
    """Return a list within some documents; none where there are none."""
    return Wanted(kinds=wanted.kinds, acts=wanted.acts, documents=documents or (0,))


def _tellings(subject: Subject) -> tuple[tuple[Telling, ...], dict[int, Linked]]:
    claims = newest(subject.sight, subject.wanted("meeting", kinds=("meeting",)), MOST_TELLINGS)
    found = ((claim, claim.finding()) for claim in claims)
    told = tuple(Telling(claim, finding) for claim, finding in found if isinstance(finding, Meeting))
    return told, links(claims, subject.sight)


def _edition(shown: Called, told: Sequence[Meeting]) -> Edition:
    held = [m for m in told if m.status == "held"] or list(told)
    return Edition(
        shown=shown,
        dated=_usual(m.date for m in held),
        place=_usual(m.place for m in held),
        planned=bool(told) and not any(m.status == "held" for m in told),
    )


def _usual(values: Iterable[str | None]) -> str:
    """Return the value given most often, the longest of those given equally often."""
    counted: dict[str, int] = {}
    for value in values:
        if value:
            counted[value] = counted.get(value, 0) + 1
    return max(counted, key=lambda v: (counted[v], len(v)), default="")


def _facts(found: Sequence[Telling], sayings: Sayings) -> Iterator[Fact]:
    held = [t for t in found if t.found.status == "held"] or list(found)
    dates = sayings.values(_given(held, lambda m: m.date), written)
    yield Fact("Date", dates, differ=_dates_differ([t.key for t in dates]))
    places = sayings.values(_given(held, lambda m: m.place))
    yield Fact("Place", places, differ=len({_bare(t.key) for t in places}) > 1)
    formats = sayings.values(_given(held, lambda m: m.format))
    yield Fact("Format", formats, differ=len(formats) > 1)
    yield Fact(
        "Level", sayings.values(_given(found, lambda m: m.level), lambda level: level.replace("_", " "))
    )
    yield Fact("Status", sayings.values(_given(found, lambda m: m.status)))


def _given(found: Iterable[Telling], value: Callable[[Meeting], str | None]) -> dict[str, list[Claim]]:
    """Return the claims that give each value."""
    told: dict[str, list[Claim]] = {}
    for telling in found:
        given = value(telling.found)
        if given:
            told.setdefault(given, []).append(telling.claim)
    return told


def _dates_differ(dates: Sequence[str]) -> bool:
    """Say whether two dates can't both be right: neither lies within the other."""
    spans = [(first_day(d), last_day(d)) for d in dates]
    known = [(first, last) for first, last in spans if first and last]
    return any(
        not ((a[0] <= b[0] and b[1] <= a[1]) or (b[0] <= a[0] and a[1] <= b[1]))
        for number, a in enumerate(known)
        for b in known[number + 1 :]
    )


def _bare(words: str) -> str:
    return words.casefold().partition(",")[0].strip()


def _people(found: Sequence[Telling], sayings: Sayings) -> Iterator[Person]:
    told: dict[str, tuple[Chair, Named, list[Claim]]] = {}
    for telling in found:
        pages = {one.name: one.named for one in sayings.about[telling.claim.pk]["chair"]}
        for chair in telling.found.chairs:
            named = pages.get(chair.name, Named(chair.name))
            told.setdefault(named.href or chair.name.casefold(), (chair, named, []))[2].append(telling.claim)
    for chair, named, said in told.values():
        post, party = chair.post or "", chair.party or ""
        yield Person(
            named.name,
            named.href,
            "" if post in named.name else post,
            "" if party in named.name else party,
            sayings.told(named.name, said),
        )


def _attendees(found: Sequence[Telling], sayings: Sayings) -> Iterator[Person]:
    told: dict[str, tuple[Named, list[Claim]]] = {}
    for telling in found:
        pages = {one.name: one.named for one in sayings.about[telling.claim.pk]["attendee"]}
        for name in telling.found.attendees:
            named = pages.get(name, Named(name))
            told.setdefault(named.href or name.casefold(), (named, []))[1].append(telling.claim)
    for named, said in told.values():
        yield Person(named.name, named.href, "", "", sayings.told(named.name, said))


def _held_in(found: Sequence[Telling]) -> list[int]:
    return list(dict.fromkeys(t.claim.document_id for t in found if t.found.status == "held"))


def _first_of(found: Sequence[Telling], documents: Sequence[int], sayings: Sayings) -> Iterator[Card]:
    for document in documents:
        first = next(t.claim for t in found if t.claim.document_id == document and t.found.status == "held")
        yield from sayings.told("", [first]).cards


def _reporting_others(subject: Subject, documents: Sequence[int]) -> int:
    """Return how many documents report another meeting as held, too."""
    claims = newest(
        subject.sight, Wanted(kinds=("meeting",), documents=tuple(documents) or (0,)), MOST_TELLINGS
    )
    about = links(claims, subject.sight)
    other: set[int] = set()
    for claim in claims:
        finding = claim.finding()
        is_mine = any(one.pk == subject.pk for one in about[claim.pk]["meeting"])
        if isinstance(finding, Meeting) and finding.status == "held" and not is_mine:
            other.add(claim.document_id)
    return len(other)
