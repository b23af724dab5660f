"""Fetches a document from the web: only http and https, within limits of size and time, and from public
addresses.

A name is resolved once, every address it stands for is checked, and the connection goes to a checked address:
what the name stands for a moment later makes no difference. Redirects are followed one by one, each checked
anew.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Any, Self

from communique.errors import UnreadableDocument

if TYPE_CHECKING:
    import httpx

REDIRECTS = 5
_TRANSLATED = IPv6Network("64:ff9b::/96")
_CLOSED = tuple(map(ip_network, ("192.0.0.0/24", "168.63.129.16/32", "fec0::/10", "3fff::/20")))
"""Not private by the registry, and yet nobody's: protocols, a cloud's own service, sites, documentation."""
_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_LONGEST_VALIDATOR = 1000
_HEADERS = {
    "User-Agent": "communique (reads public documents)",
    "Accept": "text/html, application/pdf, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched, and the address it was found at in the end."""

    data: bytes
    media_type: str | None
    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that the document is as it was when the validators were given."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


class ServerRefused(UnreadableDocument):
    """The server answered, and gave no document."""

    def __init__(
        self, url: str, status: int, words: str, *, retry_after: timedelta | None, hint: str | None = None
    ) -> None:
        super().__init__(url, f"the server answered {status} {words}".rstrip(), hint=hint)
        self.status = status
        self.retry_after = retry_after
        """How long it asks to be left alone; None where it does not say."""


def fetch(
    url: str, *, allow_private: bool = False, timeout: float = 20.0, limit: int = 20_000_000
) -> Fetched:
    """Fetch a document. ``timeout`` is in seconds for all of it, ``limit`` in bytes.

    Raises ServerRefused where the server answers without one, and UnreadableDocument where the address may not
    be fetched, or there is no document within the limits.
    """
    answer = fetch_again(url, allow_private=allow_private, timeout=timeout, limit=limit)
    assert isinstance(answer, Fetched)  # "not modified" is refused where nothing was known
    return answer


def fetch_again(
    url: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    allow_private: bool = False,
    timeout: float = 20.0,
    limit: int = 20_000_000,
) -> Fetched | NotModified:
    """Fetch a document if it has changed since the server gave these validators; all else is as in ``fetch``."""
    import httpx

    known = _validators(etag, last_modified)
    request = _Request(url, allow_private, time.monotonic() + timeout, limit, known)
    try:
        with (
            _Shutter(request.deadline) as shutter,
            httpx.Client(trust_env=False, follow_redirects=False, headers=_HEADERS) as client,
        ):
            return request.follow(client, shutter)
    except httpx.TimeoutException as error:
        raise request.too_slow() from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, ValueError) as error:
        if time.monotonic() >= request.deadline:
            raise request.too_slow() from error
        raise UnreadableDocument(url, f"could not be fetched: {error}") from error


class _Shutter:
    """Shuts connections at the deadline: a server that sends its headers byte by byte is never late with one."""

    def __init__(self, deadline: float) -> None:
        self._open: list[socket.socket] = []
        self._timer = threading.Timer(max(deadline - time.monotonic(), 0), self._shut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def __call__(self, event: str, told: Mapping[str, Any]) -> None:
        """Note a connection that is made, or takes up encryption."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._open.append(told["return_value"].get_extra_info("socket"))

    def _shut(self) -> None:
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _validators(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Return the headers that ask for changes only. What a server gave is sent back as it was, or not at all."""
    told = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {
        name: value
        for name, value in told.items()
        if value and len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable()
    }


@dataclass(frozen=True, slots=True)
class _Request:
    """One document asked for, with what it may cost."""

    url: str
    allow_private: bool
    deadline: float
    limit: int
    validators: dict[str, str]

    def follow(self, client: httpx.Client, shutter: _Shutter) -> Fetched | NotModified:
        """Ask for the document, and go where redirects lead, each place checked like the first."""
        import httpx

        address = httpx.URL(self.url)
        for _ in range(REDIRECTS + 1):
            answer = self._ask(client, address, shutter)
            if not isinstance(answer, str):
                return answer
            address = address.join(answer)
        raise self._refuse(f"more than {REDIRECTS} redirects")

    def _ask(
        self, client: httpx.Client, address: httpx.URL, shutter: _Shutter
    ) -> Fetched | NotModified | str:
        """Return the document at an address, or where it says that the document is now."""
        if address.scheme not in ("http", "https") or not address.host:
            raise self._refuse(f"{address.scheme or 'no'}:// is not fetched", hint="only http and https are")
        pinned = address.copy_with(host=self._checked(address))
        with client.stream(
            "GET",
            pinned,
            headers={"Host": address.netloc.decode("ascii").rpartition("@")[2], **self.validators},
            extensions={"sni_hostname": address.raw_host.decode("ascii"), "trace": shutter},
            timeout=self._left(),
        ) as response:
            if response.has_redirect_location:
                return response.headers["Location"]
            if response.status_code == HTTPStatus.NOT_MODIFIED and self.validators:
                return self._unchanged(response, address)
            if response.status_code != HTTPStatus.OK:
                raise self._refused(response)
            return self._document(response, address)

    def _unchanged(self, response: httpx.Response, address: httpx.URL) -> NotModified:
        return NotModified(
            str(address),
            response.headers.get("ETag", self.validators.get("If-None-Match")),
            response.headers.get("Last-Modified", self.validators.get("If-Modified-Since")),
        )

    def _refused(self, response: httpx.Response) -> ServerRefused:
        wait = _retry_after(response) if response.status_code in _BUSY else None
        hint = "it is busy: try again later" if response.status_code in _BUSY else None
        return ServerRefused(
            self.url, response.status_code, response.reason_phrase, retry_after=wait, hint=hint
        )

    def _document(self, response: httpx.Response, address: httpx.URL) -> Fetched:
        declared = response.headers.get("Content-Length", "")
        if declared.isdigit() and int(declared) > self.limit:
            raise self._too_large()
        return Fetched(
            b"".join(self._chunks(response)),
            response.headers.get("Content-Type"),
            str(address),
            response.headers.get("ETag"),
            response.headers.get("Last-Modified"),
        )

    def _chunks(self, response: httpx.Response) -> Iterator[bytes]:
        size = 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > self.limit:
                raise self._too_large()
            self._left()
            yield chunk
        self._left()  # what was shut at the deadline looks as if it were whole

    def _checked(self, address: httpx.URL) -> str:
        """Resolve a host and return one of its addresses, if every one of them may be fetched from."""
        port = address.port or (443 if address.scheme == "https" else 80)
        host = address.raw_host.decode("ascii")
        try:
            found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise self._refuse(f"no such host: {host}") from error
        places = [str(entry[4][0]) for entry in found]
        closed = next((p for p in places if not self.allow_private and not is_public(p)), None)
        if closed is not None:
            raise self._refuse(
                f"{host} is at {closed}, a private address", hint="allow private addresses to fetch it"
            )
        return next((p for p in places if ":" not in p), places[0])

    def _left(self) -> float:
        """Return the seconds left, of which a server may use each only once."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise self.too_slow()
        return left

    def _refuse(self, why: str, *, hint: str | None = None) -> UnreadableDocument:
        return UnreadableDocument(self.url, why, hint=hint)

    def _too_large(self) -> UnreadableDocument:
        return self._refuse(
            f"larger than {self.limit / 1_000_000:g} MB", hint="download it and read the file"
        )

    def too_slow(self) -> UnreadableDocument:
        return self._refuse(
            "the server took too long", hint="try again later, or download it and read the file"
        )


def _retry_after(response: httpx.Response) -> timedelta | None:
    """Return how long a server asks to wait: it says so in seconds, or names a moment by its own clock."""
    written = response.headers.get("Retry-After", "").strip()
    if written.isascii() and written.isdigit():
        return timedelta(seconds=int(written[:9]))
    until, now = _moment(written), _moment(response.headers.get("Date", "")) or datetime.now(UTC)
    return max(until - now, timedelta()) if until is not None else None


def _moment(written: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(written)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def is_public(address: str) -> bool:
    """Say whether an address is one that anybody reaches: not private, local, reserved, or a way round to
    such a one.
    """
    place = ip_address(address.partition("%")[0])
    inner = _inner(place) if isinstance(place, IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    if any(place in network for network in _CLOSED):
        return False
    return place.is_global and not (place.is_multicast or place.is_reserved or place.is_unspecified)


def _inner(place: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 one stands for: mapped, translated or tunnelled."""
    if place in _TRANSLATED:
        return IPv4Address(int(place) & 0xFFFFFFFF)
    return place.ipv4_mapped or place.sixtofour or (place.teredo[1] if place.teredo else None)
