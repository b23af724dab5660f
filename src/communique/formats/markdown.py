"""Markdown, treated lightly: most such files are press releases below a front matter, and none of it may get
lost.

Line by line, and only what is plainly markup is taken out: marks of headings and quotations, links, emphasis,
escapes. What could be meant otherwise stays: ``###`` alone ends a press release, a line of stars or dashes
divides it, an indented line is not code. List markers stay in the text, before the block of their item.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import msgspec

from communique.formats.encoding import clean, decode
from communique.formats.moments import iso_moment
from communique.formats.source import Format, Reading, Source, bounded
from communique.model import Block, Role, Text

_FENCE = re.compile(
    r"\s*---[ \t]*\n(?P<front>(?:(?!---[ \t]*$|\.\.\.[ \t]*$).*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    re.M,
)
_KEY = re.compile(r"^(?P<key>[A-Za-z_-]{1,30})[ \t]*:[ \t]*(?P<value>.*)$", re.M)
_LONGEST_FRONT = 20_000

_HEADING = re.compile(
    r" {0,3}#{1,6}[ \t]+(?P<words>.*?)(?:[ \t]+#+)?[ \t]*"
)  # eats "## Trade ##"; leaves "###", "#1"
_UNDERLINE = re.compile(r"={3,}[ \t]*")
_QUOTED = re.compile(r" {0,3}>[ \t]?(?:>[ \t]?){0,5}")
_MARKER = re.compile(
    r"""[ \t]* (?: (?P<bullet>[-*+•·–—]) | (?P<number>\d{1,3}(?:\.\d{1,3}){0,3})[.)] | \([a-z0-9]{1,4}\) )
        [ \t]+ (?=\S)""",
    re.X,
)  # eats "- ", "  * ", "12. ", "(a) "; leaves "-3-", "1956 "
_LETTER = re.compile(r"[^\W\d_]")
_ROW = re.compile(r"[ \t]*\|(?P<cells>.*)\|[ \t]*")
_RULE = re.compile(r"[ \t:|-]+")

_MARKUP = re.compile(r"[\[*_`<&\\]")
_LINK = re.compile(
    r"!?\[(?P<words>[^\[\]\n]{0,1000})\]\((?P<to>[^()\s]{0,2000})(?:[ \t]+\"[^\"\n]{0,300}\")?\)"
)
_BARE_LINK = re.compile(r"<(?P<to>(?:https?://|mailto:)[^<>\s]{1,2000})>")
_TAG = re.compile(
    r"""</?(?:a|b|i|u|em|strong|sup|sub|span|p|div|br|font|center)(?:[ \t][^<>\n]{0,500})?/?>
        | <!--[^<>\n]{0,500}-->""",
    re.I | re.X,
)
_STRONG = re.compile(r"(?<![\w*])\*\*(?=[^\s*])(?P<words>[^*\n]{1,1000})(?<!\s)\*\*(?!\*)")
_STARRED = re.compile(
    r"(?<![\w*])\*(?=[\w\"'“‘(\[$])(?P<words>[^*\n]{1,1000})(?<=[\w.,;:!?\"'”’)\]%])\*(?![\w*])"
)
_LOW = re.compile(
    r"(?<!\w)(?P<mark>__?)(?=[^\W_]|[\"'“‘(])(?P<words>[^_\n]{1,1000})(?<=[^\W_]|[.,;:!?\"'”’)])(?P=mark)(?!\w)"
)
_ESCAPE = re.compile(r"\\([\\*_{}\[\]()#+.!|>~$-])")


class Front(msgspec.Struct, frozen=True):
    """What a front matter says about the document, as written."""

    title: str | None = None
    date: str | None = None
    url: str | None = None
    byline: str | None = None
    publisher: str | None = None
    language: str | None = None


_NAMES = {
    "author": "byline",
    "authors": "byline",
    "lang": "language",
    "source": "publisher",
    "published": "date",
}


def read(source: Source) -> Reading:
    front, body = split_front(clean(bounded(source, decode(source.data, charset=source.charset))))
    content, blocks = plain(body)
    yield Text(
        content,
        FORMAT.media_type,
        source.sha256,
        title=front.title,
        byline=front.byline,
        publisher=front.publisher,
        published=iso_moment(front.date),
        language=front.language,
        url=front.url,
        blocks=blocks,
    )


def recognises(source: Source) -> bool:
    """Say whether the file starts with a front matter: a fence with keys below it."""
    return source.head.startswith("---") and _KEY.match(source.head.partition("\n")[2]) is not None


# --- front matter -------------------------------------------------------------------------------------------


def split_front(text: str) -> tuple[Front, str]:
    """Part the front matter from the body; a fence that holds no keys is part of the body."""
    match = _FENCE.match(text[:_LONGEST_FRONT])
    if match is None or not _KEY.search(match["front"]):
        return Front(), text
    return _front(match["front"]), text[match.end() :]


def _front(written: str) -> Front:
    fields: dict[str, str] = {}
    for key, value in (_yaml(written) or _lines(written)).items():
        name = _NAMES.get(key.lower(), key.lower())
        if name in Front.__struct_fields__ and value.strip():
            fields.setdefault(name, value.strip())
    return Front(**fields)


def _yaml(written: str) -> dict[str, str] | None:
    """Read YAML, every scalar as it is written; None where it is broken (a title with a colon)."""
    import yaml

    try:
        loaded = yaml.load(written, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if not isinstance(loaded, dict):
        return None
    return {k: v if isinstance(v, str) else _listed(v) for k, v in loaded.items() if isinstance(k, str)}


def _listed(value: object) -> str:
    """Join a plain list of names; anything nested deeper says nothing we could use."""
    return ", ".join(v for v in value if isinstance(v, str)) if isinstance(value, list) else ""


def _lines(written: str) -> dict[str, str]:
    return {m["key"]: m["value"].strip().strip("\"'") for m in _KEY.finditer(written)}


# --- body ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """A block whose last line may still come."""

    start: int
    end: int
    role: Role


class _Body:
    """Takes a body line by line and keeps its text without markup, and the blocks found in it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._open: _Open | None = None
        self._before = ""
        self._paragraph = 0

    def take(self, line: str) -> None:
        """Add a line: the first of these readings that fits."""
        if not line.strip():
            self._write(line, None)
        elif not (self._heading(line) or self._underline(line) or self._quoted(line) or self._item(line)):
            self._go_on(line)
        self._paragraph = self._paragraph + 1 if line.strip() else 0
        self._before = line

    def _heading(self, line: str) -> bool:
        match = _HEADING.fullmatch(line)
        if match is None or not _LETTER.search(match["words"]):
            return False
        self._write(inline(match["words"]), "heading")
        self._close()
        return True

    def _underline(self, line: str) -> bool:
        """A line of equals signs makes the line above it a heading, and is itself no text."""
        if not (
            _UNDERLINE.fullmatch(line)
            and self._paragraph == 1
            and self._open is None
            and len(self._parts) >= 2
        ):
            return False
        words = self._parts[-2]
        self._blocks.append(Block(self._length - len(words) - 1, self._length - 1, "heading"))
        return True

    def _quoted(self, line: str) -> bool:
        match = _QUOTED.match(line)
        if match is None or not _LETTER.search(line, match.end()):
            return False
        self._write(inline(line[match.end() :]), "quotation", goes_on=True)
        return True

    def _item(self, line: str) -> bool:
        match = _MARKER.match(line)
        if match is None or not _LETTER.search(line, match.end()) or not self._may_list(match):
            return False
        self._close()
        self._write(inline(line[match.end() :]), "list_item", marker=match[0])
        return True

    def _may_list(self, match: re.Match[str]) -> bool:
        """A marker opens an item where a paragraph starts, after another item, or where the words lead up to
        it.
        """
        listing = self._open is not None and self._open.role == "list_item"
        sure = match["bullet"] in {"*", "•"} or match["number"] == "1"
        return sure or listing or not self._before.strip() or self._leads_up()

    def _leads_up(self) -> bool:
        return self._before.rstrip().endswith((":", ";", ",", ".", " and", " or"))

    def _go_on(self, line: str) -> None:
        row = _ROW.fullmatch(line)
        if row is not None and _RULE.fullmatch(row["cells"]):
            return
        words = "\t".join(c.strip() for c in row["cells"].split("|")) if row else line
        role = self._open.role if self._open is not None else None
        self._write(inline(words), role, goes_on=True)

    def _write(self, words: str, role: Role | None, *, marker: str = "", goes_on: bool = False) -> None:
        if not goes_on or self._open is None or self._open.role != role:
            self._close()
        start = self._length + len(marker)
        self._parts += [marker + words, "\n"]
        self._length = start + len(words) + 1
        if role is None:
            return
        if self._open is None:
            self._open = _Open(start, start, role)
        self._open.end = start + len(words.rstrip())

    def _close(self) -> None:
        if self._open is not None and self._open.end > self._open.start:
            self._blocks.append(Block(self._open.start, self._open.end, self._open.role))
        self._open = None

    def finish(self) -> tuple[str, tuple[Block, ...]]:
        self._close()
        return "".join(self._parts[:-1]), tuple(self._blocks)


def plain(body: str) -> tuple[str, tuple[Block, ...]]:
    """Return a Markdown body without its markup, and the blocks that the markup made."""
    taken = _Body()
    for line in body.split("\n"):
        taken.take(line)
    return taken.finish()


def inline(words: str) -> str:
    """Take the markup out of a line: links and emphasis keep their words, escapes the character."""
    if not _MARKUP.search(words):
        return words
    words = _LINK.sub(_shown, words)
    words = _BARE_LINK.sub(r"\g<to>", words)
    words = _TAG.sub("", words)
    for emphasis in (_STRONG, _STARRED, _LOW):
        words = emphasis.sub(r"\g<words>", words)
    words = _ESCAPE.sub(r"\1", words)
    return html.unescape(words) if "&" in words and ";" in words else words


def _shown(match: re.Match[str]) -> str:
    return match["words"] or ("" if match[0].startswith("!") else match["to"])


FORMAT = Format(
    "text/markdown", (".md", ".markdown"), recognises, read, also=("text/x-markdown",), limit=20_000_000
)
