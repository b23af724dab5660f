"""Who publishes: how a publisher is known, whom it speaks for, and its page furniture."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from communique.model import Document, DocumentKind, PartyRef, Struct
from communique.vocab.loading import load, names


class Furniture(Struct, frozen=True):
    """Lines that are no content, and why.

    ``whole`` are whole lines; ``starts`` and ``holds`` count in lines of at most ``words`` words; ``edge``
    furniture stands only in the first and last lines of a document, ``head`` only in the first.
    """

    why: str
    whole: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    words: int = 12
    edge: bool = False
    head: bool = False


class Publisher(Struct, frozen=True):
    """A publisher. ``issuer`` is the party it speaks for (none for a newspaper), ``post`` who says "I" in it.

    ``dollar`` is the currency that a bare "$" means there, as an ISO 4217 code; ``suffixes`` are what the
    site adds to the titles of its pages.
    """

    name: str
    hosts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    letterheads: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    issuer: PartyRef | None = None
    post: str | None = None
    dollar: str | None = None
    kind: DocumentKind | None = None
    furniture: tuple[Furniture, ...] = ()


class _File(Struct, frozen=True):
    publishers: tuple[Publisher, ...]


_LETTERHEAD_LINES = 6
_LETTERHEAD_REACH = 2000


@cache
def publishers() -> tuple[Publisher, ...]:
    """List the publishers we know, in the order of their files."""
    return tuple(p for path in names("publishers") for p in load(path, _File).publishers)


def publisher_of(document: Document) -> Publisher | None:
    """Return who published a document: told by its address, its stated publisher or its letterhead."""
    return publisher_at(document.url, document.publisher, document.text)


def publisher_at(url: str | None, name: str | None, text: str) -> Publisher | None:
    """Return the publisher that an address, a name or a letterhead tells, asked in this order."""
    by_host = _by_host(url)
    if by_host is not None:
        return by_host
    by_name = None if name is None else _names().get(_plain(name))
    return by_name if by_name is not None else _by_letterhead(text)


def _by_host(url: str | None) -> Publisher | None:
    host = _host(url)
    while host:
        if host in _hosts():
            return _hosts()[host]
        _, _, host = host.partition(".")
    return None


def _host(url: str | None) -> str:
    if url is None:
        return ""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # an address that is none, such as "http://[broken"
        return ""


def _by_letterhead(text: str) -> Publisher | None:
    lines = [line for line in text[:_LETTERHEAD_REACH].splitlines() if line.strip()]
    found = (_letterheads().get(_plain(line)) for line in lines[:_LETTERHEAD_LINES])
    return next((p for p in found if p is not None), None)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


@cache
def _hosts() -> dict[str, Publisher]:
    return {host: p for p in publishers() for host in p.hosts}


@cache
def _names() -> dict[str, Publisher]:
    return {_plain(name): p for p in publishers() for name in (p.name, *p.names)}


@cache
def _letterheads() -> dict[str, Publisher]:
    return {_plain(line): p for p in publishers() for line in p.letterheads}
