"""HTML: the main text of a page, with what the page says about itself.

Two extractors are asked where the main text is. What they return is only a pointer: the text itself is read
from the page, from the first paragraph the better of them points at to the last, so that captions, tables,
bylines and lists between them stay, each word as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from communique.formats.encoding import clean, decode
from communique.formats.html_about import About, about
from communique.formats.html_paragraphs import Paragraph, lay_out, paragraphs, visible
from communique.formats.layout import Layout
from communique.formats.source import Format, Reading, Source
from communique.model import Text

_STARTS = re.compile(
    r"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,1000}?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|h[1-6]|p|table|center)\b",
    re.I | re.S,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_WORD = re.compile(r"\w+")
_ASKED_UP_TO = 2_000_000
_LEAD = 12
_LEAD_WORDS = 120


def read(source: Source) -> Reading:
    page = decode(source.data, charset=source.charset or _charset(source.data))
    root = parse(page)
    if root is None:
        raise source.unreadable("the page holds no text")
    told = about(root)
    layout = lay_out(main_text(root, page, told))
    if not layout.content:
        raise source.unreadable(
            "the page holds no text", hint="a script may build it: save the page as shown"
        )
    yield _text(source, told, layout)


def fragment(written: str) -> Layout:
    """Lay out a piece of HTML that is all text: the content of a feed's entry, the body of a mail."""
    root = parse(written)
    return lay_out(paragraphs(root)) if root is not None else Layout()


def parse(page: str) -> Any | None:
    """Parse a page as a browser would, or return None where there is nothing to parse."""
    import lxml.html
    from lxml import etree

    page = _DECLARATION.sub("", clean(page), count=1)
    if not page.strip():
        return None
    try:
        return lxml.html.document_fromstring(page, parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _text(source: Source, told: About, layout: Layout) -> Text:
    return Text(
        layout.content,
        FORMAT.media_type,
        source.sha256,
        title=told.title,
        byline=told.byline,
        publisher=told.publisher,
        published=told.published,
        language=told.language,
        url=told.url,
        blocks=layout.blocks,
    )


def _charset(data: bytes) -> str | None:
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else None


# --- where the main text is ---------------------------------------------------------------------------------


def main_text(root: Any, page: str, told: About) -> list[Paragraph]:
    """Return the paragraphs of the main text: what lies between the first and the last that an extractor
    points at.

    The better extractor is the one whose paragraphs hold more words outside links and margins, each word in a
    link or a margin counting against it. Where neither finds anything, all that is no menu is the main text.
    """
    found = paragraphs(root)
    if len(page) > _ASKED_UP_TO:
        return list(visible(found)) or found
    pointed = max((_pointed_at(found, words) for words in _opinions(page)), key=lambda at: _worth(found, at))
    if not pointed:
        return list(visible(found)) or found
    first = _lead(found, pointed[0], told.title)
    kept, wanted = set(visible(found)), set(pointed)
    return [p for i, p in enumerate(found) if first <= i <= pointed[-1] and (i in wanted or p in kept)]


def _worth(found: list[Paragraph], pointed: list[int]) -> float:
    """Weigh what an extractor points at: real words count for it, links and margins against it."""
    return sum(len(p.words) * (-1 if p.margin else 1 - 2 * p.linked) for p in (found[i] for i in pointed))


def _pointed_at(found: list[Paragraph], words: str) -> list[int]:
    """List the paragraphs of the page whose words an extraction holds."""
    held = f" {_folded(words)} "
    folded = [_folded(p.words) for p in found]
    return [i for i, f in enumerate(folded) if len(f) >= 20 and f" {f} " in held]


def _lead(found: list[Paragraph], first: int, title: str | None) -> int:
    """Go back from the first paragraph to the headline, if it stands near above: bylines and datelines stand
    there.
    """
    if title is None:
        return first
    for i in range(first, max(-1, first - _LEAD), -1):
        if found[i].role == "heading" and _folded(found[i].words) == _folded(title):
            return i
    return first


def _folded(words: str) -> str:
    return " ".join(_WORD.findall(words.casefold()))


def _opinions(page: str) -> Iterable[str]:
    yield _by_trafilatura(page)
    yield _by_readability(page)


def _by_trafilatura(page: str) -> str:
    import trafilatura

    try:
        return (
            trafilatura.extract(page, fast=True, include_comments=False, favor_recall=True, deduplicate=False)
            or ""
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return ""


def _by_readability(page: str) -> str:
    from readability import Document
    from readability.readability import Unparseable

    try:
        root = parse(Document(page).summary(html_partial=True))
    except (Unparseable, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return ""
    return "\n".join(p.words for p in paragraphs(root)) if root is not None else ""


def recognises(source: Source) -> bool:
    return _STARTS.match(source.head) is not None


FORMAT = Format(
    "text/html",
    (".html", ".htm", ".xhtml"),
    recognises,
    read,
    also=("application/xhtml+xml",),
    limit=20_000_000,
)
