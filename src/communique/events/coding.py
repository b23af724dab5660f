"""The way from a document to its events, over the parse that its reading made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.events.contexts import is_elsewhere
from communique.events.findings import spoken, tellings_of_findings
from communique.events.frames import Sentence, Spoken
from communique.events.gate import may_mean, may_tell
from communique.events.mending import mended
from communique.events.merging import merge
from communique.events.model import Coded, Event
from communique.events.places import find_places
from communique.events.scene import Scene
from communique.events.telling import Side, Telling
from communique.events.treaties import Span, treaties_of
from communique.model import Support, Text
from communique.reading import Reading, read_page
from communique.text.page import Page
from communique.text.page import Sentence as Place

_KEPT = 2  # sentences through which "they" and "the police" may be those who acted last
_SHORTEST = 3  # tokens
_LONGEST = 3_000  # characters: beyond them it is a table that lost its lines


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
    treaties = treaties_of(reading.record.instruments)
    stated = tellings_of_findings(reading.record, page, treaties)
    findings = [t for t in stated if not _is_elsewhere(page, t)]
    said = spoken(reading.record, page)
    told = [_with_sum(t, findings) for t in _told(page, said, treaties, gate=gate)]
    found = [t for t in findings if not _is_told(t, told)]
    return merge([*told, *found], page.text, document=document, published=page.published)


def _with_sum(telling: Telling, findings: Sequence[Telling]) -> Telling:
    """Give what a sentence tells of aid the sum that was found in the same words."""
    if telling.type not in ("AID", "AGREE", "SANCTION", "REJECT"):
        return telling
    for found in findings:
        same = (
            found.start < telling.end and telling.start < found.end and found.actor.code == telling.actor.code
        )
        if found.amount is not None and same:
            rests = Support("amount", "contribution", found.start, found.end)
            return replace(
                telling, amount=found.amount, currency=found.currency, supports=(*telling.supports, rests)
            )
    return telling


def _is_elsewhere(page: Page, telling: Telling) -> bool:
    sentence = page.sentence_at(telling.start)
    return sentence is not None and is_elsewhere(page.words(sentence))


def _told(page: Page, said: Spoken, treaties: tuple[Span, ...], *, gate: bool) -> Iterator[Telling]:
    """Yield what the sentences tell, each knowing who acted last before it."""
    named = [_names(page, s) for s in page.sentences]
    short = [s for s in page.sentences if s.end - s.start <= _LONGEST]
    near = [s for s in short if named[s.index] or _goes_on(page, s, named)]
    wanted = [s for s in near if _is_worth(page.words(s))] if gate else near
    page.parse_ahead(wanted if gate else page.sentences)
    last: tuple[Side, ...] = ()
    at = 0
    for sentence in wanted:
        last = last if sentence.index - at <= _KEPT else ()
        parse = mended(page.parse(sentence))
        if len(parse) < _SHORTEST:
            continue
        found = list(Sentence(Scene(page, sentence, parse, last, treaties), said).tellings())
        if found:
            last, at = (_recalled(found[0].actor),), sentence.index
        yield from found


def _recalled(side: Side) -> Side:
    """Return a side as a later sentence means it, resting on where this one named it."""
    return side if side.ground is None else replace(side, ground=replace(side.ground, rule="anaphora/last"))


def _goes_on(page: Page, sentence: Place, named: Sequence[bool]) -> bool:
    """Tell whether a sentence can mean those named just before it: "they", "the police"."""
    before = any(named[max(0, sentence.index - _KEPT) : sentence.index])
    return before and may_mean(page.words(sentence))


def _is_worth(words: str) -> bool:
    """Tell whether a sentence must be parsed: it has the words of an event, and is not about sport or the stage."""
    return may_tell(words) and not is_elsewhere(words)


def _names(page: Page, sentence: Place) -> bool:
    """Tell whether anybody is named in a sentence who may act."""
    if page.named_in(sentence.start, sentence.end):
        return True
    return next(find_places(page.text, sentence.start, sentence.end), None) is not None


def _is_told(telling: Telling, told: list[Telling]) -> bool:
    """Tell whether a sentence already told what a finding in it is."""
    return any(
        t.start < telling.end
        and telling.start < t.end
        and (t.type == telling.type or t.actor.code == telling.actor.code)
        for t in told
    )
