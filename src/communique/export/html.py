"""One self-contained page: the text with its findings marked, and beside it what was found.

The page loads nothing: style and script stand in it, and a policy that allows only these two, by their
hashes, so that nothing a document holds can run. Without script the links from findings to text still work.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from communique.export import Part, Screen
from communique.export.entries import KINDS, Entry, Group, coverage, groups, headline, source
from communique.export.highlight import shown, text_html
from communique.export.visible import one_line
from communique.model import Record

SUFFIX = ".html"
MEDIA_TYPE = "text/html"

_HIDDEN_AT_FIRST = {"parties"}  # named in every sentence: marked, they would drown the rest
_BRIEF = {"issues", "areas", "parties"}  # the name alone says it


def part(record: Record, screen: Screen) -> Part:
    """Write one document: its head, its text, its findings."""
    prefix = sha256(
        f"{record.document.sha256}\0{record.document.url}\0{headline(record)}".encode()
    ).hexdigest()[:8]
    found = groups(record)
    lists = "\n".join(_group(g, prefix) for g in found if g.entries)
    content = f"""<article class="document" aria-labelledby="h-{prefix}">
<div class="reading">
<header>
<h1 id="h-{prefix}" dir="auto">{_line(headline(record))}</h1>
<p class="source">{_line(source(record))}</p>
{_address(record.document.url)}{_bar(record)}
</header>
<div class="text" role="region" aria-label="The document’s text"{_lang(record)}>
{text_html(record, found, prefix)}
</div>
</div>
<aside class="findings" aria-label="What was found">
{lists or '<p class="nothing">Nothing was found in this document.</p>'}
</aside>
</article>
"""
    return Part(one_line(headline(record)), content)


def whole(parts: Iterable[Part], *, several: bool) -> Iterator[str]:
    """Join documents to one page; several are titled by the first and how it goes on."""
    waiting = iter(parts)
    first = next(waiting, None)
    if first is None:
        return
    yield _top(f"{first.title} and others" if several else first.title)
    yield first.content
    yield from (p.content for p in waiting)
    yield f"</main>\n<script>{_asset('page.js')}</script>\n</body>\n</html>\n"


def page(record: Record) -> str:
    """Return the whole page for one record."""
    return "".join(whole([part(record, Screen())], several=False))


def notebook(record: Record) -> str:
    """Return the page in a frame of its own, for a notebook: neither's style nor script reaches the other."""
    title = escape(one_line(headline(record)))
    return (
        f'<iframe title="{title}" sandbox="allow-scripts" width="100%" height="640" '
        f'style="border:1px solid #ccc" srcdoc="{escape(page(record))}"></iframe>'
    )


def _top(title: str) -> str:
    policy = (
        f"default-src 'none'; script-src '{_hash('page.js')}'; style-src '{_hash('page.css')}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<link rel="icon" href="data:,">
<style>{_asset("page.css")}</style>
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
<form class="filter" aria-label="Which findings to show">
{"".join(map(_chip, KINDS))}
</form>
<main id="text">
"""


def _chip(kind: str) -> str:
    checked = "" if kind in _HIDDEN_AT_FIRST else " checked"
    return (
        f'<label class="chip {kind}" hidden>'
        f'<input type="checkbox" autocomplete="off" data-show="{kind}"{checked}>'
        f'<span class="name">{KINDS[kind]}</span> <span class="count"></span></label>\n'
    )


def _group(group: Group, prefix: str) -> str:
    name = f"g-{prefix}-{group.kind}"
    brief = " brief" if group.kind in _BRIEF else ""
    body = "".join(_section(under, entries, group.kind, prefix) for under, entries in group.sections.items())
    return (
        f'<section class="group {group.kind}{brief}" aria-labelledby="{name}">\n'
        f'<h2 id="{name}"><span class="name">{group.title}</span> '
        f'<span class="count">{len(group.entries)}</span></h2>\n{body}</section>'
    )


def _section(under: str | None, entries: Iterable[Entry], kind: str, prefix: str) -> str:
    head = "" if under is None else f'<h3 dir="auto">{_line(under)}</h3>\n'
    return f"{head}<ul>\n{''.join(_entry(e, kind, prefix) for e in entries)}</ul>\n"


def _entry(entry: Entry, kind: str, prefix: str) -> str:
    identity = f'id="e-{prefix}-{entry.id}" data-f="{entry.id}"'
    if not entry.spans:
        return f'<li><div class="entry" {identity}>{_words(entry, kind)}</div></li>\n'
    link = f'href="#t-{prefix}-{entry.id}"'
    return f'<li><a class="entry" {link} {identity}>{_words(entry, kind)}</a></li>\n'


def _words(entry: Entry, kind: str) -> str:
    if kind in _BRIEF:
        return f'<span class="head" dir="auto">{_line(entry.headline)}</span>'
    head = f'<span class="head" dir="auto">{_line(entry.headline)}</span>'
    quote = f'<q dir="auto">{_line(entry.quote)}</q>' if entry.quote else ""
    facts = (
        f' <span class="facts" dir="auto">{" · ".join(map(_line, entry.facts))}</span>' if entry.facts else ""
    )
    notes = "".join(f' <span class="note" dir="auto">{_line(n.text)}</span>' for n in entry.notes)
    return (quote + facts if entry.quote_says_it else head + facts + quote) + notes


def _bar(record: Record) -> str:
    c = record.coverage
    total = max(1, c.read + c.set_aside + c.unread)
    read, aside = 100 * c.read / total, 100 * c.set_aside / total
    return f"""<p class="coverage"><strong>{coverage(record)}.</strong> {_left(record)}</p>
<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
<rect class="bar-read" x="0" y="0" width="{read:.2f}" height="1"/>
<rect class="bar-unread" x="{read:.2f}" y="0" width="{max(0.0, 100 - read - aside):.2f}" height="1"/>
<rect class="bar-aside" x="{100 - aside:.2f}" y="0" width="{aside:.2f}" height="1"/>
</svg>
"""


def _left(record: Record) -> str:
    count = {"set_aside": 0, "unread": 0}
    for segment in record.segments:
        if segment.disposition != "read":
            count[segment.disposition] += 1
    said = [
        f"{n} {_pieces(n)} {how}"
        for n, how in ((count["unread"], "not read"), (count["set_aside"], "set aside"))
        if n
    ]
    return f"{' and '.join(said)}." if said else ""


def _pieces(count: int) -> str:
    return "passage" if count == 1 else "passages"


def _address(url: str | None) -> str:
    """Link the source only where the address is one that a browser should follow."""
    if not url:
        return ""
    if not url.lower().startswith(("http://", "https://")):
        return f'<p class="address">{_line(url)}</p>\n'
    return f'<p class="address"><a href="{escape(url)}" rel="noreferrer noopener">{_line(url)}</a></p>\n'


def _lang(record: Record) -> str:
    return f' lang="{escape(record.document.language)}"' if record.document.language else ""


def _line(text: str) -> str:
    return shown(" ".join(text.split()))


@cache
def _asset(name: str) -> str:
    return "\n" + files("communique.export").joinpath(name).read_text(encoding="utf-8").strip() + "\n"


@cache
def _hash(name: str) -> str:
    return "sha256-" + b64encode(sha256(_asset(name).encode()).digest()).decode()
