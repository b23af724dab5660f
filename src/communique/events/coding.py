"""The way from a document to its events, over the parse that its reading made."""

from __future__ import annotations

from collections.abc import Iterator

from communique.events.findings import tellings_of_findings
from communique.events.frames import Sentence
from communique.events.mending import mended
from communique.events.merging import merge
from communique.events.model import Coded, Event
from communique.events.scene import Scene
from communique.events.telling import Side, Telling
from communique.model import Text
from communique.reading import Reading, read_page
from communique.text.page import Page


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
    name = text.id if document is None else document
    return Coded(reading.record, code(reading, document=name, gate=gate))


def code(reading: Reading, *, document: str | None = None, gate: bool = True) -> tuple[Event, ...]:
    """Code the events of a document that was read, in the order of their words."""
    page = reading.page
    told = list(_told(page))
    found = [t for t in tellings_of_findings(reading.record, page) if not _is_told(t, told)]
    return merge([*told, *found], page.text, document=document, published=page.published)


def _told(page: Page) -> Iterator[Telling]:
    """Yield what the sentences tell, each knowing who acted last before it."""
    page.parse_ahead(page.sentences)
    last: tuple[Side, ...] = ()
    for sentence in page.sentences:
        parse = mended(page.parse(sentence))
        if len(parse) < 3:
            continue
        found = list(Sentence(Scene(page, sentence, parse, last)).tellings())
        if found:
            last = (found[0].actor,)
        yield from found


def _is_told(telling: Telling, told: list[Telling]) -> bool:
    """Tell whether a sentence already told what a finding in it is."""
    return any(
        t.start < telling.end and telling.start < t.end and (t.type == telling.type or t.actor.code == telling.actor.code)
        for t in told
    )
