"""Pages, papers, mails and feeds: the words that a reader sees, in order, and the roles the file tells."""

from __future__ import annotations

import time

import pytest

from communique.errors import UnreadableDocument
from communique.formats import read_bytes
from communique.model import Text

from .samples import ATOM, EML, HTML, NEXT_PAGE, PAGE, WORD, blocks, docx, one, pdf, rss


@pytest.fixture(scope="module")
def page() -> Text:
    return one(HTML.encode(), "page.html")


def test_a_page_tells_who_published_it_when_and_where(page: Text) -> None:
    assert page.title == "Arandel and Borvia meet"
    assert (page.byline, page.publisher) == ("Ines Calder", "The Harbour Post")
    assert page.published == "2022-07-05T11:43:00+07:00"
    assert (page.language, page.url) == ("en", "https://harbour.example/world/meet")


def test_a_page_keeps_headline_byline_caption_list_table_and_quotation_in_order(page: Text) -> None:
    assert page.content == (
        "Arandel and Borvia meet\n\n"
        "Ines Calder - 05 July 2022 11:43 WIB\n\n"
        "Both sides agreed to meet again. (Photo:\n\n"
        "Port Arandel: Senior officials of Arandel and Borvia renewed their commitment to cooperate at the "
        "26th Dialogue held last week, and welcomed a contribution of US$6 million to the fund.\n\n"
        "They agreed on a plan of action in the following areas, and asked officials to report next year:\n\n"
        "1. Trade in fish and timber\n2. Schools\n- Exchange of teachers\n\n"
        "Donor\tAmount\nArandel\tUS$6 million\n\n"
        "“We will work closely together,” the Secretariat said in a press release on Monday.\n\n"
        "The next Dialogue will be held in Borvia in 2023, and both sides looked forward to meeting there."
    )


def test_a_page_tells_the_roles_of_its_paragraphs(page: Text) -> None:
    assert blocks(page, "heading") == ["Arandel and Borvia meet"]
    assert blocks(page, "caption") == ["Both sides agreed to meet again. (Photo:"]
    assert blocks(page, "list_item") == ["Trade in fish and timber", "Schools", "Exchange of teachers"]
    assert len(blocks(page, "quotation")) == 1


def test_json_ld_tells_author_and_time_where_no_meta_element_does() -> None:
    script = """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",
    "headline": "They met",
    "datePublished": "2022-07-05T04:43:00Z", "author": [{"name": "A. Writer"}],
    "publisher": {"name": "Post"}}]}
    </script>"""
    words = "<p>The two ministers met in Port Arandel on Monday and agreed to meet again next year.</p>" * 3
    document = one(
        f"<html><head>{script}</head><body><h1>They met</h1>{words}</body></html>".encode(), "a.html"
    )
    assert (document.title, document.byline, document.publisher) == ("They met", "A. Writer", "Post")
    assert document.published == "2022-07-05T04:43:00+00:00"


def test_what_a_page_does_not_say_is_none() -> None:
    document = one(b"<p>The two ministers met in Port Arandel on Monday.</p>", "a.html")
    assert {document.title, document.byline, document.publisher, document.published, document.url} == {None}


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>one<br>two<br><br>three</p>", "one\ntwo\n\nthree"),
        ("<ol start=3 type=a><li>x</li><li><p>y</p><p>z</p></li></ol>", "c. x\nd. y\n\nz"),
        ("<p>a &lt;b&gt; &amp; c<script>no</script><span hidden>no</span></p>", "a <b> & c"),
        (
            "<table><tr><td><h2>Head</h2><p>One.</p></td><td><p>Two.</p></td></tr></table>",
            "Head\n\nOne.\n\nTwo.",
        ),
        ("<p>con&shy;se&shy;quence of&#8203; it</p>", "consequence of it"),
        ("<pre>one\n  two</pre>", "one\ntwo"),
        ("<p>fund<sup><a href='#1'>1</a></sup> and 26<sup>th</sup></p>", "fund[1] and 26th"),
        (
            "text <b>in</b> no <i>paragraph</i><div>and in one</div>tail",
            "text in no paragraph\n\nand in one\n\ntail",
        ),
    ],
)
def test_elements_become_text_as_a_browser_shows_them(html: str, words: str) -> None:
    assert one(f"<!doctype html><body>{html}".encode(), "a.html").content == words


def test_menus_go_but_a_page_whose_text_stands_in_a_menus_name_keeps_it() -> None:
    sentences = "".join(
        f"<p>Minister number {n} met the other side in Port Arandel and agreed on point {n}.</p>"
        for n in range(9)
    )
    menu = "<ul class='menu'>" + "".join(f"<li><a href=x>Section {n}</a></li>" for n in range(9)) + "</ul>"
    for name in ("content", "sidebar-share"):
        document = one(
            f"<html><body>{menu}<div class='{name}'>{sentences}</div>{menu}</body></html>".encode(), "a"
        )
        assert document.content.count("Minister number") == 9
        assert "Section" not in document.content


def test_the_better_run_is_the_text_where_a_page_holds_two() -> None:
    main = "".join(
        f"<p>The ministers agreed on point {n} of the plan of action in the evening.</p>" for n in range(30)
    )
    gap = "".join(
        f"<li><a href=x>Another story of the day, number {n}, told elsewhere</a></li>" for n in range(80)
    )
    other = "<p>A short note on the weather in the harbour, which was fine all day long.</p>"
    document = one(
        f"<html><body><div>{main}</div><ul>{gap}</ul><div>{other}</div></body></html>".encode(), "a.html"
    )
    assert document.content.count("The ministers agreed") == 30
    assert "Another story" not in document.content


def test_a_paper_is_joined_into_paragraphs_over_lines_and_pages() -> None:
    document = one(pdf(PAGE, NEXT_PAGE), "a.pdf")
    assert document.content == (
        "Joint Statement on Cooperation\n\n"
        "The leaders met in Port Arandel on Monday and agreed to strengthen the cooperation between their "
        "two countries in fishing, timber and in schools.\n\n"
        "1. They will hold the next meeting in Borvia and work closely together on trade.\n"
        "2. They pledged US$6 million to the fund for the region and for all of its member states.\n\n"
        "They thanked the host."
    )
    assert blocks(document, "heading") == ["Joint Statement on Cooperation"]
    assert len(blocks(document, "list_item")) == 2


def test_a_hyphen_at_a_lines_end_stays_where_the_document_does_not_know_the_word_without_it() -> None:
    lines = [
        (72, 700, 12, "The ministers met for the well-"),
        (72, 686, 12, "known dialogue and agreed on many things."),
    ]
    assert "well-known dialogue" in one(pdf(lines), "a.pdf").content


def test_a_papers_numbered_heading_is_a_heading_and_a_small_bullet_keeps_its_item_whole() -> None:
    lines = [
        (72, 740, 18, "1.1 Trade in goods"),
        (72, 700, 8, "•"),
        (90, 700, 12, "The ministers agreed to lower the duties on fish, timber and wool in"),
        (90, 686, 12, "the next two years."),
        (72, 650, 12, "They asked their officials to report on this before the end of the year."),
    ]
    document = one(pdf(lines), "a.pdf")
    assert blocks(document, "heading") == ["1.1 Trade in goods"]
    assert [item[-19:] for item in blocks(document, "list_item")] == ["the next two years."]


def test_a_papers_title_counts_only_if_its_text_shows_it() -> None:
    assert (
        one(pdf(PAGE, title="Joint Statement on Cooperation"), "a.pdf").title
        == "Joint Statement on Cooperation"
    )
    assert one(pdf(PAGE, title="Microsoft Word - final2.doc"), "a.pdf").title is None


def test_a_word_file_keeps_tables_and_the_numbers_that_word_shows() -> None:
    document = one(WORD, "a.docx")
    assert document.content == (
        "Plan of Action\n\nThe leaders agreed.\n\n1. Trade\n2. Schools\n- Teachers\n\n"
        "Donor\tAmount\nArandel\tUS$6 million"
    )
    assert document.title == "Plan of Action"
    assert blocks(document, "heading") == ["Plan of Action"]
    assert blocks(document, "list_item") == ["Trade", "Schools", "Teachers"]


def test_a_word_files_title_from_a_template_is_no_title() -> None:
    assert one(docx(("Normal", "The leaders met."), title="Letterhead"), "a.docx").title is None


def test_a_mail_tells_subject_sender_and_time_and_its_plain_body_is_read() -> None:
    mail = one(EML, "a.eml")
    assert (mail.title, mail.publisher) == ("Joint statement of Arandel and Borvia", "Ministère d’Arandel")
    assert mail.published == "2022-07-05T11:43:00+07:00"
    assert mail.content == "The ministers met – and agreed."


def test_a_mail_without_a_plain_body_is_read_from_its_html() -> None:
    mail = b"From: a\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>They met.</p><ul><li>Fish</li></ul>"
    assert one(mail, "a.eml").content == "They met.\n\n- Fish"


def test_each_entry_of_a_feed_is_a_document_with_its_fullest_text() -> None:
    first, second = read_bytes(rss(), path="feed.xml")
    assert isinstance(first, Text)
    assert isinstance(second, Text)
    assert first.content == "The two leaders met & agreed.\n\n- Trade\n- Schools"
    assert (first.title, first.byline, first.publisher) == ("Readout 0", "Ines Calder", "Press Office")
    assert (first.published, first.language) == ("2022-07-05T11:43:00+07:00", "en")
    assert second.url == "https://arandel.example/1"


def test_an_atom_feed_is_read_like_any_other() -> None:
    entry = one(ATOM, "feed.xml")
    assert (entry.title, entry.content) == ("Fish & timber", "One agreement was signed.")
    assert (entry.byline, entry.publisher, entry.url) == (
        "Ines Calder",
        "Releases",
        "https://borvia.example/1",
    )


def test_a_bad_entry_is_reported_and_the_others_are_read() -> None:
    bad = (
        "<item><title>x</title><description>bad <b></description></item>",
        "<item><title>Only this</title></item>",
    )
    found = list(read_bytes(rss(*bad, count=3), path="feed.xml"))
    assert [isinstance(d, Text) for d in found] == [True, True, True, False, False]
    assert [d.why for d in found if isinstance(d, UnreadableDocument)] == [
        "the entry is not well-formed XML",
        "the entry holds no text",
    ]


def test_ten_thousand_entries_take_seconds() -> None:
    before = time.process_time()
    assert sum(isinstance(d, Text) for d in read_bytes(rss(count=10_000), path="feed.xml")) == 10_000
    assert time.process_time() - before < 20
