"""Documents made to do harm, in a real browser: on every page that shows them, nothing of them runs, loads or hides."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request

from communique.ledger.accounts import actions as accounts
from communique.ledger.claims import actions as claims
from communique.ledger.claims.models import Claim, State
from communique.ledger.documents.models import Document
from communique.ledger.entities.models import Entity
from communique.ledger.intake import actions as jobs
from communique.ledger.intake import watches
from communique.ledger.intake.models import Watch
from communique.ledger.intake.taking import Arriving, Taken, take_in

PASSWORD = "seven rivers and a bridge"
pytestmark = pytest.mark.django_db(transaction=True)

ATTACKS = """
<script>harm('script')</script><script src="TRAP/script.js"></script>
<style>@import "TRAP/style.css"; body { background: url(TRAP/style.png) } * { color: red !important }</style>
<link rel="stylesheet" href="TRAP/link.css"><link rel="prefetch" href="TRAP/prefetch">
<meta http-equiv="refresh" content="0;url=TRAP/refresh"><base href="TRAP/base/">
<img src="x" onerror="harm('img')"><img src="TRAP/pixel.png" srcset="TRAP/pixel2.png 2x" alt="a pixel">
<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='harm(1)'/>" alt="drawn">
<svg onload="harm('svg')"><script>harm('svg script')</script><image href="TRAP/svg.png"/>
<foreignObject><iframe src="TRAP/foreign"></iframe></foreignObject><animate onbegin="harm('animate')"/></svg>
<svg></p><style><a id="</style><img src=1 onerror=harm('mutated')>">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=harm('math')&gt;"></math>
<a href="javascript:harm('link')" id="attack">press here</a> <a href="JaVa&#9;script:harm('tab')">and here</a>
<a href="data:text/html,<script>parent.harm('data')</script>">data</a> <a href="vbscript:harm(1)">vb</a>
<a href="https://аsean.example/a" ping="TRAP/ping" target="_blank">the secretariat</a>
<iframe src="javascript:parent.harm('iframe')"></iframe>
<iframe srcdoc="<script>parent.harm('srcdoc')</script>"></iframe>
<object data="TRAP/object"></object><embed src="TRAP/embed"><video src="TRAP/video" autoplay poster="TRAP/p"></video>
<form action="TRAP/form"><input autofocus onfocus="harm('focus')" name="title">
<button formaction="TRAP/b">b</button></form>
<details open ontoggle="harm('toggle')"><summary>more</summary></details><body onload="harm('body')">
<div id="content" class="page" hx-get="TRAP/hx" hx-trigger="load" data-hx-get="TRAP/hx2" data-claim="1"
 onclick="harm('click')" onmouseover="harm('over')" style="position:fixed;inset:0;background:url(TRAP/inline.png)"
 tabindex="1" contenteditable accesskey="a">covered</div>
<noscript><p title="</noscript><img src=x onerror=harm('noscript')>"></noscript>
<template><script>harm('template')</script></template><textarea></textarea><img src=x onerror="harm('textarea')">
<x-element onclick="harm(1)" popover id="nav">custom</x-element><dialog open id="keys">dialog</dialog>
"""
AS_WORDS = "<script>harm('words')</script><img src=x onerror=harm('words')>"
"""What an article may say in its words: as text it must stay text."""
HIDING = "rep\u202eaid \u2067million\u200b of\u00ad it \u2028now"
SENTENCES = (
    f"Japan pledged US$2 million to the Fund {AS_WORDS} for Tide Gauges on 7 February 1974.",
    f"Fiji welcomed the pledge and will help to {HIDING} by 1975.",
    "The Secretary-General of \u0410SEAN thanked both sides for the \u202ednuF\u202c of the Partnership.",
    f"Both sides agreed to {AS_WORDS} hold the 5th Fiji-Japan Dialogue in Suva in 1975.",
)
START = [
    "/",
    "/documents/",
    "/queue/",
    "/history/",
    "/jobs/",
    "/watches/",
    "/add/",
    "/entities/",
    "/search/?q=Fiji",
]
TITLE = f"Ministers {AS_WORDS} Meet\u202etxt.exe in Suva"
MENDED = "Fiji and Japan discussed the fishing grounds."


class Trap(ThreadingHTTPServer):
    """A server that nobody may ask for anything, and the list of those who did."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Caught)
        self.caught: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Caught(BaseHTTPRequestHandler):
    """One who asked."""

    server: Trap

    def do_GET(self) -> None:
        if self.path == "/page":
            self._page(page_of(self.server).encode())
            return
        self.server.caught.append(self.path)
        self.send_response(204)
        self.end_headers()

    def _page(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    with Trap() as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield listening
        listening.shutdown()


class Watcher:
    """Looks at what a browser does: what ran, what was asked for and from whom, what a policy had to prevent."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.noticed: list[str] = []
        self._home = home
        context.add_init_script(
            """window.harmed = []; window.harm = what => window.harmed.push(String(what));
            addEventListener("securitypolicyviolation",
                event => window.harmed.push("prevented " + event.effectiveDirective + " " + event.blockedURI));"""
        )
        context.on("request", self._asked)
        context.on("dialog", self._dialog)
        context.on("console", lambda message: self.noticed.append(f"console: {message.text}"))
        context.on("weberror", lambda error: self.noticed.append(f"error: {error.error}"))
        context.on("page", lambda page: page.on("download", lambda _: self.noticed.append("download")))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self._home}/", "about:blank")):
            self.noticed.append(f"asked for {request.url[:100]}")

    def _dialog(self, dialog: Dialog) -> None:
        self.noticed.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def look(self, page: Page) -> list[str]:
        """Return what was noticed until now, and what the page holds that it should not."""
        page.wait_for_timeout(50)
        noticed = [*self.noticed, *page.evaluate("window.harmed ?? []"), *page.evaluate(UNWANTED)]
        if len(page.context.pages) > 1:
            noticed.append("a window was opened")
        self.noticed.clear()
        return [f"{urlsplit(page.url).path}: {what}" for what in noticed]


UNWANTED = r"""() => {
  const found = [], here = location.origin;
  for (const e of document.querySelectorAll("*")) {
    const name = e.localName;
    if (name === "script" && (!String(e.src).startsWith(here) || e.textContent.trim())) found.push("script " + e.src);
    if (/^(iframe|object|embed|base|style|frame|applet|video|audio|math|foreignObject)$/.test(name)) found.push(name);
    for (const a of e.attributes) {
      if (/^(on.*|style|ping|srcdoc)$/.test(a.name)) found.push(name + " " + a.name);
      if (/^(href|src|action|formaction|data|srcset|poster|background|xlink:href)$/.test(a.name)) {
        const to = new URL(a.value.trim() || "#", here);
        if (to.origin !== here) found.push(name + " leads to " + a.value.slice(0, 60));
      }
      if (/^(hx-|data-hx-)/.test(a.name) && /127\.0\.0\.1/.test(a.value)) found.push(name + " " + a.name);
      if (/[\u202a-\u202e\u2066-\u2069]/.test(a.value) && a.name !== "value" && !/^data-/.test(a.name))
        found.push("hidden character in " + name + " " + a.name + ": " + a.value.slice(0, 40));
    }
  }
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const around = n.parentElement;
    if (/^(script|textarea)$/.test(around.localName)) continue;
    if (/[\u202a-\u202e\u2066-\u2069\u200b]/.test(n.data) && !around.closest(".invisible-char"))
      found.push("hidden character in " + around.localName + "." + around.className + ": " + n.data.trim());
    if (/\u0410SEAN|SE\u0410N/.test(n.data)) found.push("unmarked lookalike: " + n.data.slice(0, 40));
  }
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length) found.push("ids twice: " + twice);
  return found;
}"""


def page_of(trap: Trap) -> str:
    title, body = _escaped(TITLE), "".join(f"<p>{_escaped(sentence)}</p>" for sentence in SENTENCES)
    attacks = ATTACKS.replace("TRAP", trap.address)
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"{body}{attacks}<p>{MENDED}</p></article></body></html>"
    )


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def hostile_documents(trap: Trap) -> list[Arriving]:
    """The same attacks in every format that has markup, and in names and addresses."""
    page, words = page_of(trap), "\n\n".join(SENTENCES)
    attacks = ATTACKS.replace("TRAP", trap.address)
    front = f"---\ntitle: '{TITLE.replace(chr(39), '')}'\npublisher: <b onclick=harm(1)>Wire\u202e</b>\n---\n"
    mail = (
        f'From: "<img src=x onerror=harm(1)>" <press@example.org>\nSubject: Talks <script>harm(1)</script>\n'
        f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{page}"
    )
    item = f"<item><title>{_escaped(AS_WORDS)}</title><description>{_escaped(page)}</description></item>"
    name = '"><script>harm("name")</script>\u202efdp.html'
    return [
        Arriving(page.encode(), name=name, by="<b>Malik</b>"),
        Arriving(
            page.replace("Japan", "Tonga").encode(), url="https://example.org/'\"><script>harm(1)</script>"
        ),
        Arriving(f"{front}\n{words}\n\n[press](javascript:harm(1)) {attacks}".encode(), name="release.md"),
        Arriving(f"{TITLE}\n\n{words}\n\n{attacks}".encode(), name="release.txt"),
        Arriving(mail.encode(), name="mail.eml"),
        Arriving(f"<rss><channel><title>News</title>{item}</channel></rss>".encode(), name="a.rss"),
    ]


@pytest.fixture
def documents(trap: Trap) -> list[Document]:
    """The hostile documents, taken in and partly accepted, with a watch whose server answers in kind."""
    taken = [one for arriving in hostile_documents(trap) for one in take_in(arriving)]
    assert all(isinstance(one, Taken) for one in taken), taken
    for claim in Claim.objects.filter(until=None)[::2]:
        claims.decide(claim.uid, State.ACCEPTED, version=claim.version, by="malik", why=f"{AS_WORDS}\u202e")
    watch = watches.watch("https://example.org/<script>harm(1)</script>", by="malik")
    Watch.objects.filter(pk=watch.pk).update(result=f"{AS_WORDS} \u202e", looked_at=watch.added, failures=1)
    jobs.ask_bytes(b"x", name=f"{AS_WORDS}\u202e.html", by="<b>Malik\u202e</b>")
    failed = jobs.take(jobs.me())
    assert failed is not None
    jobs.finish(failed, f"{AS_WORDS}\u202e could not be read")
    return [one.document for one in taken if isinstance(one, Taken)]


@pytest.fixture
def signed_in(chromium: Browser, live_server: Any, settings: Any) -> Iterator[tuple[Page, Watcher]]:
    """A browser in which an administrator is signed in, and who watches it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    accounts.create("Adam Malik", "administrator", by="", password=PASSWORD)
    context = chromium.new_context(base_url=live_server.url, reduced_motion="reduce")
    watcher = Watcher(context, live_server.url)
    page = context.new_page()
    page.goto("/sign-in/")
    page.get_by_label("Name").fill("Adam Malik")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    assert watcher.look(page) == []
    yield page, watcher
    context.close()


def press_everything(page: Page) -> None:
    """Do what a visitor does: point at things, press what looks like a link of the document, go on by keyboard."""
    for words in ("press here", "and here", "data", "the secretariat", "covered"):
        for one in page.get_by_text(words, exact=True).all()[:2]:
            if one.is_visible():
                one.hover(force=True)
                one.click(force=True)
    for key in ("Tab", "Tab", "j", "j", "k"):
        page.keyboard.press(key)


def test_the_watcher_notices_what_the_documents_try(chromium: Browser, trap: Trap) -> None:
    context = chromium.new_context()
    home = trap.address.replace("127.0.0.1", "localhost")
    watcher = Watcher(context, home)
    page = context.new_page()
    page.route("**/refresh", lambda route: route.fulfill(status=204))
    page.goto(f"{home}/page", wait_until="commit")
    page.wait_for_timeout(500)
    noticed = " ".join(watcher.look(page))
    context.close()
    for harm in (
        "img",
        "script",
        "svg",
        "asked for",
        "leads to",
        "onclick",
        "style",
        "iframe",
        "hidden character",
    ):
        assert harm in noticed
    assert "unmarked lookalike" in noticed
    assert trap.caught
    trap.caught.clear()


def test_on_the_pages_of_a_document_nothing_of_it_runs_loads_or_hides(
    signed_in: tuple[Page, Watcher], documents: list[Document], trap: Trap
) -> None:
    page, watcher = signed_in
    noticed = []
    for document in documents:
        for path in (f"/documents/{document.pk}/", f"/documents/{document.pk}/source/"):
            response = page.goto(path)
            assert response is not None
            policy = response.headers["content-security-policy"]
            assert "unsafe" not in policy
            assert "script-src 'self';" in policy
            title = page.title()
            press_everything(page)
            noticed += watcher.look(page)
            assert urlsplit(page.url).path == path
            assert page.title() == title
    assert "\n".join(noticed) == ""
    assert trap.caught == []


def test_the_words_of_a_hostile_document_stay_words_at_their_places(
    signed_in: tuple[Page, Watcher], documents: list[Document]
) -> None:
    page, _ = signed_in
    page.goto(f"/documents/{documents[0].pk}/")
    shown = page.locator("#script").inner_text()
    assert AS_WORDS in shown
    assert page.locator("#script .invisible-char[data-code='U+202E']").count() >= 2
    assert page.locator("#script .lookalike").first.inner_text() == "\u0410"
    turned = page.locator("#script .invisible-char[data-code='U+202E']").first
    assert turned.evaluate("e => getComputedStyle(e, '::before').content") == '"U+202E"'
    assert turned.evaluate("e => getComputedStyle(e).unicodeBidi") == "isolate"


def test_what_stands_after_an_override_is_drawn_from_the_left(
    signed_in: tuple[Page, Watcher], documents: list[Document]
) -> None:
    """The letters behind "rep" are "aid": drawn backwards they would make another word."""
    page, _ = signed_in
    page.goto(f"/documents/{documents[0].pk}/")
    places = page.locator("#script").evaluate(
        r"""script => {
          const walk = document.createTreeWalker(script, NodeFilter.SHOW_TEXT), lefts = [];
          for (let n = walk.nextNode(); n; n = walk.nextNode()) {
            const at = n.data.indexOf("aid ");
            if (at < 0 || !n.previousSibling && !n.parentElement.previousSibling) continue;
            for (const i of [0, 1, 2]) {
              const range = document.createRange();
              range.setStart(n, at + i); range.setEnd(n, at + i + 1);
              lefts.push(range.getBoundingClientRect().left);
            }
            break;
          }
          return lefts;
        }"""
    )
    assert len(places) == 3
    assert places == sorted(places)


def test_a_name_in_letters_that_pass_for_latin_ones_is_not_taken_for_the_name(
    documents: list[Document],
) -> None:
    assert not Entity.objects.filter(kind="party", key__iexact="asean").exists()


def test_on_no_page_that_leads_from_them_anything_of_them_runs_loads_or_hides(
    signed_in: tuple[Page, Watcher], documents: list[Document], trap: Trap
) -> None:
    page, watcher = signed_in
    noticed: list[str] = []
    for path in _found_from(
        page, ["/", "/documents/", "/queue/", "/history/", "/jobs/", "/watches/", "/add/"]
    ):
        page.goto(path)
        noticed += watcher.look(page)
    assert "\n".join(noticed) == ""
    assert trap.caught == []


def _found_from(page: Page, start: list[str]) -> Iterator[str]:
    """Yield addresses by following the ledger's own links from where one begins, two of each kind of page."""
    waiting, seen, met = list(start), set(start), dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        kind = _kind(path)
        if kind is None or met.get(kind, 0) >= 2:
            continue
        met[kind] = met.get(kind, 0) + 1
        yield path
        for href in page.eval_on_selector_all("a[href]", "links => links.map(a => a.getAttribute('href'))"):
            to = urlsplit(urljoin(page.url, href))
            asked = to.path + (f"?{to.query}" if to.query else "")
            is_page = to.netloc == urlsplit(page.url).netloc and "format=" not in to.query
            if is_page and asked not in seen:
                seen.add(asked)
                waiting.append(asked)


def _kind(path: str) -> str | None:
    try:
        name = resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None
    return None if name in ("review:original", "accounts:sign_out") else name


def test_the_bytes_as_they_came_are_saved_and_never_opened(
    signed_in: tuple[Page, Watcher], documents: list[Document]
) -> None:
    page, _ = signed_in
    answer = page.request.get(f"/documents/{documents[0].pk}/original/")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "script" not in answer.headers["content-disposition"].partition("filename")[0]


def test_decisions_by_keyboard_bring_nothing_to_life(
    signed_in: tuple[Page, Watcher], documents: list[Document], trap: Trap
) -> None:
    page, watcher = signed_in
    page.goto(f"/documents/{documents[1].pk}/")
    for key in ("j", "a", "j", "r", "Escape", "j", "u", "c", "Escape", "z", "?", "Escape"):
        page.keyboard.press(key)
        page.wait_for_timeout(100)
    assert watcher.look(page) == []
    assert trap.caught == []
