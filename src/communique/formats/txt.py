"""Plain text: the body exactly as it is. What its lines are (headline, caption, list) is for the text module
to see.
"""

from __future__ import annotations

from communique.formats.encoding import clean, decode
from communique.formats.source import Format, Reading, Source, bounded
from communique.model import Text


def read(source: Source) -> Reading:
    content = clean(bounded(source, decode(source.data, charset=source.charset)))
    yield Text(content, FORMAT.media_type, source.sha256)


def _never(source: Source) -> bool:
    """Every text looks like plain text: it is what remains when no other format is recognised."""
    return False


FORMAT = Format("text/plain", (".txt", ".text"), _never, read, limit=20_000_000)
