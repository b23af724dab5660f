"""First run, signing in and rights, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from communique.ledger.accounts import actions, links
from communique.ledger.accounts.models import Account

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_at(chromium: Browser, live_server: Any) -> Iterator[Callable[[], BrowserContext]]:
    """Return what opens a browser of its own on the ledger; nothing may be said on its console."""
    said: list[str] = []
    contexts: list[BrowserContext] = []

    def opened() -> BrowserContext:
        context = chromium.new_context(base_url=live_server.url)
        contexts.append(context)
        context.on("console", lambda message: said.append(message.text))
        context.on("weberror", lambda error: said.append(str(error.error)))
        return context

    yield opened
    for context in contexts:
        context.close()
    assert [line for line in said if "status of 4" not in line] == []


def _choose(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("New password").fill(password)
    page.get_by_label("The same again").fill(password)


def _sign_in(page: Page, name: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_from_the_first_link_to_a_reviewer_who_may_not_change_settings(
    open_at: Callable[[], BrowserContext],
) -> None:
    first, second = open_at().new_page(), open_at().new_page()
    first.goto(links.first_link() or "")
    first.get_by_label("Name to sign in with").fill("Adam Malik")
    _choose(first)
    first.get_by_role("button", name="Make the account").click()
    first.goto("/accounts/")
    first.get_by_label("Name to sign in with").fill("Thanat Khoman")
    first.get_by_label("Role", exact=True).select_option("reviewer")
    first.get_by_role("button", name="Add").click()
    link = first.get_by_label("By this link").input_value()

    second.goto(link)
    expect(second.get_by_role("heading", level=1)).to_have_text("Choose a password")
    _choose(second)
    second.get_by_role("button", name="Set the password").click()
    second.goto("/settings/")
    expect(second.get_by_role("heading", level=1)).to_have_text("This is not open to you")
    second.get_by_role("button", name="Account: Thanat Khoman").click()
    expect(second.get_by_role("link", name="Your account")).to_be_visible()
    expect(second.get_by_role("link", name="Settings")).to_have_count(0)
    second.get_by_role("button", name="Sign out").click()

    second.goto("/account/")
    _sign_in(second, "thanat khoman")
    expect(second).to_have_url("/account/")
    second.goto(link)
    expect(second.get_by_role("heading", level=1)).to_have_text("This link no longer works")


def test_the_secret_of_a_link_goes_to_no_other_address(open_at: Callable[[], BrowserContext]) -> None:
    path = links.first_link() or ""
    secret = path.split("/")[2]
    page = open_at().new_page()
    seen: list[Request] = []
    page.on("request", lambda request: seen.append(request))
    page.goto(path)
    page.get_by_label("Name to sign in with").fill("Adam Malik")
    _choose(page)
    page.get_by_role("button", name="Make the account").click()
    page.goto("/account/")
    assert len(seen) > 5
    assert [r.url for r in seen if secret in r.url] == [seen[0].url]
    assert [r.url for r in seen if secret in r.all_headers().get("referer", "")] == []
    assert secret not in page.evaluate("JSON.stringify(performance.getEntries()) + document.cookie")


def test_names_and_settings_that_are_markup_are_shown_as_they_are(
    open_at: Callable[[], BrowserContext], person: Callable[..., Account]
) -> None:
    markup = "<img src=/static/x onerror=alert(1)><script>alert(2)</script>"
    person("administrator")
    actions.change_setting("name", markup, by="")
    actions.change_setting("contact", markup, by="")
    actions.create("Thanat Khoman", "reader", full_name=markup, by="")
    page = open_at().new_page()
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.goto("/account/")
    _sign_in(page, "Adam Malik")
    for path in ("/account/", "/accounts/", "/settings/", "/history/"):
        page.goto(path)
        assert page.locator("img, main script").count() == 0
        expect(page.locator(".brand")).to_have_text(markup)
    assert asked == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_pages_about_accounts_fit_every_width_and_everybody_can_use_them(
    open_at: Callable[[], BrowserContext], person: Callable[..., Account], width: int
) -> None:
    account = person("administrator")
    actions.make_token(account, "Import of the archive", ("read", "review"), until=None, by="")
    page = open_at().new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/account/")
    wrong = _faults(page)
    _sign_in(page, "Adam Malik")
    for path in ("/account/", "/accounts/", f"/accounts/{account.pk}/", "/settings/", "/link/"):
        page.goto(path)
        wrong += _faults(page)
    page.goto("/account/")
    page.get_by_label("Present password").fill("wrong")
    _choose(page)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("This is not your password.")).to_be_visible()
    assert wrong + _faults(page) == []


def _faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [f"{page.url}: {fault['id']}" for fault in found] + ([f"{page.url}: too wide"] if wide else [])
