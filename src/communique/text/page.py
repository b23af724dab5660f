"""A document prepared for the finders: its text, its sentences, who is named in them, and the parses on demand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from communique.model import Document, PartyKind, PartyRef, Role, Segment
from communique.text.mending import mended
from communique.text.syntax import Parse, parse_all


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to be read. ``start`` and ``end`` are offsets into the document's text."""

    index: int
    start: int
    end: int
    role: Role
    paragraph: int


@dataclass(frozen=True, slots=True)
class Named:
    """A place where a party is named, and the party that name stands for.

    ``form`` says how: ``name`` (Republic of Korea, ROK, South Korea), ``demonym`` (Korean), ``capital`` (Seoul,
    standing for the state only where the grammar says so), ``person`` (President Yoon Suk Yeol; the span holds
    name and post), ``office`` (the Prime Minister of Japan, unnamed), ``group`` (ASEAN member states).
    """

    start: int
    end: int
    id: str
    name: str
    kind: PartyKind
    form: str
    party: str | None = None
    post: str | None = None

    @property
    def ref(self) -> PartyRef:
        return PartyRef(self.id, self.name, self.party)


@dataclass(frozen=True)
class Page:
    """What a finder is given.

    ``sentences`` holds only what is to be read (no furniture, no title or byline). ``named`` is sorted by start and
    doesn't overlap. ``issuer`` is the party that publishes (the United States for a White House release), where
    the publisher's vocabulary knows it; ``published`` the day of publication.
    """

    document: Document
    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]
    named: tuple[Named, ...]
    published: date | None = None
    issuer: PartyRef | None = None
    issuer_post: str | None = None
    _parses: dict[int, Parse] = field(default_factory=dict, repr=False, compare=False)

    @property
    def text(self) -> str:
        return self.document.text

    @cached_property
    def _starts(self) -> list[int]:
        return [n.start for n in self.named]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def named_in(self, start: int, end: int) -> Sequence[Named]:
        """List the parties named wholly within a span, in order."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return [n for n in self.named[first:last] if n.end <= end]

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that holds an offset, or None where furniture or a title stands there."""
        i = bisect_right(self._sentence_starts, offset) - 1
        if i < 0:
            return None
        sentence = self.sentences[i]
        return sentence if offset < sentence.end else None

    def words(self, sentence: Sentence) -> str:
        return self.text[sentence.start : sentence.end]

    def parse(self, sentence: Sentence) -> Parse:
        """Return the parse of a sentence, made now if `parse_ahead` did not make it."""
        if sentence.index not in self._parses:
            self.parse_ahead([sentence])
        return self._parses[sentence.index]

    def parse_ahead(self, sentences: Sequence[Sentence]) -> None:
        """Parse many sentences in one batch: several times faster than one by one."""
        wanted = [s for s in sentences if s.index not in self._parses]
        parses = parse_all([(s.start, self.words(s)) for s in wanted])
        self._parses.update({s.index: mended(p) for s, p in zip(wanted, parses, strict=True)})

    def paragraph(self, number: int) -> Iterator[Sentence]:
        return (s for s in self.sentences if s.paragraph == number)
