"""What a page says about itself outside its text: JSON-LD, meta elements, and elements marked as author or
time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from communique.formats.encoding import as_shown
from communique.formats.moments import iso_moment

_ARTICLES = ("article", "release", "report", "posting", "statement", "webpage", "event")
_TITLES = ("og:title", "dc.title", "dcterms.title", "twitter:title")
_AUTHORS = (
    "author",
    "dc.creator",
    "dcterms.creator",
    "article:author",
    "byl",
    "parsely-author",
    "sailthru.author",
)
_DATES = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "dcterms.issued",
    "dcterms.date",
    "dc.date.issued",
    "dc.date",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.created",
)
_SITES = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
_LANGUAGES = ("content-language", "dc.language", "og:locale")
_BETWEEN = (" | ", " – ", " — ", " - ", " :: ", " • ", " · ", " » ")
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class About:
    """A page's account of itself."""

    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None


def about(root: Any) -> About:
    """Gather what a page says about itself: JSON-LD first, then meta elements, then what its elements are
    marked as.
    """
    linked, meta = _linked_data(root), _meta(root)
    publisher = _first(meta, _SITES) or _name(linked.get("publisher"))
    return About(
        title=_title(root, linked, meta, publisher),
        byline=_byline(root, linked, meta),
        publisher=publisher,
        published=_published(root, linked, meta),
        language=_language(root, linked, meta),
        url=_address(root, meta),
    )


def _title(root: Any, linked: dict[str, object], meta: dict[str, str], publisher: str | None) -> str | None:
    """Choose the headline: as marked up, else the page's only main heading, else the window's title less the
    site's.
    """
    headings = [_words(h) for h in root.iter("h1")]
    window = next((_words(t) for t in root.iter("title")), None)
    told = _text(linked.get("headline")) or _first(meta, _TITLES) or window
    shown = next((h for h in headings if h and told and _alike(h, told)), None)
    if shown is not None:
        return shown
    return _without_site(told, publisher) if told else next((h for h in headings if h), None)


def _alike(heading: str, told: str) -> bool:
    """Say whether a heading is the headline told elsewhere: the same, or with the site named after it."""
    a, b = heading.casefold(), told.casefold()
    return a == b or (len(a) > 10 and (b.startswith(a) or (a.startswith(b) and len(b) > 20)))


def _without_site(title: str, publisher: str | None) -> str:
    for mark in _BETWEEN:
        head, found, tail = title.rpartition(mark)
        if found and publisher and tail.strip().casefold() == publisher.casefold():
            return head.strip()
    return title


def _byline(root: Any, linked: dict[str, object], meta: dict[str, str]) -> str | None:
    told = _name(linked.get("author")) or next(
        (meta[k] for k in _AUTHORS if k in meta and "://" not in meta[k]), None
    )
    if told is not None:
        return told
    marked = root.xpath('//a[@rel="author"] | //*[@itemprop="author"]')
    return next((w for w in map(_words, marked) if w and len(w) < 120), None)


def _published(root: Any, linked: dict[str, object], meta: dict[str, str]) -> str | None:
    told = [_text(linked.get("datePublished")), *(meta.get(k) for k in _DATES)]
    told += [
        t.get("datetime") for t in root.xpath('//time[@datetime][@pubdate or @itemprop="datePublished"]')
    ]
    told += [t.get("content") for t in root.xpath('//*[@itemprop="datePublished"][@content]')]
    times = {t.get("datetime") for t in root.xpath("//article//time[@datetime] | //main//time[@datetime]")}
    told += list(times) if len(times) == 1 else []
    return next((m for m in map(iso_moment, told) if m is not None), None)


def _language(root: Any, linked: dict[str, object], meta: dict[str, str]) -> str | None:
    told = root.get("lang") or _first(meta, _LANGUAGES) or _text(linked.get("inLanguage")) or ""
    code = told.replace("_", "-").partition("-")[0].strip().lower()
    return code if code.isascii() and code.isalpha() and 2 <= len(code) <= 3 else None


def _address(root: Any, meta: dict[str, str]) -> str | None:
    links = root.xpath('//link[@rel="canonical"]/@href')
    told = [str(links[0])] if links else []
    told += [meta["og:url"]] if "og:url" in meta else []
    return next((u.strip() for u in told if u.strip().startswith(("http://", "https://"))), None)


def _meta(root: Any) -> dict[str, str]:
    """Collect meta elements by name, in lower case; the first of a name counts."""
    out: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (
            element.get("property")
            or element.get("name")
            or element.get("itemprop")
            or element.get("http-equiv")
        )
        content = as_shown(element.get("content") or "").strip()
        if name and content and len(content) <= _LONGEST:
            out.setdefault(name.strip().lower(), " ".join(content.split()))
    return out


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[n] for n in names if n in meta), None)


# --- JSON-LD ------------------------------------------------------------------------------------------------


def _linked_data(root: Any) -> dict[str, object]:
    """Return the JSON-LD object that describes the article, or an empty one."""
    for script in root.xpath('//script[@type="application/ld+json"]'):
        for thing in _things(script.text or ""):
            kinds = thing.get("@type")
            written = " ".join(map(str, kinds)) if isinstance(kinds, list) else str(kinds)
            if any(kind in written.lower() for kind in _ARTICLES) and (
                "headline" in thing or "datePublished" in thing
            ):
                return thing
    return {}


def _things(written: str) -> Iterator[dict[str, object]]:
    """Yield the objects of a JSON-LD script, those of its graph too."""
    try:
        loaded = msgspec.json.decode(written.strip())
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return
    todo = [loaded]
    while todo:
        thing = todo.pop(0)
        if isinstance(thing, list):
            todo += thing[:1000]
        elif isinstance(thing, dict):
            yield thing
            todo.append(thing.get("@graph"))


def _name(value: object) -> str | None:
    """Return the name of a person or site that JSON-LD gives as a string, an object, or several of these."""
    if isinstance(value, list):
        names = [n for n in map(_name, value[:20]) if n is not None]
        return ", ".join(names) or None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _text(value: object) -> str | None:
    if not isinstance(value, str) or "://" in value or len(value) > _LONGEST:
        return None
    return " ".join(as_shown(value).split()) or None


def _words(element: Any) -> str | None:
    return " ".join(as_shown("".join(element.itertext())).split())[:_LONGEST] or None
