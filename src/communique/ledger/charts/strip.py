"""Dots in a line of text: when something was said, at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from communique.ledger.charts import svg

_WIDTH = 168.0
_HEIGHT = 24.0
_EDGE = 5.0
_SMALLEST, _LARGEST = 1.5, 5.0
_MOST = 26
"""As many dots as stand apart."""


def strip(of: Iterable[date], *, span: tuple[date, date], what: str, href: str = "") -> SafeString:
    """Draw a dot for each month, quarter or year in which something was said, larger where it was said more often.

    All strips of a table share their ``span``, so that they can be read down. ``what`` is what is counted, in
    the plural; the whole strip leads to ``href``, where the quotes are. Those who listen hear the figures.
    """
    told = [day for day in of if span[0] <= day <= span[1]]
    if not told:
        return svg.EMPTY
    years = range(span[0].year, span[1].year + 1)
    label = f"{len(told)} {what}: {_figures(day.year for day in told)}"
    drawn = format_html(
        '<svg class="strip" width="{}" height="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        "<title>{}</title>{}{}{}</svg>",
        *map(svg.plain, (_WIDTH, _HEIGHT, _WIDTH, _HEIGHT)),
        label,
        label,
        svg.line(_EDGE, _HEIGHT / 2, _WIDTH - _EDGE, _HEIGHT / 2, "rule"),
        svg.join(_years(years)),
        svg.join(_dots(told, years)),
    )
    return format_html('<a href="{}" class="strip-link">{}</a>', svg.safe(href), drawn) if href else drawn


def _figures(years: Iterable[int]) -> str:
    return ", ".join(f"{count} in {year}" for year, count in sorted(Counter(years).items()))


def _years(years: range) -> Iterator[SafeString]:
    """Yield a small stroke where each year begins, or where few enough do."""
    for year in years[:: -(-len(years) // 24)]:
        x = _EDGE + (_WIDTH - 2 * _EDGE) * (year - years.start) / len(years)
        yield svg.line(x, 18, x, 21, "tick")


def _dots(told: Iterable[date], years: range) -> Iterator[SafeString]:
    parts = next((parts for parts in (12, 4) if len(years) * parts <= _MOST), 1)
    room = (_WIDTH - 2 * _EDGE) / (len(years) * parts)
    counts = Counter((day.year - years.start) * parts + (day.month - 1) * parts // 12 for day in told)
    smallest, largest = min(_SMALLEST, room / 2), min(_LARGEST, room / 2)
    most = max(counts.values())
    for place, count in sorted(counts.items()):
        yield svg.circle(
            _EDGE + room * (place + 0.5), _HEIGHT / 2, max(smallest, largest * (count / most) ** 0.5), "dot"
        )
