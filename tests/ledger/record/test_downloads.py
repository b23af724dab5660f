"""Lists as files."""

from __future__ import annotations

import csv
import io
import json

import pytest

from communique.ledger.record.downloads import harmless

from .conftest import DIALOGUE

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_a_list_of_claims_is_downloaded_with_its_quotes_and_where_they_stand(pages, take, entity):
    document = take(DIALOGUE)
    path = f"/parties/{entity('party', 'Japan').pk}/money/"
    (row,) = csv.DictReader(io.StringIO(pages.file(path, format="csv")))
    assert row["quote"] == document.text[int(row["start"]) : int(row["end"])]
    assert (row["amount"], row["currency"], row["stage"], row["state"]) == (
        "2000000",
        "USD",
        "pledge",
        "proposed",
    )
    assert (row["who"], row["whom"], row["title"]) == ("Japan", "Pacific Tide Fund", document.title)
    (same,) = json.loads(pages.file(path, format="json"))
    assert same["who"] == ["Japan"]
    assert same["address"] == f"http://testserver/claims/{same['claim']}/"


def test_a_file_holds_the_whole_list_as_it_is_narrowed(pages, take, entity):
    for day in range(1, 31):
        take(f"---\ndate: 1975-01-{day:02}\n---\nJapan welcomed the plan number {day} of Fiji.")
    said = f"/parties/{entity('party', 'Japan').pk}/said/"
    assert len(json.loads(pages.file(said, format="json"))) == 30
    assert json.loads(pages.file(said, format="json", year="1974")) == []


@pytest.mark.parametrize("path", ["/parties/", "/people/", "/meetings/", "/meetings/all/", "/instruments/", "/funds/",
                                  "/issues/", "/areas/", "/commitments/"])  # fmt: skip
def test_every_list_is_a_file(pages, take, path):
    take(DIALOGUE)
    rows = json.loads(pages.file(path, format="json"))
    table = list(csv.reader(io.StringIO(pages.file(path, format="csv"))))
    assert rows
    assert table[0] == list(rows[0])
    assert len(table) == len(rows) + 1


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_no_cell_is_a_formula(cell):
    assert harmless(cell) == f"'{cell}"


def test_a_quote_that_begins_like_a_formula_is_harmless_in_the_file(pages, take, entity):
    take("---\ntitle: =HYPERLINK(1)\ndate: 1975-01-01\n---\nJapan welcomed the plan.")
    path = f"/parties/{entity('party', 'Japan').pk}/said/"
    assert "'=HYPERLINK(1)" in pages.file(path, format="csv")


def test_json_keeps_a_title_as_it_is(pages, take, entity):
    take("---\ntitle: =HYPERLINK(1)\ndate: 1975-01-01\n---\nJapan welcomed the plan.")
    (row,) = json.loads(pages.file(f"/parties/{entity('party', 'Japan').pk}/said/", format="json"))
    assert row["title"] == "=HYPERLINK(1)"
