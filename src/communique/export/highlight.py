"""The text of a document as HTML, with what was found in it marked where it stands.

Findings overlap: a commitment lies within a welcome, an area within both. The text is cut wherever one begins
or ends, and each piece is wrapped in a ``mark`` for every finding that covers it, longest outside, so that
all of them show. The first piece of each place a finding stands in can be focused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from communique.export.entries import Group
from communique.export.visible import HIDDEN, label, visible
from communique.model import Record, Segment

_FLAGS = {"set_aside": "set aside", "unread": "not read"}


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text that a finding stands on; ``anchor`` is true for the first of them."""

    start: int
    end: int
    finding: str
    kind: str
    anchor: bool


def text_html(record: Record, groups: Sequence[Group], prefix: str) -> str:
    """Write the whole text as paragraphs. ``prefix`` keeps the ids of several documents on a page apart."""
    text, places = record.document.text, _places(groups, len(record.document.text))
    out, flagged, started = [], None, set[tuple[int, int, str]]()
    first = 0
    for paragraph in _paragraphs(text, record.segments):
        end = paragraph[-1].end
        while first < len(places) and places[first].end <= paragraph[0].start:
            first += 1
        near = [p for p in places[first : _after(places, first, end)] if p.end > paragraph[0].start]
        inner = []
        for at, segment in enumerate(paragraph):
            state = (segment.disposition, segment.why)
            if state[0] in _FLAGS and state != flagged:
                inner.append(_flag(segment))
            flagged = state
            inner.append(_segment(text, segment, near, prefix, started))
            if at + 1 < len(paragraph):
                inner.append(escape(visible(text[segment.end : paragraph[at + 1].start])))
        out.append(_paragraph(paragraph[0], "".join(inner), record.document.language))
    return "\n".join(out)


def shown(text: str) -> str:
    """Escape a text for HTML, with every hidden character as a labelled box."""
    return HIDDEN.sub(_box, escape(text))


def _box(hit: object) -> str:
    character = hit[0]  # type: ignore[index]
    name = label(character)
    return f'<span class="hidden-character" title="U+{ord(character):04X}" dir="ltr">{name}</span>'


def _places(groups: Sequence[Group], length: int) -> list[Place]:
    """List every place, by start, the longer first; those outside the text are left out of the marking."""
    out = []
    for group in groups:
        for entry in group.entries:
            good = [(a, b) for a, b in entry.spans if 0 <= a < b <= length]
            out += [Place(a, b, entry.id, group.kind, i == 0) for i, (a, b) in enumerate(good)]
    return sorted(out, key=lambda p: (p.start, -p.end))


def _after(places: Sequence[Place], first: int, end: int) -> int:
    while first < len(places) and places[first].start < end:
        first += 1
    return first


def _paragraphs(text: str, segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Group tiles that stand on one line; what no tile holds becomes an unread one, so that all shows."""
    paragraph: list[Segment] = []
    for segment in _tiled(text, segments):
        if paragraph and "\n" in text[paragraph[-1].end : segment.start]:
            yield paragraph
            paragraph = []
        paragraph.append(segment)
    if paragraph:
        yield paragraph


def _tiled(text: str, segments: Sequence[Segment]) -> Iterator[Segment]:
    at = 0
    for segment in sorted((s for s in segments if s.start < s.end), key=lambda s: s.start):
        yield from _gap(text, at, segment.start)
        if segment.end > at:
            yield segment if segment.start >= at else _cut(segment, at)
            at = segment.end
    yield from _gap(text, at, len(text))


def _gap(text: str, start: int, end: int) -> Iterator[Segment]:
    if start < end and text[start:end].strip():
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(text[start:end].rstrip())
        yield Segment(start, end, "body")


def _cut(segment: Segment, start: int) -> Segment:
    return Segment(start, segment.end, segment.role, segment.language, segment.disposition, segment.why)


def _segment(
    text: str, segment: Segment, places: Sequence[Place], prefix: str, started: set[tuple[int, int, str]]
) -> str:
    within = [p for p in places if p.start < segment.end and p.end > segment.start]
    cuts = {segment.start, segment.end}
    cuts |= {at for p in within for at in (p.start, p.end) if segment.start < at < segment.end}
    edges = sorted(cuts)
    out: list[str] = []
    held: list[Place] = []
    for start, end in pairwise(edges):
        covering = [p for p in within if p.start <= start and p.end >= end]
        common = _common(held, covering)
        out += ["</mark>"] * (len(held) - common)
        out += [_open(p, prefix, started) for p in covering[common:]]
        out.append(shown(text[start:end]))
        held = covering
    out += ["</mark>"] * len(held)
    inner = "".join(out)
    if segment.disposition == "read":
        return inner
    return f'<span class="{segment.disposition.replace("_", "-")}">{inner}</span>'


def _common(one: Sequence[Place], other: Sequence[Place]) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[count] is other[count]:
        count += 1
    return count


def _open(place: Place, prefix: str, started: set[tuple[int, int, str]]) -> str:
    key = (place.start, place.end, place.finding)
    begins = key not in started
    started.add(key)
    focus = f' tabindex="-1" aria-details="e-{prefix}-{place.finding}"' if begins else ""
    anchor = f' id="t-{prefix}-{place.finding}"' if begins and place.anchor else ""
    return f'<mark class="{place.kind}" data-f="{place.finding}"{anchor}{focus}>'


def _flag(segment: Segment) -> str:
    why = f": {segment.why}" if segment.why else ""
    return f'<span class="flag">{escape(visible(_FLAGS[segment.disposition] + why))}</span> '


def _paragraph(first: Segment, inner: str, language: str | None) -> str:
    tag = {"heading": "h3", "quotation": "blockquote"}.get(first.role, "p")
    lang = f' lang="{escape(first.language)}"' if first.language and first.language != language else ""
    return f'<{tag} class="{first.role.replace("_", "-")}" dir="auto"{lang}>{inner}</{tag}>'
