"""The whole of what a search finds, row by row, to be sent as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.ledger.claims.models import Claim, Link
from communique.ledger.claims.wording import line
from communique.ledger.documents.models import Document, Passage
from communique.ledger.record.called import called
from communique.ledger.record.downloads import Row, Value
from communique.ledger.record.search import queries
from communique.ledger.record.search.queries import Look
from communique.ledger.record.sight import Sight
from communique.ledger.search.index import Of

_DOCUMENT = ("document", "title", "publisher", "published", "url")
COLUMNS: dict[Of, tuple[str, ...]] = {
    "claim": (
        *("claim", "version", "kind", "act", "state", "day", "reads", "about", "quote"),
        *("amount", "currency", "stage", "start", "end"),
        *_DOCUMENT,
    ),
    "passage": ("day", "text", "start", "end", *_DOCUMENT),
}
_AT_ONCE = 250


def rows(look: Look) -> Iterator[Row]:
    """Yield all that is asked for, newest first."""
    before: int | None = None
    while True:
        hits, before = queries.older(look, before, _AT_ONCE)
        if look.of == "claim":
            found = queries.claims(hits, look.sight)
            about = _about(found, look.sight)
            yield from (_claim(claim, about.get(claim.pk, ())) for claim in found)
        else:
            yield from map(_passage, queries.passages(hits, look.sight))
        if before is None:
            return


def _about(claims: Iterable[Claim], sight: Sight) -> dict[int, tuple[str, ...]]:
    links = list(
        Link.objects.filter(claim__in=[c.pk for c in claims])
        .order_by("pk")
        .values_list("claim_id", "role", "entity_id")
    )
    names = called(sight, (entity for _, _, entity in links))
    found: dict[int, dict[str, None]] = {}
    for claim, role, entity in links:
        found.setdefault(claim, {})[f"{role}: {names[entity].name}"] = None
    return {claim: tuple(told) for claim, told in found.items()}


def _claim(claim: Claim, about: tuple[str, ...]) -> Row:
    return _of(claim.document) | {
        "claim": claim.uid,
        "version": claim.version,
        "kind": claim.kind,
        "act": claim.act,
        "state": claim.state,
        "day": claim.day,
        "reads": line(claim.finding()).text,
        "about": about,
        "quote": claim.quote,
        "amount": claim.amount.normalize() if claim.amount is not None else None,
        "currency": claim.currency,
        "stage": claim.stage,
        "start": claim.start,
        "end": claim.end,
    }


def _passage(passage: Passage) -> Row:
    said = str(passage.said)  # type: ignore[attr-defined]
    place = {"day": passage.document.day, "text": said, "start": passage.start, "end": passage.end}
    return _of(passage.document) | place


def _of(document: Document) -> dict[str, Value]:
    told = (document.pk, document.title, document.publisher, document.published, document.url)
    return dict(zip(_DOCUMENT, told, strict=True))
