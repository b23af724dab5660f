"""Takes a page apart into words, starts and ends of elements, in time linear in its length whatever it holds.

It reads as a browser's tokenizer does, so that nothing shown is what a browser would have run: scripts and
styles are no words, comments end where browsers end them. What holds no words of the page (drawings, forms of
choice, frames) is left out whole. Of an element's attributes only those asked for are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_NAME = re.compile(r"[a-zA-Z][^\s/>]{0,60}")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+ (?P<name>=?[^\s/>=]*+)
        (?: \s*+ = \s*+ (?: "(?P<double>[^"]*+)" | '(?P<single>[^']*+)' | (?P<bare>[^\s>"'][^\s>]*+|) ) )?+""",
    re.X,
)  # eats ' href="/a"', "/alt='b'", " hidden", " width=3"; stops before ">" and at a quote that is never closed
_COMMENT_END = re.compile(r"--!?>")

_TEXT_ONLY = "script style title textarea xmp iframe noembed noframes noscript"
_RAW = frozenset(_TEXT_ONLY.split())
"""Elements whose content is no markup: it runs to their end tag, and is left out."""

_NO_WORDS = "svg math template object applet audio video canvas select datalist button map frameset dialog"
_LEFT_OUT = frozenset(_NO_WORDS.split())
"""Elements that are left out with all that is in them, where they are closed."""

KEPT = frozenset(("href", "alt", "dir", "colspan", "rowspan"))
_LONGEST_VALUE = 4_000


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the page, as they are read: character references resolved."""

    text: str


@dataclass(frozen=True, slots=True)
class Start:
    """Where an element starts; ``attributes`` are those of its own that may matter."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class End:
    """Where an element ends."""

    name: str


Token = Words | Start | End


def tokens(page: str) -> Iterator[Token]:
    """Yield what a page consists of, in order; what is left out does not appear."""
    return _Page(page).tokens()


class _Page:
    """A page being read; ``at`` is how far."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._at = 0
        self._last_ends: dict[str, int] = {}

    def tokens(self) -> Iterator[Token]:
        left_out, depth = "", 0
        for token in self._all():
            name = "" if isinstance(token, Words) else token.name
            if depth and name == left_out:
                depth += 1 if isinstance(token, Start) else -1
            elif not depth and isinstance(token, Start) and name in _LEFT_OUT and self._is_closed(name):
                left_out, depth = name, 1
            elif not depth and name not in _RAW:
                yield token

    def _all(self) -> Iterator[Token]:
        while self._at < len(self._page):
            bracket = self._page.find("<", self._at)
            bracket = len(self._page) if bracket < 0 else bracket
            if bracket > self._at:
                yield Words(unescape(self._page[self._at : bracket]))
            self._at = bracket
            token = self._tag() if bracket < len(self._page) else None
            if token is not None:
                yield token

    def _tag(self) -> Token | None:
        """Read what starts with a bracket."""
        page, at = self._page, self._at
        if name := _NAME.match(page, at + 1):
            return self._start(name)
        if page.startswith("</", at) and (name := _NAME.match(page, at + 2)):
            self._attributes(name.end())
            return End(name[0].lower())
        if page.startswith("<!--", at):
            self._skip_comment()
        elif page.startswith(("<!", "<?", "</"), at):
            self._skip_to(">", at + 2)
        else:
            self._at = at + 1
            return Words("<")
        return None

    def _start(self, match: re.Match[str]) -> Token | None:
        name = match[0].lower()
        attributes = self._attributes(match.end())
        if name in _RAW:
            self._skip_raw(name)
        elif name == "plaintext":
            rest, self._at = self._page[self._at :], len(self._page)
            return Words(rest)
        return Start(name, attributes)

    def _attributes(self, at: int) -> dict[str, str]:
        """Read to the end of a tag; of an attribute given twice the first counts."""
        kept: dict[str, str] = {}
        page = self._page
        while at < len(page) and page[at] != ">":
            match = _ATTRIBUTE.match(page, at)
            if match is None or match.end() == at:
                at += 1
                continue
            at = match.end()
            if (name := match["name"].lower()) in KEPT and name not in kept:
                kept[name] = unescape(
                    (match["double"] or match["single"] or match["bare"] or "")[:_LONGEST_VALUE]
                )
        self._at = at + 1
        return kept

    def _skip_comment(self) -> None:
        start = self._at + 4
        if self._page.startswith((">", "->"), start):
            self._skip_to(">", start)
            return
        end = _COMMENT_END.search(self._page, start)
        self._at = end.end() if end is not None else len(self._page)

    def _skip_raw(self, name: str) -> None:
        end = re.compile(rf"</{name}(?=[\s/>])", re.I).search(self._page, self._at)
        self._at = end.start() if end is not None else len(self._page)

    def _skip_to(self, mark: str, at: int) -> None:
        end = self._page.find(mark, at)
        self._at = end + 1 if end >= 0 else len(self._page)

    def _is_closed(self, name: str) -> bool:
        """Say whether an element is closed somewhere ahead."""
        if name not in self._last_ends:
            self._last_ends[name] = max(
                (m.start() for m in re.finditer(rf"</{name}\b", self._page, re.I)), default=-1
            )
        return self._last_ends[name] >= self._at
