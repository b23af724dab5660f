"""Makes of what was found what the page shows: words in context, with those looked for marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from communique.ledger.claims.models import Claim
from communique.ledger.design.cards import Card
from communique.ledger.documents.models import Document, Passage
from communique.ledger.record.cards import cards
from communique.ledger.record.sight import Sight
from communique.ledger.search.marking import Piece, marks, pieces, window
from communique.ledger.search.query import Query

_SNIPPET = 360


@dataclass(frozen=True, slots=True)
class Quote:
    """A claim that was found."""

    card: Card
    before: str
    said: tuple[Piece, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Hits:
    """A document that was found, with the parts of it in which the words stand."""

    document: Document
    title: tuple[Piece, ...]
    kind: str
    href: str
    snippets: tuple[tuple[Piece, ...], ...]
    is_earlier: bool
    """Whether a newer version of it came since."""


def quotes(claims: Sequence[Claim], query: Query | None, sight: Sight) -> list[Quote]:
    """Return claims as they are shown."""
    return [_quote(claim, card, query) for claim, card in zip(claims, cards(claims, sight), strict=True)]


def documents(passages: Sequence[Passage], query: Query | None, sight: Sight) -> list[Hits]:
    """Return passages as they are shown, those of one document together."""
    return [
        _hits(found[0].document, found, query, sight)
        for found in (list(of) for _, of in groupby(passages, key=lambda p: p.document_id))
    ]


def _hits(document: Document, found: Sequence[Passage], query: Query | None, sight: Sight) -> Hits:
    title = str(document)
    return Hits(
        document,
        tuple(pieces(title, marks(title, query))),
        document.kind.replace("_", " "),
        sight.at(reverse("review:document", args=(document.pk,))),
        tuple(_snippet(passage, query) for passage in found),
        bool(found[0].is_earlier),  # type: ignore[attr-defined]
    )


def _quote(claim: Claim, card: Card, query: Query | None) -> Quote:
    before, after = str(claim.said_before), str(claim.said_after)  # type: ignore[attr-defined]
    said = tuple(pieces(claim.quote, marks(claim.quote, query)))
    return Quote(card, _end_of(before, whole=len(before) == claim.start), said, _start_of(after))


def _snippet(passage: Passage, query: Query | None) -> tuple[Piece, ...]:
    text = str(passage.said)  # type: ignore[attr-defined]
    spans = marks(text, query)
    start, end = window(text, spans, _SNIPPET)
    inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    shown = pieces(text[start:end], inside)
    return (*([Piece("… ")] if start else []), *shown, *([Piece(" …")] if end < len(text) else []))


def _end_of(text: str, *, whole: bool) -> str:
    """Return the last paragraph of what stands before a quote, from a word on."""
    last = text.rpartition("\n")[2]
    if whole or len(last) < len(text):
        return last
    return f"… {last.partition(' ')[2]}"


def _start_of(text: str) -> str:
    """Return the first paragraph of what stands after a quote, up to a word."""
    first = text.partition("\n")[0]
    return first if len(first) < len(text) or not first else f"{first.rpartition(' ')[0]} …"
