"""From a search to a quote to its source, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(chromium: Browser, live_server: Any, two_releases: object) -> Iterator[Page]:
    """Open the list of parties, signed in as a reader; nothing may be said on the console."""
    from communique.ledger.accounts import actions

    client = Client()
    client.force_login(actions.create("Thanat Khoman", "reader", by=""))
    said: list[str] = []
    context = chromium.new_context(base_url=live_server.url, reduced_motion="reduce")
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    cookies = client.cookies.items()
    context.add_cookies([{"name": n, "value": c.value, "url": live_server.url} for n, c in cookies])
    page = context.new_page()
    page.goto("/parties/")
    yield page
    context.close()
    assert [line for line in said if "status of 400" not in line] == []


def test_from_a_search_to_a_quote_to_its_source(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type('pledging "Ocean Fund"')
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=pledging+%22Ocean+Fund%22")
    page.locator(".narrow").get_by_role("link", name="statement").click()
    page.wait_for_url("**kind=statement")
    quote = page.locator("article.claim").first
    expect(quote.locator("mark").first).to_have_text("pledged")
    words = quote.locator(".said").inner_text().strip("“”")
    quote.locator(".source a").click()
    page.wait_for_url("**/documents/**#c-*")
    expect(page.locator("main")).to_contain_text(words)
    expect(page.locator("h1")).to_contain_text("Japan Pledges Funds for Tide Gauges")


def test_a_search_can_be_narrowed_widened_and_kept(page: Page) -> None:
    page.goto("/search/?q=asean")
    everything = page.locator("article.claim").count()
    page.locator(".narrow").get_by_role("link", name="Fiji").or_(
        page.locator(".narrow").get_by_role("link", name="Thailand")
    ).first.click()
    page.wait_for_url("**party=*")
    narrowed = page.locator("article.claim").count()
    assert 0 < narrowed < everything
    kept = page.url
    page.get_by_role("link", name="leave out").click()
    page.wait_for_function(f"document.querySelectorAll('article.claim').length === {everything}")
    page.goto(kept)
    assert page.locator("article.claim").count() == narrowed


def test_what_is_typed_and_can_not_be_read_stays_to_be_mended(page: Page) -> None:
    page.goto("/search/")
    page.locator("#q").fill('"<img src=x onerror=alert(1)>')
    page.keyboard.press("Enter")
    expect(page.locator("#unclear")).to_contain_text("a quotation mark is never closed")
    expect(page.locator("#q")).to_have_value('"<img src=x onerror=alert(1)>')
    assert page.locator("img").count() == 0
