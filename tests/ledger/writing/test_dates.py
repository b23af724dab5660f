"""Dates as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from communique.ledger.writing.dates import marked, written


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1967", "1967"),
        ("1967-08", "August 1967"),
        ("1967-08-08", "8 August 1967"),
        ("1967-08-05/1967-08-08", "5–8 August 1967"),
        ("1967-07-30/1967-08-02", "30 July – 2 August 1967"),
        ("1967-12-30/1968-01-02", "30 December 1967 – 2 January 1968"),
        ("1967-07/1967-09", "July – September 1967"),
        ("2018/2022", "2018–2022"),
        ("2018/2018", "2018"),
        ("2018/", "from 2018"),
        ("../2022-06", "until June 2022"),
        ("2018/2020-06", "2018 – June 2020"),
    ],
)
def test_a_date_is_written_as_people_write_it(edtf: str, words: str) -> None:
    assert written(edtf) == words


@pytest.mark.parametrize(
    "words", ["last week", "", "1967-13", "1967-08-08-01", "/", "../..", "2018/soon", "soon/2018", "<b>"]
)
def test_what_is_no_date_is_shown_as_it_was_read(words: str) -> None:
    assert written(words) == words


def test_machines_can_read_a_day_too() -> None:
    assert marked(date(1967, 8, 8)) == '<time datetime="1967-08-08">8 August 1967</time>'
    assert marked("1967-08") == '<time datetime="1967-08">August 1967</time>'
    assert (
        marked(datetime(1967, 8, 8, 23, 59, tzinfo=UTC)) == '<time datetime="1967-08-08">8 August 1967</time>'
    )


def test_a_date_from_a_document_is_escaped() -> None:
    assert "<b>" not in marked("<b>/<b>")
    assert "<b>" not in marked("<b>")
