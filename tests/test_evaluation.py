"""Measuring the reader with marked documents: what counts as a hit, and what is said about the rest."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from communique.errors import CommuniqueError, UnreadableDocument
from communique.evaluation import Evaluation, evaluate, load_examples
from communique.evaluation.names import same_name
from communique.model import (
    Area,
    Chair,
    Commitment,
    Contribution,
    Coverage,
    Document,
    Instrument,
    Issue,
    Meeting,
    Party,
    PartyRef,
    Reader,
    Record,
    Statement,
    Text,
)

SHARED = Path(__file__).parents[2] / "shared"
BODY = """Fiji and Japan welcomed the progress of the Ocean Plan 2024-2028.
Japan agreed to fund tide gauges and pledged US$2 million to the Pacific Tide Fund.
The 3rd Fiji-Japan Ocean Dialogue was chaired by Kamisese Mara of Fiji.
"""
FIJI, JAPAN = PartyRef("FJI", "Fiji"), PartyRef("JPN", "Japan")


def _quote(words: str) -> dict[str, Any]:
    start = BODY.index(words)
    return {"quote": words, "start": start, "end": start + len(words)}


def _record(**found: Any) -> Record:
    lists = [
        "segments",
        "parties",
        "meetings",
        "statements",
        "commitments",
        "contributions",
        "instruments",
        "measures",
    ]
    empty: dict[str, Any] = dict.fromkeys([*lists, "issues", "areas", "progress", "problems"], ())
    document = Document(BODY, "0" * 64, "text/plain")
    return Record(
        **{
            **empty,
            "document": document,
            "coverage": Coverage(1, 0, 0),
            "reader": Reader("0", "0"),
            **found,
        }
    )


def _evaluate(tmp_path: Path, record: Record | None, **marks: Any) -> Evaluation:
    (tmp_path / "marked").mkdir(exist_ok=True)
    (tmp_path / "text.txt").write_text(BODY, encoding="utf-8")
    marked = {"id": "1", "file": "text.txt", **marks}
    (tmp_path / "marked" / "1.json").write_text(json.dumps(marked), encoding="utf-8")

    def read(text: Text) -> Record:
        if record is None:
            raise UnreadableDocument("1", "is blank")
        return record

    return evaluate(load_examples(tmp_path / "marked"), read)


def _figures(result: Evaluation, name: str) -> tuple[int, int, int]:
    score = result.scores[name]
    return score.hit, score.marked, score.given


def _welcome(act: str = "welcome", speakers: tuple[PartyRef, ...] = (FIJI, JAPAN)) -> Statement:
    return Statement(**_quote("welcomed the progress"), act=act, cue="welcomed", speakers=speakers)


WELCOME = {"quote": "welcomed the progress", "start": 15, "class": "welcome", "speakers": ["Fiji", "Japan"]}


def test_a_statement_is_found_classed_and_full_apart(tmp_path: Path) -> None:
    for given, hits in (
        (_welcome(), (1, 1, 1)),
        (_welcome("note"), (1, 0, 0)),
        (_welcome(speakers=(JAPAN,)), (1, 1, 0)),
    ):
        result = _evaluate(tmp_path, _record(statements=(given,)), statements=[WELCOME])
        assert tuple(_figures(result, f"statement {f}")[0] for f in ("found", "class", "full")) == hits


def test_alternatives_that_the_marker_names_are_accepted(tmp_path: Path) -> None:
    given = _record(statements=(_welcome("note", (JAPAN,)),))
    marks = {**WELCOME, "alt_classes": ["note"], "alt_speakers": [["Fiji"], ["Japan"]]}
    assert _figures(_evaluate(tmp_path, given, statements=[marks]), "statement full") == (1, 1, 1)


def test_a_quote_counts_as_the_same_words_when_it_shares_half(tmp_path: Path) -> None:
    longer = {**WELCOME, "quote": BODY[15 : 15 + 42]}
    much_longer = {**WELCOME, "quote": BODY[15 : 15 + 48]}
    given = _record(statements=(_welcome(),))
    assert _figures(_evaluate(tmp_path, given, statements=[longer]), "statement found")[0] == 1
    assert _figures(_evaluate(tmp_path, given, statements=[much_longer]), "statement found")[0] == 0


def test_what_is_optional_costs_nothing_found_or_missed(tmp_path: Path) -> None:
    optional = {**WELCOME, "optional": True}
    for given in ((), (_welcome(),)):
        result = _evaluate(tmp_path, _record(statements=given), statements=[optional])
        assert _figures(result, "statement found") == (0, 0, 0)
        assert result.misses == []


def test_a_person_may_stand_for_their_party(tmp_path: Path) -> None:
    envoy = PartyRef("kamisese-mara", "Kamisese Mara", "Fiji")
    result = _evaluate(
        tmp_path, _record(statements=(_welcome(speakers=(envoy, JAPAN)),)), statements=[WELCOME]
    )
    assert _figures(result, "statement full") == (1, 1, 1)


def test_a_commitment_needs_a_debtor_in_common(tmp_path: Path) -> None:
    marks = {"quote": "agreed to fund tide gauges", "debtors": ["Japan"]}

    def full(*debtors: PartyRef) -> tuple[int, int]:
        given = Commitment(**_quote("fund tide gauges"), debtors=debtors)
        result = _evaluate(tmp_path, _record(commitments=(given,)), commitments=[marks])
        return result.scores["commitment found"].hit, result.scores["commitment full"].hit

    assert (full(JAPAN), full(JAPAN, FIJI), full(FIJI)) == ((1, 1), (1, 0), (0, 0))


def test_a_contribution_is_found_by_amount_and_currency(tmp_path: Path) -> None:
    marks = {
        "quote": "US$2 million",
        "amount": 2e6,
        "currency": "USD",
        "donor": "Japan",
        "recipient": "Tide Fund",
    }

    def hits(amount: str, currency: str, recipient: str) -> tuple[int, int]:
        given = Contribution(
            **_quote("US$2 million"), donor=JAPAN, amount=amount, currency=currency, recipient=recipient
        )
        result = _evaluate(tmp_path, _record(contributions=(given,)), contributions=[marks])
        return result.scores["contribution found"].hit, result.scores["contribution full"].hit

    assert hits("2000000", "USD", "Pacific Tide Fund") == (1, 1)
    assert hits("2000000.00", "USD", "Red Cross") == (1, 0)
    assert hits("2000000", "EUR", "Pacific Tide Fund") == (0, 0)


def test_a_meeting_s_fields_are_scored_apart(tmp_path: Path) -> None:
    chairs = (Chair("Kamisese Mara", None, "Fiji"), Chair("Saburo Okita", None, "Japan"))
    given = Meeting(
        **_quote("3rd Fiji-Japan Ocean Dialogue"),
        name="3rd Fiji-Japan Ocean Dialogue",
        ordinal=3,
        chairs=chairs,
    )
    marks = {
        "name": "Third Fiji-Japan Ocean Dialogue",
        "series": "Fiji-Japan Ocean Dialogue",
        "ordinal": 3,
        "date": "2024-03-04",
        "chairs": [{"name": "Kamisese Mara", "party": "Fiji"}],
    }
    result = _evaluate(
        tmp_path, _record(meetings=(given,)), meetings=[marks, {"name": "2nd", "mention": "earlier"}]
    )
    assert _figures(result, "meeting found") == (1, 1, 1)
    assert _figures(result, "meeting ordinal") == (1, 1, 1)
    assert _figures(result, "meeting date") == (0, 1, 1)
    assert _figures(result, "meeting place") == (0, 0, 0)
    assert _figures(result, "meeting chair") == (1, 1, 2)


def test_an_instrument_is_full_with_its_kind_and_period(tmp_path: Path) -> None:
    given = Instrument(
        **_quote("Ocean Plan 2024-2028"),
        name="Ocean Plan 2024-2028",
        surface="Ocean Plan 2024-2028",
        kind="plan_of_action",
        period=("2024", "2028"),
    )
    marks = {"name": "the Ocean Plan 2024–2028", "kind": "strategy", "period": [2024, 2028]}
    result = _evaluate(tmp_path, _record(instruments=(given,)), instruments=[marks])
    assert _figures(result, "instrument found") == (1, 1, 1)
    assert _figures(result, "instrument full") == (0, 1, 1)
    accepted = _evaluate(
        tmp_path, _record(instruments=(given,)), instruments=[{**marks, "alt_kinds": ["plan_of_action"]}]
    )
    assert _figures(accepted, "instrument full") == (1, 1, 1)


def test_issues_areas_and_parties_go_by_name(tmp_path: Path) -> None:
    given = _record(
        issues=(Issue(**_quote("tide gauges"), topic="gauges for tides"),),
        areas=(Area(**_quote("tide gauges"), name="tide gauges"),),
        parties=(Party("JPN", "Japan", "state"), Party("FJI", "Fiji", "state")),
    )
    result = _evaluate(
        tmp_path,
        given,
        issues=[{"topic": "tide gauges"}],
        areas=["tide gauges", "tourism"],
        areas_optional=["trade"],
        parties=[{"name": "Nippon", "forms": ["Japan"]}],
    )
    assert _figures(result, "area found") == (1, 2, 1)
    assert _figures(result, "party found") == (1, 1, 2)
    assert [(m.kind, m.what, m.words) for m in result.misses if m.kind != "issues"] == [
        ("areas", "missed", "tourism"),
        ("parties", "extra", "Fiji"),
    ]


def test_a_day_is_enough_where_only_a_day_is_marked(tmp_path: Path) -> None:
    document = Document(BODY, "0" * 64, "text/plain", published="2024-03-12T16:20:00+12:00")
    result = _evaluate(tmp_path, _record(document=document), published="2024-03-12", title="Missing")
    assert _figures(result, "document published") == (1, 1, 1)
    assert [(m.what, m.words) for m in result.misses] == [("missed", "Missing")]


def test_misses_say_what_is_wrong_and_on_which_words(tmp_path: Path) -> None:
    result = _evaluate(tmp_path, _record(statements=(_welcome("note", (JAPAN,)),)), statements=[WELCOME])
    (miss,) = result.misses
    assert (miss.document, miss.kind, miss.what) == ("1", "statements", "wrong")
    assert miss.words == "welcomed the progress"
    assert miss.why == "note, marked welcome; speakers Japan; marked Fiji, Japan"


def test_a_document_that_cannot_be_read_counts_as_all_missed(tmp_path: Path) -> None:
    result = _evaluate(tmp_path, None, statements=[WELCOME], title="Ocean")
    assert result.failed == ["1: 1: is blank"]
    assert _figures(result, "statement found") == (0, 1, 0)
    assert [m.what for m in result.misses] == ["missed", "missed"]


def test_the_first_line_is_a_header_only_where_it_is_json(tmp_path: Path) -> None:
    _evaluate(tmp_path, _record())
    header = json.dumps({"title": "Tides", "date": "2024-03-12 16:20:00+12:00", "kind": "news"})
    (tmp_path / "text.txt").write_text(f"{header}\n{BODY}", encoding="utf-8")
    (example,) = load_examples(tmp_path / "marked")
    assert example.text.content == BODY
    assert (example.text.title, example.text.published) == ("Tides", "2024-03-12T16:20:00+12:00")


@pytest.mark.parametrize(
    ("marks", "said"),
    [({"file": "text.txt"}, "id"), ({"id": "1", "file": "gone.txt"}, "gone.txt")],
    ids=["no id", "no text"],
)
def test_marks_that_cannot_be_used_are_named_with_the_fault(tmp_path: Path, marks: Any, said: str) -> None:
    (tmp_path / "marked").mkdir()
    path = tmp_path / "marked" / "1.json"
    path.write_text(json.dumps(marks), encoding="utf-8")
    with pytest.raises(CommuniqueError, match=said) as raised:
        load_examples(tmp_path / "marked")
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Republic of Korea", "South Korea", True),
        ("ROK", "the Republic of Korea", True),
        ("Prime Minister Kishida Fumio", "Kishida Fumio", True),
        ("Viet Nam", "Vietnam", True),
        ("ASEAN Outlook on the Indo–Pacific", "ASEAN Outlook on the Indo-Pacific", True),
        ("Republic of Korea", "Democratic People's Republic of Korea", False),
        ("Fiji", "Finland", False),
        ("", "", False),
    ],
)
def test_names_that_mean_one_thing(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the marked documents are not here")
def test_the_figures_agree_with_those_of_an_independent_scorer(tmp_path: Path) -> None:
    """Every third marked finding is left out and every fifth is spoilt; both scorers must count the same."""
    examples = load_examples(SHARED / "gold")
    spoilt = {example.marked.id: _spoilt(example.text.content, example.marked) for example in examples}
    for name, record in spoilt.items():
        (tmp_path / f"{name}.json").write_text(record.to_json(), encoding="utf-8")
    scorer = [sys.executable, SHARED / "tools" / "score_reading.py", SHARED / "gold", tmp_path, "--json"]
    theirs = json.loads(subprocess.run(scorer, capture_output=True, check=True).stdout)["scores"]
    by_text = {example.text.sha256: spoilt[example.marked.id] for example in examples}
    ours = evaluate(examples, lambda text: by_text[text.sha256]).scores
    for name in (
        "statement found",
        "statement class",
        "statement full",
        "commitment found",
        "commitment full",
    ):
        assert _row(ours[name]) == _row_of(theirs[name]), name
    for name in ("contribution found", "contribution full", "issue found", "area found", "party found"):
        assert abs(ours[name].f1 - theirs[name]["f1"]) < 0.02, name


def _row(score: Any) -> tuple[int, int, int]:
    return score.hit, score.marked, score.given


def _row_of(row: dict[str, int]) -> tuple[int, int, int]:
    return row["hit"], row["gold"], row["given"]


def _spoilt(text: str, marked: Any) -> Record:
    def refs(names: tuple[str, ...], n: int) -> tuple[PartyRef, ...]:
        return tuple(PartyRef(name.lower(), name) for name in (names[:1] if n % 5 == 0 else names))

    def place(mark: Any, n: int) -> dict[str, Any]:
        start = mark.start if text.startswith(mark.quote, mark.start or 0) else text.find(mark.quote)
        start = max(0, start or 0)
        end = start + len(mark.quote) // (3 if n % 7 == 0 else 1)
        return {"quote": text[start:end], "start": start, "end": end}

    def kept(marks: Any) -> list[tuple[int, Any]]:
        return [(n, mark) for n, mark in enumerate(marks) if n % 3]

    return msgspec.structs.replace(
        _record(document=Document(text, "0" * 64, "text/plain")),
        statements=tuple(
            Statement(
                **place(m, n), act="note" if n % 4 == 0 else m.class_, cue="", speakers=refs(m.speakers, n)
            )
            for n, m in kept(marked.statements)
        ),
        commitments=tuple(
            Commitment(**place(m, n), debtors=refs(m.debtors, n)) for n, m in kept(marked.commitments)
        ),
        contributions=tuple(
            Contribution(
                **place(m, n),
                donor=PartyRef("x", m.donor or ""),
                amount=str(m.amount),
                currency=m.currency,
                recipient=m.recipient,
            )
            for n, m in enumerate(marked.contributions)
        ),
        issues=tuple(Issue("", 0, 0, topic=m.topic) for _, m in kept(marked.topics("issues"))),
        areas=tuple(Area("", 0, 0, name=m.topic) for _, m in kept(marked.topics("areas"))),
        parties=tuple(Party("", m.name, "state") for _, m in kept(marked.parties)),
    )
