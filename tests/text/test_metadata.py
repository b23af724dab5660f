"""What a document says about itself: title, byline, dateline, date, kind and issuer."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from communique.errors import CommuniqueError
from communique.model import Document, PartyRef, Text
from communique.text.prepare import Prepared, prepare
from communique.vocab.publishers import publisher_of, publishers

SHARED = Path(__file__).parents[3] / "shared"
BODY = "Senior officials of both sides renewed their commitment to the partnership. They met last week.\n"


def prepared(content: str, **about: str) -> Prepared:
    return prepare(Text(content=content, media_type="text/plain", sha256="", **about))


@pytest.mark.parametrize(
    ("line", "byline", "place", "published"),
    [
        ("Siti Rahma - 05 July 2022 11:43 WIB", "Siti Rahma", None, "2022-07-05T11:43:00+07:00"),
        ("By Jane Doe", "Jane Doe", None, None),
        ("Oleh Ari Nugroho | 5 Juli 2022", "Ari Nugroho", None, "2022-07-05"),
        ("Hiroshima, 20 May 2023", None, "Hiroshima", "2023-05-20"),
        ("CANBERRA, 17th October, 1965.", None, "Canberra", "1965-10-17"),
        ("FOR MEDIA THURSDAY, 21 JANUARY, 1982", None, None, "1982-01-21"),
        ("2022.07.05", None, None, "2022-07-05"),
        ("Published: July 5, 2022 at 11:43 pm KST", None, None, "2022-07-05T23:43:00+09:00"),
        ("Updated 2022-07-05 09:05 (GMT+9)", None, None, "2022-07-05T09:05:00+09:00"),
        ("17 September 1999", None, None, "1999-09-17"),
        ("31 June 1999", None, None, None),
        (
            "Statement by the Prime Minister, the Rt. Hon. William McMahon, C.H., M. P.",
            "William McMahon",
            None,
            None,
        ),
        ("STATEMENT BY THE PRIME MINISTER, THE HON P J KEATING MP", "P J Keating", None, None),
    ],
)
def test_an_imprint_line_is_read(
    line: str, byline: str | None, place: str | None, published: str | None
) -> None:
    document = prepared(f"Asean and Seoul Agree to Deepen Ties\n\n{line}\n\n{BODY}").document
    assert (document.byline, document.dateline_place, document.published) == (byline, place, published)


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("Jakarta: ", "Jakarta"),
        ("SEOUL, July 5 (Yonhap) -- ", "Seoul"),
        ("Washington, D.C. — ", "Washington, D.C."),
        ("JAKARTA (ANTARA) - ", "Jakarta"),
        ("Japan: ", None),
        ("Note: ", None),
        ("We – the Leaders – agree. ", None),
    ],
)
def test_a_dateline_opens_the_first_paragraph(opening: str, place: str | None) -> None:
    content = f"Asean and Seoul Agree to Deepen Ties\n\n{opening}{BODY}"
    found = prepared(content)
    assert found.document.dateline_place == place
    datelines = [content[s.start : s.end] for s in found.segments if s.role == "dateline"]
    assert datelines == ([opening.strip()] if place else [])


def test_a_date_in_a_sentence_is_no_date_of_publication() -> None:
    content = f"The ministers met in Seoul on 5 July 2022.\n\n{BODY}"
    assert prepared(content).document.published is None


def test_a_dateline_under_the_text_is_read_even_where_a_scan_ran_it_into_the_last_sentence() -> None:
    content = (
        "I am in contact with my fellow heads of government about arrangements for a Forum\n\n"
        "delegation to convey to the Government the depth of our concern. I envisage that\n\n"
        "the delegation would be led by the Foreign Minister, Senator\n\nEvans. CANBERRA JUNE 1995\n"
    )
    found = prepared(content)
    assert found.document.dateline_place == "Canberra"
    assert found.document.published is None
    assert content[found.sentences[-1].start : found.sentences[-1].end].endswith("Senator\n\nEvans.")


def test_what_the_caller_gives_wins_over_the_format_and_the_format_over_the_text() -> None:
    content = f"Asean and Seoul Agree to Deepen Ties\n\n5 July 2022\n\n{BODY}"
    by_format = prepared(content, title="The Title", published="2022-07-06T10:00:00+09:00")
    assert by_format.document.title == "The Title"
    assert by_format.document.published == "2022-07-06T10:00:00+09:00"
    text = Text(
        content=content, media_type="text/plain", sha256="", title="The Title", published="2022-07-06"
    )
    by_caller = prepare(text, title="Another", published="2022-07-07", language="id")
    assert (by_caller.document.title, by_caller.published) == ("Another", date(2022, 7, 7))
    assert by_caller.document.language == "id"


def test_a_date_that_is_none_is_refused_from_the_caller_and_reported_from_the_format() -> None:
    text = Text(content=BODY, media_type="text/plain", sha256="", published="yesterday")
    with pytest.raises(CommuniqueError, match="no date"):
        prepare(text, published="last week")
    assert [p.code for p in prepare(text).problems] == ["date/unreadable"]


def test_the_known_title_is_found_in_its_lines_scanning_errors_allowed() -> None:
    content = (
        f"PRIME MINISTER\n\nVISIT OF THE PRESIDENT OF THE\n\nCOMMISION OF THE EUROPEAN COMMUNITIES\n\n{BODY}"
    )
    title = "VISIT OF THE PRESIDENT OF THE COMMISSION OF THE EUROPEAN COMMUNITIES"
    found = prepared(content, title=title, url="https://pmtranscripts.pmc.gov.au/release/transcript-1")
    assert [s.role for s in found.segments][:4] == ["furniture", "title", "title", "body"]
    assert found.document.title == title


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Readout of President Biden’s Call with President Yoon", "readout"),
        ("Quad Leaders’ Joint Statement: The Spirit of the Quad", "joint_statement"),
        ("G20 Rio de Janeiro Leaders’ Communiqué", "communique"),
        ("Plan of Action to Implement the Joint Declaration (2021-2025)", "plan_of_action"),
        ("Memorandum of Understanding on Energy", "agreement"),
        ("Remarks by President Biden at Arrival", "speech"),
        ("Media Release: New Support for the Region", "press_release"),
        ("The Weather", "other"),
    ],
)
def test_a_title_tells_the_kind(title: str, kind: str) -> None:
    assert prepared(BODY, title=title).document.kind == kind


def test_the_publisher_is_known_by_address_name_or_letterhead() -> None:
    def of(**about: str) -> PartyRef | None:
        document = Document(text=about.pop("text", ""), sha256="", media_type="text/plain", **about)
        found = publisher_of(document)
        return None if found is None else found.issuer

    assert of(url="https://www.mofa.go.kr/eng/1") == PartyRef("KOR", "Republic of Korea")
    assert of(publisher="White House") == PartyRef("USA", "United States")
    assert of(text="THE WHITE HOUSE\nOffice of the Press Secretary\n") == PartyRef("USA", "United States")
    assert of(url="https://example.com/", text=BODY) is None
    assert of(url="http://[broken") is None


def test_a_release_speaks_for_its_issuer_and_names_the_dollar() -> None:
    found = prepared(BODY, url="https://pmtranscripts.pmc.gov.au/release/transcript-1")
    assert (found.issuer, found.issuer_post) == (PartyRef("AUS", "Australia"), "Prime Minister of Australia")
    publisher = publisher_of(found.document)
    assert publisher is not None
    assert publisher.dollar == "AUD"


def test_a_newspaper_is_no_party() -> None:
    assert all(p.issuer is None for p in publishers() if p.kind == "news")


def test_no_address_belongs_to_two_publishers() -> None:
    hosts = [host for p in publishers() for host in p.hosts]
    assert len(hosts) == len(set(hosts))


def gold() -> list[Path]:
    return sorted((SHARED / "gold").glob("*.json"))


@pytest.mark.shared
@pytest.mark.parametrize("path", gold(), ids=lambda path: path.stem)
def test_marked_documents_say_what_they_say_about_themselves(path: Path) -> None:
    marked = json.loads(path.read_text())
    header, content = (SHARED / marked["file"]).read_text().split("\n", 1)
    about = json.loads(header)
    text = Text(
        content=content,
        media_type="text/markdown",
        sha256="",
        title=about.get("title"),
        published=about.get("date"),
        url=about.get("url"),
    )
    document = prepare(text).document
    fields = ("title", "byline", "dateline_place", "published")
    assert {f: getattr(document, f) for f in fields} == {f: marked[f] for f in fields}
