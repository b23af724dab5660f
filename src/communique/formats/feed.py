"""RSS and Atom: each entry a document. Entries are cut out and parsed one by one, so that a broken one costs
only itself, and so that a long feed is never held as a tree."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from communique.errors import UnreadableDocument
from communique.formats.encoding import as_shown, decode
from communique.formats.html import fragment
from communique.formats.moments import iso_moment
from communique.formats.source import Format, Reading, Source
from communique.model import Text

_ROOT = re.compile(
    r"(?:<\?[^>]{0,300}\?>\s*|<!--.{0,1000}?-->\s*|<!DOCTYPE[^\[>]{0,300}(?:\[.{0,3000}?\]\s*)?>\s*)*"
    r"<(?:rss|(?:\w{1,20}:)?feed|rdf:RDF)\b",
    re.S | re.I,
)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]{2,30})", re.I)
_EDGE = re.compile(r"<(?P<close>/?)(?P<name>(?:\w{1,20}:)?(?:item|entry))(?=[\s>/])|<!\[CDATA\[")
_ENTITY_DECLARED = re.compile(r"<!ENTITY\b", re.I)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_BARE_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|\w{1,31};)")
_NAMESPACE = re.compile(r"\sxmlns:?(?P<prefix>[\w.-]{0,40})\s*=\s*(?P<quoted>\"[^\"]{0,300}\"|'[^']{0,300}')")
_PREFIX = re.compile(r"[</\s]([A-Za-z][\w.-]{0,40}):[A-Za-z]")
_UNPRINTED = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_MOST = 100_000
_TITLES = ("title",)
_CONTENTS = ("encoded", "content", "description", "summary", "body")
_DATES = ("pubDate", "published", "date", "issued", "updated", "modified")
_AUTHORS = ("creator", "author")


@dataclass(frozen=True, slots=True)
class _Channel:
    """What a feed says about all its entries."""

    publisher: str | None
    language: str | None
    namespaces: str


def read(source: Source) -> Reading:
    text = _characters(source)
    if _ENTITY_DECLARED.search(text, 0, 100_000):
        raise source.unreadable(
            "the feed declares entities of its own", hint="such files can blow up when read"
        )
    channel: _Channel | None = None
    for number, (start, end) in enumerate(_entries(text), start=1):
        if number > _MOST:
            yield source.unreadable(
                f"more than {_MOST:,} entries", hint="the rest was not read: split the feed"
            )
            return
        channel = channel or _channel(text[:start])
        yield _entry(text[start:end], channel, f"{source.path}#{number}")


def links(source: Source) -> list[str | None]:
    """Return the address that each entry links to, in the order that entries are read in; None where it has
    none.
    """
    text = _characters(source)
    if _ENTITY_DECLARED.search(text, 0, 100_000):
        return []
    found: list[str | None] = []
    channel: _Channel | None = None
    for start, end in islice(_entries(text), _MOST):
        channel = channel or _channel(text[:start])
        element = _parsed(text[start:end], channel)
        found.append(_link(element) if element is not None else None)
    return found


def entry_html(source: Source, number: int) -> str | None:
    """Return the content of one entry, counted from 0, as HTML as it came, below its title; None where there
    is no such entry.
    """
    text = _characters(source)
    if _ENTITY_DECLARED.search(text, 0, 100_000):
        return None
    edges = list(islice(_entries(text), number + 1))
    if len(edges) <= number:
        return None
    (head, _), (start, end) = edges[0], edges[number]
    element = _parsed(text[start:end], _channel(text[:head]))
    if element is None:
        return None
    return f"<h1>{html.escape(_plain(_value(element, _TITLES)))}</h1>{_longest(element)}"


def _characters(source: Source) -> str:
    charset = _DECLARED.search(source.data[:400])
    return decode(source.data, charset=charset[1].decode() if charset else source.charset)


def _entries(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each entry starts and ends; one that is never closed ends where the next one starts."""
    start: int | None = None
    at = 0
    while match := _EDGE.search(text, at):
        at = match.end()
        if match["name"] is None:
            closing = text.find("]]>", at)
            at = closing + 3 if closing >= 0 else len(text)
        elif match["close"] and start is not None:
            at = text.find(">", at) + 1 or len(text)
            yield start, at
            start = None
        elif not match["close"]:
            if start is not None:
                yield start, match.start()
            start = match.start()
    if start is not None:
        yield start, len(text)


def _channel(head: str) -> _Channel:
    """Read what stands before the first entry: the feed's title and language, and the namespaces in use."""
    declared = {m["prefix"]: m["quoted"] for m in _NAMESPACE.finditer(head[:10_000])}
    title = re.search(r"<(?:\w{1,20}:)?title\b[^>]{0,200}>(.{1,500}?)</", head[:20_000], re.S)
    language = re.search(
        r"<(?:dc:)?language>\s*([A-Za-z]{2,3})\b|xml:lang=[\"']([A-Za-z]{2,3})\b", head[:20_000]
    )
    publisher = _plain(re.sub(r"<!\[CDATA\[|\]\]>", "", title[1])) if title else None
    code = (language[1] or language[2]).lower() if language else None
    return _Channel(publisher or None, code, " ".join(f"xmlns:{p}={q}" for p, q in declared.items() if p))


def _entry(raw: str, channel: _Channel, path: str) -> Text | UnreadableDocument:
    element = _parsed(raw, channel)
    if element is None:
        return UnreadableDocument(path, "the entry is not well-formed XML")
    title = _plain(_value(element, _TITLES)) or None
    layout = fragment(_longest(element))
    if not layout.content:
        return UnreadableDocument(path, "the entry holds no text", hint="read the page that it links to")
    return Text(
        layout.content,
        FORMAT.media_type,
        hashlib.sha256(raw.encode("utf-8", "replace")).hexdigest(),
        title=title,
        byline=_author(element),
        publisher=channel.publisher,
        published=next((m for m in (iso_moment(_value(element, (d,))) for d in _DATES) if m), None),
        language=channel.language,
        url=_link(element),
        blocks=layout.blocks,
    )


def _parsed(raw: str, channel: _Channel) -> Any | None:
    """Parse one entry, its namespaces and HTML entities made known, and nothing fetched or expanded."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    whole = _ENTITY.sub(_character, _UNPRINTED.sub(" ", raw))
    whole = _BARE_AMPERSAND.sub("&amp;", whole)
    known = set(_NAMESPACE_PREFIX.findall(channel.namespaces))
    missing = " ".join(
        f'xmlns:{p}="{p}"' for p in sorted(set(_PREFIX.findall(whole)) - known - {"xml", "xmlns"})
    )
    try:
        return fromstring(f"<x {channel.namespaces} {missing}>{whole}</x>".encode("utf-8", "replace"))[0]
    except (ParseError, DefusedXmlException, IndexError, ValueError, RecursionError):
        return None


_NAMESPACE_PREFIX = re.compile(r"xmlns:([\w.-]+)=")


def _character(match: re.Match[str]) -> str:
    character = html.unescape(match[0])
    return character if character != match[0] else f"&amp;{match[1]};"


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: Any, names: tuple[str, ...]) -> str:
    """Return the text of the first child that has one of these names and says something."""
    for name in names:
        for child in element:
            if _name(child) == name and (words := "".join(child.itertext()).strip()):
                return words
    return ""


def _longest(element: Any) -> str:
    """Return the entry's fullest content, as HTML: feeds give a summary beside the whole."""
    contents = [_as_html(child) for child in element if _name(child) in _CONTENTS]
    return max(contents, key=len, default="")


def _as_html(element: Any) -> str:
    """Return an element's content as HTML: XHTML in Atom is a tree, all else HTML or text in a string."""
    from xml.etree.ElementTree import tostring

    if len(element):
        for part in element.iter():
            part.tag = _name(part)
        return tostring(element, encoding="unicode")
    words = element.text or ""
    return html.escape(words, quote=False) if element.get("type") == "text" else words


def _author(element: Any) -> str | None:
    for child in element:
        if _name(child) in _AUTHORS:
            words = _plain(_value(child, ("name",)) or "".join(child.itertext()))
            named = re.fullmatch(r"\S+@\S+\s+\((.+)\)", words)
            return (named[1] if named else words) or None
    return None


def _link(element: Any) -> str | None:
    for child in element:
        if _name(child) == "link" and child.get("rel") in (None, "alternate"):
            address = (child.get("href") or child.text or "").strip()
            if address.startswith(("http://", "https://")):
                return address
    return None


def _plain(words: str) -> str:
    return " ".join(as_shown(re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", html.unescape(words))).split())


def recognises(source: Source) -> bool:
    return _ROOT.match(source.head) is not None


FORMAT = Format(
    "application/rss+xml",
    (".rss", ".atom"),
    recognises,
    read,
    also=("application/atom+xml", "application/rdf+xml", "application/feed+xml"),
)
