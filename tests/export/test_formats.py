"""What every export format keeps to, and what each is for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings, strategies

from communique.errors import CommuniqueError
from communique.export import FORMATS, Part, Screen, export, render
from communique.export.entries import coverage, groups
from communique.model import Coverage, Record, Segment, Support

LISTS = (
    "meetings",
    "commitments",
    "contributions",
    "statements",
    "instruments",
    "progress",
    "issues",
    "areas",
)


def _words(text: str) -> str:
    """Fold a text to its letters and digits, whatever stands between them in a format."""
    return re.sub(r"[^a-z0-9]+", "", re.sub(r"<[^>]*>", "", text).lower())


def _with_title(record: Record, title: str) -> Record:
    return msgspec.structs.replace(record, document=msgspec.structs.replace(record.document, title=title))


def _empty(record: Record) -> Record:
    bare = msgspec.structs.replace(record.document, text="", title=None, url=None)
    lists = dict.fromkeys((*LISTS, "segments", "parties", "measures", "problems"), ())
    return msgspec.structs.replace(record, document=bare, coverage=Coverage(0, 0, 0), **lists)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_the_quote_of_every_finding(name: str, record: Record) -> None:
    shown = _words(render([record], name))
    quotes = [finding.quote for kind in LISTS for finding in getattr(record, kind)]
    assert [q for q in quotes if _words(q) not in shown] == []


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_its_file_ending_and_media_type(name: str) -> None:
    assert export(name).SUFFIX.startswith(".")
    assert re.fullmatch(r"[a-z]+/[a-z.+-]+", export(name).MEDIA_TYPE)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_a_document_in_which_nothing_was_found(name: str, record: Record) -> None:
    assert render([_empty(record)], name).endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_several_documents_in_the_order_given(name: str, record: Record) -> None:
    written = render([_with_title(record, "First of two"), _with_title(record, "Second of two")], name)
    assert 0 <= written.index("First of two") < written.index("Second of two")


@pytest.mark.parametrize("name", [n for n in FORMATS if n != "json" and n != "jsonl"])
def test_no_format_for_people_lets_a_hidden_character_through(name: str, record: Record) -> None:
    written = render([_with_title(record, "Calm \x1b[31m\u202eaes")], name)
    assert [c for c in written if c in "\x1b\u202e"] == []
    assert "RLO" in written


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(CommuniqueError, match="choose from table, json"):
        export("xml")


def test_json_is_an_object_for_one_document_and_an_array_for_several(record: Record) -> None:
    assert json.loads(render([record], "json"))["meetings"][0]["ordinal"] == 3
    assert [r["document"]["language"] for r in json.loads(render([record, record], "json"))] == ["en", "en"]


def test_json_of_a_folder_with_one_document_is_still_an_array(record: Record) -> None:
    made = export("json")
    alone = made.part(record, Screen())
    assert len(json.loads("".join(made.whole([alone], several=True)))) == 1


def test_json_lines_is_one_record_a_line_that_decodes_to_the_same_record(record: Record) -> None:
    lines = render([record, record], "jsonl").splitlines()
    assert [msgspec.json.decode(line, type=Record) for line in lines] == [record, record]


def test_the_table_fits_in_eighty_columns_and_has_no_colour_unless_asked(record: Record) -> None:
    table = render([record], "table")
    assert max(map(len, table.splitlines())) <= 80
    assert "\x1b" not in table
    assert "\x1b[" in render([record], "table", screen=Screen(80, colour=True))


def test_the_table_goes_from_headline_to_meetings_commitments_money_and_statements(record: Record) -> None:
    lines = [line.split("  ")[0] for line in render([record], "table").splitlines()]
    heads = [line for line in lines if line.isupper()]
    assert lines[0] == "Fiji and Japan Hold Third Ocean Dialogue"
    assert heads[:5] == ["MEETINGS", "COMMITMENTS", "MONEY", "STATEMENTS", "INSTRUMENTS"]


def test_the_table_gathers_statements_under_those_who_made_them(record: Record) -> None:
    table = render([record], "table").split("STATEMENTS")[1].split("INSTRUMENTS")[0]
    speakers = [line.strip() for line in table.splitlines() if re.match(r" {2}\S", line)]
    assert speakers == ["3", "Fiji and Japan", "Japan"] or speakers == ["Fiji and Japan", "Japan"]


def test_markdown_takes_nothing_in_a_document_for_markup(record: Record) -> None:
    report = render([_with_title(record, "<b>*Not* a [link](x)</b>")], "markdown")
    assert report.startswith("# \\<b\\>\\*Not\\* a \\[link\\](x)\\</b\\>\n")


def test_what_was_not_quite_all_read_is_never_called_all(record: Record) -> None:
    almost = msgspec.structs.replace(record, coverage=Coverage(read=9999, set_aside=0, unread=1))
    assert coverage(almost) == "99 % of the text was read"


def test_an_amount_whose_stage_nobody_stated_is_not_called_a_payment(record: Record) -> None:
    unsaid = msgspec.structs.replace(record.contributions[0], kind="unspecified")
    (entry,) = groups(msgspec.structs.replace(record, contributions=(unsaid,)))[2].entries
    assert entry.headline == "up to USD 2,500,000"
    assert "pledge, payment or plan: not said" in entry.facts


class _Page(HTMLParser):
    """Collects a page's elements, and fails on what isn't closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.astray: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "rect":
            return
        if not self.open or self.open.pop() != tag:
            self.astray.append(tag)


def _page(record: Record) -> _Page:
    page = _Page()
    page.feed(render([record], "html"))
    return page


def _attributes(page: _Page, name: str) -> Iterator[str]:
    return (value for _, attrs in page.elements if (value := attrs.get(name)) is not None)


def test_the_page_is_well_formed_and_no_id_is_given_twice(record: Record) -> None:
    page = _page(record)
    ids = list(_attributes(page, "id"))
    assert (page.astray, page.open) == ([], [])
    assert len(ids) == len(set(ids))


def test_every_finding_on_the_page_leads_to_its_words_and_back(record: Record) -> None:
    page = _page(record)
    ids = set(_attributes(page, "id"))
    links = [href.removeprefix("#") for href in _attributes(page, "href") if href.startswith("#")]
    details = list(_attributes(page, "aria-details"))
    assert len(details) > 10
    assert [target for target in links + details if target not in ids] == []


def test_the_page_names_nothing_outside_itself_but_the_source(record: Record) -> None:
    page = render([record], "html")
    assert re.findall(r"https?://[^\"'<\s]+", page) == ["https://example.org/ocean"] * 2
    assert "default-src 'none'" in page


def test_markup_in_a_document_stays_words(record: Record) -> None:
    tags = [tag for tag, _ in _page(record).elements]
    assert tags.count("script") == 1
    assert "b" not in tags


def test_an_address_that_is_no_web_address_is_not_linked(record: Record) -> None:
    document = msgspec.structs.replace(record.document, url="javascript:alert(1)")
    page = _page(msgspec.structs.replace(record, document=document))
    assert [href for href in _attributes(page, "href") if "javascript" in href] == []


def test_the_page_says_what_was_set_aside_and_what_was_not_read(record: Record) -> None:
    page = render([record], "html")
    assert "set aside: menu of the page" in page
    assert '<span class="flag">not read</span>' in page


def test_text_that_no_segment_holds_is_shown_as_not_read(record: Record) -> None:
    bare = msgspec.structs.replace(record, segments=record.segments[:2])
    page = render([bare], "html")
    assert "Train forty harbour pilots" in page.split('class="findings"')[0]
    assert page.count('<span class="unread">') >= 1


def test_a_quote_that_runs_over_a_line_break_is_marked_on_both_lines(record: Record) -> None:
    start, end = record.document.text.index("last week."), record.document.text.index("Both sides") + 10
    issue = msgspec.structs.replace(
        record.issues[0], quote=record.document.text[start:end], start=start, end=end, topic="across"
    )
    page = render([msgspec.structs.replace(record, issues=(issue,))], "html")
    marked = [line for line in page.splitlines() if '<mark class="issues" data-f="issues-0"' in line]
    assert [line[:3] for line in marked] == ["<p ", "<p "]


class _Shown(HTMLParser):
    """Collects the document's own characters from the page, without the labels put beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.depth: list[str] = []
        self.characters = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth.append(dict(attrs).get("class") or "")

    def handle_endtag(self, tag: str) -> None:
        self.depth.pop()

    def handle_data(self, data: str) -> None:
        if "flag" not in self.depth:
            self.characters += data


@given(data=strategies.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_however_findings_and_segments_lie_every_character_is_shown_once(
    data: strategies.DataObject, record: Record
) -> None:
    text = data.draw(strategies.text(alphabet="ab<&> \n", min_size=1, max_size=60))
    offset = strategies.integers(0, len(text))
    spans = strategies.lists(strategies.tuples(offset, offset).map(sorted), max_size=8)
    issues = tuple(
        msgspec.structs.replace(record.issues[0], quote=text[a:b], start=a, end=b)
        for a, b in data.draw(spans)
    )
    segments = tuple(
        Segment(a, b, "body", disposition=data.draw(strategies.sampled_from(["read", "set_aside", "unread"])))
        for a, b in data.draw(spans)
    )
    document = msgspec.structs.replace(record.document, text=text)
    bare = msgspec.structs.replace(_empty(record), document=document, issues=issues, segments=segments)
    page = render([bare], "html")
    shown = _Shown()
    shown.feed(page.split('class="text"')[1].split(">", 1)[1].rsplit("<aside", 1)[0].rsplit("</div>", 2)[0])
    assert shown.depth == []
    assert "".join(shown.characters.split()) == "".join(text.split())


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_stands_out_from_the_paper(scheme: int, record: Record) -> None:
    css = render([record], "html").split("<style>")[1].split("</style>")[0]
    block = re.findall(r":root \{(.*?)\}", css, re.S)[scheme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    kinds = [g.kind for g in groups(record)]
    weak = [k for k in ("ink", "soft", "accent", *kinds) if _contrast(colours[k], colours["paper"]) < 4.5]
    assert weak == []
    assert _contrast(colours["lit-ink"], colours["lit"]) >= 4.5


def test_a_notebook_shows_the_page_in_a_frame_that_nothing_leaves(record: Record) -> None:
    shown = record._repr_html_()
    assert shown.startswith("<iframe")
    assert 'sandbox="allow-scripts"' in shown
    assert "<script>" not in shown


def test_a_part_is_made_from_the_record_alone(record: Record) -> None:
    assert all(isinstance(export(name).part(record, Screen()), Part) for name in FORMATS)


def test_a_note_says_from_which_words_elsewhere_a_value_comes(record: Record) -> None:
    cue = Support("speakers", "anaphora", 0, 4)
    own = Support("cue", "rule-in-quote", record.statements[1].start, record.statements[1].end)
    said = msgspec.structs.replace(record.statements[1], supports=(cue, own))
    derived = msgspec.structs.replace(record, statements=(said,))
    assert "speakers from “Fiji” (anaphora)" in render([derived], "html")
    assert "anaphora" not in render([derived], "table")
    assert "rule-in-quote" not in render([derived], "html")
