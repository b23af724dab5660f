"""Fetches a document from the web: only http and https, within limits of size and time, and from public
addresses.

A name is resolved once, every address it stands for is checked, and the connection goes to a checked address:
what the name stands for a moment later makes no difference. Redirects are followed one by one, each checked
anew.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

from communique.errors import UnreadableDocument

if TYPE_CHECKING:
    import httpx

REDIRECTS = 5
_TRANSLATED = IPv6Network("64:ff9b::/96")
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


def fetch(
    url: str, *, allow_private: bool = False, timeout: float = 20.0, limit: int = 20_000_000
) -> Fetched:
    """Fetch a document. ``timeout`` is in seconds for all of it, ``limit`` in bytes.

    Raises UnreadableDocument where the address may not be fetched, or there is no document within the limits.
    """
    import httpx

    request = _Request(url, allow_private, time.monotonic() + timeout, limit)
    try:
        with httpx.Client(trust_env=False, follow_redirects=False, headers=_HEADERS) as client:
            return request.follow(client)
    except httpx.TimeoutException as error:
        raise request.too_slow() from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, ValueError) as error:
        raise UnreadableDocument(url, f"could not be fetched: {error}") from error


@dataclass(frozen=True, slots=True)
class _Request:
    """One document asked for, with what it may cost."""

    url: str
    allow_private: bool
    deadline: float
    limit: int

    def follow(self, client: httpx.Client) -> Fetched:
        """Ask for the document, and go where redirects lead, each place checked like the first."""
        import httpx

        address = httpx.URL(self.url)
        for _ in range(REDIRECTS + 1):
            answer = self._ask(client, address)
            if isinstance(answer, Fetched):
                return answer
            address = address.join(answer)
        raise self._refuse(f"more than {REDIRECTS} redirects")

    def _ask(self, client: httpx.Client, address: httpx.URL) -> Fetched | str:
        """Return the document at an address, or where it says that the document is now."""
        if address.scheme not in ("http", "https") or not address.host:
            raise self._refuse(f"{address.scheme or 'no'}:// is not fetched", hint="only http and https are")
        pinned = address.copy_with(host=self._checked(address))
        with client.stream(
            "GET",
            pinned,
            headers={"Host": address.netloc.decode("ascii").rpartition("@")[2]},
            extensions={"sni_hostname": address.raw_host.decode("ascii")},
            timeout=self._left(),
        ) as response:
            if response.has_redirect_location:
                return response.headers["Location"]
            if response.status_code != 200:
                raise self._refuse(f"the server answered {response.status_code} {response.reason_phrase}")
            return self._document(response, address)

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


def is_public(address: str) -> bool:
    """Say whether an address is one that anybody reaches: not private, local, reserved, or a way round to
    such a one.
    """
    place = ip_address(address.partition("%")[0])
    inner = _inner(place) if isinstance(place, IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    return place.is_global and not (place.is_multicast or place.is_reserved or place.is_unspecified)


def _inner(place: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 one stands for: mapped, translated or tunnelled."""
    if place in _TRANSLATED:
        return IPv4Address(int(place) & 0xFFFFFFFF)
    return place.ipv4_mapped or place.sixtofour or (place.teredo[1] if place.teredo else None)
