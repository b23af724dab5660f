"""Merging and taking it back in a real browser: by keyboard, and without any script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page, expect

from communique.ledger.entities.queries import canonical
from communique.ledger.history.verify import verify
from communique.ledger.resolution.finding import catch_up
from communique.ledger.settings import SESSION_COOKIE_NAME

if TYPE_CHECKING:
    from communique.ledger.entities.models import Entity

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_page(
    chromium: Browser, live_server: Any, browser: Callable[..., Any]
) -> Iterator[Callable[..., Page]]:
    """Return what opens a page for an editor who is signed in; nothing may be said on its console."""
    said: list[str] = []
    contexts = []

    def opened(path: str, **options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.on("console", lambda message: said.append(message.text))
        context.on("weberror", lambda error: said.append(str(error.error)))
        cookie = browser("editor").cookies[SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []


def test_two_funds_are_merged_by_keyboard_and_parted_again(
    funds: tuple[Entity, Entity], open_page: Callable[..., Page]
) -> None:
    short, full = funds
    catch_up()
    page = open_page("/who/")
    page.keyboard.press("j")
    expect(page.get_by_role("article")).to_be_focused()
    page.keyboard.press("o")
    expect(page.get_by_role("heading", name="Are these two one?")).to_be_visible()
    expect(page.get_by_text("its address leads to the other from now on")).to_be_visible()
    page.keyboard.press("m")
    expect(page.get_by_text("The old address leads to the other's page now.")).to_be_visible()
    assert canonical(short) == canonical(full)
    loser, winner = (short, full) if canonical(short) == full else (full, short)
    page.goto(f"/funds/{loser.pk}/")
    expect(page).to_have_url(f"/funds/{winner.pk}/")
    expect(page.get_by_text("Also known as")).to_contain_text(loser.name)
    page.goto(f"/who/{winner.pk}/")
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text(re.compile(r"Taken back, by act \d+: .+ merged two entries"))).to_be_visible()
    page.goto(f"/funds/{loser.pk}/")
    expect(page).to_have_url(f"/funds/{loser.pk}/")
    assert verify().faults == ()


def test_two_funds_are_held_apart_by_one_key(
    funds: tuple[Entity, Entity], open_page: Callable[..., Page]
) -> None:
    catch_up()
    page = open_page("/who/")
    page.keyboard.press("j")
    page.keyboard.press("n")
    expect(page.get_by_text("The two are not suggested again.")).to_be_visible()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_role("article")).to_be_visible()


def test_a_merge_needs_no_script(funds: tuple[Entity, Entity], open_page: Callable[..., Page]) -> None:
    catch_up()
    page = open_page("/who/", java_script_enabled=False)
    page.get_by_role("link", name="Compare").click()
    page.get_by_label("Why").fill("One has a hyphen.")
    page.get_by_role("button", name="Merge into").click()
    expect(page.get_by_text("One has a hyphen.")).to_be_visible()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text(re.compile(r"Taken back, by act \d+: .+ merged two entries"))).to_be_visible()
    assert verify().faults == ()
