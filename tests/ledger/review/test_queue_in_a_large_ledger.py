"""However much waits, a page of the queue is read along an index, and no further than it is long."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communique.ledger.claims.models import Claim
from communique.ledger.review import queue

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.parametrize(
    ("path", "index"),
    [
        ("/queue/", "claim_queue"),
        ("/queue/?kind=contribution", "claim_queue_kind"),
        ("/queue/?unsure=1", "claim_unsure"),
        ("/queue/?challenged=1", "claim_challenged"),
    ],
)
def test_the_queue_is_read_along_its_index(
    take: Callable[..., object], reviewer: Client, path: str, index: str
) -> None:
    take()
    with CaptureQueriesContext(connection) as captured:
        reviewer.get(path)
    asked = [q["sql"] for q in captured if '"weight" DESC' in q["sql"] and q["sql"].startswith("SELECT")]
    plans = [plan(sql) for sql in asked]
    assert any(f"{index} " in told for told in plans)
    assert not any("TEMP B-TREE" in told or "Sort" in told for told in plans)


@pytest.mark.parametrize(
    "asked", ["party={party}", "year={year}", "year={year}&party={party}&kind=commitment"]
)
def test_it_makes_no_difference_how_much_there_is_of_a_party_or_a_year(
    take: Callable[..., object], reviewer: Client, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    take()
    claim = Claim.objects.filter(kind="commitment", document__day__isnull=False)[0]
    party = claim.links.filter(role="debtor")[0].entity_id
    assert claim.document.day is not None
    path = f"/queue/?{asked.format(party=party, year=claim.document.day.year)}"
    few = shown(reviewer, path)
    monkeypatch.setattr(queue, "_FEW_LINKS", 0)
    monkeypatch.setattr(queue, "_FEW_DOCUMENTS", 0)
    assert few[1]
    assert shown(reviewer, path) == few


def shown(client: Client, path: str) -> tuple[str, list[str]]:
    context = client.get(path).context
    return context["count"], [row.card.claim.uid for row in context["cards"]]


def plan(sql: str) -> str:
    """Return how the database goes about a query, where it would rather not sort or read a table through."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute(f"EXPLAIN {sql}")
            return "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(f"EXPLAIN QUERY PLAN {sql.replace('%', '%%')}")
        return "\n".join(f"{row[3]} " for row in cursor.fetchall())
