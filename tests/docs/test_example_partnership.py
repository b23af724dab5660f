"""The documents of the demonstration are read, and every decision on them means exactly one finding."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import get_args

import msgspec
import pytest

import communique
from communique.model import (
    Area,
    Commitment,
    Contribution,
    ContributionKind,
    Instrument,
    Issue,
    Measure,
    Meeting,
    Progress,
    Quoted,
    Record,
    Statement,
)

PARTNERSHIP = Path(__file__).parents[2] / "examples" / "partnership"
DOCUMENTS = sorted(
    str(path.relative_to(PARTNERSHIP)) for path in PARTNERSHIP.rglob("*") if re.match(r"\d\d-", path.name)
)
KINDS: dict[str, tuple[type[Quoted | Measure], str]] = {
    "area": (Area, "areas"),
    "commitment": (Commitment, "commitments"),
    "contribution": (Contribution, "contributions"),
    "instrument": (Instrument, "instruments"),
    "issue": (Issue, "issues"),
    "measure": (Measure, "measures"),
    "meeting": (Meeting, "meetings"),
    "progress": (Progress, "progress"),
    "statement": (Statement, "statements"),
}


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    document: str
    kind: str
    quote: str
    decision: str
    why: str
    values: dict[str, object] = {}


class Addition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    document: str
    kind: str
    quote: str
    values: dict[str, object]
    why: str


class Decisions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    decisions: list[Decision]
    additions: list[Addition]


DECIDED = msgspec.convert(tomllib.loads((PARTNERSHIP / "decisions.toml").read_text("utf-8")), Decisions)


@cache
def record(name: str) -> Record:
    return communique.read(PARTNERSHIP / name)


def meant(decision: Decision) -> list[Quoted | Measure]:
    """List the findings whose quote holds the words of a decision, however the lines are broken."""
    read, text = record(decision.document), record(decision.document).document.text
    found = getattr(read, KINDS[decision.kind][1])
    return [f for f in found if decision.quote in " ".join(text[f.start : f.end].split())]


def corrected(decision: Decision, finding: Quoted | Measure) -> Quoted | Measure:
    """Return the finding with the decision's values in place, decoded as strictly as any."""
    return msgspec.convert(msgspec.to_builtins(finding) | decision.values, type(finding))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_document_is_read_and_says_what_it_is(name: str) -> None:
    read = record(name)
    assert read.document.title
    assert read.document.published
    assert read.document.language == "en"
    assert 240 <= len(read.document.text.split()) <= 700
    assert read.statements or read.measures
    assert all(p.code.startswith(("speaker/", "refused/")) for p in read.problems)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_document_says_that_it_is_an_example(name: str) -> None:
    assert "written as an example" in (PARTNERSHIP / name).read_text("utf-8").lower()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_words_are_put_into_the_mouth_of_a_person_whom_the_document_does_not_name(name: str) -> None:
    read = record(name)
    for person in (p for p in read.parties if p.kind == "person"):
        assert all(word in read.document.text for word in person.name.split()), person.name


def test_the_readme_lists_every_document() -> None:
    readme = (PARTNERSHIP / "README.md").read_text("utf-8")
    assert [name for name in DOCUMENTS if f"`{name}`" not in readme] == []


@pytest.mark.parametrize("decision", DECIDED.decisions, ids=lambda d: f"{d.document}:{d.quote[:30]}")
def test_each_decision_means_exactly_one_finding(decision: Decision) -> None:
    assert len(meant(decision)) == 1
    assert decision.decision in {"accept", "correct", "reject", "unsure"}
    assert bool(decision.values) == (decision.decision == "correct")
    assert decision.why


@pytest.mark.parametrize(
    "decision", [d for d in DECIDED.decisions if d.values], ids=lambda d: f"{d.document}:{d.quote[:30]}"
)
def test_each_correction_fits_its_finding_and_changes_it(decision: Decision) -> None:
    (finding,) = meant(decision)
    assert corrected(decision, finding) != finding


def test_no_finding_is_decided_twice() -> None:
    places = [(d.document, d.kind, f.start, f.end) for d in DECIDED.decisions for f in meant(d)]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("addition", DECIDED.additions, ids=lambda a: f"{a.document}:{a.quote[:30]}")
def test_each_addition_stands_on_words_that_occur_once_and_were_missed(addition: Addition) -> None:
    read, kind = record(addition.document), KINDS[addition.kind][0]
    text = read.document.text
    assert text.count(addition.quote) == 1
    start = text.index(addition.quote)
    end = start + len(addition.quote)
    msgspec.convert(addition.values | {"quote": addition.quote, "start": start, "end": end}, kind)
    assert not [f for f in getattr(read, KINDS[addition.kind][1]) if start <= f.start and f.end <= end]


def test_the_decisions_use_every_kind_of_judgement() -> None:
    assert {d.decision for d in DECIDED.decisions} == {"accept", "correct", "reject", "unsure"}
    assert DECIDED.additions


def test_the_report_and_its_copy_share_their_words_but_not_their_pages() -> None:
    wire, gazette = (record(n).document for n in DOCUMENTS if "ministers-adopt-plan" in n)
    start, end = wire.text.index("BRIDGETOWN"), wire.text.index("exchange of students.")
    assert wire.text[start:end] in gazette.text
    assert wire.sha256 != gazette.sha256
    assert wire.publisher != gazette.publisher


def test_the_correction_has_the_address_of_what_it_corrects() -> None:
    before, after = record("10-fourth-dialogue.md").document, record("later/10-fourth-dialogue.md").document
    assert before.url == after.url
    assert "A$3 million by Australia" in before.text
    assert "A$2 million by Australia" in after.text


def test_the_dialogues_are_numbered_without_a_gap() -> None:
    held = {
        m.ordinal: m.date
        for name in DOCUMENTS
        for m in record(name).meetings
        if m.series == "CARICOM-PIF Dialogue" and m.status == "held" and m.ordinal is not None
    }
    assert sorted(held) == [1, 2, 3, 4, 5]
    assert sorted(held.values(), key=str) == [held[ordinal] for ordinal in sorted(held)]


def test_the_fund_is_promised_and_paid_in_many_currencies_and_one_sum_says_neither() -> None:
    sums = [c for name in DOCUMENTS for c in record(name).contributions]
    assert {c.kind for c in sums} == set(get_args(ContributionKind))
    assert {c.currency for c in sums} >= {"NZD", "USD", "CAD", "AUD", "EUR", "JPY"}


def test_both_plans_have_their_measures() -> None:
    first, second = (
        [m for m in record(name).measures if m.number.count(".") == depth]
        for name, depth in (("01-plan-of-action-2021-2025.md", 2), ("14-plan-of-action-2026-2030.md", 1))
    )
    assert (len(first), len(second)) == (24, 12)
    later = record("14-plan-of-action-2026-2030.md").instruments
    assert "CARICOM-PIF Plan of Action 2021-2025" in {i.name for i in later}
