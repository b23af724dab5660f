"""Fetching: what comes from a server within limits, and which addresses are never asked."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from communique.errors import UnreadableDocument
from communique.fetch import fetch, is_public

PAGE = b"<!doctype html><p>They met.</p>"


class Pages(BaseHTTPRequestHandler):
    """A server with a page, detours to it, and a few ways to misbehave."""

    def do_GET(self) -> None:
        name = self.path.strip("/")
        if name.startswith("hop"):
            left = int(name[3:])
            self._answer(302, Location=f"/hop{left - 1}" if left else "/page")
        elif name == "away":
            self._answer(302, Location="http://169.254.169.254/latest/meta-data")
        elif name == "file":
            self._answer(301, Location="file:///etc/hostname")
        elif name == "host":
            self._page(self.headers["Host"].encode())
        elif name in ("large", "endless", "drip"):
            getattr(self, f"_{name}")()
        else:
            self._page(PAGE) if name == "page" else self._answer(404)

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

    def _slowly(self, piece: bytes, pause: float) -> None:
        self.send_response(200)
        self.end_headers()
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
    assert fetch(f"{server}/hop4", allow_private=True).url == f"{server}/page"


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


def test_a_server_that_sends_byte_by_byte_runs_out_of_time(server: str) -> None:
    before = time.monotonic()
    with pytest.raises(UnreadableDocument, match="too long"):
        fetch(f"{server}/drip", allow_private=True, timeout=0.5)
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
    "address", ["100.64.0.1", "224.0.0.1", "fe80::1%eth0", "fc00::1", "ff02::1", "2002:a00:1::"]
)
def test_shared_multicast_local_and_tunnelled_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)
