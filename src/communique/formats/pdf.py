"""PDF: the lines of each page, joined to paragraphs where their places on the page leave no doubt."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from threading import Lock
from typing import Any

from communique.formats.encoding import as_shown
from communique.formats.layout import Layout
from communique.formats.pdf_paragraphs import Line, join_lines
from communique.formats.source import Format, Reading, Source
from communique.model import Text

PAGES = 3_000
_ONE_AT_A_TIME = Lock()
_PASSWORD = 4
_IMAGE = 3
_LINE = re.compile(r"(?P<words>[^\n\ufffe]+)(?P<end>[\n\ufffe]?)")
_OCR = "run text recognition (OCR) on it first, for example with ocrmypdf"


def read(source: Source) -> Reading:
    with _ONE_AT_A_TIME:
        pages, pictures, told = _read_pages(source)
    if not any(pages):
        why = "its pages are images" if pictures else "its pages hold no text"
        raise source.unreadable(why, hint=_OCR if pictures else None)
    layout = Layout()
    for paragraph in join_lines(pages):
        layout.put(paragraph.words, role=paragraph.role, marker=paragraph.marker)
    yield Text(
        layout.content,
        FORMAT.media_type,
        source.sha256,
        title=_title(told, layout.content),
        blocks=layout.blocks,
    )


def _read_pages(source: Source) -> tuple[list[list[Line]], bool, str]:
    """Return the lines of each page, whether a page without text shows pictures, and the title in the
    properties.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.data)
    except (pypdfium2.PdfiumError, ValueError) as error:
        if getattr(error, "err_code", None) == _PASSWORD or "assword" in str(error):
            raise source.unreadable("the PDF is encrypted", hint="remove the password first") from error
        raise source.unreadable(f"a broken PDF: {error}") from error
    try:
        if len(document) > PAGES:
            raise source.unreadable(f"{len(document):,} pages", hint=f"at most {PAGES:,} can be read")
        pages, pictures = [], False
        for number in range(len(document)):
            lines, shows = _read_page(document, number)
            pages.append(lines)
            pictures = pictures or shows
        return pages, pictures, str(document.get_metadata_dict().get("Title") or "")
    except (pypdfium2.PdfiumError, UnicodeError) as error:
        raise source.unreadable(f"a broken PDF: {error}") from error
    finally:
        document.close()


def _read_page(document: Any, number: int) -> tuple[list[Line], bool]:
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return [], False
    text = page.get_textpage()
    try:
        lines = list(_lines(text))
        shows = not lines and any(True for _ in page.get_objects(filter=(_IMAGE,), max_depth=3))
        return lines, shows
    finally:
        text.close()
        page.close()


def _lines(text: Any) -> Iterator[Line]:
    """Yield the lines of a page with their places, in PDFium's order; it puts U+FFFE for a hyphen at a line's
    end.
    """
    count = text.count_chars()
    if count <= 0:
        return
    for match in _LINE.finditer(text.get_text_range(0, count)):
        shown = as_shown(match["words"]).strip()
        if not shown:
            continue
        first, last = _edges(match)
        left, base, _ = _place(text, min(first, count - 1))
        right, _, size = _place(
            text, min(last, count - 1), side="right"
        )  # the first may be a bullet, smaller
        hyphen = match["end"] == "\ufffe"
        yield Line(shown + "-" if hyphen else shown, left, right, base, size, hyphen)


def _edges(match: re.Match[str]) -> tuple[int, int]:
    """Return where the first and the last character of a line stand in the text of the page."""
    words = match["words"]
    bare = len(words.rstrip())
    return match.start() + len(words) - len(words.lstrip()), match.start() + max(bare - 1, 0)


def _place(text: Any, index: int, *, side: str = "left") -> tuple[float, float, float]:
    """Return where a character stands: its left or right edge, its baseline, and its size."""
    import pypdfium2.raw as pdfium

    edges = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(text, index, *map(ctypes.byref, edges))
    left, right, _, _ = (e.value for e in edges)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
    size = pdfium.FPDFText_GetFontSize(text, index)
    return (left if side == "left" else right), y.value, float(size)


def _title(told: str, content: str) -> str | None:
    """Return the title in the file's properties, if the text shows it too: most are left from a template."""
    title = " ".join(as_shown(told).split())
    shown = " ".join(content[:5000].split()).casefold()
    return title if len(title) > 3 and title.casefold() in shown else None


def recognises(source: Source) -> bool:
    return b"%PDF-" in source.data[:1024]


FORMAT = Format("application/pdf", (".pdf",), recognises, read, also=("application/x-pdf",))
