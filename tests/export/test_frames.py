"""Records as data frames, and as JSON that other programs check."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec
import pytest

from communique.errors import CommuniqueError
from communique.export.schema import record_schema
from communique.model import Record

SCHEMA = Path(__file__).parents[2] / "schemas" / "record.schema.json"


def test_there_is_a_frame_for_each_list_with_a_row_for_each_finding(record: Record) -> None:
    frames = record.to_frames()
    counts = {name: len(frame) for name, frame in frames.items()}
    expected = {name: len(getattr(record, name)) for name in counts if name != "document"}
    assert counts == {"document": 1, **expected}


def test_parties_become_names_with_their_ids_beside_them(record: Record) -> None:
    statements = record.to_frames()["statements"]
    assert list(statements["speakers"]) == [["Fiji", "Japan"], ["Japan"], ["Fiji", "Japan"]]
    assert list(statements["speakers_id"]) == [["FJI", "JPN"], ["JPN"], ["FJI", "JPN"]]
    assert list(record.to_frames()["contributions"]["donor_id"]) == ["JPN"]


def test_offsets_stay_whole_numbers_and_cut_the_quote_out_of_the_text(record: Record) -> None:
    frame = record.to_frames()["statements"]
    cut = [record.document.text[row.start : row.end] for row in frame.itertuples()]
    assert cut == list(frame["quote"])
    assert str(frame["inside"].dtype) == "Int64"


def test_an_empty_list_is_a_frame_with_columns_and_no_rows(record: Record) -> None:
    empty = msgspec.structs.replace(record, statements=()).to_frames()["statements"]
    assert len(empty) == 0
    assert list(empty.columns) == list(record.to_frames()["statements"].columns)


def test_without_pandas_it_says_what_to_install(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(CommuniqueError, match="pip install"):
        record.to_frames()


def test_the_schema_in_the_repository_is_the_one_the_model_makes() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == record_schema(), "run: make schema"


def test_a_record_has_exactly_the_fields_that_the_schema_requires(record: Record) -> None:
    schema = json.loads(record_schema())["$defs"]
    written = json.loads(record.to_json())
    assert list(written) == schema["Record"]["required"]
    for kind, name in (
        ("Statement", "statements"),
        ("Contribution", "contributions"),
        ("Meeting", "meetings"),
    ):
        assert list(written[name][0]) == schema[kind]["required"]
        assert schema[kind]["additionalProperties"] is False
