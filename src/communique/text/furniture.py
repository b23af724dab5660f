"""Page furniture: lines that belong to the page and not to what it says, each with the reason."""

from __future__ import annotations

import re
from functools import cache

from communique.model import Struct
from communique.text import stopwords
from communique.vocab.loading import load
from communique.vocab.publishers import Furniture, Publisher

_EDGE_HEAD, _EDGE_TAIL = 10, 6
# Page numbers: "- 2 -", "-2-", "Page 3 of 5", "/2", "./ 2", "...2/"; not "2".
_PAGE = re.compile(
    r"""(?:[-–—]\s?\d{1,3}\s?[-–—]?  |  \d{1,3}\s?[-–—]
        |   page\s\d{1,3}(?:\s?(?:of|/)\s?\d{1,3})?
        |   [.…]*\s?/\s?\d{1,3}  |  [.…]{2,}\s?\d{1,3}\s?/? )$""",
    re.X | re.I,
)
# How old releases end: "000---", "ooo0ooo".
_END_MARK = re.compile(r"[-–—.*\s]*[oO0]{3,}[-–—oO0.*\s]*$")
_BARE_NUMBER = re.compile(r"\d{1,3}\.?$")
# The number of a release: "M/ 22", "F77/ 231", "P. M. No. 5/1963", "PM. 67/ 1971", "No. 81/1965".
_RELEASE_NUMBER = re.compile(
    r"""(?:(?i:for\s(?:the\s)?(?:press|media))[.:]?\s{1,3})?
        (?:[A-Z][A-Z. ]{0,4})?\s?(?:N[oO0Q]s?[.,]?\s?)?\d{0,4}\s?/\s?\d[\d ]{0,4}$""",
    re.X,
)
# Links to files: "Action Plan … - PDF 57KB", "Declaration (PDF, 1.2 MB)".
_FILE = re.compile(r"\b(?:PDF|RTF|DOCX?|XLSX?|ZIP)\b[^.]{0,12}\d+(?:\.\d+)?\s?[KM]B\)?$", re.I)
# Telephone numbers alone or after a name and a colon: "+62 21 726 2991", "Jane Doe: (02) 6277 7744".
_PHONES = re.compile(r"(?:[A-Z][\w.' -]{2,40}:\s)?(?:\+\d|\(\d|\d{2,4}\s\d{3,4}\s\d)[\d ()/-]{4,25}\d$")
_ADDRESS_ONLY = re.compile(r"(?:https?://|www\.)\S+$|[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}$", re.I)
_LETTERS = re.compile(r"[^\W\d_]+")
_ODD = re.compile(r"[^\w\s.,;:()&%$€£'’\"“”/–—-]|(?<=\w)['\"~^_|\\](?=[A-Z])")
_YEAR = re.compile(r"(?:19|20)\d\d\.?$")
_TIME = re.compile(r"\d{1,2}\s?[.:]\s?\d{2}|\d\s?[ap]\.?\s?m", re.I)
_EDGES = " \t\u00a0*_|•·»«<>[]→←"


class _Furniture(Struct, frozen=True):
    furniture: tuple[Furniture, ...]


class Signs:
    """The furniture words of a publisher and of pages in general, ready to be asked line by line."""

    def __init__(self, furniture: tuple[Furniture, ...]) -> None:
        self._whole = {phrase: f for f in reversed(furniture) for phrase in f.whole}
        self._starts: dict[str, list[tuple[str, Furniture]]] = {}
        for f in furniture:
            for phrase in f.starts:
                self._starts.setdefault(phrase[:3], []).append((phrase, f))
        self._holds = [(phrase, f) for f in furniture for phrase in f.holds]

    def why(self, line: str, *, head: bool, edge: bool) -> str | None:
        """Return why a line is furniture by its words, or None where they do not say so."""
        if len(line) > 600:
            return None
        words = " ".join(line.casefold().replace("’", "'").split())
        found = self._by_whole(words) or self._by_start(words) or self._by_part(words)
        if found is None or (found.edge and not edge) or (found.head and not head):
            return None
        return found.why

    def _by_whole(self, words: str) -> Furniture | None:
        bare = words.strip(_EDGES)
        labels = self._whole.get(bare.rstrip(":"))
        # "Prime Minister:" is no letterhead: it says who speaks in a transcript.
        found = self._whole.get(bare) or (None if labels is None or labels.edge else labels)
        return found if found is not None or " " not in bare else self._whole.get(bare.rstrip(".?!: "))

    def _by_start(self, words: str) -> Furniture | None:
        bare = words.lstrip(_EDGES)
        found = (f for phrase, f in self._starts.get(bare[:3], ()) if bare.startswith(phrase))
        return next((f for f in found if words.count(" ") < f.words), None)

    def _by_part(self, words: str) -> Furniture | None:
        return next((f for phrase, f in self._holds if phrase in words and words.count(" ") < f.words), None)


@cache
def signs_of(publisher: Publisher | None) -> Signs:
    """Return the furniture words that count on a publisher's pages."""
    own = () if publisher is None else publisher.furniture
    return Signs(
        own + _site_name(publisher) + load("publishers/generic/furniture.toml", _Furniture).furniture
    )


def _site_name(publisher: Publisher | None) -> tuple[Furniture, ...]:
    if publisher is None:
        return ()
    names = (publisher.name, *publisher.names, *publisher.suffixes)
    return (Furniture(why="name of the site", whole=tuple(n.casefold() for n in names), head=True),)


def is_head(index: int) -> bool:
    """Say whether a line is among the first of a document, where the name of the site stands."""
    return index < _EDGE_HEAD


def is_edge(index: int, count: int) -> bool:
    """Say whether a line is among the first or last of a document, where letterheads stand."""
    return is_head(index) or index >= count - _EDGE_TAIL


def why_furniture(line: str, signs: Signs, *, head: bool, edge: bool, scanned: bool) -> str | None:
    """Return why a line is furniture, or None. ``scanned``: debris and page numbers are to be expected."""
    by_words = signs.why(line, head=head, edge=edge)
    if by_words is not None or len(line) > 120:
        return by_words
    if not any(c.isalnum() for c in line):
        return "rule or lone symbols"
    if is_end_mark(line):
        return "end mark"
    if _PAGE.match(line) or (scanned and _BARE_NUMBER.match(line)):
        return "page number"
    if edge and _RELEASE_NUMBER.match(line):
        return "release number"
    if _FILE.search(line):
        return "download link"
    if _PHONES.match(line) or _ADDRESS_ONLY.match(line):
        return "contact details"
    return "scanning debris" if scanned and is_debris(line) else None


def is_end_mark(line: str) -> bool:
    """Say whether a line is the mark that old releases end with: "000---"."""
    return _END_MARK.match(line) is not None


def is_debris(line: str) -> bool:
    """Say whether a short line of a scan is no words at all: "t'Vi", "1: ' ls \\" I S..", "; rr IF("."""
    if len(line) > 60 or _TIME.search(line) or _YEAR.match(line):
        return False
    letters = _LETTERS.findall(line)
    if any(len(w) >= 4 and (w.islower() or w.istitle() or w.isupper()) for w in letters):
        return False
    if any(w.casefold() in stopwords.short() for w in letters) and len(letters) < 3 and not _ODD.search(line):
        return False
    known = sum(len(w) >= 3 for w in letters)
    return known == 0 or (known * 3 <= len(line.split()) and _ODD.search(line) is not None)
