"""From a page's elements to its paragraphs: every word that is shown, in order, with the role its element
gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from communique.formats.encoding import as_shown
from communique.formats.layout import Layout
from communique.model import Role

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody
    td tfoot th thead tr ul""".split()  # noqa: SIM905
)
_UNSHOWN = frozenset(
    """audio button canvas datalist dialog embed head iframe input map math noscript object option script
    select style svg template textarea video""".split()  # noqa: SIM905
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MARGINS = frozenset({"nav", "aside", "footer", "menu"})
_MARGIN_ROLES = frozenset(
    {"navigation", "complementary", "contentinfo", "search", "banner", "menu", "dialog"}
)
_MARGIN_NAMES = re.compile(
    r"""(?:^|[\s_-])
        (?: nav | navbar | menu | breadcrumbs? | sidebar | footer | cookies? | share | sharing | social
        | related | newsletter | comments? | advert | ads | promo | popup | modal | tags | pagination | skip )
        (?:$|[\s_-])""",
    re.X | re.I,
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BREAKS = re.compile(r" ?(?:\x00 ?){2,}")
_BREAK, _CELL = "\x00", "\x01"
_MAY_HEAD = re.compile(r"[^\W\d_].{0,118}[^\s.,;]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a page. ``linked`` is the share of it that is links; ``margin``: it stands in a menu or
    the like.
    """

    words: str
    role: Role | None = None
    marker: str = ""
    linked: float = 0.0
    margin: bool = False


@dataclass(slots=True)
class _Place:
    """Where the walk stands: what an element hands down to what is in it."""

    role: Role | None = None
    margin: bool = False
    kept: bool = False
    cells: bool = False
    list_: _List | None = None


@dataclass(slots=True)
class _List:
    """A list being walked: the number or letter its next item gets, if it is an ordered one."""

    ordered: bool
    style: str = "1"
    next: int = 1

    def marker(self) -> str:
        if not self.ordered:
            return "- "
        number, self.next = self.next, self.next + 1
        if self.style in "aA" and 1 <= number <= 26:
            return f"{chr(ord(self.style) + number - 1)}. "
        return f"{_roman(number) if self.style in 'iI' and 0 < number < 50 else number}. "


@dataclass
class _Walk:
    """The paragraphs so far, and the one being gathered."""

    done: list[Paragraph] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    places: list[_Place] = field(default_factory=lambda: [_Place()])
    marker: str = ""
    links: int = 0
    bolds: int = 0
    linked: int = 0
    bold: int = 0
    first_cell: bool = True

    def text(self, words: str | None) -> None:
        if not words:
            return
        place = self.places[-1]
        if place.kept:
            words = words.replace("\n", _BREAK)
        self.pieces.append(words)
        if self.links or self.bolds:
            size = len(words.strip())
            self.linked += size if self.links else 0
            self.bold += size if self.bolds else 0

    def flush(self) -> None:
        """End the paragraph being gathered, if it holds anything."""
        if not self.pieces:
            return
        words = _SPACE.sub(" ", "".join(self.pieces))
        self.pieces.clear()
        place, linked, bold = self.places[-1], self.linked, self.bold
        self.linked = self.bold = 0
        if not words.strip(" \x00\x01"):
            return
        size = len(words.strip())
        role = place.role or ("heading" if bold * 20 >= size * 19 and _heads(words) else None)
        for part in _BREAKS.split(words):
            shown = _shown(part)
            if shown:
                self.done.append(Paragraph(shown, role, self.marker, min(1.0, linked / size), place.margin))
                self.marker = ""


def paragraphs(root: Any) -> list[Paragraph]:
    """List the paragraphs below an element: all that a browser shows, whatever it is."""
    from lxml import etree

    walk = _Walk()
    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in events:
        if event in ("comment", "pi"):
            walk.text(element.tail)
        elif event == "start":
            if _unshown(element):
                events.skip_subtree()
                walk.places.append(walk.places[-1])
            else:
                _enter(walk, element)
        else:
            if _unshown(element):
                walk.places.pop()
            else:
                _leave(walk, element)
            if element is not root:
                walk.text(element.tail)
    walk.flush()
    return walk.done


def lay_out(found: list[Paragraph]) -> Layout:
    """Put paragraphs into one text."""
    layout = Layout()
    for paragraph in found:
        row = "\t" in paragraph.words
        layout.put(paragraph.words, role=paragraph.role, marker=paragraph.marker, row=row)
    return layout


def _enter(walk: _Walk, element: Any) -> None:
    tag, above = element.tag, walk.places[-1]
    if tag == "br":
        walk.pieces.append(" " if above.cells else _BREAK)
    elif tag == "a":
        walk.links += 1
    elif tag in ("b", "strong"):
        walk.bolds += 1
    elif tag == "q":
        walk.pieces.append("“")
    if tag not in _BLOCKS:
        walk.places.append(above)
    else:
        _enter_block(walk, element, above)
    if tag == "sup" and element.find(".//a") is not None and not (element.text or "").startswith("["):
        walk.pieces.append("[")
    walk.text(element.text)


def _enter_block(walk: _Walk, element: Any, above: _Place) -> None:
    tag = element.tag
    if above.cells and tag != "tr":
        if tag in ("td", "th"):
            walk.pieces.append("" if walk.first_cell else _CELL)
            walk.first_cell = False
        else:
            walk.pieces.append(" ")
    else:
        walk.flush()
    if tag == "tr":
        walk.first_cell = True
    if tag == "li":
        walk.marker = above.list_.marker() if above.list_ is not None else "- "
    walk.places.append(_below(above, element))


def _leave(walk: _Walk, element: Any) -> None:
    tag = element.tag
    if tag == "sup" and element.find(".//a") is not None:
        walk.pieces.append("" if (element.text or "").startswith("[") else "]")
    inside = walk.places[-1].cells and tag != "tr"
    if tag in _BLOCKS:
        walk.pieces.append(" ") if inside else walk.flush()
        if tag == "li":
            walk.marker = ""
    elif tag == "a" and walk.links:
        walk.links -= 1
    elif tag in ("b", "strong") and walk.bolds:
        walk.bolds -= 1
    elif tag == "q":
        walk.pieces.append("”")
    walk.places.pop()


def _below(above: _Place, element: Any) -> _Place:
    tag = element.tag
    role: Role | None = above.role
    if tag in _HEADINGS:
        role = "heading"
    elif tag == "li":
        role = "list_item"
    elif tag in ("figcaption", "caption"):
        role = "caption"
    elif tag == "blockquote":
        role = "quotation"
    list_ = above.list_
    if tag in ("ol", "ul", "menu"):
        list_ = _List(tag == "ol", element.get("type") or "1", _number(element.get("start")))
    cells = above.cells or (tag == "table" and _is_data(element))
    return _Place(role, above.margin or _is_margin(element), above.kept or tag == "pre", cells, list_)


def _is_margin(element: Any) -> bool:
    """Say whether an element is by its own account a menu, a sidebar or the like."""
    if element.tag in _MARGINS or (element.get("role") or "").lower() in _MARGIN_ROLES:
        return True
    if element.tag in ("body", "html", "main", "article"):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    return bool(_MARGIN_NAMES.search(names))


def _is_data(table: Any) -> bool:
    """Tell a table of data from one that only lays out the page: no cell of it holds tables, lists or
    headings.
    """
    inner = ("table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")
    if any(table.find(f".//{tag}") is not None for tag in inner):
        return False
    rows = list(table.iter("tr"))
    if not any(len(row) > 1 for row in rows):
        return False
    return all(len(cell.findall("p")) + len(cell.findall("div")) <= 3 for row in rows for cell in row)


def _unshown(element: Any) -> bool:
    if element.tag in _UNSHOWN or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _UNSEEN.search(style[:1000]) is not None


def _shown(words: str) -> str:
    lines = (" ".join(line.split(" ")).strip() for line in words.split(_BREAK))
    return as_shown("\n".join(lines).strip().replace(_CELL, "\t").replace("\t ", "\t").replace(" \t", "\t"))


def _heads(words: str) -> bool:
    return _MAY_HEAD.fullmatch(words.strip()) is not None and not re.search(r"\d{4}", words)


def _number(written: str | None) -> int:
    return (
        int(written)
        if written is not None and written.isascii() and written.isdigit() and len(written) < 6
        else 1
    )


def _roman(number: int) -> str:
    parts = ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    out = ""
    for value, letters in parts:
        while number >= value:
            out, number = out + letters, number - value
    return out


def visible(found: list[Paragraph], *, margins: bool = False) -> Iterator[Paragraph]:
    """Yield the paragraphs that are no menu: not in a margin, unless those are wanted, and no short link."""
    for paragraph in found:
        short_link = paragraph.linked > 0.9 and len(paragraph.words) < 80
        if not short_link and (margins or not paragraph.margin):
            yield paragraph
