"""Fetching: what comes from a server within limits, and which addresses are never asked."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote

import pytest

from communique.errors import UnreadableDocument
from communique.fetch import Fetched, NotModified, ServerRefused, fetch, fetch_again, is_public

PAGE = b"<!doctype html><p>They met.</p>"


class Pages(BaseHTTPRequestHandler):
    """A server with a page, detours to it, and a few ways to misbehave."""

    def do_GET(self) -> None:
        name = self.path.strip("/")
        if name.startswith("hop"):
            left = int(name[3:])
            self._answer(302, Location=f"/hop{left - 1}" if left else "/validated")
        elif name == "away":
            self._answer(302, Location="http://169.254.169.254/latest/meta-data")
        elif name == "file":
            self._answer(301, Location="file:///etc/hostname")
        elif name.startswith("status"):
            retry = {"Retry-After": unquote(self.path.partition("?")[2])} if "?" in self.path else {}
            self._answer(int(name.partition("?")[0].removeprefix("status/")), **retry)
        elif name == "validated":
            self._validated()
        elif name == "host":
            self._page(self.headers["Host"].encode())
        elif name in ("large", "endless", "drip", "headers"):
            getattr(self, f"_{name}")()
        else:
            self._page(PAGE) if name == "page" else self._answer(404)

    def _validated(self) -> None:
        """Answer as a server that keeps to RFC 9110: the tag decides, the moment only where there is none."""
        tag, moment = self.headers["If-None-Match"], self.headers["If-Modified-Since"]
        if tag == '"1"' or (tag is None and moment == "Tue, 05 Jul 2022 04:43:00 GMT"):
            self._answer(304, ETag='"1"')
        else:
            self._page(PAGE)

    def _answer(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header, value)
        self.send_header("Content-Length", headers.get("length", "0"))
        self.end_headers()

    def _page(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("ETag", '"1"')
        self.send_header("Last-Modified", "Tue, 05 Jul 2022 04:43:00 GMT")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _large(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "3000000000")
        self.end_headers()

    def _endless(self) -> None:
        self._slowly(b"x" * 10_000, 0)

    def _drip(self) -> None:
        self._slowly(b"x", 0.05)

    def _headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        self._on_and_on(b"x", 0.05)

    def _slowly(self, piece: bytes, pause: float) -> None:
        self.send_response(200)
        self.end_headers()
        self._on_and_on(piece, pause)

    def _on_and_on(self, piece: bytes, pause: float) -> None:
        for _ in range(1000):
            try:
                self.wfile.write(piece)
                self.wfile.flush()
            except OSError:
                return
            time.sleep(pause)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()


def test_a_page_comes_with_what_the_server_says_about_it(server: str) -> None:
    fetched = fetch(f"{server}/page", allow_private=True)
    assert (fetched.data, fetched.media_type) == (PAGE, "text/html; charset=utf-8")
    assert fetched.url == f"{server}/page"
    assert (fetched.etag, fetched.last_modified) == ('"1"', "Tue, 05 Jul 2022 04:43:00 GMT")


def test_five_redirects_are_followed_and_the_last_address_is_told(server: str) -> None:
    assert fetch(f"{server}/hop4", allow_private=True).url == f"{server}/validated"


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("hop5", "more than 5 redirects"),
        ("file", "file:// is not fetched"),
        ("missing", "answered 404"),
        ("large", "larger than"),
        ("endless", "larger than"),
    ],
)
def test_what_a_server_may_not_do_is_refused(server: str, page: str, why: str) -> None:
    with pytest.raises(UnreadableDocument, match=why):
        fetch(f"{server}/{page}", allow_private=True, limit=1_000_000)


def test_a_document_that_is_as_it_was_is_not_sent_again(server: str) -> None:
    first = fetch_again(f"{server}/validated", allow_private=True)
    assert isinstance(first, Fetched)
    again = fetch_again(first.url, etag=first.etag, last_modified=first.last_modified, allow_private=True)
    assert again == NotModified(first.url, '"1"', "Tue, 05 Jul 2022 04:43:00 GMT")


def test_the_moment_of_the_last_change_does_where_there_is_no_tag(server: str) -> None:
    again = fetch_again(
        f"{server}/validated", last_modified="Tue, 05 Jul 2022 04:43:00 GMT", allow_private=True
    )
    assert again == NotModified(f"{server}/validated", '"1"', "Tue, 05 Jul 2022 04:43:00 GMT")


def test_validators_go_along_where_redirects_lead(server: str) -> None:
    assert fetch_again(f"{server}/hop2", etag='"1"', allow_private=True) == NotModified(
        f"{server}/validated", '"1"'
    )


def test_a_document_that_changed_comes_whole(server: str) -> None:
    changed = fetch_again(f"{server}/validated", etag='"0"', allow_private=True)
    assert isinstance(changed, Fetched)
    assert (changed.data, changed.etag) == (PAGE, '"1"')


@pytest.mark.parametrize("etag", ['"1"\r\nX-Injected: 1', '"é"', '"' + "1" * 5000 + '"', ""])
def test_a_validator_that_no_server_should_have_given_is_not_sent_back(server: str, etag: str) -> None:
    assert isinstance(fetch_again(f"{server}/validated", etag=etag, allow_private=True), Fetched)


def test_who_never_asked_whether_it_changed_cannot_be_told_that_it_did_not(server: str) -> None:
    with pytest.raises(ServerRefused, match="304"):
        fetch_again(f"{server}/status/304", allow_private=True)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("0", timedelta()),
        ("9" * 400, timedelta(seconds=999_999_999)),
        ("Wed, 21 Oct 2015 07:28:00 GMT", timedelta()),
        ("soon", None),
        ("-5", None),
        ("²", None),
        (None, None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_says_how_long_to_wait(
    server: str, status: int, said: str | None, wait: timedelta | None
) -> None:
    query = f"?{quote(said)}" if said is not None else ""
    with pytest.raises(ServerRefused, match="busy") as refused:
        fetch(f"{server}/status/{status}{query}", allow_private=True)
    assert (refused.value.status, refused.value.retry_after) == (status, wait)


def test_a_moment_to_come_back_at_is_read_by_the_server_s_clock(server: str) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    with pytest.raises(ServerRefused) as refused:
        fetch(f"{server}/status/503?{quote(later)}", allow_private=True)
    wait = refused.value.retry_after
    assert wait is not None
    assert timedelta(minutes=59) <= wait <= timedelta(hours=1)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 500, 502])
def test_other_refusals_keep_their_status_and_ask_for_no_pause(server: str, status: int) -> None:
    with pytest.raises(ServerRefused, match=str(status)) as refused:
        fetch(f"{server}/status/{status}?120", allow_private=True)
    assert (refused.value.status, refused.value.retry_after) == (status, None)


@pytest.mark.parametrize("page", ["drip", "headers"])
def test_a_server_that_sends_byte_by_byte_runs_out_of_time(server: str, page: str) -> None:
    before = time.monotonic()
    with pytest.raises(UnreadableDocument, match="too long"):
        fetch(f"{server}/{page}", allow_private=True, timeout=0.5)
    assert time.monotonic() - before < 5


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://192.168.1.1/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://127.1/",
    ],
)
def test_private_addresses_are_never_asked(url: str) -> None:
    with pytest.raises(UnreadableDocument, match="private address") as refused:
        fetch(url)
    assert refused.value.hint


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "ftp://a.example/", "a.example", "http://", "http://[", ""]
)
def test_only_web_addresses_are_fetched(url: str) -> None:
    with pytest.raises(UnreadableDocument):
        fetch(url)


def resolve_to(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Make names stand for addresses, one answer a question, the last for good; list what was asked."""
    asked: list[str] = []
    left = list(answers)
    truly = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *rest: int, **more: int) -> list[tuple[object, ...]]:
        if not host.endswith(".example"):
            return list(truly(host, port, *rest, **more))
        asked.append(host)
        places = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port)) for place in places]

    monkeypatch.setattr("communique.fetch.socket.getaddrinfo", getaddrinfo)
    return asked


def test_a_name_with_one_private_address_among_public_ones_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolve_to(monkeypatch, ["93.184.215.14", "10.0.0.1"])
    with pytest.raises(UnreadableDocument, match=r"10\.0\.0\.1, a private address"):
        fetch("http://press.example/")


def test_the_connection_goes_to_the_address_that_was_checked(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = server.rpartition(":")[2]
    asked = resolve_to(monkeypatch, ["127.0.0.1"], ["192.0.2.1"])
    fetched = fetch(f"http://press.example:{port}/host", allow_private=True, timeout=5)
    assert fetched.data.decode() == f"press.example:{port}"
    assert asked.count("press.example") == 1


def test_a_redirect_to_a_private_address_is_refused(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    public = ["127.0.0.1"]
    monkeypatch.setattr("communique.fetch.is_public", lambda place: place in public)
    with pytest.raises(UnreadableDocument, match=r"169\.254\.169\.254, a private address"):
        fetch(f"{server}/away")


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "192.0.0.8",
        "168.63.129.16",
        "fec0::1",
        "64:ff9b:1::a00:1",
        "::a00:1",
        "100.64.0.1",
        "224.0.0.1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "2002:a00:1::",
    ],
)
def test_shared_multicast_local_and_tunnelled_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)
