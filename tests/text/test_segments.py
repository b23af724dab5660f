"""Tiles: every character has its segment, roles are told, and furniture is set aside with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model import Block, Coverage, Segment, Text
from communique.text.prepare import Prepared, prepare
from communique.text.segments import coverage, settle_dispositions

NEWS = """Asean, Seoul Agree to Deepen Cooperation

Siti Rahma - 05 July 2022 11:43 WIB
Asean, Seoul Agree to Deepen Cooperation
Both sides agreed to work closely. (Photo:
Jakarta: Senior officials of both sides renewed their commitment. They met last week.

"We welcome the support of our partners."

Read also: Another story of the day
Bagaimana tanggapan anda mengenai artikel ini?
Ikuti langkah berikut ini untuk mendapatkan notifikasi
  1. Akses Pengaturan/Setting Browser Anda
  2. Cari pada List Sites Notifications
Anda Selesai.

Powered by
"""


def prepared(content: str, **about: str) -> Prepared:
    return prepare(Text(content=content, media_type="text/plain", sha256="", **about))


def tiles(content: str, **about: str) -> list[tuple[str, str]]:
    return [(s.role, content[s.start : s.end]) for s in prepared(content, **about).segments]


def check_tiling(content: str, segments: tuple[Segment, ...]) -> None:
    at = 0
    for segment in segments:
        assert at <= segment.start < segment.end
        assert content[at : segment.start].strip() == ""
        assert content[segment.start : segment.end] == content[segment.start : segment.end].strip()
        at = segment.end
    assert content[at:].strip() == ""


LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                *NEWS.splitlines(),
                "- an item; and",
                "(a)",
                "###",
                "CANBERRA JUNE 1995",
                "restraint. t'Vi",
                "of the",
                "\x00",
                "\u202eשלום",
                "무단 전재 및 재배포 금지",
                "Mr.",
                '" ',
                "...",
                "$6 million. 000---",
            ]
        ),
    ),
    max_size=14,
)


@settings(max_examples=300, deadline=None)
@given(LINES, st.sampled_from(["\n", "\n\n", "\r\n", "\x0b", "\u2028", " "]))
def test_segments_hold_every_character_that_is_not_white_space(lines: list[str], end: str) -> None:
    content = end.join(lines)
    check_tiling(content, prepared(content).segments)


@settings(max_examples=100, deadline=None)
@given(LINES, st.lists(st.tuples(st.integers(0, 300), st.integers(0, 80)), max_size=6))
def test_blocks_of_a_format_never_break_the_tiling(lines: list[str], blocks: list[tuple[int, int]]) -> None:
    content = "\n".join(lines)
    text = Text(
        content=content,
        media_type="text/html",
        sha256="",
        blocks=tuple(Block(start, start + length, "heading") for start, length in blocks),
    )
    check_tiling(content, prepare(text).segments)


@settings(max_examples=100, deadline=None)
@given(LINES)
def test_sentences_lie_in_segments_that_are_to_be_read(lines: list[str]) -> None:
    found = prepared("\n".join(lines))
    ends = {s.end: s for s in found.segments}
    for n, sentence in enumerate(found.sentences):
        segment = ends[sentence.end]
        assert sentence.index == n
        assert segment.start <= sentence.start < sentence.end
        assert (segment.role, segment.disposition) == (sentence.role, "unread")


@pytest.mark.parametrize(
    "content", ["a. " * 60_000, "(" * 200_000, "x" * 200_000, '" ' * 60_000, "1. " * 60_000]
)
def test_a_page_without_line_ends_is_read_in_linear_time(content: str) -> None:
    check_tiling(content, prepared(content).segments)


def test_a_news_page_falls_into_its_parts() -> None:
    assert tiles(NEWS) == [
        ("title", "Asean, Seoul Agree to Deepen Cooperation"),
        ("byline", "Siti Rahma - 05 July 2022 11:43 WIB"),
        ("furniture", "Asean, Seoul Agree to Deepen Cooperation"),
        ("caption", "Both sides agreed to work closely. (Photo:"),
        ("dateline", "Jakarta:"),
        ("body", "Senior officials of both sides renewed their commitment."),
        ("body", "They met last week."),
        ("quotation", '"We welcome the support of our partners."'),
        ("furniture", "Read also: Another story of the day"),
        ("furniture", "Bagaimana tanggapan anda mengenai artikel ini?"),
        ("furniture", "Ikuti langkah berikut ini untuk mendapatkan notifikasi"),
        ("furniture", "1. Akses Pengaturan/Setting Browser Anda"),
        ("furniture", "2. Cari pada List Sites Notifications"),
        ("furniture", "Anda Selesai."),
        ("furniture", "Powered by"),
    ]


def test_what_is_set_aside_says_why() -> None:
    aside = [s for s in prepared(NEWS).segments if s.disposition == "set_aside"]
    assert aside[0].why == "duplicate headline"
    assert {s.language for s in aside} == {"en", "id"}
    assert all(s.why for s in aside)


@pytest.mark.parametrize(
    "line",
    [
        "###",
        "-30-",
        "- 2 -",
        "Page 3 of 5",
        "000---",
        "Share",
        "Copyright © 2022 The Paper",
        "Media contact: 02 6277 7744",
        "This website uses cookies to improve your experience.",
        "Joint Action Plan - PDF 57KB",
        "무단 전재 및 재배포 금지",
        "Theo dõi chúng tôi trên mạng xã hội để nhận tin mới nhất mỗi ngày",
        "ติดตามข่าวสารล่าสุดได้ที่นี่",
        "Suivez toute l'actualité du pays sur notre chaîne et recevez nos alertes",
    ],
)
def test_page_furniture_is_set_aside(line: str) -> None:
    content = f"The two sides agreed to meet again next year in Seoul.\n\n{line}\n"
    last = prepared(content).segments[-1]
    assert (content[last.start : last.end], last.role, last.disposition) == (line, "furniture", "set_aside")


@pytest.mark.parametrize(
    "line",
    [
        "Copyright protection was discussed by both delegations.",
        "Tel Aviv hosted the second round of talks.",
        "Yes.",
        "1967",
        "SUGA Yoshihide Joseph R. Biden Jr.",
        "- Romanian President Klaus Iohannis",
        "See also the Joint Vision Statement adopted in 2017.",
        "More than 5,000 students will benefit.",
        "AI",
        "PRIME MINISTER:",
        "The Phu Quoc and Labuan Bajo dialogues will continue.",
    ],
)
def test_what_a_document_says_is_never_set_aside(line: str) -> None:
    content = f"The two sides agreed to meet again next year.\n\n{line}\n\nThey thanked their hosts.\n"
    assert all(s.disposition != "set_aside" for s in prepared(content).segments)


def test_scanning_debris_is_cut_from_the_sentence_that_it_was_run_into() -> None:
    content = (
        "negotiations on a Comprehensive Test Ban Treaty should be completed by no later than 1996 and\n\n"
        "pending such a treaty nuclear weapon states would exercise\n\nthe utmost restraint. t'Vi\n\n"
        "The South Pacific Forum remains strongly committed to a treaty as a key step in\n\nglobal efforts.\n"
    )
    found = tiles(content)
    assert ("furniture", "t'Vi") in found
    assert any(words.endswith("utmost restraint.") for _, words in found)


def test_headings_stand_apart_from_the_text_under_them() -> None:
    content = (
        "Joint Statement of the Leaders\n\nThe leaders met in Seoul on 5 July and agreed on much.\n\n"
        "TRADE AND INVESTMENT\n\nThey welcomed growing trade between the two countries and beyond.\n\n"
        "1. Political and Security Cooperation\n\nThey condemned the launches in the strongest terms.\n\n"
        "Expanding our partnership\n\nThey will expand cooperation in space, health and energy.\n"
    )
    headings = [words for role, words in tiles(content) if role == "heading"]
    assert headings == [
        "TRADE AND INVESTMENT",
        "1. Political and Security Cooperation",
        "Expanding our partnership",
    ]


def test_a_document_in_another_language_is_kept_but_not_read() -> None:
    found = prepared(
        "대한민국 외교부는 아세안과의 대화를 개최하였다고 밝혔다.\n\n양측은 한반도 정세를 논의하였다.\n"
    )
    assert found.document.language == "ko"
    assert {(s.role, s.language, s.disposition, s.why) for s in found.segments} == {
        ("body", "ko", "unread", "language ko is not read")
    }
    assert found.sentences == ()
    assert [p.code for p in found.problems] == ["language/unsupported"]


def test_a_long_passage_in_another_language_is_unread_not_set_aside() -> None:
    french = (
        "Les deux parties ont réaffirmé leur engagement en faveur de la paix, de la stabilité et de la "
        "prospérité dans la région, et elles ont décidé de renforcer leur coopération dans les domaines du "
        "commerce, de l'énergie et de la culture au cours des prochaines années."
    )
    english = "The two sides agreed to meet again next year in Seoul, and to review what was done by then."
    found = prepared(f"{english}\n\n{french}\n")
    assert [(s.language, s.disposition) for s in found.segments] == [("en", "unread"), ("fr", "unread")]
    assert len(found.sentences) == 1


def test_the_marker_of_an_item_is_in_its_segment_where_the_format_tells_the_item_without_it() -> None:
    content = "The two sides agreed on:\n\n- trade;\n2. tourism\n"
    blocks = (Block(28, 34, "list_item"), Block(38, 45, "list_item"))
    found = prepare(Text(content=content, media_type="text/html", sha256="", blocks=blocks))
    assert [content[s.start : s.end] for s in found.segments[1:]] == ["- trade;", "2. tourism"]
    assert [content[s.start : s.end] for s in found.sentences[1:]] == ["trade;", "tourism"]


def test_findings_make_the_segments_that_they_rest_on_read() -> None:
    found = prepared("The two sides met. They agreed to pay. They parted.\n\n###\n")
    settled = settle_dispositions(found.segments, [(19, 24), (40, 40)])
    assert [s.disposition for s in settled] == ["unread", "read", "unread", "set_aside"]
    assert coverage(settled) == Coverage(read=19, set_aside=3, unread=30)
