"""Compares a reading with the marks of the same text, kind by kind, by the rules in ``docs/marking.md``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol, TypeVar

from communique.evaluation.marks import (
    Example,
    MarkedCommitment,
    MarkedContribution,
    MarkedInstrument,
    MarkedMeeting,
    MarkedStatement,
    Words,
)
from communique.evaluation.names import any_same, same_name
from communique.evaluation.score import Evaluation, Miss
from communique.model import (
    Commitment,
    Contribution,
    Instrument,
    Meeting,
    Party,
    PartyRef,
    Record,
    Statement,
)

Span = tuple[int, int]
Choices = tuple[str | tuple[str, ...], ...]
M = TypeVar("M", bound="Optionable")
G = TypeVar("G")

_SHARED = 0.5  # how much two quotes must share to be the same words
_FIELDS = ("title", "byline", "dateline_place", "published")


class Optionable(Protocol):
    """A mark that says whether it may be left out."""

    @property
    def optional(self) -> bool: ...


def compare(example: Example, record: Record | None, into: Evaluation) -> None:
    """Add one document's comparison to an evaluation. None is a document that could not be read."""
    _Comparison(example, record, into).run()


class _Comparison:
    def __init__(self, example: Example, record: Record | None, into: Evaluation) -> None:
        self._marked, self._text = example.marked, example.text.content
        self._record, self._into = record, into

    def run(self) -> None:
        self._statements()
        self._commitments()
        self._contributions()
        self._meetings()
        self._instruments()
        self._topics("issues", floor=0.6)
        self._topics("areas", floor=0.75)
        self._parties()
        self._document()

    def _given(self, kind: str) -> Sequence[Any]:
        return () if self._record is None else getattr(self._record, kind)

    def _statements(self) -> None:
        marked, given = self._marked.statements, self._given("statements")
        places = [self._places(m.quote, m.start, m.alt_quotes) for m in marked]

        def alike(i: int, j: int) -> float:
            shared = max(
                (_overlap(p, (given[j].start, given[j].end), inside=0.5) for p in places[i]), default=0.0
            )
            return 0.0 if shared < _SHARED else shared + 0.2 * _right_act(marked[i], given[j])

        pairs = _pair(len(marked), len(given), alike)
        self._count("statement found", marked, given, pairs)
        self._count("statement class", marked, given, pairs, _right_act)
        self._count("statement full", marked, given, pairs, lambda m, g: not _wrong_statement(m, g))
        self._differences("statements", marked, given, pairs, _wrong_statement)

    def _commitments(self) -> None:
        marked, given = self._marked.commitments, self._given("commitments")
        places = [self._places(m.quote, m.start, m.alt_quotes) for m in marked]

        def alike(i: int, j: int) -> float:
            if not any(
                _in_common(who, given[j].debtors)
                for who in _choices(marked[i].debtors, marked[i].alt_debtors)
            ):
                return 0.0
            shared = max(
                (_overlap(p, (given[j].start, given[j].end), inside=0.25) for p in places[i]), default=0.0
            )
            return shared if shared >= _SHARED else 0.0

        pairs = _pair(len(marked), len(given), alike)
        self._count("commitment found", marked, given, pairs)
        self._count("commitment full", marked, given, pairs, lambda m, g: not _wrong_commitment(m, g))
        self._differences("commitments", marked, given, pairs, _wrong_commitment)

    def _contributions(self) -> None:
        marked, given = self._marked.contributions, self._given("contributions")

        def alike(i: int, j: int) -> float:
            if _money(marked[i]) != _money(given[j]):
                return 0.0
            return 3.0 - len(_wrong_contribution(marked[i], given[j]))

        pairs = _pair(len(marked), len(given), alike)
        self._count("contribution found", marked, given, pairs)
        self._count("contribution full", marked, given, pairs, lambda m, g: not _wrong_contribution(m, g))
        self._differences("contributions", marked, given, pairs, _wrong_contribution)

    def _meetings(self) -> None:
        marked = [_reported(m) for m in self._marked.meetings]
        given: Sequence[Meeting] = self._given("meetings")

        def alike(i: int, j: int) -> float:
            m, g = marked[i], given[j]
            names = [n for n in (m.name, m.series, *m.alt_names) if n]
            if not any_same(names, [n for n in (g.name, g.series, g.quote) if n], floor=0.7):
                return 0.0
            return 1.0 + (m.ordinal == g.ordinal) + (m.date == g.date)

        pairs = _pair(len(marked), len(given), alike)
        self._count("meeting found", marked, given, pairs)
        found = {i: given[j] for i, j in pairs}
        for name, right in _MEETING_FIELDS.items():
            asked = [i for i, m in enumerate(marked) if not m.optional and getattr(m, name) is not None]
            hit = sum(1 for i in asked if i in found and right(marked[i], found[i]))
            self._into.score(f"meeting {name}").add(hit=hit, marked=len(asked), given=len(asked))
        for i, m in enumerate(marked):
            if i in found or not m.optional:
                self._chairs(m, found.get(i))
        self._differences("meetings", marked, given, pairs, _wrong_meeting)

    def _chairs(self, marked: MarkedMeeting, given: Meeting | None) -> None:
        chairs = () if given is None else given.chairs

        def alike(i: int, j: int) -> float:
            m, g = marked.chairs[i], chairs[j]
            party = m.party is None or (g.party is not None and same_name(m.party, g.party))
            return float(same_name(m.name, g.name) and party)

        hit = len(_pair(len(marked.chairs), len(chairs), alike))
        self._into.score("meeting chair").add(hit=hit, marked=len(marked.chairs), given=len(chairs))

    def _instruments(self) -> None:
        marked, given = self._marked.instruments, self._given("instruments")

        def alike(i: int, j: int) -> float:
            names = [n for n in (marked[i].name, marked[i].surface) if n]
            return float(any_same(names, (given[j].name, given[j].surface)))

        pairs = _pair(len(marked), len(given), alike)
        self._count("instrument found", marked, given, pairs)
        self._count("instrument full", marked, given, pairs, lambda m, g: not _wrong_instrument(m, g))
        self._differences("instruments", marked, given, pairs, _wrong_instrument)

    def _topics(self, kind: str, *, floor: float) -> None:
        marked, given = self._marked.topics(kind), self._given(kind)

        def alike(i: int, j: int) -> float:
            name = given[j].topic if kind == "issues" else given[j].name
            return float(any_same([marked[i].topic], (name, given[j].quote), floor=floor))

        pairs = _pair(len(marked), len(given), alike)
        self._count(f"{kind.removesuffix('s')} found", marked, given, pairs)
        self._differences(kind, marked, given, pairs)

    def _parties(self) -> None:
        marked = self._marked.parties
        given: Sequence[Party] = self._given("parties")

        def alike(i: int, j: int) -> float:
            return float(
                any_same((marked[i].name, *marked[i].forms), (given[j].name, given[j].id), floor=0.95)
            )

        pairs = _pair(len(marked), len(given), alike)
        self._count("party found", marked, given, pairs)
        self._differences("parties", marked, given, pairs)

    def _document(self) -> None:
        for name in _FIELDS:
            marked = getattr(self._marked, name)
            if marked is None:
                continue
            given = None if self._record is None else getattr(self._record.document, name)
            right = given is not None and _same_field(name, marked, given)
            self._into.score(f"document {name}").add(hit=int(right), marked=1, given=1)
            if not right:
                what = "missed" if given is None else "wrong"
                self._miss("document", what, marked, f"{name}: {given}" if given else name)

    def _places(self, quote: str, start: int | None, others: Sequence[Words]) -> list[Span]:
        """Find the words in the text, nearest to where they are said to start."""
        wanted = (Words(quote, start), *others)
        return [span for w in wanted if (span := _find(self._text, w)) is not None]

    def _count(
        self,
        name: str,
        marked: Sequence[M],
        given: Sequence[G],
        pairs: Sequence[tuple[int, int]],
        right: Callable[[M, G], bool] = lambda m, g: True,
    ) -> None:
        """Count what is right; what is optional is free, and so is what was given for it."""
        must = [(i, j) for i, j in pairs if not marked[i].optional]
        self._into.score(name).add(
            hit=sum(1 for i, j in must if right(marked[i], given[j])),
            marked=sum(1 for m in marked if not m.optional),
            given=len(given) - (len(pairs) - len(must)),
        )

    def _differences(
        self,
        kind: str,
        marked: Sequence[M],
        given: Sequence[G],
        pairs: Sequence[tuple[int, int]],
        wrong: Callable[[M, G], list[str]] = lambda m, g: [],
    ) -> None:
        found, used = {i for i, _ in pairs}, {j for _, j in pairs}
        for i, m in enumerate(marked):
            if i not in found and not m.optional:
                self._miss(kind, "missed", _words(m))
        for i, j in pairs:
            why = [] if marked[i].optional else wrong(marked[i], given[j])
            if why:
                self._miss(kind, "wrong", _words(marked[i]), "; ".join(why))
        for j, g in enumerate(given):
            if j not in used:
                self._miss(kind, "extra", _words(g))

    def _miss(self, kind: str, what: Any, words: str, why: str = "") -> None:
        self._into.misses.append(Miss(self._marked.id, kind, what, " ".join(words.split()), why))


def _pair(marked: int, given: int, alike: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Pair what is most alike first, each once; 0.0 never pairs."""
    ranked = sorted(
        ((a, -i, -j) for i in range(marked) for j in range(given) if (a := alike(i, j)) > 0), reverse=True
    )
    pairs: list[tuple[int, int]] = []
    left, right = set[int](), set[int]()
    for _, i, j in ranked:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((-i, -j))
    return pairs


def _overlap(a: Span, b: Span, *, inside: float) -> float:
    """Return the share of both spans that they share; half, where one holds ``inside`` of the other."""
    both = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    short, long = sorted((a[1] - a[0], b[1] - b[0]))
    shared = both / (short + long - both) if both else 0.0
    return max(shared, _SHARED) if both and both == short and both >= inside * long else shared


def _find(text: str, words: Words) -> Span | None:
    near = words.start or 0
    if text.startswith(words.quote, near):
        return near, near + len(words.quote)
    spots = []
    at = text.find(words.quote)
    while at >= 0 and words.quote:
        spots.append(at)
        at = text.find(words.quote, at + 1)
    start = min(spots, key=lambda s: abs(s - near), default=None)
    return None if start is None else (start, start + len(words.quote))


def _choices(marked: tuple[str, ...], other: Choices) -> list[tuple[str, ...]]:
    """List the sets of names that are accepted: the marked one, and the others where there are any."""
    if not other:
        return [marked]
    sets = [o for o in other if isinstance(o, tuple)]
    return [marked, *(sets or [tuple(o for o in other if isinstance(o, str))])]


def _names(ref: PartyRef) -> tuple[str, ...]:
    return tuple(n for n in (ref.name, ref.id, ref.party) if n)


def _in_common(marked: Sequence[str], given: Sequence[PartyRef]) -> bool:
    if not marked and not given:
        return True
    return any(any_same(marked, _names(ref)) for ref in given)


def _same_set(marked: Sequence[str], given: Sequence[PartyRef]) -> bool:
    """Everyone marked is given, and everyone given is marked; a person may stand for their party."""
    every = all(any(any_same([name], _names(ref)) for ref in given) for name in marked)
    return every and all(any_same(marked, _names(ref)) for ref in given)


def _right_act(m: MarkedStatement, g: Statement) -> bool:
    return g.act in (m.class_, *m.alt_classes)


def _wrong_statement(m: MarkedStatement, g: Statement) -> list[str]:
    wrong = [] if _right_act(m, g) else [f"{g.act}, marked {m.class_}"]
    if not any(_same_set(who, g.speakers) for who in _choices(m.speakers, m.alt_speakers)):
        wrong.append(_versus("speakers", g.speakers, m.speakers))
    return wrong


def _wrong_commitment(m: MarkedCommitment, g: Commitment) -> list[str]:
    if any(_same_set(who, g.debtors) for who in _choices(m.debtors, m.alt_debtors)):
        return []
    return [_versus("debtors", g.debtors, m.debtors)]


def _wrong_contribution(m: MarkedContribution, g: Contribution) -> list[str]:
    wrong = []
    if m.donor and not (g.donor and any_same([m.donor], _names(g.donor))):
        wrong.append(f"donor {g.donor.name if g.donor else 'none'}, marked {m.donor}")
    recipients = [r for r in (m.recipient, *m.alt_recipients) if r]
    if recipients and not (g.recipient and any_same(recipients, [g.recipient])):
        wrong.append(f"recipient {g.recipient or 'none'}, marked {recipients[0]}")
    return wrong


def _wrong_meeting(m: MarkedMeeting, g: Meeting) -> list[str]:
    return [
        f"{name} {getattr(g, name)}, marked {getattr(m, name)}"
        for name, right in _MEETING_FIELDS.items()
        if getattr(m, name) is not None and not right(m, g)
    ]


def _wrong_instrument(m: MarkedInstrument, g: Instrument) -> list[str]:
    wrong = []
    if m.kind != "other" and g.kind not in (m.kind, *m.alt_kinds):
        wrong.append(f"{g.kind}, marked {m.kind}")
    if m.period and None not in m.alt_periods and _years(m.period) != _years(g.period or ()):
        wrong.append(f"period {g.period}, marked {m.period}")
    return wrong


def _years(period: Sequence[str | int | None]) -> list[str]:
    return [str(year)[:4] for year in period]


def _versus(what: str, given: Sequence[PartyRef], marked: Sequence[str]) -> str:
    return f"{what} {', '.join(r.name for r in given) or 'none'}; marked {', '.join(marked) or 'none'}"


def _money(c: MarkedContribution | Contribution) -> tuple[Decimal | None, str | None]:
    if c.amount is None or c.amount == "":
        return None, c.currency
    try:
        return Decimal(str(c.amount)), c.currency
    except InvalidOperation:
        return None, c.currency


def _reported(m: MarkedMeeting) -> MarkedMeeting:
    """Make a meeting that is only mentioned optional."""
    if m.mention is None or m.optional:
        return m
    return MarkedMeeting(optional=True, name=m.name, series=m.series, alt_names=m.alt_names, chairs=m.chairs)


def _same_place(m: MarkedMeeting, g: Meeting) -> bool:
    return m.place is not None and g.place is not None and same_name(m.place, g.place, floor=0.6)


_MEETING_FIELDS: dict[str, Callable[[MarkedMeeting, Meeting], bool]] = {
    "ordinal": lambda m, g: m.ordinal == g.ordinal,
    "date": lambda m, g: m.date == g.date,
    "place": _same_place,
}


def _same_field(name: str, marked: str, given: str) -> bool:
    return given.startswith(marked) if name == "published" else same_name(marked, given, floor=0.9)


def _words(thing: object) -> str:
    """Return the words by which a finding is known in a list of differences."""
    for name in ("quote", "name", "topic"):
        value = getattr(thing, name, None)
        if isinstance(value, str) and value:
            return value
    return ""
