"""How each finding reads in words: one place for the table, the page and the report to take it from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Protocol

from communique.model import (
    Area,
    Chair,
    Commitment,
    Contribution,
    Instrument,
    Issue,
    Measure,
    Meeting,
    Party,
    PartyRef,
    Problem,
    Progress,
    Record,
    Statement,
    Support,
)

Spans = tuple[tuple[int, int], ...]
NOBODY = "speaker not named"
_TIME = re.compile(r"T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$")
# eats "T16:20:00+12:00", "T09:00"


@dataclass(frozen=True, slots=True)
class Note:
    """What a field rests on, where the quote alone doesn't show it."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding in words. ``under`` is the heading it stands below (who speaks, who owes)."""

    id: str
    headline: str
    facts: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    quote: str | None = None
    spans: Spans = ()
    under: str | None = None

    @property
    def brief_notes(self) -> tuple[str, ...]:
        """The notes but those on who speaks or owes, which a page has room for and a list has not."""
        return tuple(n.text for n in self.notes if n.field not in ("speakers", "debtors"))

    @property
    def quote_says_it(self) -> bool:
        """True where the headline is the quote, or most of a clause, so that showing the quote shows both."""
        if self.quote is None or not self.headline:
            return False
        head, quote = " ".join(self.headline.split()), " ".join(self.quote.split())
        return head == quote or (self.under is not None and head in quote and 2 * len(head) >= len(quote))


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one list of a record: ``kind`` is the list's name, ``title`` what a reader calls it."""

    kind: str
    title: str
    entries: tuple[Entry, ...]

    @property
    def sections(self) -> dict[str | None, list[Entry]]:
        """The entries by the heading they stand below, in the order of the first of each."""
        out: dict[str | None, list[Entry]] = {}
        for entry in self.entries:
            out.setdefault(entry.under, []).append(entry)
        return out


def groups(record: Record) -> tuple[Group, ...]:
    """Put a record's findings into words, list by list, in the order in which they are worth reading."""
    return tuple(Group(kind, title, tuple(_entries(record, kind))) for kind, title in KINDS.items())


def source(record: Record) -> str:
    """Say in a line where a document comes from: publisher, byline, place, time, kind, language."""
    d = record.document
    when = _TIME.sub(r" \1 \2", d.published) if d.published else None
    kind = None if d.kind == "other" else d.kind.replace("_", " ")
    known = (d.publisher, d.byline, d.dateline_place, when, kind, d.language)
    return " · ".join(dict.fromkeys(k for k in known if k))


def headline(record: Record) -> str:
    """Return the document's title, or its first line where it says none."""
    first = next(
        (line.strip() for line in record.document.text.splitlines() if line.strip()), "Empty document"
    )
    return record.document.title or (first if len(first) <= 120 else first[:119] + "…")


def coverage(record: Record) -> str:
    """Say how much was read, in whole per cent; what is not quite all never rounds up to 100 %."""
    share = record.coverage.share
    return f"{int(share * 100)} % of the text was read"


def listed(names: Iterable[str]) -> str:
    """Join names as a sentence does: ``A``, ``A and B``, ``A, B and C``."""
    *first, last = list(names) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _entries(record: Record, kind: str) -> Iterator[Entry]:
    return (_DESCRIBE[kind](record, i) for i in range(len(getattr(record, kind))))


def _refs(refs: Iterable[PartyRef]) -> str:
    return listed(r.name if r.party is None or r.party in r.name else f"{r.name} ({r.party})" for r in refs)


def _facts(*facts: str | None) -> tuple[str, ...]:
    return tuple(f for f in facts if f)


def _said(word: str, value: str | None) -> str | None:
    return f"{word} {value}" if value else None


def _unless(usual: str, value: str | None) -> str | None:
    return None if value is None or value == usual else value.replace("_", " ")


class _Found(Protocol):
    """A finding with its place and what supports it."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def supports(self) -> tuple[Support, ...]: ...


def _why(record: Record, found: _Found) -> tuple[Note, ...]:
    """Say field by field what a finding rests on beyond its own quote: words elsewhere, and the rules."""
    words: dict[str, list[str]] = {}
    rules: dict[str, list[str]] = {}
    for s in found.supports:
        within = s.start is not None and s.end is not None and found.start <= s.start and s.end <= found.end
        if within:
            continue
        rules.setdefault(s.field, []).append(s.rule)
        if s.start is not None and s.end is not None:
            words.setdefault(s.field, []).append(f"“{_short(record.document.text[s.start : s.end])}”")
    return tuple(_reason(field, words.get(field, []), rules[field]) for field in rules)


def _reason(field: str, words: Iterable[str], rules: Iterable[str]) -> Note:
    by = ", ".join(dict.fromkeys(rules))
    said = listed(dict.fromkeys(words))
    return Note(field, f"{field} from {said} ({by})" if said else f"{field} by {by}")


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else words[:59] + "…"


def _chair(chair: Chair) -> str:
    inside = ", ".join(p for p in (chair.post, chair.party) if p and p not in chair.name)
    return f"{chair.name} ({inside})" if inside else chair.name


def _meeting(record: Record, i: int) -> Entry:
    m: Meeting = record.meetings[i]
    facts = _facts(
        m.date,
        m.place,
        m.format,
        m.level and m.level.replace("_", " "),
        _unless("held", m.status),
        _said("chaired by", listed(map(_chair, m.chairs))),
        _said("attended by", listed(m.attendees)),
    )
    counted = _unless("stated", m.date_rule)
    notes = ((Note("date", f"date by {counted}"),) if counted else ()) + _why(record, m)
    return Entry(f"meetings-{i}", m.name, facts, notes, m.quote, ((m.start, m.end),))


def _commitment(record: Record, i: int) -> Entry:
    c: Commitment = record.commitments[i]
    facts = _facts(
        _said("for", _refs(c.beneficiaries)),
        _said("under the", c.instrument),
        _said("by", c.deadline),
        _unless("firm", c.strength),
    )
    return Entry(
        f"commitments-{i}",
        c.action or c.quote,
        facts,
        _why(record, c),
        c.quote,
        ((c.start, c.end),),
        under=_refs(c.debtors) or "debtor not named",
    )


def money(c: Contribution) -> str:
    """Write an amount with currency and bound: ``up to USD 6,000,000``; what is in kind as it is called."""
    if c.amount is None:
        return c.in_kind or "amount not stated"
    try:
        number = f"{Decimal(c.amount):,f}"
    except InvalidOperation:
        number = c.amount
    bound = c.bound.replace("_", " ") if c.bound else None
    return " ".join(p for p in (bound, c.currency, number, c.in_kind) if p)


def _contribution(record: Record, i: int) -> Entry:
    c: Contribution = record.contributions[i]
    donor = _refs([c.donor]) if c.donor else "donor not named"
    facts = _facts(
        f"{donor} → {c.recipient or 'recipient not named'}",
        _said("for", c.purpose),
        "pledge, payment or plan: not said" if c.kind == "unspecified" else c.kind,
    )
    return Entry(f"contributions-{i}", money(c), facts, _why(record, c), c.quote, ((c.start, c.end),))


def _statement(record: Record, i: int) -> Entry:
    s: Statement = record.statements[i]
    outer = record.statements[s.inside] if s.inside is not None else None
    facts = _facts(
        "negated" if s.polarity == "negative" else None,
        _unless("done", s.status),
        _said("to", _refs(s.addressees)),
        _said("reported by", _refs([s.reported_by]) if s.reported_by else None),
        f"within: {_refs(outer.speakers) or NOBODY}, “{outer.cue}”" if outer else None,
    )
    return Entry(
        f"statements-{i}",
        s.act,
        facts,
        _why(record, s),
        s.quote,
        ((s.start, s.end),),
        under=_refs(s.speakers) or NOBODY,
    )


def _instrument(record: Record, i: int) -> Entry:
    n: Instrument = record.instruments[i]
    period = None if n.period is None else "–".join(y or "?" for y in n.period)
    facts = _facts(
        n.kind.replace("_", " "),
        period,
        _said("between", _refs(n.parties)),
        f"written “{n.surface}”" if n.surface != n.name else None,
    )
    spans = ((n.start, n.end), *((m.start, m.end) for m in n.mentions))
    return Entry(f"instruments-{i}", n.name, facts, _why(record, n), n.quote, _distinct(spans))


def _progress(record: Record, i: int) -> Entry:
    p: Progress = record.progress[i]
    head = p.instrument or listed(p.areas) or "progress"
    facts = _facts(listed(p.areas) if p.instrument else None)
    return Entry(f"progress-{i}", head, facts, (), p.quote, ((p.start, p.end),))


def _issue(record: Record, i: int) -> Entry:
    x: Issue = record.issues[i]
    under = _refs(x.parties) or None
    return Entry(f"issues-{i}", x.topic, (), (), x.quote, ((x.start, x.end),), under=under)


def _area(record: Record, i: int) -> Entry:
    a: Area = record.areas[i]
    return Entry(f"areas-{i}", a.name, (), (), a.quote, ((a.start, a.end),))


def _measure(record: Record, i: int) -> Entry:
    m: Measure = record.measures[i]
    facts = _facts(_said("under", m.parent))
    return Entry(f"measures-{i}", f"{m.number} {m.text}", facts, (), None, ((m.start, m.end),))


def _party(record: Record, i: int) -> Entry:
    p: Party = record.parties[i]
    times = len(p.mentions)
    named = f"named {times} times" if times != 1 else "named once"
    facts = _facts(p.post, _said("for", p.party), p.kind, p.id if p.kind != "person" else None, named)
    return Entry(f"parties-{i}", p.name, facts, (), None, tuple((m.start, m.end) for m in p.mentions))


def _problem(record: Record, i: int) -> Entry:
    p: Problem = record.problems[i]
    spans: Spans = () if p.start is None or p.end is None else ((p.start, p.end),)
    words = record.document.text[p.start : p.end] if spans else None
    return Entry(f"problems-{i}", p.message, (p.code,), (), words, spans)


def _distinct(spans: Iterable[tuple[int, int]]) -> Spans:
    return tuple(dict.fromkeys(spans))


KINDS = {
    "meetings": "Meetings",
    "commitments": "Commitments",
    "contributions": "Money",
    "statements": "Statements",
    "instruments": "Instruments",
    "progress": "Progress",
    "issues": "Issues",
    "areas": "Areas",
    "measures": "Measures",
    "parties": "Parties",
    "problems": "Problems",
}
"""The lists of a record, as they are called in it and as a reader calls them, in the order worth reading."""

_DESCRIBE: dict[str, Callable[[Record, int], Entry]] = {
    "meetings": _meeting,
    "commitments": _commitment,
    "contributions": _contribution,
    "statements": _statement,
    "instruments": _instrument,
    "progress": _progress,
    "issues": _issue,
    "areas": _area,
    "measures": _measure,
    "parties": _party,
    "problems": _problem,
}
