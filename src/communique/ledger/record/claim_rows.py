"""Claims as rows of a file: the same columns for every list of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

from communique.ledger.accounts.viewer import Request
from communique.ledger.claims.models import Claim
from communique.ledger.record.addresses import claim_page
from communique.ledger.record.cards import Linked, card, links
from communique.ledger.record.claim_list import Wanted, every
from communique.ledger.record.downloads import Format, Row, download
from communique.ledger.record.sight import Sight

COLUMNS = (
    "claim", "kind", "state", "day", "who", "does", "whom", "value", "act", "amount", "currency", "stage", "due",
    "instrument", "quote", "start", "end", "document", "title", "publisher", "published", "source", "address",
)  # fmt: skip


def claims_file(
    request: Request, sight: Sight, wanted: Wanted, *, name: str, format: Format
) -> StreamingHttpResponse:
    """Return all claims of a list as a file."""
    found = every(sight, wanted)
    return download(rows(request, sight, found), COLUMNS, name=name, format=format)


def rows(request: Request, sight: Sight, batches: Iterable[Sequence[Claim]]) -> Iterator[Row]:
    """Yield a row for each claim."""
    for claims in batches:
        about = links(claims, sight)
        for claim in claims:
            yield _row(request, sight, claim, about[claim.pk])


def _row(request: Request, sight: Sight, claim: Claim, about: Linked) -> Row:
    shown = card(claim, about, sight)
    return {
        "claim": claim.uid,
        "kind": claim.kind,
        "state": claim.state,
        "day": claim.day,
        "who": [n.name for n in shown.who],
        "does": shown.verb,
        "whom": [n.name for n in shown.whom],
        "value": shown.value,
        "act": claim.act,
        "amount": None if claim.amount is None else claim.amount.normalize(),
        "currency": claim.currency,
        "stage": claim.stage,
        "due": claim.due,
        "instrument": [c.name for c in (*about["instrument"], *about["fund"])],
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "document": claim.document_id,
        "title": claim.document.title,
        "publisher": claim.document.publisher,
        "published": claim.document.published,
        "source": claim.document.url,
        "address": request.build_absolute_uri(sight.at(claim_page(claim.uid))),
    }
