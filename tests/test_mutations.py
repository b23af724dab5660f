"""Changes one value at a time in good records, and expects the verifier to refuse every one.

6 becomes 60, million becomes billion, welcomed becomes condemned, the ROK becomes the DPRK, 2022 2023,
the 26th the 27th. The terminal summary tells how many mutants there were and how many were refused.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from communique import read
from communique.evidence import acts_of
from communique.model import Chair, PartyRef, Record, Statement
from communique.verify import verify

ROOT = Path(__file__).parents[1]
OURS = sorted(
    [*ROOT.glob("examples/*.md"), *ROOT.glob("tests/golden/**/*.md"), *ROOT.glob("tests/golden/**/*.txt")]
)
OURS = [path for path in OURS if path.name != "README.md"]
NORTH, SOUTH = (
    PartyRef("PRK", "Democratic People's Republic of Korea"),
    PartyRef("KOR", "Republic of Korea"),
)
ACTORS = {"statements": "speakers", "commitments": "debtors", "contributions": "donor"}
SHARED_MUTANTS = 4000
REACH = 600  # characters around a finding in which the statements stand that it may rest on


@dataclass(frozen=True)
class Mutant:
    """A finding with one value changed: in which list it stands, and what was done to it."""

    what: str
    list: str
    finding: Any
    published: str | None = None

    def record(self, good: Record) -> Record:
        """Return the good record with nothing but the mutant in its list, and what other findings rest on."""
        kept = alone(good, self.list, self.finding)
        if self.published is None:
            return kept
        return msgspec.structs.replace(
            kept, document=msgspec.structs.replace(kept.document, published=self.published)
        )


def alone(record: Record, name: str, finding: Any) -> Record:
    """Return a record of one finding, the parties, and the statements and instruments that it may rest on."""
    kept: dict[str, tuple[Any, ...]] = dict.fromkeys((*MUTATIONS, "measures"), ())
    if name in ("commitments", "progress"):
        kept["instruments"] = record.instruments
    if name in ("commitments", "contributions", "issues"):
        kept["statements"] = tuple(_outermost(s) for s in record.statements if _near(s, finding))
    finding = _outermost(finding) if name == "statements" else finding
    return msgspec.structs.replace(record, **(kept | {name: (finding,)}))


def _near(statement: Statement, finding: Any) -> bool:
    return statement.start < finding.end + REACH and finding.start - REACH < statement.end


def _outermost(statement: Statement) -> Statement:
    return msgspec.structs.replace(statement, inside=None)


def mutants(record: Record) -> Iterator[Mutant]:
    """Yield a record's mutants."""
    for name, mutate in MUTATIONS.items():
        for finding in getattr(record, name):
            assert verify(alone(record, name, finding)) == (), (
                "its mutants would be refused for something else"
            )
            for what, changes in mutate(record, finding):
                published = changes.pop("published", None)
                yield Mutant(what, name, msgspec.structs.replace(finding, **changes), published)


Changes = Iterator[tuple[str, dict[str, Any]]]


def _words(record: Record, finding: Any) -> Changes:
    yield "offsets shifted", {"start": finding.start + 1, "end": finding.end + 1}
    yield "quote altered", {"quote": finding.quote[:-1] + ("x" if finding.quote[-1] != "x" else "y")}


def _actors(record: Record, finding: Any, field: str) -> Changes:
    """Put another party in the place of each who acts: all others of the document, and the other Korea."""
    given = getattr(finding, field)
    refs: Sequence[PartyRef] = () if given is None else given if isinstance(given, tuple) else (given,)
    others = [PartyRef(p.id, p.name, p.party) for p in record.parties if p.kind in ("state", "organisation")]
    for i, ref in enumerate(refs):
        for other in {o.id: o for o in (*others, NORTH if ref.id != "PRK" else SOUTH)}.values():
            if other.id in {r.id for r in refs} or other.name == ref.party:
                continue
            swapped = (*refs[:i], other, *refs[i + 1 :])
            what = "party of the document swapped" if other in others else "party swapped"
            yield f"{field}: {what}", {field: swapped if isinstance(given, tuple) else other}


def _statement(record: Record, statement: Any) -> Changes:
    yield from _words(record, statement)
    yield from _actors(record, statement, "speakers")
    yield "polarity flipped", {"polarity": "negative" if statement.polarity == "positive" else "positive"}
    for act in ("condemn", "welcome", "adopt"):
        if act != statement.act and act not in acts_of(statement.cue):
            yield "act changed", {"act": act}


def _commitment(record: Record, commitment: Any) -> Changes:
    yield from _words(record, commitment)
    yield from _actors(record, commitment, "debtors")
    yield from _year(record, commitment, "deadline")


def _contribution(record: Record, contribution: Any) -> Changes:
    yield from _words(record, contribution)
    yield from _actors(record, contribution, "donor")
    if contribution.amount is None:
        return
    amount = Decimal(contribution.amount)
    for what, factor in (
        ("6 to 60", 10),
        ("million to billion", 1000),
        ("thousand to one", Decimal("0.001")),
    ):
        yield f"amount: {what}", {"amount": f"{(amount * factor).normalize():f}"}
    if contribution.currency is not None:
        for currency in ("USD", "AUD", "EUR"):
            if currency != contribution.currency:
                yield "currency swapped", {"currency": currency}


def _meeting(record: Record, meeting: Any) -> Changes:
    yield from _words(record, meeting)
    yield from _year(record, meeting, "date")
    if meeting.ordinal is not None:
        yield "ordinal: 26th to 27th", {"ordinal": meeting.ordinal + 1}
    for i, chair in enumerate(meeting.chairs):
        for what, changed in _chair(record, chair):
            yield what, {"chairs": (*meeting.chairs[:i], changed, *meeting.chairs[i + 1 :])}


def _chair(record: Record, chair: Chair) -> Iterator[tuple[str, Chair]]:
    yield "chair's name changed", msgspec.structs.replace(chair, name=chair.name[:-1] + "q")
    if chair.party is not None:
        other = NORTH.name if chair.party != NORTH.name else SOUTH.name
        yield "chair's party swapped", msgspec.structs.replace(chair, party=other)


def _instrument(record: Record, instrument: Any) -> Changes:
    yield from _words(record, instrument)
    for i, year in enumerate(instrument.period or ()):
        if year is not None:
            period = [*instrument.period]
            period[i] = _later(year)
            yield "period: 2022 to 2023", {"period": tuple(period)}
    if (found := re.search(r"\b(?:19|20)\d\d\b", instrument.name)) is not None:
        name = instrument.name[: found.start()] + _later(found[0]) + instrument.name[found.end() :]
        yield "year in a name: 2022 to 2023", {"name": name}


def _other(record: Record, finding: Any) -> Changes:
    yield from _words(record, finding)


def _year(record: Record, finding: Any, field: str) -> Changes:
    """Move a date by a year, and, where it was counted from publication, publication by a year."""
    value = getattr(finding, field)
    if value is None:
        return
    yield f"{field}: 2022 to 2023", {field: "/".join(_later(day) for day in value.split("/"))}
    rule = (
        next((s.rule for s in finding.supports if s.field == field), "")
        or getattr(finding, "date_rule", "")
        or ""
    )
    published = record.document.published
    if published is not None and rule.endswith("published"):
        yield f"{field}: published a year later", {"published": _later(published)}


def _later(date: str) -> str:
    return f"{int(date[:4]) + 1}{date[4:]}"


MUTATIONS: dict[str, Callable[[Record, Any], Changes]] = {
    "statements": _statement,
    "commitments": _commitment,
    "contributions": _contribution,
    "meetings": _meeting,
    "instruments": _instrument,
    "issues": _other,
    "areas": _other,
    "progress": _other,
}


def judge(pairs: Iterable[tuple[Record, Mutant]]) -> tuple[int, list[str]]:
    """Return how many mutants there were, and those that the verifier let pass."""
    made, passed = 0, []
    for good, mutant in pairs:
        made += 1
        if not verify(mutant.record(good)):
            passed.append(f"{mutant.what}: {mutant.finding!r}")
    return made, passed


def _report(made: int, passed: Sequence[str], record_property: Callable[[str, object], None]) -> None:
    record_property("mutants", made)
    record_property("refused", made - len(passed))
    assert not passed, "\n".join(passed[:20])


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_every_mutant_of_our_own_documents_is_refused(
    path: Path, record_property: Callable[[str, object], None]
) -> None:
    good = read(path)
    assert verify(good) == ()
    assert not [p for p in good.problems if p.code.startswith("refused/")]
    made, passed = judge((good, mutant) for mutant in mutants(good))
    assert made > 5 or not any((good.statements, good.contributions, good.meetings, good.commitments))
    _report(made, passed, record_property)


@pytest.mark.shared
def test_every_mutant_of_the_marked_documents_is_refused(
    shared: Path, record_property: Callable[[str, object], None]
) -> None:
    pairs = [(good, mutant) for good in marked(shared) for mutant in mutants(good)]
    chosen = random.Random(26).sample(pairs, min(SHARED_MUTANTS, len(pairs)))
    made, passed = judge(chosen)
    _report(made, passed, record_property)


@pytest.mark.shared
def test_nothing_that_is_kept_of_the_marked_documents_is_refused_when_asked_again(shared: Path) -> None:
    for good in marked(shared):
        assert verify(good) == ()


def marked(shared: Path) -> Iterator[Record]:
    """Read the marked documents: their texts open with one line of JSON, what their source knows of them."""
    for path in sorted((shared / "text").glob("*.txt")):
        header, _, body = path.read_text(encoding="utf-8").partition("\n")
        known = json.loads(header)
        date = known.get("date") or ""
        yield read(
            body.encode(),
            media_type="text/plain",
            title=known.get("title"),
            published=date.replace(" ", "T") or None,
        )
