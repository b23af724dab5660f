"""Every page of the ledger, found by following its own links: axe finds nothing, nothing sticks out, nothing complains.

The pages are those of the example partnership, as an administrator sees them, who sees most, and as the public does.
Each is opened once, and then made narrower and darker. At the width between, axe is not asked: what differs there is
what fits. Axe measures colours and sizes where a page shows a sort of element that no page before it had.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse
from playwright.sync_api import Browser, Page

PARTNERSHIP = Path(__file__).parents[2] / "examples" / "partnership"
PASSWORD = "a quiet harbour at dusk"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BETWEEN = 800
LOOKS = [(1400, "light"), (BETWEEN, "light"), (360, "dark")]
MEASURED = ["color-contrast", "target-size"]
"""What takes axe most of its time."""
NARROW = ["scrollable-region-focusable"]
"""What may be wrong on a narrow screen with elements that are right on another page."""
AXE = Axe().axe_script
SORTS = """() => [...document.querySelectorAll("body *")].map(
    (e) => [e, e.parentElement].map((one) => `${one.tagName}.${one.getAttribute("class")}`).join(" in "))"""
START = [
    "/",
    "/add/",
    "/jobs/",
    "/account/",
    "/accounts/",
    "/settings/",
    "/history/",
    "/search/?q=fund",
    "/who/",
    "/design/",
]
PUBLIC = ["/", "/search/?q=fund", "/commitments/?on=fund&from=2021"]
DOOR = ["/sign-in/", "/link/used/"]
MISSING = "/no/such/page/"
_ANSWER = re.compile(r"status of (404|410)")
"""What a browser logs where the page itself says that it is not there, or no longer."""


@dataclass(frozen=True, slots=True)
class Served:
    """A ledger of the example partnership, served, and who is signed in."""

    address: str
    cookies: dict[str, str]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder, port = tmp_path_factory.mktemp("ledger"), _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {k: v for k, v in os.environ.items() if k not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")}
    told = subprocess.run(
        [sys.executable, str(PARTNERSHIP / "fill.py"), str(folder), str(port)],
        env=environment | {"COMMUNIQUE_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    serving = subprocess.Popen(
        [sys.executable, "-m", "communique", "serve", "--data", str(folder), "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(address)
        link = re.search(rf"{address}/link/\S+", told)
        assert link is not None
        cookies = _sign_in(address, link[0])
        _open_to_the_public(address, cookies)
        yield Served(address, cookies)
    finally:
        serving.terminate()
        serving.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for(address: str) -> None:
    for _ in range(120):
        try:
            httpx.get(f"{address}/sign-in/")
        except httpx.TransportError:
            time.sleep(0.25)
        else:
            return
    raise TimeoutError(address)


def _sign_in(address: str, link: str) -> dict[str, str]:
    """Use the one-time link, and return the cookies of the session."""
    with httpx.Client(base_url=address, follow_redirects=True) as client:
        page = client.get(link).text
        names = re.findall(r'<input type="password" name="(\w+)"', page)
        token = next(value for name, value in client.cookies.items() if name.startswith("csrftoken"))
        answer = client.post(
            "/link/",
            data=dict.fromkeys(names, PASSWORD) | {"csrfmiddlewaretoken": token},
            headers={"Referer": address},
        )
        assert any(name.startswith("sessionid") for name in client.cookies), answer.text
        return dict(client.cookies)


def _open_to_the_public(address: str, cookies: dict[str, str]) -> None:
    """Let everybody read, as an administrator does on the page of settings."""
    with httpx.Client(base_url=address, cookies=cookies, follow_redirects=True) as client:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get("/settings/").text)
        assert token is not None
        given = {"name": "Two Oceans", "public": "on", "contact": "", "csrfmiddlewaretoken": token[1]}
        client.post("/settings/", data=given, headers={"Referer": address}).raise_for_status()
    assert "Two Oceans" in httpx.get(address).text


@pytest.fixture(scope="module")
def pages(served: Served) -> dict[str, str]:
    """Return an address for each kind of page that an administrator sees."""
    return _walked(served.address, served.cookies, START)


@pytest.fixture(scope="module")
def public_pages(served: Served) -> dict[str, str]:
    """Return an address for each kind of page that the public sees."""
    return _walked(served.address, {}, PUBLIC)


def _walked(address: str, cookies: dict[str, str], start: list[str]) -> dict[str, str]:
    """Return an address for each kind of page that answers: by its links, else by trying what its links are made of."""
    found: dict[str, str] = {}
    words: dict[str, object] = {}
    with httpx.Client(base_url=address, cookies=cookies, timeout=30) as client:
        waiting = list(start)
        while waiting:
            path = waiting.pop(0)
            name, given = _kind(path)
            if name is None or name in found or not (html := _html(client, path)):
                continue
            found[name] = path
            words.update({key: value for key, value in given.items() if key not in words})
            waiting += _links(html, path)
        for name, path in _guessed(words, found):
            if _html(client, path):
                found[name] = path
    return found


def _kind(path: str) -> tuple[str | None, dict[str, object]]:
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return None, {}
    return match.view_name, dict(match.captured_kwargs)


def _html(client: httpx.Client, path: str) -> str:
    """Return the page at a path; nothing where there is none, a file, or a part of a page."""
    answer = client.get(path)
    assert answer.status_code < 500, path
    is_page = answer.status_code == 200 and answer.text.lstrip().startswith("<!doctype html>")
    return answer.text if is_page else ""


def _links(html: str, base: str) -> Iterator[str]:
    for href in re.findall(r'<a\b[^>]*\bhref="([^"#]+)', html):
        path = urljoin(base, unescape(href))
        if path.startswith("/") and not path.startswith("//"):
            yield path


def _guessed(words: dict[str, object], found: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield addresses of pages that nothing linked to, made with the words of those that were."""
    for name, route in _routes():
        needed = re.findall(r"<(?:\w+:)?(\w+)>", route)
        if name in found or not words.keys() >= set(needed):
            continue
        try:
            yield name, reverse(name, kwargs={word: words[word] for word in needed})
        except NoReverseMatch:
            continue


def _routes(resolver: object = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    for pattern in getattr(resolver or get_resolver(), "url_patterns", ()):
        if hasattr(pattern, "url_patterns"):
            namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _routes(pattern, namespace)
        elif pattern.name:
            yield f"{prefix}{pattern.name}", str(pattern.pattern)


Seen: TypeAlias = dict[tuple[int, str], set[str]]
"""The sorts of elements that were measured, by look."""


@dataclass
class Walk:
    """One browser on its way through the pages of the ledger."""

    page: Page
    seen: Seen
    complaints: list[str]
    """What stands on its console."""

    def wrong(self, address: str) -> Iterator[str]:
        """Yield what is wrong with a page, a line each."""
        path = urlsplit(address).path
        self.complaints.clear()
        self._look(*LOOKS[0])
        self.page.goto(address)
        for width, scheme in LOOKS:
            self._look(width, scheme)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                yield f"{path}: {wide} wide on a screen of {width}"
            if width != BETWEEN:
                yield from (f"{path} ({width}, {scheme}): {line}" for line in self._violations(width, scheme))
        yield from (f"{path}: {one}" for one in self.complaints if not _ANSWER.search(one))

    def _look(self, width: int, scheme: str) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")

    def _violations(self, width: int, scheme: str) -> Iterator[str]:
        sorts, seen = set(self.page.evaluate(SORTS)), self.seen.setdefault((width, scheme), set())
        known = sorts <= seen
        seen |= sorts
        if not known:
            asked: dict[str, object] = {"runOnly": RULES}
        elif (width, scheme) == LOOKS[0]:
            asked = {"runOnly": RULES, "rules": {rule: {"enabled": False} for rule in MEASURED}}
        else:
            asked = {"runOnly": {"type": "rule", "values": NARROW}}
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE)
        run = "async (asked) => (await axe.run(asked)).violations"
        for violation in self.page.evaluate(run, asked | {"resultTypes": ["violations"]}):
            nodes = [node["html"][:200] for node in violation["nodes"][:3]]
            yield f"{violation['id']} ({violation['help']}): {nodes}"


@pytest.fixture(scope="module")
def seen() -> Seen:
    return {}


def _wrong(
    chromium: Browser,
    served: Served,
    paths: Iterable[str],
    seen: Seen,
    *,
    signed_in: bool,
) -> list[str]:
    context = chromium.new_context()
    if signed_in:
        context.add_cookies(
            [{"name": k, "value": v, "url": served.address} for k, v in served.cookies.items()]
        )
    walk = Walk(context.new_page(), seen, [])
    walk.page.on("console", lambda message: walk.complaints.append(f"console: {message.text}"))
    walk.page.on("pageerror", lambda error: walk.complaints.append(f"error: {error}"))
    wrong = [line for path in paths for line in walk.wrong(served.address + path)]
    context.close()
    return wrong


def test_every_page_is_open_to_everybody(
    chromium: Browser, served: Served, pages: dict[str, str], seen: Seen
) -> None:
    wrong = _wrong(chromium, served, (*pages.values(), MISSING), seen, signed_in=True)
    assert not wrong, "\n".join(wrong)


def test_every_public_page_is_open_to_everybody(
    chromium: Browser, served: Served, public_pages: dict[str, str], seen: Seen
) -> None:
    assert {"record:party", "record:fund", "record:commitments", "review:document"} <= public_pages.keys()
    wrong = _wrong(chromium, served, (*public_pages.values(), *DOOR, MISSING), seen, signed_in=False)
    assert not wrong, "\n".join(wrong)


def test_the_walk_comes_to_every_part_of_the_ledger(pages: dict[str, str], served: Served) -> None:
    from communique.ledger.design.context import ACCOUNT, WAYS

    missed = []
    for way in (*WAYS, *ACCOUNT):
        name, _ = _kind(way.path)
        if name is not None and name not in pages:
            missed.append(way.path)
    assert missed == []
