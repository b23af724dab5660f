"""Shows where a link leads without leading there: the host unmistakable, the rest as written."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

import idna

from communique.ledger.writing.visible import mixes_scripts, written_out

_UNSEEN = re.compile(r"[\x00-\x20\x7f]+")
_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]{0,30}):", re.I)
_WEB = ("http", "https")
_LONGEST = 100
_LONGEST_HOST = 253


def shown(address: str) -> str:
    """Return an address as HTML without a link; empty where it leads nowhere else.

    A browser takes no notice of spaces and control characters in an address, nor of which way its slashes lean,
    so neither does this. Of what is no address of a page or a person only the scheme is told.
    """
    address = _UNSEEN.sub("", address)
    scheme = _SCHEME.match(address)
    if not address or address.startswith("#"):
        return ""
    if scheme is None:
        return written_out(_cut(address))
    if scheme["scheme"].lower() in _WEB:
        return _web(address, scheme)
    if scheme["scheme"].lower() in {"mailto", "tel"}:
        return written_out(_cut(address.partition("?")[0]))
    return written_out(f"{scheme['scheme'].lower()}:…")


def _web(address: str, scheme: re.Match[str]) -> str:
    rest = address[scheme.end() :].replace("\\", "/").lstrip("/")
    try:
        parts = urlsplit(f"{scheme['scheme'].lower()}://{rest}")
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return written_out(_cut(address))
    if len(host) > _LONGEST_HOST:
        return written_out(f"{parts.scheme}:…")
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    path = "" if path == "/" else path
    return f"{parts.scheme}://<b>{_host(host)}</b>{written_out(port + _cut(path))}"


def _host(host: str) -> str:
    """Return a host as HTML: in the letters that the network sees, then, of one script, as it reads."""
    if host.isascii():
        return escape(host)
    try:
        seen = idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return written_out(host)
    return seen if any(map(mixes_scripts, host.split("."))) else f"{seen} ({written_out(host)})"


def _cut(written: str) -> str:
    return written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"
