"""The text of a document as HTML, with the claims on it marked where they stand.

Claims overlap: a commitment lies within a welcome, an area within both. The text is cut wherever one begins or
ends, and each piece is wrapped in a ``mark`` for every claim that covers it, the longest outside. Characters
are neither added nor left out: the offset of a place in the page's text is that in the document's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

from communique.ledger.claims.models import Claim
from communique.ledger.writing.visible import inert_part
from communique.model import Segment

_DEEPEST = 4
_TAGS = {"title": "h2", "heading": "h3", "quotation": "blockquote"}


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text that a claim stands on. ``height`` is how many marks lie one in the other above it."""

    start: int
    end: int
    uid: str
    kind: str
    state: str
    height: int = 0


@dataclass(frozen=True, slots=True)
class Strip:
    """A run of tiles on one line: a paragraph, a heading, an item."""

    segments: tuple[Segment, ...]

    @property
    def start(self) -> int:
        return self.segments[0].start

    @property
    def end(self) -> int:
        return self.segments[-1].end


def places(claims: Iterable[Claim]) -> list[Place]:
    """Return where claims stand, by start, the longer first."""
    found = sorted(
        (Place(c.start, c.end, c.uid, c.kind, c.state) for c in claims),
        key=lambda p: (p.start, -p.end, p.uid),
    )
    heights = _heights(found)
    return [Place(p.start, p.end, p.uid, p.kind, p.state, h) for p, h in zip(found, heights, strict=True)]


def text_html(
    text: str, segments: Sequence[Segment], marked: Sequence[Place], *, language: str = ""
) -> SafeString:
    """Return the whole text as paragraphs. ``marked`` come by start, the longer first."""
    begun: set[str] = set()
    out: list[str] = []
    flagged = ""
    first = 0
    for strip in _strips(text, segments):
        while first < len(marked) and marked[first].end <= strip.start:
            first += 1
        near: list[Place] = []
        for place in marked[first:]:
            if place.start >= strip.end:
                break
            if place.end > strip.start:
                near.append(place)
        inner: list[str] = []
        for left, right in pairwise((*strip.segments, None)):
            assert left is not None
            inner.append(_segment(text, left, near, begun, flagged))
            flagged = _flag(left)
            if right is not None:
                inner.append(_written(text[left.end : right.start]))
        out.append(_strip(strip, "".join(inner), language))
    return mark_safe("\n".join(out))


def _heights(found: Sequence[Place]) -> list[int]:
    heights = [0] * len(found)
    for i in range(len(found) - 1, -1, -1):
        for j in range(i + 1, len(found)):
            if found[j].start >= found[i].end or heights[i] >= _DEEPEST:
                break
            heights[i] = max(heights[i], min(heights[j] + 1, _DEEPEST))
    return heights


def _strips(text: str, segments: Sequence[Segment]) -> Iterator[Strip]:
    """Group tiles that stand on one line; what no tile holds becomes an unread one, so that all shows."""
    held: list[Segment] = []
    for segment in _tiled(text, segments):
        if held and "\n" in text[held[-1].end : segment.start]:
            yield Strip(tuple(held))
            held = []
        held.append(segment)
    if held:
        yield Strip(tuple(held))


def _tiled(text: str, segments: Sequence[Segment]) -> Iterator[Segment]:
    at = 0
    for segment in segments:
        yield from _gap(text, at, segment.start)
        yield segment
        at = segment.end
    yield from _gap(text, at, len(text))


def _gap(text: str, start: int, end: int) -> Iterator[Segment]:
    words = text[start:end]
    if words.strip():
        start += len(words) - len(words.lstrip())
        yield Segment(start, start + len(words.strip()), "body")


def _segment(text: str, segment: Segment, near: Sequence[Place], begun: set[str], flagged: str) -> str:
    within = [p for p in near if p.start < segment.end and p.end > segment.start]
    cuts = {segment.start, segment.end}
    cuts |= {at for p in within for at in (p.start, p.end) if segment.start < at < segment.end}
    out: list[str] = []
    open_now: list[Place] = []
    for start, end in pairwise(sorted(cuts)):
        covering = [p for p in within if p.start <= start and p.end >= end]
        common = sum(1 for _ in _same(open_now, covering))
        out.append("</mark>" * (len(open_now) - common))
        out += [_mark(p, begun) for p in covering[common:]]
        out.append(_written(text[start:end]))
        open_now = covering
    out.append("</mark>" * len(open_now))
    inner = "".join(out)
    if segment.disposition == "read":
        return inner
    flag = _flag(segment)
    told = f' data-flag="{escape(flag)}"' if flag != flagged else ""
    return f'<span class="{segment.disposition.replace("_", "-")}"{told}>{inner}</span>'


def _same(one: Sequence[Place], other: Sequence[Place]) -> Iterator[Place]:
    for a, b in zip(one, other, strict=False):
        if a is not b:
            return
        yield a


def _mark(place: Place, begun: set[str]) -> str:
    anchor = "" if place.uid in begun else f' id="t-{place.uid}"'
    begun.add(place.uid)
    return (
        f'<mark class="kind-{place.kind} h{place.height}" data-state="{place.state}"'
        f' data-claim="{place.uid}"{anchor}>'
    )


def _flag(segment: Segment) -> str:
    match segment.disposition:
        case "set_aside":
            return f"set aside: {segment.why}" if segment.why else "set aside"
        case "unread":
            return "unread"
    return ""


def _strip(strip: Strip, inner: str, language: str) -> str:
    first = strip.segments[0]
    tag = _TAGS.get(first.role, "p")
    lang = f' lang="{escape(first.language)}"' if first.language and first.language != language else ""
    return f'<{tag} class="strip {first.role}" dir="auto" data-at="{strip.start}"{lang}>{inner}</{tag}>'


def _written(words: str) -> str:
    return inert_part(words).replace("\r", "&#13;")
