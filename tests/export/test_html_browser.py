"""The page in a browser: with the pointer, by keyboard, without a network, at every width."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from communique.export import render
from communique.model import Record


@pytest.fixture(scope="module")
def address(record: Record, tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(render([record], "html"), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """The page at desktop size; whatever it complains about or asks the network for fails the test."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    unwanted: list[str] = []
    page.on("console", lambda message: unwanted.append(message.text))
    page.on("pageerror", lambda error: unwanted.append(str(error)))
    page.on("dialog", lambda dialog: unwanted.append(dialog.message))
    page.on("request", lambda request: request.url.startswith("http") and unwanted.append(request.url))
    page.goto(address)
    yield page
    page.close()
    assert unwanted == []


def _mark(page: Page, finding: str) -> Locator:
    return page.locator(f"mark[data-f='{finding}']").first


def _entry(page: Page, finding: str) -> Locator:
    return page.locator(f".entry[data-f='{finding}']")


def _focused(page: Page) -> tuple[str, str]:
    tag, finding = page.evaluate("[document.activeElement.tagName, document.activeElement.dataset.f || '']")
    return tag, finding


def test_pointing_at_words_lights_what_was_found_in_them(page: Page) -> None:
    page.locator("mark[data-f='contributions-0']").hover()
    expect(_entry(page, "contributions-0")).to_contain_class("lit")
    page.locator("h1").hover()
    expect(page.locator(".lit")).to_have_count(0)


def test_pointing_at_words_within_words_lights_every_finding_they_belong_to(page: Page) -> None:
    page.locator("mark[data-f='areas-0']").hover()
    for finding in ("areas-0", "commitments-0", "statements-1", "statements-0"):
        expect(_entry(page, finding)).to_contain_class("lit")


def test_pointing_at_a_finding_lights_its_words(page: Page) -> None:
    _entry(page, "contributions-0").hover()
    expect(_mark(page, "contributions-0")).to_contain_class("lit")
    expect(page.locator("mark.lit")).to_have_count(page.locator("mark[data-f='contributions-0']").count())


def test_the_first_stop_for_tab_in_the_text_is_one_mark_and_arrows_go_on(page: Page) -> None:
    stops = page.locator("mark[tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    assert _focused(page) == ("MARK", "meetings-0")
    page.keyboard.press("ArrowDown")
    assert _focused(page) == ("MARK", "statements-0")
    page.keyboard.press("ArrowRight")
    assert _focused(page) == ("MARK", "statements-1")
    page.keyboard.press("ArrowUp")
    assert _focused(page) == ("MARK", "statements-0")
    expect(_entry(page, "statements-0")).to_contain_class("lit")


def test_enter_jumps_from_words_to_the_finding_and_back(page: Page) -> None:
    _mark(page, "contributions-0").focus()
    page.keyboard.press("Enter")
    assert _focused(page) == ("A", "contributions-0")
    expect(_mark(page, "contributions-0")).to_contain_class("lit")
    page.keyboard.press("Enter")
    assert _focused(page) == ("MARK", "contributions-0")


def test_tab_and_arrows_move_among_the_findings(page: Page) -> None:
    _entry(page, "meetings-0").focus()
    page.keyboard.press("Tab")
    assert _focused(page) == ("A", "commitments-0")
    page.keyboard.press("ArrowDown")
    assert _focused(page) == ("A", "contributions-0")
    page.keyboard.press("End")
    tag, last = _focused(page)
    assert (tag, last.split("-")[0]) == ("A", "problems")
    page.keyboard.press("Escape")
    expect(page.locator(".lit")).to_have_count(0)


def test_everything_can_be_reached_with_tab_alone(page: Page) -> None:
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(_focused(page))
        if reached[-1][1].startswith("problems"):
            break
    assert ("MARK", "meetings-0") in reached
    assert ("A", "statements-2") in reached
    assert reached[-1][0] == "A"


def test_a_kind_that_is_switched_off_is_neither_marked_nor_listed(page: Page) -> None:
    expect(page.locator(".group.statements")).to_be_visible()
    page.get_by_role("checkbox", name="Statements").uncheck()
    expect(page.locator(".group.statements")).to_be_hidden()
    _mark(page, "meetings-0").focus()
    page.keyboard.press("ArrowDown")
    assert _focused(page) == ("MARK", "commitments-0")
    page.get_by_role("checkbox", name="Statements").check()
    expect(page.locator(".group.statements")).to_be_visible()


def test_only_kinds_that_occur_are_offered_each_with_its_number(page: Page) -> None:
    offered = page.locator(".chip:visible").all_inner_texts()
    assert "Statements 3" in [" ".join(text.split()) for text in offered]


def test_a_script_in_the_document_does_not_run(page: Page) -> None:
    expect(page.locator(".text")).to_contain_text("<script>alert(1)</script>")
    assert page.evaluate("document.querySelectorAll('script').length") == 1


def test_a_direction_override_is_shown_and_turns_nothing_around(page: Page) -> None:
    assert page.locator(".text .hidden-character").inner_text() == "RLO"


def test_the_policy_keeps_out_what_is_not_the_page_s_own(chromium: Browser, record: Record) -> None:
    page = chromium.new_page()
    spoilt = render([record], "html").replace("</main>", "<script>document.title = 'run'</script></main>")
    page.set_content(spoilt)
    assert page.title() != "run"
    page.close()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_sticks_out_at_any_width(chromium: Browser, address: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    text, findings = page.locator(".text").bounding_box(), page.locator(".findings").bounding_box()
    assert text
    assert findings
    beside = findings["x"] >= text["x"] + text["width"]
    assert beside if width >= 768 else findings["y"] >= text["y"] + text["height"]
    page.close()


def test_on_paper_the_text_and_the_findings_remain(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.goto(address)
    page.emulate_media(media="print")
    expect(page.locator(".filter")).to_be_hidden()
    expect(page.locator(".findings")).to_be_visible()
    page.close()


def test_without_script_a_finding_still_leads_to_its_words(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("a.entry[data-f='contributions-0']").click()
    assert page.url.split("#")[1].endswith("contributions-0")
    context.close()


def test_a_notebook_frame_runs_the_page(chromium: Browser, record: Record) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.set_content(record._repr_html_())
    frame = page.frame_locator("iframe")
    frame.locator("mark[data-f='contributions-0']").hover()
    expect(frame.locator(".entry[data-f='contributions-0']")).to_contain_class("lit")
    page.close()
