"""Plain text, Markdown and JSON lines: the words stay exactly as they are."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import UnreadableDocument
from communique.formats import read_bytes
from communique.formats.moments import iso_moment
from communique.model import Text

from .samples import JSONL, MARKDOWN, blocks, one


def text(data: bytes, path: str = "a.txt") -> str:
    return one(data, path).content


def test_plain_text_stays_as_it_is_but_for_line_ends() -> None:
    assert text(b"A  headline\r\n\r\n  * one\rtwo\n###\n") == "A  headline\n\n  * one\ntwo\n###\n"


@settings(deadline=None)
@given(
    st.text(
        alphabet=st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="\xa0\u2007\u202f\u200b")
    )
)
def test_words_in_any_script_come_through_unchanged(words: str) -> None:
    assert text(f"The text: {words}".encode()) == f"The text: {words}"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xef\xbb\xbfThe text", "The text"),
        ("The – text".encode("utf-16"), "The – text"),
        ("The text".encode("utf-16-be"), "The text"),
        (b"The \x96 text \x85", "The – text …"),
        ("The – text ".encode() + b"\xff here", "The – text \ufffd here"),
        (b"The\0 text", "The text"),
        (b"The \x07 text", "The   text"),
        ("6\u00a0million, pas\u00adsed".encode(), "6 million, pas\u00adsed"),
        ("اجتماع \u200fمشترك".encode(), "اجتماع \u200fمشترك"),
        ("one\u2028two".encode(), "one\ntwo"),
    ],
)
def test_characters_come_out_as_meant(data: bytes, words: str) -> None:
    assert text(data) == words


def test_a_declared_character_set_is_used() -> None:
    data = "두 나라는 합의했다.".encode("euc-kr")
    assert one(data, "a.txt", media_type="text/plain; charset=euc-kr").content == "두 나라는 합의했다."


def test_a_front_matter_becomes_what_the_document_says_about_itself() -> None:
    document = one(MARKDOWN, "a.md")
    assert document.title == "Readout: Arandel and Borvia"
    assert document.published == "2022-09-01T21:41:21-04:00"
    assert document.url == "https://arandel.example/1"
    assert document.content.startswith("The leaders met in Port Arandel and agreed.\n")


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("title: A: b", "A: b"),
        ("title: 'A: b'", "A: b"),
        ("title: >\n  A\n  b", "A b"),
        ("title: [A, b]", "A, b"),
        ("title: *unknown", "*unknown"),
        ("title: {a: {b: c}}\ndate: 2022-07-05", None),
    ],
)
def test_a_front_matter_that_is_not_quite_yaml_is_read_all_the_same(front: str, title: str | None) -> None:
    document = one(f"---\n{front}\n---\nThe text.".encode(), "a.md")
    assert (document.title, document.content) == (title, "The text.")


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("see [the plan](https://x.example/a)", "see the plan"),
        ("<https://x.example/a>", "https://x.example/a"),
        ("**Both** sides *agreed* to __meet__ _again_", "Both sides agreed to meet again"),
        (r"1\. We agreed \(again\)", "1. We agreed (again)"),
        ("Fish &amp; timber<br>", "Fish & timber"),
        ("a snake_case_name, 2 * 3 * 4", "a snake_case_name, 2 * 3 * 4"),
        ("[Applause] and [1] (note)", "[Applause] and [1] (note)"),
        ("    an indented line is no code", "    an indented line is no code"),
        ("# # #", "# # #"),
        ("#1 in the region", "#1 in the region"),
        ("- 3 -", "- 3 -"),
        ("---------", "---------"),
        ("| Donor | Amount |\n|---|---|\n| Arandel | 6 |", "Donor\tAmount\nArandel\t6"),
    ],
)
def test_only_what_is_plainly_markup_is_taken_out(markdown: str, words: str) -> None:
    assert text(markdown.encode(), "a.md") == words


def test_headings_items_and_quotations_become_blocks_and_markers_stay_before_them() -> None:
    body = b"# Trade #\n\nThey agreed:\n* fish\n* timber and\n  wood\n\n12. We met.\n\n"
    body += b"> We will\n> help.\n\nPeace\n===\n\n###"
    document = one(body, "a.md")
    assert blocks(document, "heading") == ["Trade", "Peace"]
    assert blocks(document, "list_item") == ["fish", "timber and\n  wood", "We met."]
    assert blocks(document, "quotation") == ["We will\nhelp."]
    assert document.content.startswith("Trade\n\nThey agreed:\n* fish\n")
    assert document.content.endswith("12. We met.\n\nWe will\nhelp.\n\nPeace\n\n###")


def test_a_number_or_dash_that_a_line_happens_to_start_with_opens_no_item() -> None:
    body = b"The war ended in the summer of\n45. It had begun\n- they said - long before.\n"
    assert blocks(one(body, "a.md"), "list_item") == []


def test_a_bad_line_is_reported_in_its_place_and_the_others_are_read() -> None:
    found = list(
        read_bytes(JSONL + b'{"text": 5}\nnonsense\n{"text": " "}\n{"text": "End."}', path="a.jsonl")
    )
    assert [d.content if isinstance(d, Text) else d.path for d in found] == [
        "They met.", "They agreed.", "a.jsonl:3", "a.jsonl:4", "a.jsonl:5", "End."
    ]  # fmt: skip


def test_a_file_in_which_all_is_bad_is_given_up() -> None:
    with pytest.raises(UnreadableDocument, match="none of its first 1,000"):
        list(read_bytes(b"{nonsense\n" * 5000, path="a.jsonl"))


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2022-07-05", "2022-07-05"),
        ("2022-09-01 21:41:21-04:00", "2022-09-01T21:41:21-04:00"),
        ("2022-07-05T11:43:00+0700", "2022-07-05T11:43:00+07:00"),
        ("2022-07-05T04:43Z", "2022-07-05T04:43:00+00:00"),
        ("2022-07-05T04:43:00.123Z", "2022-07-05T04:43:00+00:00"),
        ("2022-07-05 11:43", "2022-07-05T11:43:00"),
        ("2022-07-05T00:00:00", "2022-07-05"),
        ("Tue, 05 Jul 2022 11:43:00 +0700", "2022-07-05T11:43:00+07:00"),
        ("Tuesday, 5th July 2022", "2022-07-05"),
        ("July 5, 2022", "2022-07-05"),
        ("Sep 1, 2022", "2022-09-01"),
        ("20220705", "2022-07-05"),
        ("05/07/2022", None),
        ("2022-13-45", None),
        ("2022", None),
        ("last week", None),
        ("", None),
    ],
)
def test_a_moment_is_written_the_one_way_or_not_guessed(written: str, iso: str | None) -> None:
    assert iso_moment(written) == iso


@pytest.mark.shared
def test_the_corpus_as_markdown_keeps_its_words(shared: Path) -> None:
    changed = 0
    with gzip.open(shared / "corpus" / "documents.jsonl.gz") as rows:
        for row in rows:
            words = json.loads(row)["text"].translate({0xA0: " ", 0x202F: " "})
            changed += one(f"---\ntitle: x\n---\n{words}".encode(), "a.md").content != words
    assert changed <= 5
