"""The few icons: 16 units square, drawn in the colour of the text around, and never alone in saying something."""

from __future__ import annotations

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_STROKES = {
    "accepted": "M2.5 8.5 6 12l7.5-8",
    "corrected": "M10.5 3.5l2 2L5.5 12.5l-2.7.7.7-2.7z",
    "rejected": "M3.5 3.5l9 9m0-9l-9 9",
    "challenged": "M8 2.5v6.5m0 3.2v.8",
    "menu": "M2 4h12M2 8h12M2 12h12",
    "search": "M10.5 10.5 14 14M6.8 11.6a4.8 4.8 0 1 0 0-9.6 4.8 4.8 0 0 0 0 9.6z",
    "plus": "M8 3v10M3 8h10",
    "down": "M4 6l4 4 4-4",
    "left": "M10 3.5 5.5 8l4.5 4.5",
    "right": "M6 3.5 10.5 8 6 12.5",
    "warning": "M8 2.5 14.2 13.5H1.8zM8 6.5v3.2m0 1.6v.4",
    "open": "M9 3h4v4m0-4L7 9M6 4H3v9h9v-3",
    "close": "M3.5 3.5l9 9m0-9l-9 9",
    "undo": "M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M3 6.5 6 3.5M3 6.5l3 3",
    "download": "M8 2.5v8m-3-3 3 3 3-3M3 13.5h10",
}
_DRAWINGS = {name: f'<path d="{path}"/>' for name, path in _STROKES.items()} | {
    "proposed": '<circle cx="8" cy="8" r="5.2"/>',
    "unsure": '<path d="M5.4 6a2.6 2.6 0 1 1 3.9 2.3C8.4 8.8 8 9.3 8 10.2m0 2.3v.5"/>',
}
_BRAND = (
    '<svg class="icon" viewBox="0 0 22 22" aria-hidden="true" focusable="false"><rect width="22" height="22" rx="4"'
    ' fill="currentColor"/><path class="brand-marks" d="M4.5 13.2c0-3.3 1.6-5.6 4.5-6.7l.6 1.2c-1.5.8-2.4 1.9-2.6'
    " 3.3.2-.1.5-.1.8-.1 1.3 0 2.2.9 2.2 2.2 0 1.4-1 2.4-2.5 2.4-1.9 0-3-1.2-3-2.3zM12 13.2c0-3.3"
    " 1.6-5.6 4.5-6.7l.6 1.2c-1.5.8-2.4 1.9-2.6 3.3.2-.1.5-.1.8-.1 1.3 0 2.2.9"
    ' 2.2 2.2 0 1.4-1 2.4-2.5 2.4-1.9 0-3-1.2-3-2.3z"/></svg>'
)

NAMES = tuple(_DRAWINGS)


@cache
def icon(name: str) -> SafeString:
    """Return an icon as SVG, hidden from those who listen: the words beside it say the same."""
    if name == "brand":
        return mark_safe(_BRAND)
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.75"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(_DRAWINGS[name]),
    )
