"""Reviewing in a real browser, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from communique.ledger.claims import actions
from communique.ledger.claims.models import Claim, State
from communique.ledger.history.verify import verify
from communique.ledger.settings import SESSION_COOKIE_NAME

pytestmark = pytest.mark.django_db(transaction=True)

TALKS = """\
---
title: Officials Review the Plan of Action
date: 1974-02-11
publisher: Example Wire
---

Suva: Japan pledged US$2 million to the Ocean Fund at the 4th ASEAN-PIF Dialogue, held here on 7 February 1974.

ASEAN welcomed the pledge. Both sides agreed to begin joint training by 1975. Fiji did not endorse the proposal.

Officials discussed piracy and the price of copra. Tonga urged the members to ratify the treaty. Samoa paid
US$300,000 to the Ocean Fund. Australia condemned the attack on the patrol boat.

The students of the harbour school sang to the guests in the evening.
"""


@pytest.fixture
def context(chromium: Browser, live_server: Any, desk: Callable[..., Any]) -> Iterator[BrowserContext]:
    """A browser in which a reviewer is signed in; nothing may be said on its console."""
    said: list[str] = []
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 1400, "height": 900}, reduced_motion="reduce"
    )
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    cookie = desk().cookies[SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    yield context
    context.close()
    expected = ("status of 409", "status of 422", "ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
    assert [line for line in said if not any(e in line for e in expected)] == []


@pytest.fixture
def page(context: BrowserContext, take: Any) -> Page:
    """The document page, opened."""
    document = take(TALKS)
    page = context.new_page()
    page.goto(f"/documents/{document.pk}/")
    expect(page.locator(".finding.here")).to_have_count(1)
    return page


def here(page: Page) -> str:
    """Return the claim that is looked at."""
    return str(page.locator(".finding.here").get_attribute("data-claim"))


def states() -> dict[str, str]:
    return dict(Claim.objects.filter(until=None).values_list("uid", "state"))


def kept(page: Page) -> None:
    """Wait until everything was answered."""
    page.wait_for_function("() => !sessionStorage.getItem('communique-outbox')")
    expect(page.locator(".finding.sending")).to_have_count(0)


def test_ten_findings_are_reviewed_by_keyboard_without_a_reload(page: Page) -> None:
    page.evaluate("() => { window.stillHere = true; }")
    decided = []
    keys = ["a", "a", "r", "a", "u", "a", "a", "r", "a", "a"]
    told = {"a": "accepted", "r": "rejected", "u": "unsure"}
    assert page.locator(".finding").count() > len(keys)
    for key in keys:
        claim = here(page)
        decided.append((claim, told[key]))
        page.keyboard.press(key)
        assert here(page) != claim
    kept(page)
    now = states()
    assert [(claim, now[claim]) for claim, _ in decided] == decided
    assert page.evaluate("() => window.stillHere")
    assert page.locator(":focus").evaluate("e => e.closest('.finding').classList.contains('here')")
    shown = {
        claim: page.locator(f'[data-claim="{claim}"].finding').get_attribute("data-state")
        for claim, _ in decided
    }
    assert shown == dict(decided)
    last, _ = decided[-1]
    page.keyboard.press("z")
    expect(page.locator(".finding.here")).to_have_attribute("data-claim", last)
    expect(page.locator(".finding.here")).to_have_attribute("data-state", "proposed")
    assert verify().faults == ()


def test_a_missed_finding_is_added_by_selecting_its_words_by_keyboard(page: Page) -> None:
    page.keyboard.press("m")
    expect(page.locator("#script")).to_be_focused()
    for _ in range(200):
        if page.evaluate("() => getSelection().toString()") == "harbour":
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#adding-kind")).to_be_focused()
    page.keyboard.type("area")
    expect(page.locator(".adding input[name=name]")).to_have_value("harbour school")
    page.locator(".adding input[name=name]").press("Enter")
    expect(page.locator(".finding.here .badge")).to_have_text("accepted")
    added = Claim.objects.get(reading=None)
    assert (added.kind, added.quote, added.by) == ("area", "harbour school", "Thanat Khoman")
    assert page.locator(f'#script mark[data-claim="{added.uid}"]').inner_text() == "harbour school"


def test_words_selected_with_the_mouse_are_taken_whole(page: Page) -> None:
    strip = page.locator("#script .strip", has_text="harbour school")
    strip.evaluate(
        """strip => {
          const all = document.createTreeWalker(strip, NodeFilter.SHOW_TEXT);
          while (all.nextNode() && !all.currentNode.data.includes('arbour'));
          const at = all.currentNode.data.indexOf('arbour');
          getSelection().setBaseAndExtent(all.currentNode, at, all.currentNode, at + 9);
        }"""
    )
    page.keyboard.press("m")
    expect(page.locator(".adding [data-quote]")).to_have_text("harbour school")


def test_a_correction_that_the_words_do_not_hold_asks_for_the_reason_in_place(page: Page, find: Any) -> None:
    claim = find("contribution", "Japan pledged")
    page.goto(f"{page.url.partition('#')[0]}#c-{claim.uid}")
    page.reload()
    assert here(page) == claim.uid
    page.keyboard.press("c")
    form = page.locator(".correcting")
    form.locator("[name=amount]").fill("20000000")
    form.locator("[name=amount]").press("Enter")
    expect(form.get_by_role("alert")).to_contain_text("The words do not say so")
    expect(form.locator("[name=why]")).to_be_focused()
    page.keyboard.type("A slip of the wire.")
    page.keyboard.press("Enter")
    card = page.locator(f'.finding[data-claim="{claim.uid}"]')
    expect(card.locator(".badge")).to_have_text("corrected")
    expect(card.locator(".as-read").first).to_contain_text("2,000,000")
    assert here(page) != claim.uid


def test_the_first_click_on_keep_is_taken_wherever_one_was_typing(page: Page, find: Any) -> None:
    claim = find("contribution", "Japan")
    page.locator(f'[data-claim="{claim.uid}"] .spot').click()
    page.keyboard.press("c")
    page.locator(".correcting input[name=amount]").fill("3000000")
    page.get_by_role("button", name="Keep the correction").click()
    expect(page.locator(".correcting [name=why]")).to_be_focused()
    page.keyboard.type("The annex says so.")
    for box in page.locator(".correcting :is(input, select, textarea):visible").all():
        box.focus()
        button = page.get_by_role("button", name="Keep the correction")
        before = button.bounding_box()
        page.evaluate("() => document.activeElement.blur()")
        assert button.bounding_box() == before, box.get_attribute("name")
    page.locator(".correcting [name=why]").focus()
    button = page.get_by_role("button", name="Keep the correction")
    button.scroll_into_view_if_needed()
    at = button.bounding_box()
    assert at is not None
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.mouse.down()
    page.mouse.up()
    expect(page.locator(f'[data-claim="{claim.uid}"].finding')).to_have_attribute("data-state", "corrected")
    assert Claim.objects.get(uid=claim.uid, until=None).why == "The annex says so."


def test_somebody_elses_decision_is_shown_and_not_overwritten(page: Page) -> None:
    claim = here(page)
    actions.decide(claim, State.REJECTED, version=1, by="Adam Malik")
    page.keyboard.press("a")
    card = page.locator(f'.finding[data-claim="{claim}"]')
    expect(card.locator(".card-notice")).to_contain_text("Adam Malik has changed this claim")
    assert card.get_attribute("data-state") == "rejected"
    assert here(page) == claim
    assert states()[claim] == "rejected"


def test_decisions_made_while_the_line_is_down_are_told_of_and_kept_when_it_is_up(
    page: Page, context: BrowserContext
) -> None:
    context.set_offline(True)
    decided = []
    for _ in range(3):
        decided.append(here(page))
        page.keyboard.press("a")
    expect(page.locator("#outbox")).to_contain_text("3 decisions wait here")
    assert set(states().values()) == {"proposed"}
    context.set_offline(False)
    kept(page)
    expect(page.locator("#outbox")).to_be_hidden()
    now = states()
    assert [now[claim] for claim in decided] == ["accepted"] * 3


def test_decisions_are_kept_in_order_however_slow_the_line(page: Page) -> None:
    waits = iter([400, 0])

    def slow(route: Route) -> None:
        page.wait_for_timeout(next(waits, 0))
        route.continue_()

    page.route("**/decide/", slow)
    claim = here(page)
    page.keyboard.press("a")
    page.keyboard.press("k")
    assert here(page) == claim
    page.keyboard.press("r")
    kept(page)
    versions = list(Claim.objects.filter(uid=claim).order_by("version").values_list("state", flat=True))
    assert versions == ["proposed", "accepted", "rejected"]


def test_text_and_findings_show_each_other(page: Page, find: Any) -> None:
    claim = find("meeting")
    mark = page.locator(f'#script mark[data-claim="{claim.uid}"]').first
    mark.click()
    assert here(page) == claim.uid
    assert page.locator("#script mark.here").first.get_attribute("data-claim") == claim.uid
    page.keyboard.press("j")
    assert page.locator("#script mark.here").first.get_attribute("data-claim") == here(page) != claim.uid


def test_the_queue_is_reviewed_with_the_same_keys(page: Page) -> None:
    page.goto("/queue/")
    first = here(page)
    page.keyboard.press("a")
    second = here(page)
    page.keyboard.press("u")
    kept(page)
    assert first != second
    assert (states()[first], states()[second]) == ("accepted", "unsure")
    page.keyboard.press("z")
    expect(page.locator(f'.finding[data-claim="{second}"]')).to_have_attribute("data-state", "proposed")
