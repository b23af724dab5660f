"""The readable view of a document as it came: what is kept of it, and that nothing in it acts."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.ledger.documents.source_view import inert

NAMES = """p div blockquote pre ul ol li table thead tbody tfoot tr td th caption hr br h2 h3 h4 h5 h6 span bdi
    b strong i em u s del ins mark sub sup small code kbd samp var q cite"""
ELEMENTS = set(NAMES.split())
ATTRIBUTES = {
    "class": re.compile("source-(?:link|address|image)|invisible-char|lookalike"),
    "dir": re.compile("ltr|rtl|auto"),
    "colspan": re.compile(r"[1-9]\d?"),
    "rowspan": re.compile(r"[1-9]\d?"),
}


class Inspection(HTMLParser):
    """Notes everything that may not be in the view, and the words that are."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.unwanted: list[str] = []
        self.words: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            self.unwanted.append(f"<{tag}>")
        self.unwanted += [
            f"{name}={value!r}"
            for name, value in attrs
            if name not in ATTRIBUTES or not ATTRIBUTES[name].fullmatch(value or "")
        ]

    def handle_comment(self, data: str) -> None:
        self.unwanted.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.unwanted.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.unwanted.append(f"<?{data}>")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def html(page: str) -> str:
    return inert(page.encode("utf-8", "surrogatepass"), "text/html; charset=utf-8", text="the words read")


def unwanted(markup: str) -> list[str]:
    """What two parsers find in the view that should not be there."""
    tree = lxml.html.fragment_fromstring(markup, create_parent="div")
    odd = [e.tag for e in tree.iter() if not isinstance(e.tag, str) or e.tag not in ELEMENTS]
    return Inspection(markup).unwanted + odd


def words(markup: str) -> str:
    return " ".join("".join(Inspection(markup).words).split())


HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<script\x0csrc=//evil.example/x.js></script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script>alert(1)",
    "<style>@import '//evil.example/a.css'; body{background:url(//evil.example/b)}</style>",
    "<p style='background:url(javascript:alert(1))'>x",
    '<p style="width:expression(alert(1))">x',
    "<link rel=stylesheet href=//evil.example/a.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//evil.example/><a href=x>y</a>",
    "<img src=x onerror=alert(1)>",
    "<img src=//evil.example/pixel.gif alt=seen>",
    "<img srcset='//evil.example/1 1x, //evil.example/2 2x' alt=seen>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>' alt='\"><script>alert(1)</script>'>",
    "<picture><source srcset=//evil.example/a><img alt=a></picture>",
    "<video src=//evil.example/a poster=//evil.example/b autoplay><track src=x></video>",
    "<audio src=//evil.example/a autoplay onplay=alert(1)></audio>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=//evil.example/a.swf></object><embed src=//evil.example/a.swf>",
    "<applet code=A></applet>",
    "<form action=//evil.example><input autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>b",
    "<input type=image src=//evil.example/a><textarea autofocus onfocus=alert(1)>",
    "<isindex action=javascript:alert(1) type=submit>",
    "<keygen autofocus onfocus=alert(1)>",
    "<body onload=alert(1) background=//evil.example/a>",
    "<table background=//evil.example/a><td background=javascript:alert(1)>x",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript&colon;alert(1)'>x</a>",
    "<a href='&#x6A&#x61vascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='feed:javascript:alert(1)'>x</a>",
    "<a href='view-source:javascript:alert(1)'>x</a>",
    "<a href='blob:https://a.example/1'>x</a>",
    "<a href='file:///etc/hostname'>x</a>",
    "<a href=//evil.example ping=//evil.example/ping target=_blank rel=opener>x</a>",
    "<a href='https://a.example/\"onmouseover=\"alert(1)'>x</a>",
    "<a xlink:href=javascript:alert(1)>x</a>",
    "<area href=javascript:alert(1)><map name=m><area href=javascript:alert(1)></map>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><set attributeName=href to=javascript:alert(1)>",
    "<svg><use href='data:image/svg+xml,<svg id=x><script>alert(1)</script></svg>#x'>",
    "<svg><foreignObject><iframe onload=alert(1)></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<svg><desc><noscript></desc></noscript><img src=x onerror=alert(1)></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><annotation-xml encoding=text/html><script>alert(1)</script></annotation-xml></math>",
    "<math href=javascript:alert(1)>x</math>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=alert(1) src>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<noscript><style></noscript><img src=x onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<template><template></template><img src=x onerror=alert(1)>",
    "<title><img src=x onerror=alert(1)></title>",
    "<title></title><img src=x onerror=alert(1)>",
    "<textarea></textarea><img src=x onerror=alert(1)></textarea>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<noembed><p title='</noembed><img src=x onerror=alert(1)>'>",
    "<noframes><p title='</noframes><img src=x onerror=alert(1)>'>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<select><option><style></option></select><img src=x onerror=alert(1)></style>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!---><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<svg><![CDATA[><img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?><?php echo 1 ?>",
    "<!DOCTYPE html SYSTEM 'http://evil.example/a.dtd'>",
    "<!ENTITY x '<script>'>&x;",
    "</p title='><img src=x onerror=alert(1)>'>",
    "<p/onclick=alert(1)>x<p\nonclick\n=\nalert(1)>y",
    "<p a='>' onclick=alert(1) b='<img src=x onerror=alert(1)>'>x",
    '<p "onclick=alert(1)>x',
    "<p id=body name=forms class='button primary' hx-get=/documents/1/withdraw data-hx-post=/x>x",
    "<p contenteditable autofocus tabindex=1 accesskey=x draggable=true slot=x is=x-y part=a nonce=a>x",
    "<div popover id=nav popovertarget=nav anchor=x>x</div><dialog open>y</dialog>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<marquee onstart=alert(1)>x</marquee><blink>y</blink><bgsound src=//evil.example/a>",
    "<x-element onclick=alert(1)>x</x-element><slot>y</slot><portal src=//evil.example>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<img\0src=x onerror=alert(1)><scr\0ipt>alert(1)</scr\0ipt>",
    "<img src=x onerror\0=alert(1)>\0<\0script>",
    "<p dir='rtl\" onclick=alert(1)'>x<td colspan='2 onclick=alert(1)'>y",
    "<bdo dir=rtl>txet</bdo><ruby>a<rt onclick=alert(1)>b</rt></ruby>",
    "<a href=" + "a" * 100_000 + ">x</a>",
    "<p " + " ".join(f"a{n}=b onclick=alert({n})" for n in range(5_000)) + ">x",
    "<" * 5_000 + "img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "\ud800<script>alert(1)</script>",
    "<p>a\u2028<script>\u2029alert(1)</script>",
]


@pytest.mark.parametrize("page", HOSTILE, ids=lambda page: repr(page[:50]))
@pytest.mark.parametrize(
    "around", ["{}", "<p>before {} after</p>", "<table><tr><td>{}</table>", "<ul><li>{}"]
)
def test_nothing_that_acts_loads_or_leads_away_is_left(page: str, around: str) -> None:
    assert unwanted(html(around.replace("{}", page))) == []


@pytest.mark.parametrize("page", HOSTILE, ids=lambda page: repr(page[:50]))
@pytest.mark.parametrize("media_type", ["text/markdown", "text/plain", "application/pdf", "image/svg+xml"])
def test_nor_is_it_in_formats_without_markup_of_their_own(page: str, media_type: str) -> None:
    data = page.encode("utf-8", "surrogatepass")
    assert unwanted(inert(data, media_type, text=page)) == []


@pytest.mark.parametrize("page", HOSTILE, ids=lambda page: repr(page[:50]))
def test_nor_is_it_in_a_mail_or_a_feed(page: str) -> None:
    body = page.encode("utf-8", "replace")
    mail = b"From: A <a@a.example>\nSubject: " + body.replace(b"\n", b" ") + b"\nMIME-Version: 1.0\n"
    mail += b"Content-Type: text/html; charset=utf-8\n\n" + body
    assert unwanted(inert(mail, "message/rfc822", text=page)) == []
    escaped = body.replace(b"&", b"&amp;").replace(b"<", b"&lt;")
    item = b"<item><title>" + escaped + b"</title><description>" + escaped + b"</description></item>"
    rss = b"<rss><channel><title>x</title>" + item + b"</channel></rss>"
    assert unwanted(inert(rss, "application/rss+xml", text=page, entry=0)) == []


PIECES = st.sampled_from(
    [
        *"<>/='\"&;-! \n\0ax",
        *(
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<a href=",
            "</a>",
            "<ul>",
            "<li>",
            "</ul>",
            "<table>",
            "<tr>",
            "<td>",
        ),
        *("</td>", "</table>", "<svg>", "</svg>", "<math>", "<mtext>", "<style>", "</style>", "<script>"),
        *("</script>", "<title>", "</title>", "<noscript>", "</noscript>", "<template>", "</template>"),
        *(
            "<!--",
            "-->",
            "--!>",
            "<![CDATA[",
            "]]>",
            "<?",
            "<textarea>",
            "</textarea>",
            "<plaintext>",
            "<h1>",
        ),
        *(
            "<img src=x onerror=alert(1)>",
            " onclick=alert(1) ",
            "javascript:",
            "&lt;",
            "&#60;",
            "&#x3c",
            "\u202e",
        ),
        *(
            "<select>",
            "<option>",
            "<form>",
            "<iframe>",
            "</iframe>",
            "<xmp>",
            "<h6>",
            "<dl>",
            "<dt>",
            "words",
        ),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_the_pieces_of_a_page_nothing_acts(page: str) -> None:
    view = html(page)
    assert unwanted(view) == []


@given(st.lists(PIECES, max_size=40).map("".join))
def test_the_view_of_a_view_is_the_view(page: str) -> None:
    """What a sanitiser changes when it meets it again, a browser may read otherwise than it was meant."""
    view = html(f"<p>some words</p>{page}")
    again = lxml.html.fragment_fromstring(view, create_parent="div")
    assert lxml.html.fromstring(lxml.html.tostring(again)).text_content() == again.text_content()
    assert words(html(view)) == words(view)


@given(
    st.binary(max_size=200),
    st.sampled_from(["text/html", "message/rfc822", "text/markdown", "application/rss+xml"]),
)
def test_no_bytes_break_the_view(data: bytes, media_type: str) -> None:
    assert unwanted(inert(data, media_type, text="words")) == []


LARGE = {
    "nested blocks": "<div>x" * 800_000,
    "nested inlines": "<b>x" * 1_000_000,
    "inlines with attributes": "".join(f"<font a={n}>" for n in range(20_000)) + "<p>x" * 20_000,
    "nested tables": "<table><tr><td>x" * 30_000,
    "crossing ends": "<b><p>x" * 20_000 + "</b>" * 20_000,
    "open comments": "<!--" * 1_000_000,
    "open tags": "<a href='" * 500_000,
    "one tag": "<p " + "a=1 " * 1_000_000,
    "drawings": "<svg><g>" * 500_000,
    "brackets": "<" * 5_000_000,
    "ampersands": "&a" * 2_000_000,
    "titles": "<title>x</title>" * 300_000,
    "overrides": "a\u202e" * 1_000_000,
    "spaces": "<p" + " " * 5_000_000,
}


@pytest.mark.parametrize("page", LARGE.values(), ids=LARGE)
def test_large_and_crooked_pages_are_shown_in_bounded_time(page: str) -> None:
    before = time.process_time()
    view = html(page[:5_000_000])
    assert time.process_time() - before < 20
    assert len(view) < 20_000_000


def test_paragraphs_lists_tables_and_emphasis_stay() -> None:
    page = "<h1>Joint <em>Statement</em></h1><p>They met.<p>They agreed:<ol><li>to meet<li>to talk</ol>"
    assert html(page) == (
        "<h2>Joint <em>Statement</em></h2><p>They met.</p><p>They agreed:</p>"
        "<ol><li>to meet</li><li>to talk</li></ol>"
    )
    table = "<table><tr><th>Party<td colspan=2>Paid<tr><td>Fiji<td>2<td>3</table>"
    assert words(html(table)) == "PartyPaidFiji23"
    assert html(table).count("<tr>") == 2
    assert 'colspan="2"' in html(table)


def test_headings_start_below_that_of_our_page_and_leave_out_no_level() -> None:
    assert html("<h1>A</h1><h5>B</h5><h2>C</h2>") == "<h2>A</h2><h3>B</h3><h3>C</h3>"


def test_list_items_stand_in_lists_and_cells_in_tables_only() -> None:
    assert html("<li>a<td>b</td><ul>c<p>d</p></ul>") == "<div>a<div>b</div><ul><li>c<p>d</p></li></ul></div>"


def test_a_script_written_from_the_right_stays_so() -> None:
    assert html('<p dir="RTL">سلام') == '<p dir="rtl">سلام</p>'


def test_an_image_is_its_description() -> None:
    assert words(html("<p>x <img src=//a.example/1.gif alt='Heads of  delegation'><img src=2.gif>")) == (
        "x [Heads of delegation]"
    )


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("https://asean.example/a?b=c", "https://asean.example/a?b=c"),
        ("/media/release.pdf", "/media/release.pdf"),
        ("#top", ""),
        ("javascript:alert(1)", "javascript:…"),
        ("data:text/html,x", "data:…"),
        ("mailto:press@asean.example?body=x", "mailto:press@asean.example"),
        ("https://asean.example@other.example/", "https://other.example"),
        ("https:\\\\other.example\\@asean.example", "https://other.example/@asean.example"),
        ("//other.example/a", "//other.example/a"),
        ("https://asеan.example/", "https://xn--asan-w4d.example"),
        ("https://президент.example/", "https://xn--d1abbgf6aiiy.example (президент.example)"),
        ("https://a.example/\u202egpj.exe", "https://a.example/RLOgpj.exe"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_a_link_is_its_words_and_where_it_leads(address: str, seen: str) -> None:
    view = html(f"<p><a href='{address}'>words</a>")
    assert words(view) == f"words {seen}".strip()


def test_an_address_that_is_shown_already_is_not_repeated() -> None:
    assert words(html("<a href=https://a.example/b>https://a.example/b</a>")) == "https://a.example/b"


def test_a_long_path_is_cut_and_a_host_never() -> None:
    host = ".".join(["asean"] * 30) + ".other.example"
    assert words(html(f"<a href='https://{host}/{'a' * 500}'>x</a>")) == f"x https://{host}/{'a' * 99}…"


def test_hidden_characters_are_named_in_their_place() -> None:
    assert words(html("<p>paid\u202e 6 \u200bmillion АSEAN")) == "paidRLO 6 U+200Bmillion АSEAN"
    assert '<bdi class="lookalike">А</bdi>' in html("<p>АSEAN")


def test_where_a_page_lets_words_be_parted_nothing_is_marked() -> None:
    assert html("<p>part\xadner\xadship 6\xad0") == (
        '<p>partnership 6<bdi class="invisible-char">U+00AD</bdi>0</p>'
    )


def test_a_mail_shows_its_headers_and_its_laid_out_body() -> None:
    mail = (
        b"From: Press Office <press@asean.example>\nSubject: =?utf-8?q?Communiqu=C3=A9?=\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nplain\n"
        b"--b\nContent-Type: text/html\n\n<p>laid <b>out</b>\n--b--\n"
    )
    view = inert(mail, "message/rfc822", text="plain")
    assert "<p>laid <b>out</b>" in view
    assert "plain" not in view
    assert words(view).startswith("From: Press Office <press@asean.example>Subject: Communiqué")


def test_of_a_feed_the_entry_is_shown_that_the_document_was() -> None:
    feed = (
        b"<rss><channel><title>t</title><item><title>One</title><description>a</description></item>"
        b"<item><title>Two</title><description>&lt;p&gt;b&lt;/p&gt;</description></item></channel></rss>"
    )
    assert inert(feed, "application/rss+xml", text="b", entry=1) == "<h2>Two</h2><p>b</p>"


def test_markdown_is_laid_out_below_what_it_says_about_itself() -> None:
    written = b"---\ntitle: Release\n---\n# Release\n\nThey *met* in [Jakarta](https://a.example).\n"
    view = inert(written, "text/markdown", text="")
    assert view.startswith("<pre>---\ntitle: Release\n---</pre><h2>Release</h2>")
    assert "They <em>met</em> in" in view


@pytest.mark.parametrize("page", ["", "<script>document.write('all of it')</script>", "<p> </p>"])
def test_where_a_page_has_no_words_of_its_own_those_that_were_read_are_shown(page: str) -> None:
    assert html(page) == "<p>the words read</p>"


def test_plain_text_keeps_its_lines_and_paragraphs() -> None:
    text = "Dili\n5 July\n\n1 < 2 & 3"
    assert inert(text.encode(), "text/plain", text=text) == "<p>Dili<br>5 July</p><p>1 &lt; 2 &amp; 3</p>"
