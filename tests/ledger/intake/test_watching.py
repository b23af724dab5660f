"""Watched feeds and pages: what is new comes once, what is not is not asked for, who is busy is left alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from communique.ledger.documents.models import Arrival, Document
from communique.ledger.history.undo import undo
from communique.ledger.history.verify import verify
from communique.ledger.intake import actions, feeds, watches, watching, worker
from communique.ledger.intake.models import Job, JobState, Watch
from communique.ledger.log.models import Act

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PAGE = """<html><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>Suva, 4 May 1974 - The Ministers of Fiji and Tonga met in Suva on Friday to discuss the fishing grounds.</p>
<p>Fiji pledged F$300,000 to the Harbour Fund. Tonga welcomed the pledge and reaffirmed its support for the plan.</p>
<p>{more}</p></article></body></html>"""
WHOLE = "".join(
    f"<p>Fiji and Tonga discussed matter {n} of the fishing grounds, and agreed to meet again.</p>"
    for n in range(30)
)


class Site(ThreadingHTTPServer):
    """A web site that tests change: pages by path, and every request that came for them."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.pages: dict[str, bytes] = {}
        self.status: dict[str, int] = {}
        self.headers: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.told: list[dict[str, str]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def feed(self, *items: tuple[str, str, str]) -> None:
        """Let the feed list entries: title, path, content as HTML."""
        written = "".join(
            f"<item><title>{title}</title>{f'<link>{self.url(path)}</link>' if path else ''}"
            f"<description><![CDATA[{content}]]></description></item>"
            for title, path, content in items
        )
        self.pages["/feed"] = f"<rss><channel><title>News</title>{written}</channel></rss>".encode()


class Visit(BaseHTTPRequestHandler):
    """One request: the page, "not modified" where its tag is known, or the status asked for by the test."""

    server: Site

    def do_GET(self) -> None:
        site = self.server
        site.asked.append(self.path)
        site.told.append(dict(self.headers))
        body = site.pages.get(self.path)
        status = site.status.get(self.path, 404 if body is None else 200)
        tag = f'"{hash(body)}"'
        if status == 200 and self.headers["If-None-Match"] == tag:
            status = 304
        self.send_response(status)
        for name, value in site.headers.get(self.path, {}).items():
            self.send_header(name, value)
        sent = body if status == 200 and body is not None else b""
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(settings, monkeypatch) -> Iterator[Site]:
    settings.FETCH_PRIVATE = True
    monkeypatch.setattr(feeds, "PAUSE", 0)
    with Site() as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield listening
        listening.shutdown()


def page(title="Ministers Meet in Suva", more="Both Ministers agreed to meet again in September."):
    return PAGE.format(title=title, more=more).encode()


def look_and_work() -> None:
    """Let a worker look at what is due, and do what that gave."""
    Watch.objects.update(next_at=timezone.now())
    worker.work(threading.Event(), until_empty=True)


def titles() -> list[str]:
    return list(Document.objects.order_by("title").values_list("title", flat=True))


def test_of_a_feed_of_summaries_the_pages_are_taken_in_and_each_once(site):
    site.pages |= {"/a": page("First Meeting"), "/b": page("Second Meeting", "They met for long.")}
    site.feed(("First", "/a", "They met."))
    watch = watches.watch(site.url("/feed"), by="malik")
    look_and_work()
    assert titles() == ["First Meeting"]
    site.feed(("Second", "/b", "They met again."), ("First", "/a", "They met."))
    look_and_work()
    assert titles() == ["First Meeting", "Second Meeting"]
    assert site.asked.count("/a") == 1
    watch.refresh_from_db()
    assert (watch.kind, watch.result, watch.failures) == ("feed", "one new entry", 0)
    assert (watch.job.taken, watch.job.known, watch.job.by) == (1, 1, "malik")
    assert verify().faults == ()


def test_an_entry_that_holds_the_whole_document_is_the_document(site):
    site.feed(("Whole", "/a", WHOLE), ("Bare", "", "They met in Suva and agreed on the grounds."))
    watches.watch(site.url("/feed"), by="malik")
    look_and_work()
    assert titles() == ["Bare", "Whole"]
    assert "/a" not in site.asked


def test_the_only_entry_of_a_feed_is_the_same_document_when_others_come(site):
    site.feed(("Whole", "/a", WHOLE))
    watches.watch(site.url("/feed"), by="malik")
    look_and_work()
    site.feed(("Other", "/b", WHOLE.replace("Fiji", "Samoa")), ("Whole", "/a", WHOLE))
    look_and_work()
    assert titles() == ["Other", "Whole"]
    assert not Document.objects.exclude(previous=None).exists()


def test_an_entry_that_was_mended_is_a_new_version(site):
    site.feed(("Whole", "/a", WHOLE))
    watches.watch(site.url("/feed"), by="malik")
    look_and_work()
    site.feed(("Whole", "/a", WHOLE + "<p>Samoa did not take part in the meeting of the Ministers.</p>"))
    look_and_work()
    assert [d.previous is not None for d in Document.objects.order_by("id")] == [False, True]


def test_a_page_added_by_hand_is_not_taken_in_again_from_a_feed(site):
    site.pages["/a"] = page("First Meeting")
    actions.ask_url(site.url("/a"), by="khoman")
    worker.work(threading.Event(), until_empty=True)
    site.feed(("First", "/a", WHOLE))
    watches.watch(site.url("/feed"), by="malik")
    look_and_work()
    assert titles() == ["First Meeting"]
    assert site.asked.count("/a") == 1


def test_a_link_that_leads_elsewhere_is_followed_once(site):
    site.pages["/b"] = page("First Meeting")
    site.status["/a"], site.headers["/a"] = 302, {"Location": "/b"}
    site.feed(("First", "/a", "They met."))
    watches.watch(site.url("/feed"), by="malik")
    look_and_work()
    site.feed(("First", "/a", "They met, and parted."))
    look_and_work()
    assert titles() == ["First Meeting"]
    assert site.asked.count("/b") == 1


def test_a_page_that_can_t_be_fetched_costs_only_itself_and_is_tried_with_the_next_change(site):
    site.pages["/b"] = page("Second Meeting")
    site.feed(("First", "/a", "They met."), ("Second", "/b", "They met again."))
    watches.watch(site.url("/feed"), by="malik")
    look_and_work()
    assert titles() == ["Second Meeting"]
    job = Job.objects.get()
    assert job.state == JobState.DONE
    assert [one["reason"] for one in job.refused] == ["the server answered 404 Not Found"]
    site.pages["/a"] = page("First Meeting", "It was short.")
    site.feed(("First", "/a", "They met today."), ("Second", "/b", "They met again."))
    look_and_work()
    assert titles() == ["First Meeting", "Second Meeting"]


def test_a_page_that_can_t_be_fetched_is_tried_once_more_with_the_next_look(site):
    site.feed(("First", "/a", "They met."))
    watches.watch(site.url("/feed"), by="malik")
    for _ in range(4):
        look_and_work()
    assert site.asked.count("/a") == 2
    site.pages["/a"] = page("First Meeting")
    site.feed(("First", "/a", "They met today."))
    look_and_work()
    assert titles() == ["First Meeting"]


def test_a_mistake_of_ours_in_reading_costs_the_look_and_not_the_worker(site, monkeypatch):
    site.pages["/a"] = page()
    watch = watches.watch(site.url("/a"), by="malik")
    monkeypatch.setattr(watching, "is_feed", lambda arriving: 1 / 0)
    assert watching.due()
    watch.refresh_from_db()
    assert (watch.failures, watch.result) == (1, "a mistake in the reader: ZeroDivisionError")


def test_a_feed_can_t_send_us_to_private_addresses(site, settings, monkeypatch):
    site.feed(("First", "/a", "They met."))
    watches.watch(site.url("/feed"), by="malik")
    watching.due()
    settings.FETCH_PRIVATE = False
    worker.work(threading.Event(), until_empty=True)
    assert "/a" not in site.asked
    assert "a private address" in Job.objects.get().refused[0]["reason"]


def test_a_feed_that_names_very_many_pages_does_not_make_us_ask_for_all(site, monkeypatch):
    monkeypatch.setattr(feeds, "MOST", 2)
    site.feed(*((f"Entry {n}", f"/{n}", "They met.") for n in range(5)))
    watches.watch(site.url("/feed"), by="malik")
    look_and_work()
    assert site.asked == ["/feed", "/0", "/1"]
    assert Job.objects.get().refused[-1]["reason"] == "3 more pages are linked to"


def test_a_feed_given_once_brings_the_pages_it_links_to(site):
    site.pages["/a"] = page("First Meeting")
    site.feed(("First", "/a", "They met."))
    actions.ask_url(site.url("/feed"), by="malik", feed=True)
    worker.work(threading.Event(), until_empty=True)
    assert titles() == ["First Meeting"]


def test_a_changed_page_is_a_new_version(site):
    site.pages["/a"] = page()
    watch = watches.watch(site.url("/a"), by="malik")
    look_and_work()
    site.pages["/a"] = page(more="The Ministers did not agree on a date.")
    look_and_work()
    first, second = Document.objects.order_by("id")
    assert second.previous == first
    watch.refresh_from_db()
    assert (watch.kind, watch.result) == ("page", "the page changed")
    assert verify().faults == ()


def test_a_page_that_says_again_what_it_said_before_is_a_new_version_once(site):
    watch = watches.watch(site.url("/a"), by="malik")
    for body in (page(), page(more="The Ministers did not agree on a date."), page(), page()):
        site.pages["/a"] = body
        look_and_work()
    first, second, third = Document.objects.order_by("id")
    assert (third.previous, third.sha256, third.key == first.key) == (second, first.sha256, False)
    watch.refresh_from_db()
    assert watch.result == "nothing new"
    assert verify().faults == ()


def test_what_did_not_change_is_not_sent_again_and_leaves_no_trace(site):
    site.pages["/a"] = page()
    watch = watches.watch(site.url("/a"), by="malik")
    look_and_work()
    look_and_work()
    assert (site.asked, Job.objects.count(), Arrival.objects.count()) == (["/a", "/a"], 1, 1)
    assert site.told[1]["If-None-Match"] == f'"{hash(site.pages["/a"])}"'
    watch.refresh_from_db()
    assert watch.result == "nothing new"


def test_a_page_whose_bytes_change_and_whose_words_don_t_is_nothing_new(site):
    site.pages["/a"] = page()
    watches.watch(site.url("/a"), by="malik")
    look_and_work()
    site.pages["/a"] = page() + b"<!-- made at 12:01 -->"
    look_and_work()
    assert (Job.objects.count(), Document.objects.count(), Arrival.objects.count()) == (1, 1, 1)


def test_a_feed_that_is_only_dated_anew_is_nothing_new(site):
    site.feed(("Whole", "/a", WHOLE))
    watches.watch(site.url("/feed"), by="malik")
    look_and_work()
    site.pages["/feed"] = site.pages["/feed"].replace(
        b"<title>News", b"<lastBuildDate>x</lastBuildDate><title>News"
    )
    look_and_work()
    assert (Job.objects.count(), Arrival.objects.count()) == (1, 1)


def test_after_each_failure_the_next_look_is_later(site):
    watch = watches.watch(site.url("/gone"), by="malik")
    waits = []
    for _ in range(12):
        watching.look(Watch.objects.get(pk=watch.pk))
        watch.refresh_from_db()
        waits.append((watch.next_at - watch.looked_at) / timedelta(minutes=1))
    doubled = [min(5 * 2**n, 24 * 60) for n in range(12)]
    assert all(0.9 * d <= w <= 1.1 * d for d, w in zip(doubled, waits, strict=True))
    assert len(set(waits)) == len(waits)
    assert (watch.failures, watch.result) == (12, "the server answered 404 Not Found")


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [("7200", 120, 133), ("1", 4, 6), ("99999999", 7 * 1440, 8 * 1440), ("nonsense", 4, 6)],
)
def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(site, asked, least, most):
    site.status["/busy"], site.headers["/busy"] = 503, {"Retry-After": asked}
    watch = watches.watch(site.url("/busy"), by="malik")
    watching.due()
    watch.refresh_from_db()
    assert least <= (watch.next_at - watch.looked_at) / timedelta(minutes=1) <= most
    assert not watching.due()


def test_a_look_that_goes_well_ends_the_row_of_failures(site):
    watch = watches.watch(site.url("/a"), every=timedelta(days=1), by="malik")
    watching.due()
    site.pages["/a"] = page()
    watches.look_again(watch.pk)
    watching.due()
    watch.refresh_from_db()
    assert watch.failures == 0
    assert timedelta(hours=21) <= watch.next_at - watch.looked_at <= timedelta(hours=27)


def test_what_is_gone_for_good_is_watched_no_more(site):
    site.status["/a"] = 410
    watch = watches.watch(site.url("/a"), by="malik")
    watching.due()
    watch.refresh_from_db()
    assert watch.stopped
    act = Act.objects.order_by("seq").last()
    assert (act.verb, act.by, act.why) == ("stop watching", "", "the server says that it is gone for good")


def test_two_workers_never_look_at_the_same_address(site):
    watches.watch(site.url("/a"), by="malik")
    first, second = watching._claimed(), watching._claimed()
    assert (first is not None, second) == (True, None)


def test_a_look_that_its_worker_did_not_live_to_end_is_made_by_another(site, monkeypatch):
    watches.watch(site.url("/a"), by="malik")
    watching._claimed()
    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr(watching.timezone, "now", lambda: later)
    assert watching._claimed() is not None


def test_what_is_stopped_is_not_looked_at_until_it_is_resumed(site):
    watch = watches.watch(site.url("/a"), by="malik")
    watches.stop(watch.pk, by="khoman")
    assert not watching.due()
    assert not watches.look_again(watch.pk)
    watches.resume(watch.pk, by="khoman")
    assert watching.due()


def test_a_watch_is_a_decision_that_can_be_taken_back(site):
    watch = watches.watch(site.url("/a"), by="malik")
    watches.stop(watch.pk, by="khoman")
    assert [a.verb for a in Act.objects.order_by("seq")] == ["watch", "stop watching"]
    assert verify().faults == ()
    undo(2, by="malik")
    assert not Watch.objects.get().stopped
    undo(3, by="malik")
    undo(4, by="malik")
    assert verify().faults == ()


def test_a_watch_that_was_taken_back_is_gone_and_can_come_back(site):
    watch = watches.watch(site.url("/a"), by="malik")
    undo(1, by="malik")
    assert not Watch.objects.exists()
    assert verify().faults == ()
    undo(2, by="malik")
    assert Watch.objects.get().pk == watch.pk
    assert verify().faults == ()


@pytest.mark.parametrize(
    "url",
    ["", "ftp://a.example/", "file:///etc/hostname", "javascript:alert(1)", "http://", "http://[::1", "a"],
)
def test_only_addresses_of_the_web_are_watched(url):
    with pytest.raises(watches.WatchRefused):
        watches.watch(url, by="malik")


def test_an_address_is_watched_once_and_not_too_often():
    watches.watch("https://example.org/a#part", by="malik")
    with pytest.raises(watches.WatchRefused, match="already"):
        watches.watch("https://example.org/a", by="malik")
    with pytest.raises(watches.WatchRefused, match="five minutes"):
        watches.watch("https://example.org/b", every=timedelta(seconds=1), by="malik")


def test_a_moment_named_by_the_server_is_kept_to(site):
    until = datetime.now(UTC) + timedelta(hours=3)
    site.status["/busy"] = 429
    site.headers["/busy"] = {"Retry-After": until.strftime("%a, %d %b %Y %H:%M:%S GMT")}
    watch = watches.watch(site.url("/busy"), by="malik")
    watching.due()
    watch.refresh_from_db()
    assert watch.next_at >= until - timedelta(seconds=2)
