"""The readable view of a document as it came: its own paragraphs, lists and tables, and nothing that acts.

What comes out is made anew, element by element, from the words of the page: only elements of a fixed list are
written, with none of the page's attributes but the direction of its script and the span of its cells. Images
are their descriptions, links their words and address. A sanitiser of different make (nh3) then goes over it
and would take out what should not be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from communique.formats import eml, feed, html, markdown
from communique.formats.encoding import clean, decode
from communique.formats.source import LONGEST, Source
from communique.ledger.documents.addresses import shown
from communique.ledger.documents.markup import End, Start, Token, Words, tokens
from communique.ledger.writing.visible import written_out

_DEEPEST = 60
_MOST_TOKENS = 200_000
_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_LONGEST_WORDS = 4_000
_LONGEST_MARKDOWN = 1_000_000
_SOFT = re.compile(r"(?<=[^\W\d_])\xad(?=[^\W\d_])")  # where a word may be parted at the end of a line

_AS_THEY_ARE = "p blockquote pre hr ul ol li table caption thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6"
_DIVISIONS = """div section article aside header footer main nav hgroup figure figcaption address center
    form fieldset legend details summary dl dt dd dir menu"""
_BLOCKS = {name: name for name in _AS_THEY_ARE.split()} | dict.fromkeys(_DIVISIONS.split(), "div")
_PHRASES = "b strong i em u s del ins mark sub sup small code kbd samp var q cite"
_INLINE = {name: name for name in _PHRASES.split()} | {"strike": "s", "tt": "code", "a": "span"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ENDED_BY = {
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "td": frozenset(("td", "th")),
    "th": frozenset(("td", "th")),
    "tr": frozenset(("tr",)),
    **dict.fromkeys(("thead", "tbody", "tfoot"), frozenset(("thead", "tbody", "tfoot"))),
    **dict.fromkeys(_HEADINGS, _HEADINGS),
}
"""Elements whose start ends one of these that is open: authors leave the end tags out."""
_WALLS = frozenset(("table", "td", "th", "caption", "ul", "ol", "dl"))
"""What ends within these ends nothing outside them."""
_CELLS = frozenset(("td", "th"))
_PARTS = _CELLS | {"thead", "tbody", "tfoot", "tr", "caption"}
_LISTS = frozenset(("ul", "ol"))
_DIRECTED = frozenset(("p", "div", "li", "ul", "ol", "table", "td", "th", "blockquote")) | _HEADINGS
_SPANS = ("colspan", "rowspan")

_CLEANER = nh3.Cleaner(
    tags={*_BLOCKS.values(), *_INLINE.values(), "br", "bdi"},
    attributes={"*": set()}
    | {name: {"dir"} for name in _DIRECTED - _CELLS}
    | {name: {"dir", *_SPANS} for name in _CELLS},
    allowed_classes={
        "span": {"source-link", "source-address", "source-image"},
        "bdi": {"invisible-char", "lookalike"},
    },
    link_rel=None,
    url_schemes=set(),
)


def inert(data: bytes, media_type: str, *, text: str, entry: int | None = None) -> SafeString:
    """Return a document as it came, as a piece of HTML in which nothing acts, loads or leads anywhere.

    ``entry`` is its place in a feed. Where the format has no markup of its own (a PDF file), or holds more of
    it than a page can show, it is ``text``: the words that were read.
    """
    written = None
    if len(data) <= LONGEST:
        named = media_type.partition(";")[0].strip().lower()
        written = _bounded(_pieces(Source(data, "document"), named, entry or 0))
    return mark_safe(_CLEANER.clean(_plain(text) if written is None else written))


# --- what a document holds ----------------------------------------------------------------------------------


def _pieces(source: Source, media_type: str, entry: int) -> Iterable[str | None]:
    """Yield the markup of a document, or None where it has none."""
    match media_type:
        case "text/html" | "application/xhtml+xml":
            return [html.page(source)]
        case "message/rfc822":
            return _mail(source)
        case "text/markdown":
            return _markdown(source)
        case feed.FORMAT.media_type:
            return [feed.entry_html(source, entry)]
        case _:
            return [None]


def _mail(source: Source) -> Iterator[str | None]:
    try:
        message = BytesParser(policy=compat32).parsebytes(source.data.lstrip())
        body = _body(message)
    except (MessageError, RecursionError, ValueError, LookupError, AttributeError, TypeError):
        yield None
        return
    told = ((name, eml.header(message, name)) for name in _HEADERS)
    yield "".join(f"<p><b>{name}:</b> {written_out(value)}</p>" for name, value in told if value)
    yield body


def _body(message: Message) -> str | None:
    """Return the body as it was laid out, or else its plain words; None where there are neither."""
    texts = list(eml.parts(message))
    for kind in ("text/html", "text/plain"):
        bodies = [eml.decoded(part) for part in texts if part.get_content_type() == kind]
        if any(body.strip() for body in bodies):
            return "\n".join(bodies if kind == "text/html" else map(_plain, bodies))
    return None


def _markdown(source: Source) -> Iterator[str | None]:
    written = clean(decode(source.data))
    if len(written) > _LONGEST_MARKDOWN:
        yield None
        return
    _, body = markdown.split_front(written)
    if front := written[: len(written) - len(body)].strip():
        yield f"<pre>{written_out(front)}</pre>"
    yield MarkdownIt("commonmark").enable("table").render(body)


def _plain(text: str) -> str:
    """Return words without markup as paragraphs, their lines kept."""
    paragraphs = (p.strip("\n") for p in re.split(r"\n[ \t]*\n", text))
    return "".join(
        f"<p>{'<br>'.join(map(_in_pieces, p.split(chr(10))))}</p>" for p in paragraphs if p.strip()
    )


def _in_pieces(text: str) -> str:
    """Return words as HTML; long ones with comments between that the sanitiser, slow at long ones, takes out."""
    pieces = (text[at : at + _LONGEST_WORDS] for at in range(0, len(text), _LONGEST_WORDS))
    return "<!---->".join(map(written_out, pieces))


def _bounded(pieces: Iterable[str | None]) -> str | None:
    """Write pieces of markup anew; None where one is missing, says nothing, or is too large to be shown."""
    writer = _Writer()
    left = _MOST_TOKENS
    for piece in pieces:
        if piece is None:
            return None
        for token in tokens(piece):
            left -= 1
            if left < 0:
                return None
            writer.take(token)
        writer.close_all()
    return writer.written() if writer.says_something else None


# --- writing it anew ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """An element that is open: its name in the page, and as what it is written."""

    name: str
    written: str
    at: int
    href: str = ""
    words: int = 0


class _Writer:
    """Takes a page token by token and writes it anew, its elements nested as they may be."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._open: list[_Open] = []
        self._too_deep: dict[str, int] = {}
        self._words: list[str] = []
        self._level = 1
        self.says_something = False

    def take(self, token: Token) -> None:
        match token:
            case Words(text):
                self._say(_SOFT.sub("", text))
            case Start(name, attributes):
                self._start(name, attributes)
            case End(name):
                self._end(name)

    def written(self) -> str:
        return "".join(self._out)

    def close_all(self) -> None:
        while self._open:
            self._close()
        self._too_deep.clear()

    def _say(self, text: str) -> None:
        if text and not text.isspace():
            self._fit()
            self.says_something = True
            self._words.append(text)
        elif self._out and self._out[-1].isspace():
            return
        self._out.append(_in_pieces(text))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "br":
            self._out.append("<br>")
        elif name == "img":
            self._image(attributes.get("alt", ""))
        elif name in _BLOCKS:
            self._block(name, attributes)
        elif name in _INLINE:
            self._inline(name, attributes)

    def _block(self, name: str, attributes: dict[str, str]) -> None:
        self._end_within("p", _WALLS)
        for other in _ENDED_BY.get(name, ()):
            self._end_within(other, _walls_of(name))
        if name == "hr":
            self._fit()
            self._out.append("<hr>")
            return
        written = self._as_may_be(name)
        if written not in _PARTS and written != "li":
            self._fit()
        self._push(name, written, f"<{written}{_attributes(written, attributes)}>")

    def _as_may_be(self, name: str) -> str:
        """Return as what a block is written: items only in lists, cells only in tables, headings by level."""
        if name in _HEADINGS:
            self._level = min(int(name[1]) + 1, self._level + 1, 6)
            return f"h{self._level}"
        if name == "li" and not (self._open and self._open[-1].written in _LISTS):
            return "div"
        if name in _PARTS and not any(e.written == "table" for e in self._open):
            return "div"
        return _BLOCKS[name]

    def _inline(self, name: str, attributes: dict[str, str]) -> None:
        if name == "a":
            self._end_within("a", _WALLS)
        self._fit()
        mark = '<span class="source-link">' if name == "a" else f"<{_INLINE[name]}>"
        self._push(name, _INLINE[name], mark, href=attributes.get("href", "") if name == "a" else "")

    def _image(self, alt: str) -> None:
        if alt.strip():
            self._fit()
            self.says_something = True
            self._out.append(f'<span class="source-image">[{written_out(" ".join(alt.split()))}]</span>')

    def _fit(self) -> None:
        """Open the item that words or blocks straight in a list must stand in."""
        if self._open and self._open[-1].written in _LISTS:
            self._push("li", "li", "<li>")

    def _push(self, name: str, written: str, mark: str, href: str = "") -> None:
        if len(self._open) >= _DEEPEST:
            self._too_deep[name] = self._too_deep.get(name, 0) + 1
            return
        self._open.append(_Open(name, written, len(self._out), href, len(self._words)))
        self._out.append(mark)

    def _end(self, name: str) -> None:
        if self._too_deep.get(name):
            self._too_deep[name] -= 1
        elif name in _BLOCKS:
            self._end_within(name, _walls_of(name))
        elif name in _INLINE:
            self._end_within(name, _WALLS)

    def _end_within(self, name: str, walls: frozenset[str]) -> None:
        """Close an element and all in it, if one of that name is open this side of a wall."""
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth].name == name:
                while len(self._open) > depth:
                    self._close()
                return
            if self._open[depth].name in walls:
                return

    def _close(self) -> None:
        element = self._open.pop()
        where = shown(element.href) if element.href else ""
        if where and element.href.strip() != "".join(self._words[element.words :]).strip():
            self._out.append(f' <span class="source-address">{where}</span>')
        said = self._out[element.at + 1 :] if len(self._out) <= element.at + 3 else ["…"]
        if element.written not in _CELLS and not "".join(said).strip():
            self._out[element.at :] = said
        else:
            self._out.append(f"</{element.written}>")


def _walls_of(name: str) -> frozenset[str]:
    """Return what keeps the end of a block from reaching further out."""
    if name == "table":
        return frozenset()
    if name in _PARTS:
        return frozenset(("table",))
    return _CELLS | {"caption"} if name in {"ul", "ol", "dl"} else _WALLS


def _attributes(written: str, given: dict[str, str]) -> str:
    told = ""
    if written in _DIRECTED and (direction := given.get("dir", "").strip().lower()) in {"ltr", "rtl", "auto"}:
        told += f' dir="{direction}"'
    if written in _CELLS:
        for name in _SPANS:
            figure = given.get(name, "").strip()
            if re.fullmatch(r"[1-9]\d?", figure, re.A) and figure != "1":
                told += f' {name}="{figure}"'
    return told
