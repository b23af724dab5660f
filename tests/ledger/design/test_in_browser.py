"""What the frame of every page does in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from communique.ledger.accounts.actions import create
from communique.ledger.settings import SESSION_COOKIE_NAME

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(chromium: Browser, live_server: Any, client: Client) -> Iterator[Page]:
    """The page of components, as an administrator sees it; nothing may be said on its console."""
    client.force_login(create("registry", "administrator", by=""))
    said: list[str] = []
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 1400, "height": 900}, reduced_motion="reduce"
    )
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    context.add_cookies(
        [
            {
                "name": SESSION_COOKIE_NAME,
                "value": client.cookies[SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )
    page = context.new_page()
    page.goto("/design/")
    yield page
    context.close()
    assert said == []


def test_a_slash_goes_to_the_search_box(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search quotes and documents")).to_be_focused()


def test_two_keys_go_to_a_part_of_the_ledger(page: Page) -> None:
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/documents/")


def test_what_is_typed_into_a_field_is_no_command(page: Page) -> None:
    note = page.get_by_label("Why")
    note.fill("")
    note.press_sequentially("gd/?")
    expect(note).to_have_value("gd/?")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_keys_can_be_seen_and_switched_off(page: Page) -> None:
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    keys.get_by_label("Single keys do something on this device").uncheck()
    keys.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search quotes and documents")).not_to_be_focused()
    page.reload()
    page.keyboard.press("?")
    expect(keys).to_be_hidden()


def test_the_first_thing_that_tab_comes_to_skips_the_menu(page: Page) -> None:
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="To the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_on_a_phone_the_menu_opens_and_closes_without_script(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    way = page.get_by_role("link", name="Documents", exact=True)
    expect(way).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(way).to_be_visible()
    page.keyboard.press("Escape")
    expect(way).to_be_hidden()


def test_a_mark_of_many_unfolds_its_table(page: Page) -> None:
    page.locator("#said a.many").first.click()
    expect(page.locator("#said .chart-table tr:target")).to_be_in_viewport()


def test_a_short_message_can_be_undone(page: Page) -> None:
    page.evaluate(
        """async () => {
            const { toast } = await import("/static/design/page.js");
            toast("Accepted", { undo: { label: "Undo", act: () => { document.title = "undone"; } } });
        }"""
    )
    region = page.get_by_role("status")
    expect(region.filter(has_text="Accepted")).to_be_visible()
    region.get_by_role("button", name="Undo").click()
    expect(page).to_have_title("undone")
    expect(page.locator(".toast")).to_have_count(0)


def test_on_paper_there_is_nothing_to_press(page: Page) -> None:
    page.emulate_media(media="print")
    for name in ("banner", "navigation", "form", "search"):
        for one in page.get_by_role(name).all():  # type: ignore[arg-type]
            expect(one).to_be_hidden()
    expect(page.locator("main .button").first).to_be_hidden()
    expect(page.locator(".quote").first).to_be_visible()
    expect(page.locator(".printed-address").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_light_or_dark_as_the_reader_has_it(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(253, 252, 249)", "dark": "rgb(23, 25, 28)"}[scheme]
