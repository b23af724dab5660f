"""Search over the API."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query, Schema
from pydantic import Field

from communique.ledger.accounts.viewer import Request
from communique.ledger.api import routers as parts
from communique.ledger.api.app import WRONG, may
from communique.ledger.api.claims import whole
from communique.ledger.api.types import ClaimKind, ClaimOut, Cursor, Day, DocumentOut, Id, Limit, Page, Words
from communique.ledger.claims.models import Claim, State
from communique.ledger.record.search import queries
from communique.ledger.record.search.wanted import Wanted, wanted
from communique.ledger.record.sight import Sight
from communique.ledger.search.index import Hit
from communique.model import Act

_Number = Annotated[int, Field(ge=1, le=2**37)]


class Asked(Schema):
    """What is searched for: words, and what of each facet."""

    q: Annotated[Words, Field(max_length=2000)] = ""
    """Words that must all occur, "phrases", -without, this OR that, begin*."""
    kind: list[ClaimKind] = Field(default_factory=list)
    state: list[State] = Field(default_factory=list)
    act: list[Act] = Field(default_factory=list)
    party: list[_Number] = Field(default_factory=list)
    person: list[_Number] = Field(default_factory=list)
    series: list[_Number] = Field(default_factory=list)
    meeting: list[_Number] = Field(default_factory=list)
    instrument: list[_Number] = Field(default_factory=list)
    fund: list[_Number] = Field(default_factory=list)
    issue: list[_Number] = Field(default_factory=list)
    area: list[_Number] = Field(default_factory=list)
    document: list[_Number] = Field(default_factory=list)
    year: list[Annotated[int, Field(ge=1, le=9999)]] = Field(default_factory=list)
    as_of: Day = None


class Passage(Schema):
    """A stretch of a document in which the words stand."""

    document: DocumentOut
    start: int
    end: int
    text: str


@parts.search.get("/search", response={200: Page[ClaimOut], **WRONG}, operation_id="search_quotes")
@may("read")
def quotes(request: Request, asked: Query[Asked], cursor: Cursor = None, limit: Limit = 50) -> Page[ClaimOut]:
    """Find quotes, the newest first. 422: the query can't be meant."""
    sight = Sight.of(request)
    hits, last = _found(_wanted(request, "quotes"), sight, cursor, limit)
    order = {hit.row: place for place, hit in enumerate(hits)}
    rows = sorted(
        whole(Claim.objects.filter(pk__in=[c.pk for c in queries.claims(hits, sight)])),
        key=lambda c: order[c.pk],
    )
    return Page(items=[ClaimOut.of(c) for c in rows], next=last)


@parts.search.get(
    "/search/documents", response={200: Page[Passage], **WRONG}, operation_id="search_documents"
)
@may("read")
def documents(
    request: Request,
    q: Annotated[Words, Field(max_length=2000)] = "",
    document: Query[list[Id]] = [],  # noqa: B006
    year: Query[list[Annotated[int, Field(ge=1, le=9999)]]] = [],  # noqa: B006
    as_of: Day = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[Passage]:
    """Find documents by their text, the newest first, each with the passage in which the words stand."""
    sight = Sight.of(request)
    hits, last = _found(_wanted(request, "documents"), sight, cursor, limit)
    return Page(
        items=[
            Passage(document=DocumentOut.of(p.document), start=p.start, end=p.end, text=p.said)  # type: ignore[attr-defined]
            for p in queries.passages(hits, sight)
        ],
        next=last,
    )


def _wanted(request: Request, place: Literal["quotes", "documents"]) -> Wanted:
    """Return the search that the request asks for. Raises UnclearQuery."""
    asked = request.GET.copy()
    asked["in"] = place
    asked.pop("before", None)
    return wanted(asked)


def _found(asked: Wanted, sight: Sight, cursor: int | None, limit: int) -> tuple[tuple[Hit, ...], int | None]:
    """Return a part of what is found; a search for nothing finds nothing."""
    if asked.is_empty:
        return (), None
    return queries.older(queries.look(asked, sight), cursor, limit)
