"""Refuses what its words do not support: every finding quotes, every value is in its quote or derived.

`verify` says what is wrong with a record, `refuse` takes it out. A value may rest on its finding's quote, or
on the words that a `Support` for its field names, under one of the rules listed in `PARTY_RULES` and below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec

from communique.evidence import (
    Evidence,
    Stretch,
    acts_of,
    amount_is,
    polarity_of,
    promises_of,
)
from communique.model import (
    Act,
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

Finding: TypeAlias = (
    Meeting | Statement | Commitment | Contribution | Instrument | Measure | Issue | Area | Progress | Party
)
LISTS = (
    "parties",
    "meetings",
    "statements",
    "commitments",
    "contributions",
    "instruments",
    "measures",
    "issues",
    "areas",
    "progress",
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value that nothing supports: which finding of which list, which field, and what is wrong."""

    list: str
    index: int
    field: str
    message: str


_Doubts: TypeAlias = Iterator[tuple[str, str]]


def verify(record: Record) -> tuple[Problem, ...]:
    """List what is wrong with a record; nothing, where every value has its words."""
    return tuple(_problem(record, refusal) for refusal in refusals(record))


def refuse(record: Record) -> Record:
    """Return the record without what its words do not support, each value told as a problem.

    A finding goes where what makes it one is refused (its quote, act, speakers, sum, name); a value it can
    do without (a place, a deadline, a chair) goes alone. What rests on something refused (a speaker on a
    party's mention) goes with it.
    """
    while found := tuple(refusals(record)):
        record = _without(record, found)
    return record


# Values that a finding can do without, and what stands in their place.
OPTIONAL: dict[str, dict[str, Any]] = {
    "meetings": {"chairs": (), "attendees": (), "place": None, "series": None, "date": None},
    "statements": {"addressees": (), "about": None, "reported_by": None, "inside": None},
    "commitments": {"beneficiaries": (), "instrument": None, "deadline": None},
    "contributions": {"recipient": None, "purpose": None},
    "instruments": {"period": None, "parties": ()},
    "issues": {"parties": ()},
    "progress": {"areas": (), "instrument": None},
}


def _without(record: Record, found: Sequence[Refusal]) -> Record:
    changed: dict[str, Any] = {}
    for name in LISTS:
        refused: dict[int, set[str]] = {}
        for refusal in found:
            if refusal.list == name:
                refused.setdefault(refusal.index, set()).add(refusal.field)
        if refused:
            changed[name] = _kept(record, name, refused)
    problems = (*record.problems, *(_problem(record, refusal) for refusal in found))
    return msgspec.structs.replace(record, **changed, problems=problems)


def _kept(record: Record, name: str, refused: dict[int, set[str]]) -> tuple[Any, ...]:
    """Return a list of findings without those refused, and without the values refused of others."""
    optional = OPTIONAL.get(name, {})
    gone = {index for index, fields in refused.items() if not fields <= set(optional)}
    if name == "parties":
        return _renamed(record, gone)
    findings = list(getattr(record, name))
    for index, fields in refused.items():
        if index not in gone:
            findings[index] = _emptied(findings[index], {field: optional[field] for field in fields})
    if name == "statements":
        return _renested(findings, gone)
    return tuple(f for i, f in enumerate(findings) if i not in gone)


def _emptied(finding: Any, values: dict[str, Any]) -> Any:
    """Return a finding without some values, and without what supported them."""
    if "date" in values:
        values = values | {"date_rule": None}
    if hasattr(finding, "supports"):
        values = values | {"supports": tuple(s for s in finding.supports if s.field not in values)}
    return msgspec.structs.replace(finding, **values)


def refusals(record: Record) -> Iterator[Refusal]:
    """Yield every value of a record that its words do not support."""
    evidence = Evidence.of(record)
    for name in LISTS:
        check = _CHECKS[name]
        for index, finding in enumerate(getattr(record, name)):
            for field, message in check(evidence, finding):
                yield Refusal(name, index, field, message)
                if field == "quote":
                    break  # without its words nothing else of it can be judged


def _renamed(record: Record, gone: set[int]) -> tuple[Party, ...]:
    """Keep, of the parties refused, the mentions that do name them; drop those that nothing names."""
    evidence = Evidence.of(record)
    out = []
    for i, party in enumerate(record.parties):
        named = evidence.mentions[party.id] if i in gone else party.mentions
        if i not in gone:
            out.append(party)
        elif 0 < len(named) < len(party.mentions):
            out.append(msgspec.structs.replace(party, mentions=named))
    return tuple(out)


def _renested(statements: Sequence[Statement], gone: set[int]) -> tuple[Statement, ...]:
    """Drop statements, and let those that stood inside others point at where these now are."""
    kept = [i for i in range(len(statements)) if i not in gone]
    place = {old: new for new, old in enumerate(kept)}

    def moved(statement: Statement) -> Statement:
        inside = None if statement.inside is None else place.get(statement.inside)
        return statement if inside == statement.inside else msgspec.structs.replace(statement, inside=inside)

    return tuple(moved(statements[i]) for i in kept)


def _problem(record: Record, refusal: Refusal) -> Problem:
    finding = getattr(record, refusal.list)[refusal.index]
    message = f"{refusal.list}[{refusal.index}]: {refusal.message}"
    start, end = getattr(finding, "start", None), getattr(finding, "end", None)
    return Problem(f"refused/{refusal.field}", message, start, end)


# Words that a meeting's name may be built with, where the document only tells that some met.
BUILDING = frozenset({"meeting", "call"})


# --- what every finding must do -------------------------------------------------------------------


def _quoted(evidence: Evidence, finding: Any, field: str = "quote") -> _Doubts:
    """Doubt a finding whose words are not those of the text at its offsets."""
    words, start, end = getattr(finding, field), finding.start, finding.end
    if not (0 <= start < end <= len(evidence.text)) or evidence.text[start:end] != words:
        yield field, f"{words!r} is not what the text says at {start}–{end}"


def _worded(
    stretch: Stretch, field: str, value: str | None, *, free: frozenset[str] = frozenset()
) -> _Doubts:
    """Doubt a value with a word that does not stand in the words it rests on, and is not free."""
    if value is not None and not stretch.holds(value) and not stretch.holds_words_of(value, free=free):
        yield field, f"{field} {value!r} is not in the words it rests on"


def _on(evidence: Evidence, finding: Any, field: str) -> Stretch:
    return evidence.stretch(finding.start, finding.end, getattr(finding, "supports", ()), field)


# --- parties --------------------------------------------------------------------------------------


def _party(evidence: Evidence, party: Party) -> _Doubts:
    for mention in party.mentions:
        yield from _quoted(evidence, mention, "text")
        if not evidence.is_mention(party, mention):
            yield "mentions", f"{mention.text!r} does not name {party.name}"
    if evidence.parties[party.id] is not party:
        yield "id", f"{party.id} is another party already"


def _parties(evidence: Evidence, finding: Any, field: str, refs: Sequence[PartyRef]) -> _Doubts:
    """Doubt parties that neither the quote nor the words of a support name."""
    stretch = _on(evidence, finding, field)
    yield from _named(evidence, finding, field, refs, lambda ref: evidence.names(ref, stretch))


def _actors(evidence: Evidence, finding: Any, field: str, refs: Sequence[PartyRef]) -> _Doubts:
    """Doubt those who act: a support names them, or the quote does in the place of one who acts."""
    own = [s for s in finding.supports if s.field == field]
    naming = [s for s in own if s.rule not in UNNAMING]
    spans = [(s.start, s.end) for s in naming if s.start is not None and s.end is not None]

    def acts(ref: PartyRef) -> bool:
        if any(evidence.is_listed(ref, refs, span) for span in spans):
            return True
        return not own and evidence.acts_in(ref, refs, finding.start, finding.end)

    for ref in refs:
        if ref.name in evidence.spokesmen(refs):
            yield field, f"{ref.name} stands beside somebody who speaks for it"
    yield from _named(evidence, finding, field, refs, acts)


def _named(
    evidence: Evidence,
    finding: Any,
    field: str,
    refs: Sequence[PartyRef],
    is_named: Callable[[PartyRef], bool],
) -> _Doubts:
    """Doubt a reference to a party under a false name, to one twice, or to one that nothing names."""
    for i, ref in enumerate(refs):
        party = evidence.parties.get(ref.id)
        if party is not None and not evidence.is_called(party, ref.name):
            yield field, f"{ref.id} is {party.name}, not {ref.name}"
        elif ref.id in {r.id for r in refs[:i]}:
            yield field, f"{ref.name} stands twice"
        elif not is_named(ref) and not _derived(evidence, finding, field, ref, refs):
            yield field, f"{ref.name} is not named in the words that {field} rests on"


def _derived(evidence: Evidence, finding: Any, field: str, ref: PartyRef, refs: Sequence[PartyRef]) -> bool:
    """Tell whether a named rule gives a party that the words of its support don't name themselves."""
    supports: Sequence[Support] = getattr(finding, "supports", ())
    return any(
        _gives(evidence, finding, support, ref, refs) for support in supports if support.field == field
    )


def _gives(
    evidence: Evidence, finding: Any, support: Support, ref: PartyRef, refs: Sequence[PartyRef]
) -> bool:
    rule, _, person = support.rule.partition("/")
    if rule == "speaks-for":
        return evidence.speaks_for(person, ref)
    if support.rule == "title":
        return evidence.issues(ref) or evidence.leads_title(ref, refs)
    if support.rule == "donor/speaker":
        places = [(finding.start, finding.end), (support.start or finding.start, support.end or finding.end)]
        return any(evidence.gives_as_speaker(ref, *place) for place in places)
    if support.rule == "group/members":
        return evidence.has_member(ref, evidence.beside(finding.supports, support.field))
    derive = PARTY_RULES.get(support.rule)
    if derive is None:
        return False
    start, end = support.start, support.end
    if start is None or end is None:
        start, end = finding.start, finding.end
    return derive(evidence, ref, Stretch(evidence.text, ((start, end),)))


# The rules by which words give a party that they do not name, and what must hold for each.
PARTY_RULES: dict[str, Callable[[Evidence, PartyRef, Stretch], bool]] = {
    "voice/first-person": lambda evidence, ref, words: evidence.writes(ref),
    "voice/turn": lambda evidence, ref, words: evidence.is_labelled(ref, words),
    "issuer": lambda evidence, ref, words: evidence.issues(ref),
    "described": lambda evidence, ref, words: evidence.is_described(ref, words),
    "donor/issuer": lambda evidence, ref, words: evidence.issues(ref),
    "donor/subject": lambda evidence, ref, words: evidence.is_described(ref, words),
    "donor/together": lambda evidence, ref, words: evidence.are_named_together(ref, words),
}

# Rules whose words do not name who acts: a group for its members, a description for those it describes.
UNNAMING = frozenset({"group/members", "described", "donor/speaker", "donor/issuer"})

# The acts that a rule gives to words that are no cue: items of a list whose stem promises, verbs that share a
# "will" with one before them, and what somebody is reported to have done.
ACT_RULES: dict[str, tuple[Act, ...]] = {
    "list/stem": ("commit",),
    "list/item": ("commit",),
    "modal/shared": ("plan", "commit", "pledge"),
    "reported/progress": ("report-progress",),
}


# --- findings -------------------------------------------------------------------------------------


def _statement(evidence: Evidence, statement: Statement) -> _Doubts:
    yield from _quoted(evidence, statement)
    yield from _act(evidence, statement)
    yield from _actors(evidence, statement, "speakers", statement.speakers)
    yield from _parties(evidence, statement, "addressees", statement.addressees)
    if statement.reported_by is not None:
        yield from _parties(evidence, statement, "reported_by", [statement.reported_by])
    yield from _worded(_on(evidence, statement, "about"), "about", statement.about)
    if statement.inside is not None and not _encloses(evidence.record.statements, statement):
        yield "inside", "no other statement stands at the index it is said to stand in"


def _act(evidence: Evidence, statement: Statement) -> _Doubts:
    """Doubt an act whose cue is not there, is no cue of it, or is negated where it is said not to be."""
    cue = statement.cue
    place = next((words for words in _on(evidence, statement, "cue") if cue in words), None)
    if place is None:
        yield "cue", f"cue {cue!r} is not in the words it rests on"
        return
    if statement.act not in _may_perform(evidence, statement, place):
        yield "act", f"{cue!r} is no cue of {statement.act}"
    if polarity_of(place, cue) != statement.polarity:
        yield "polarity", f"the words at {cue!r} are not {statement.polarity}"


def _may_perform(evidence: Evidence, statement: Statement, place: str) -> frozenset[Act]:
    """List the acts that a cue may perform where it stands; words without a cue only assert."""
    if not statement.cue:
        return frozenset({"assert"})
    derived = frozenset(
        act for s in statement.supports if s.field == "act" for act in ACT_RULES.get(s.rule, ())
    )
    return acts_of(statement.cue) | promises_of(place, statement.cue) | derived


def _encloses(statements: Sequence[Statement], statement: Statement) -> bool:
    inside = statement.inside
    return inside is not None and 0 <= inside < len(statements) and statements[inside] is not statement


def _commitment(evidence: Evidence, commitment: Commitment) -> _Doubts:
    yield from _quoted(evidence, commitment)
    yield from _actors(evidence, commitment, "debtors", commitment.debtors)
    yield from _parties(evidence, commitment, "beneficiaries", commitment.beneficiaries)
    yield from _worded(_on(evidence, commitment, "action"), "action", commitment.action)
    yield from _instrument_named(evidence, commitment, commitment.instrument)
    yield from _dated(evidence, commitment, "deadline", commitment.deadline)


def _contribution(evidence: Evidence, contribution: Contribution) -> _Doubts:
    yield from _quoted(evidence, contribution)
    if contribution.donor is not None:
        yield from _actors(evidence, contribution, "donor", [contribution.donor])
    yield from _sum(evidence, contribution)
    for field in ("recipient", "purpose", "in_kind"):
        yield from _worded(_on(evidence, contribution, field), field, getattr(contribution, field))


def _sum(evidence: Evidence, contribution: Contribution) -> _Doubts:
    """Doubt a sum, its currency or its bound that the quote does not give."""
    amount, currency = contribution.amount, contribution.currency
    if amount is None:
        if currency is not None or contribution.bound is not None:
            yield "amount", "a currency or a bound without an amount"
        return
    dollar = evidence.dollar()
    alike = [s for s in _on(evidence, contribution, "amount").sums(dollar) if amount_is(s, amount)]
    if not alike:
        yield "amount", f"no sum of {amount} is in the words it rests on"
    elif all(s.currency != currency for s in alike):
        yield "currency", f"{currency} is not the currency that the words give"
    elif all(s.bound != contribution.bound for s in alike):
        yield "bound", f"the words do not bound the sum by {contribution.bound}"


def _meeting(evidence: Evidence, meeting: Meeting) -> _Doubts:
    yield from _quoted(evidence, meeting)
    named = _on(evidence, meeting, "name")
    yield from _worded(named, "name", meeting.name, free=BUILDING)
    yield from _worded(named, "series", meeting.series, free=BUILDING)
    yield from _worded(_on(evidence, meeting, "place"), "place", meeting.place)
    if meeting.ordinal is not None and meeting.ordinal not in _on(evidence, meeting, "ordinal").ordinals():
        yield "ordinal", f"no ordinal {meeting.ordinal} is in the words it rests on"
    yield from _dated(evidence, meeting, "date", meeting.date)
    for chair in meeting.chairs:
        yield from _chair(evidence, meeting, chair)
    for attendee in meeting.attendees:
        yield from _worded(_on(evidence, meeting, "attendees"), "attendees", attendee)


def _chair(evidence: Evidence, meeting: Meeting, chair: Chair) -> _Doubts:
    stretch = _on(evidence, meeting, "chairs")
    yield from _worded(stretch, "chairs", chair.name)
    yield from _worded(stretch, "chairs", chair.post)
    others = [c.name for c in meeting.chairs if c is not chair]
    if chair.party is not None and not evidence.sends(chair.party, chair, others, stretch):
        yield "chairs", f"{chair.party} is not named with {chair.name} in the words that the chair rests on"


def _instrument(evidence: Evidence, instrument: Instrument) -> _Doubts:
    yield from _quoted(evidence, instrument)
    for mention in instrument.mentions:
        yield from _quoted(evidence, mention, "text")
    if not Stretch(evidence.text, ((instrument.start, instrument.end),)).holds(instrument.surface):
        yield "surface", f"{instrument.surface!r} is not in the quote"
    if not evidence.may_mean(instrument):
        yield "name", f"{instrument.name!r} is not what {instrument.surface!r} means"
    yield from _period(evidence, instrument)
    written = Stretch(evidence.text, evidence.named_at(instrument))
    yield from _named(
        evidence, instrument, "parties", instrument.parties, lambda ref: evidence.names(ref, written)
    )


def _period(evidence: Evidence, instrument: Instrument) -> _Doubts:
    stretch = _on(evidence, instrument, "period")
    written = Stretch(stretch.text, (*stretch.spans, *((m.start, m.end) for m in instrument.mentions)))
    years = written.years() | evidence.known_years(instrument)
    for year in instrument.period or ():
        if year is not None and year not in years and year not in evidence.dates(written):
            yield "period", f"{year} is not in the words that the period rests on"


def _dated(evidence: Evidence, finding: Any, field: str, value: str | None) -> _Doubts:
    if value is None:
        return
    given = evidence.dates(_on(evidence, finding, field))
    first, _, last = value.partition("/")
    if value in given or (first < last and {first, last} <= given):
        return
    supports: Sequence[Support] = finding.supports
    published = any(s.field == field and s.start is None and s.rule.endswith("published") for s in supports)
    if not published or evidence.published is None or value != str(evidence.published):
        yield field, f"{value} is not a date that the words give"


def _measure(evidence: Evidence, measure: Measure) -> _Doubts:
    stretch = Stretch(evidence.text, ((measure.start, measure.end),))
    if not stretch.holds(measure.text) or not stretch.holds(measure.number):
        yield "quote", f"{measure.number} {measure.text!r} is not what the text says there"


def _issue(evidence: Evidence, issue: Issue) -> _Doubts:
    yield from _quoted(evidence, issue)
    yield from _worded(_on(evidence, issue, "topic"), "topic", issue.topic)
    if issue.parties and not evidence.said_by(issue.parties, issue.start, issue.end):
        yield "parties", "no statement about the issue is of these parties"


def _area(evidence: Evidence, area: Area) -> _Doubts:
    yield from _quoted(evidence, area)
    yield from _worded(_on(evidence, area, "name"), "name", area.name)


def _progress(evidence: Evidence, progress: Progress) -> _Doubts:
    yield from _quoted(evidence, progress)
    for area in progress.areas:
        yield from _worded(_on(evidence, progress, "areas"), "areas", area)
    if progress.instrument is not None and progress.instrument not in {
        i.name for i in evidence.record.instruments
    }:
        yield "instrument", f"{progress.instrument!r} is no instrument of the record"


def _instrument_named(evidence: Evidence, finding: Any, name: str | None) -> _Doubts:
    """Doubt an instrument that is neither written in the words nor one of the record's that is."""
    if name is None:
        return
    stretch = _on(evidence, finding, "instrument")
    if not stretch.holds_words_of(name) and not evidence.mentions_instrument(name, stretch):
        yield "instrument", f"{name!r} is not named in the words it rests on"


_CHECKS: dict[str, Callable[[Evidence, Any], _Doubts]] = {
    "parties": _party,
    "meetings": _meeting,
    "statements": _statement,
    "commitments": _commitment,
    "contributions": _contribution,
    "instruments": _instrument,
    "measures": _measure,
    "issues": _issue,
    "areas": _area,
    "progress": _progress,
}
