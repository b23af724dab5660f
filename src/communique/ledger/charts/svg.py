"""What every chart is put together from: a figure, a drawing in it, and the table behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from communique.ledger.writing.visible import inert, spelt

EMPTY = SafeString("")
_KEY = re.compile(r"[a-z][a-z0-9-]*")
_HERE = ("/", "?", "#")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table behind: words, and where they lead."""

    words: str | SafeString
    href: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table behind. ``anchor`` is what a mark on the chart may lead to."""

    cells: tuple[Cell, ...]
    anchor: str = ""


def figure(
    key: str,
    kind: str,
    title: str,
    note: str,
    drawing: SafeString,
    table: SafeString,
    legend: SafeString = EMPTY,
) -> SafeString:
    """Return a chart with its caption, and its table folded away behind it."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} can't name a chart: lower-case letters, digits and dashes")
    return format_html(
        '<figure class="chart {kind}" id="{key}"><figcaption><span class="chart-title" id="{key}-title">{title}'
        "</span>{note}</figcaption>{legend}{drawing}{table}</figure>",
        kind=kind,
        key=key,
        title=title,
        note=format_html(' <span class="chart-note">{}</span>', note) if note else "",
        legend=legend,
        drawing=drawing,
        table=table,
    )


def drawing(key: str, width: float, height: float, parts: Iterable[SafeString]) -> SafeString:
    """Return the SVG in a frame that slides where there is no room: nothing shrinks below reading size."""
    return format_html(
        '<div class="chart-slide" tabindex="0" role="group" aria-labelledby="{key}-title"><svg width="{width}"'
        ' height="{height}" viewBox="0 0 {width} {height}" role="group" aria-labelledby="{key}-title">'
        "{parts}</svg></div>",
        key=key,
        width=plain(width),
        height=plain(height),
        parts=join(parts),
    )


def table(head: Sequence[str], rows: Sequence[Row], *, label: str) -> SafeString:
    """Return the same figures as a table, folded away; ``label`` says what is in it."""
    return format_html(
        '<details class="chart-table"><summary>{}</summary><div class="scroll"><table class="dense"><thead><tr>{}</tr>'
        "</thead><tbody>{}</tbody></table></div></details>",
        label,
        format_html_join(
            "", '<th scope="col"{}>{}</th>', ((_numbers(rows, n), name) for n, name in enumerate(head))
        ),
        format_html_join("", "<tr{}>{}</tr>", ((_anchor(row), join(map(_cell, row.cells))) for row in rows)),
    )


def link(href: str, label: str, classes: str, parts: Iterable[SafeString]) -> SafeString:
    """Return a mark that leads to its quotes; what has nowhere to lead is a mark with a name."""
    label = spelt(label)
    inside = format_html("<title>{}</title>{}", label, join(parts))
    if not href:
        return format_html('<g class="{}" role="img" aria-label="{}">{}</g>', classes, label, inside)
    return format_html('<a href="{}" class="{}" aria-label="{}">{}</a>', safe(href), classes, label, inside)


def text(x: float, y: float, words: str, classes: str = "", *, hidden: bool = True) -> SafeString:
    """Return words on the drawing; those who listen hear the marks and the table instead."""
    return format_html(
        '<text x="{}" y="{}" class="{}"{}>{}</text>',
        plain(x),
        plain(y),
        classes,
        SafeString(' aria-hidden="true"') if hidden else "",
        spelt(words),
    )


def line(x1: float, y1: float, x2: float, y2: float, classes: str = "") -> SafeString:
    """Return a line."""
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>', *map(plain, (x1, y1, x2, y2)), classes
    )


def rect(x: float, y: float, width: float, height: float, classes: str = "", fill: str = "") -> SafeString:
    """Return a rectangle."""
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" class="{}"{}/>',
        *map(plain, (x, y, width, height)),
        classes,
        format_html(' fill="{}"', fill) if fill else "",
    )


def circle(x: float, y: float, r: float, classes: str = "") -> SafeString:
    """Return a circle."""
    return format_html('<circle cx="{}" cy="{}" r="{}" class="{}"/>', *map(plain, (x, y, r)), classes)


def join(parts: Iterable[SafeString]) -> SafeString:
    """Return parts one after another."""
    return format_html_join("", "{}", ((part,) for part in parts))


def plain(number: float) -> str:
    """Return a number with one decimal at most."""
    return f"{number:.1f}".removesuffix(".0")


def shortened(words: str, room: int) -> str:
    """Return words that fit: whole, or cut with an ellipsis."""
    return words if len(words) <= room else f"{words[: room - 1].rstrip()}…"


def safe(href: str) -> str:
    """Return an address within the ledger. Raises ValueError for any other: marks never lead away."""
    if not href.startswith(_HERE) or href.startswith("//"):
        raise ValueError(f"{href!r} is no address within the ledger")
    return href


def _cell(cell: Cell) -> SafeString:
    words = cell.words if isinstance(cell.words, SafeString) else inert(cell.words)
    words = format_html('<a href="{}">{}</a>', safe(cell.href), words) if cell.href else words
    return format_html('<td class="amount">{}</td>' if cell.number else "<td>{}</td>", words)


def _anchor(row: Row) -> SafeString:
    return format_html(' id="{}"', row.anchor) if row.anchor else EMPTY


def _numbers(rows: Sequence[Row], column: int) -> SafeString:
    """Return the class of a column of numbers."""
    is_number = any(row.cells[column].number for row in rows)
    return SafeString(' class="amount"') if is_number else EMPTY
