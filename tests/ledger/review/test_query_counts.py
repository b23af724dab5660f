"""However many claims, documents and people there are, a page asks the database as often."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communique.ledger.claims import actions
from communique.ledger.claims.models import Claim, State
from communique.ledger.documents.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

MORE = (
    "---\ndate: {year}-03-01\n---\n\nJapan pledged US${year} million to the Ocean Fund. ASEAN welcomed it.\n"
)


def asked(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "path",
    ["/", "/documents/", "/documents/{pk}/", "/documents/{pk}/text/", "/queue/", "/queue/?kind=contribution",
     "/queue/?party={party}", "/queue/?year=1974", "/queue/?mine=1", "/queue/?challenged=1"],
)  # fmt: skip
def test_a_page_asks_as_often_whatever_it_shows(
    take: Callable[..., object], desk: Callable[..., Client], path: str
) -> None:
    client = desk()
    pk = take().pk
    challenge_one(pk)
    client.post("/queue/assign/", {"document": pk, "account": "Thanat Khoman"})
    party = Claim.objects.get(kind="contribution").links.get(role="donor").entity_id
    asking = path.format(pk=pk, party=party)
    few = asked(client, asking)
    for year in range(1960, 1990):
        take(MORE.format(year=year), name=f"{year}.md")
    many = taken_in_long(take)
    for document in Document.objects.exclude(pk=pk)[:10]:
        challenge_one(document.pk)
        client.post("/queue/assign/", {"document": document.pk, "account": "Thanat Khoman"})
    assert asked(client, path.format(pk=many, party=party)) == few


def challenge_one(pk: int) -> None:
    claim = Claim.objects.filter(document=pk, until=None, kind="statement").order_by("pk")[0]
    done = actions.decide(claim.uid, State.ACCEPTED, version=claim.version, by="Adam Malik")
    actions.challenge(done.claim, "reading/gone", "The newer reader no longer finds this.", None)


def taken_in_long(take: Callable[..., object]) -> int:
    """Take in a document with many findings, and return its id."""
    lines = "\n\n".join(
        f"Japan pledged US${n} million to the Ocean Fund. ASEAN welcomed this." for n in range(2, 40)
    )
    return take(f"---\ndate: 1974-05-01\n---\n\n{lines}\n", name="long.md").pk  # type: ignore[attr-defined]
