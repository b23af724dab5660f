"""HTML: the main text of a page, with what the page says about itself.

Two extractors are asked where the main text is. What they return is only a pointer: the text itself is read
from the page, from the first paragraph they point at to the last, so that captions, tables, bylines and lists
between them stay, each word as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any

from communique.formats.encoding import as_shown, decode
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
_ASKED_UP_TO_ELEMENTS = 20_000
_MOST_ELEMENTS = 300_000
_APART = 2_000
_RUN = 4
_LONG = 20


def read(source: Source) -> Reading:
    written = page(source)
    root = parse(written)
    if root is None:
        raise source.unreadable("the page holds no text")
    if _elements(root, _MOST_ELEMENTS) == _MOST_ELEMENTS:
        raise source.unreadable(f"the page has more than {_MOST_ELEMENTS:,} elements")
    told = about(root)
    layout = lay_out(main_text(root, written, told))
    if not layout.content:
        raise source.unreadable(
            "the page holds no text", hint="a script may build it: save the page as shown"
        )
    yield _text(source, told, layout)


def page(source: Source) -> str:
    """Return a page's characters, in the encoding it came with or declares."""
    return decode(source.data, charset=source.charset or _charset(source.data))


def fragment(written: str) -> Layout:
    """Lay out a piece of HTML that is all text: the content of a feed's entry, the body of a mail."""
    root = parse(written)
    return lay_out(paragraphs(root)) if root is not None else Layout()


def parse(page: str) -> Any | None:
    """Parse a page as a browser would, or return None where there is nothing to parse."""
    import lxml.html
    from lxml import etree

    page = _DECLARATION.sub("", as_shown(page), count=1)
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
    """Return the paragraphs of the main text: from the first to the last that an extractor points at.

    What both point at is pooled. Where a long stretch lies between that neither points at, the page holds
    more than one text, and the run that weighs most is the main one. Menus in it go, unless they are pointed
    at, or the page gives the text itself a menu's name. Where nothing is pointed at, all but menus is text.
    """
    found = paragraphs(root)
    pointed = _weightiest(found, _pooled(found, page)) if _may_ask(root, page) else []
    if not pointed:
        return list(visible(found)) or found
    first = _lead(found, pointed[0], told.title)
    misnamed = sum(_size(found[i]) * (1 if found[i].margin else -1) for i in pointed) > 0
    wanted, kept = set(pointed), set(visible(found, margins=misnamed))
    return [p for i, p in enumerate(found) if first <= i <= pointed[-1] and (i in wanted or p in kept)]


def _may_ask(root: Any, page: str) -> bool:
    """The extractors take time that grows faster than the page: a huge one is read without them."""
    return len(page) <= _ASKED_UP_TO and _elements(root, _ASKED_UP_TO_ELEMENTS) < _ASKED_UP_TO_ELEMENTS


def _elements(root: Any, most: int) -> int:
    return sum(1 for _ in islice(root.iter(), most))


def _pooled(found: list[Paragraph], page: str) -> list[int]:
    return sorted({i for words in _opinions(page) for i in _pointed_at(found, words)})


def _weightiest(found: list[Paragraph], pointed: list[int]) -> list[int]:
    """Part what is pointed at where more than `_APART` characters lie between; return the weightiest run."""
    runs: list[list[int]] = [[]]
    for i in pointed:
        if runs[-1] and sum(_size(p) for p in found[runs[-1][-1] + 1 : i]) > _APART:
            runs.append([])
        runs[-1].append(i)
    return max(runs, key=lambda run: sum(_weight(found[i]) for i in run))


def _weight(paragraph: Paragraph) -> float:
    """Weigh a paragraph: words outside links count for it, those in links against, in a margin by half."""
    return _size(paragraph) * (1 - 2 * paragraph.linked) * (0.5 if paragraph.margin else 1.0)


def _size(paragraph: Paragraph) -> int:
    return len(paragraph.words)


def _pointed_at(found: list[Paragraph], words: str) -> list[int]:
    """List the paragraphs that an extraction holds: as a line of it, or nearly all of their runs of words.

    A short one could be anything, such as the name of a menu: it counts only in one row with a longer one.
    """
    lines = {_folded(line) for line in words.splitlines()}
    runs = set(_runs(_WORD.findall(words.casefold())))
    out: list[int] = []
    for held, row in groupby(enumerate(found), key=lambda at: _is_held(_folded(at[1].words), lines, runs)):
        numbered = list(row)
        if held and any(_size(p) >= _LONG for _, p in numbered):
            out += [i for i, _ in numbered]
    return out


def _is_held(folded: str, lines: set[str], runs: set[tuple[str, ...]]) -> bool:
    own = list(_runs(folded.split()))
    return folded in lines or (bool(own) and sum(run in runs for run in own) >= 0.8 * len(own))


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[i:] for i in range(_RUN)), strict=False)


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
    limit=10_000_000,
)
