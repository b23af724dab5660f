"""The way from a document to its events, over the parse that its reading made."""

from __future__ import annotations

from communique.events.findings import tellings_of_findings
from communique.events.merging import merge
from communique.events.model import Coded, Event
from communique.model import Text
from communique.reading import Reading, read_page


def read_coded(
    text: Text,
    *,
    published: str | None = None,
    title: str | None = None,
    language: str | None = None,
    document: str | None = None,
    gate: bool = True,
) -> Coded:
    """Read a text as `communique.reading.read_text` does, and code the events in it.

    ``document`` is what the events call it; by default the name that its source gives it. ``gate`` off parses every
    sentence: slower, with the same result.
    """
    reading = read_page(text, published=published, title=title, language=language, gate=gate)
    return Coded(reading.record, code(reading, document=text.id if document is None else document))


def code(reading: Reading, *, document: str | None = None, gate: bool = True) -> tuple[Event, ...]:
    """Code the events of a document that was read, in the order of their words."""
    page = reading.page
    found = tellings_of_findings(reading.record, page)
    return merge(found, page.text, document=document, published=page.published)
