"""Word documents: every paragraph in order, tables too, with the numbers that Word shows but does not store
as text.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from communique.formats.docx_numbers import Numbers
from communique.formats.encoding import as_shown
from communique.formats.layout import Layout
from communique.formats.source import Format, Reading, Source
from communique.model import Role, Text

MEMBERS = 5_000
INFLATED = 150_000_000
TEXT_PART = 40_000_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BROKEN = (
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    AssertionError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    zlib.error,
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BESIDE = frozenset(
    {f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}txbxContent", f"{_WORD}pPr", f"{_WORD}rPr", _FALLBACK}
)


def read(source: Source) -> Reading:
    _check_sizes(source)
    document = _open(source)
    layout = Layout()
    numbers = Numbers(document)
    for kind, element in _items(document.element.body):
        if kind == "p":
            _put_paragraph(layout, document, numbers, element)
        else:
            _put_table(layout, element)
    if not layout.content:
        raise source.unreadable("the document holds no text", hint="if its pages are pictures, run OCR first")
    yield Text(
        layout.content,
        FORMAT.media_type,
        source.sha256,
        title=_title(document, layout.content),
        blocks=layout.blocks,
    )


def _open(source: Source) -> Any:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        return docx.Document(BytesIO(source.data))
    except (OpcError, etree.LxmlError, zipfile.BadZipFile, *_BROKEN) as error:
        raise source.unreadable(f"a broken Word document: {error}", hint="open and save it again") from error


# --- a bomb is refused before it is unpacked ----------------------------------------------------------------


def _check_sizes(source: Source) -> None:
    """Refuse an archive that grows beyond bounds, by what it declares and by what it really inflates to."""
    try:
        with zipfile.ZipFile(BytesIO(source.data)) as archive:
            members = archive.infolist()
            if len(members) > MEMBERS or sum(m.file_size for m in members) > INFLATED:
                raise source.unreadable("unpacks to more than a document holds", hint="it may be a zip bomb")
            if any(m.flag_bits & 1 for m in members):
                raise source.unreadable("the document is encrypted", hint="remove the password first")
            _inflate(source, archive, members)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        NotImplementedError,
        OSError,
        EOFError,
        RuntimeError,
    ) as error:
        raise source.unreadable(f"a broken Word document: {error}", hint="open and save it again") from error


def _inflate(source: Source, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    total = 0
    for member in members:
        size = 0
        with archive.open(member) as stream:
            while chunk := stream.read(1 << 20):
                size += len(chunk)
                if total + size > INFLATED or (member.filename.endswith(".xml") and size > TEXT_PART):
                    raise source.unreadable(
                        "unpacks to more than a document holds", hint="it may be a zip bomb"
                    )
        total += size


# --- paragraphs and tables ----------------------------------------------------------------------------------


def _items(parent: Any) -> Iterator[tuple[str, Any]]:
    """Yield paragraphs and tables in order, those inside content controls and tracked insertions too."""
    for child in parent:
        if child.tag == f"{_WORD}p":
            yield "p", child
        elif child.tag == f"{_WORD}tbl":
            yield "tbl", child
        elif child.tag not in _BESIDE:
            yield from _items(child)


def _put_paragraph(layout: Layout, document: Any, numbers: Numbers, element: Any) -> None:
    style = _style(document, element)
    marker = numbers.marker(element, style)
    role: Role | None = None
    if style is not None and style.name is not None and style.name.lower().startswith(("heading", "title")):
        role = "heading"
    elif marker is not None or (style is not None and (style.name or "").startswith("List")):
        role = "list_item"
    elif style is not None and (style.name or "").lower() == "caption":
        role = "caption"
    elif style is not None and "quote" in (style.name or "").lower():
        role = "quotation"
    layout.put(_words(element), role=role, marker=marker or "")
    for box in element.iter(f"{_WORD}txbxContent"):
        if not any(a.tag == _FALLBACK for a in box.iterancestors()):
            for _, inner in _items(box):
                layout.put(_words(inner))


def _put_table(layout: Layout, table: Any) -> None:
    """Put a table row by row, cells a tab apart; a row of one cell is text in a frame."""
    for row in table.iter(f"{_WORD}tr"):
        cells = [_cell(cell) for cell in row.iter(f"{_WORD}tc")]
        if len(cells) == 1:
            for words in cells[0]:
                layout.put(words)
        elif any(cells):
            layout.put("\t".join(" ".join(cell) for cell in cells), row=True)


def _cell(cell: Any) -> list[str]:
    return [w for w in (_words(p).strip() for p in cell.iter(f"{_WORD}p")) if w]


def _words(element: Any) -> str:
    """Gather the words of a paragraph as shown: what was deleted goes, what was inserted or linked stays."""
    out: list[str] = []
    todo = list(reversed(element))
    while todo:
        node = todo.pop()
        name = str(node.tag).removeprefix(_WORD)
        if name == "t":
            out.append(node.text or "")
        elif name in ("tab", "ptab"):
            out.append("\t")
        elif name in ("br", "cr"):
            out.append("\n")
        elif name == "noBreakHyphen":
            out.append("-")
        elif node.tag not in _BESIDE:
            todo += reversed(node)
    return as_shown("".join(out))


def _style(document: Any, element: Any) -> Any | None:
    from docx.enum.style import WD_STYLE_TYPE

    properties = element.pPr
    named = properties.style if properties is not None else None
    return document.part.get_style(named, WD_STYLE_TYPE.PARAGRAPH) if named is not None else None


def _title(document: Any, content: str) -> str | None:
    """Return the title that the file's properties give, if the text shows it too: most are left from a
    template.
    """
    title = " ".join(as_shown(str(document.core_properties.title or "")).split())
    shown = " ".join(content[:5000].split()).casefold()
    return title if len(title) > 3 and title.casefold() in shown else None


def recognises(source: Source) -> bool:
    """Say whether this is an archive that lists a Word document's main part."""
    return source.data.startswith(b"PK\x03\x04") and b"word/document" in source.data


FORMAT = Format(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (".docx", ".docm"),
    recognises,
    read,
)
