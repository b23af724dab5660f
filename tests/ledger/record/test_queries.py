"""Pages ask the database no more the longer their lists are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db

RELEASE = """\
---
title: Release number {n}
date: {year}-03-{day:02}
publisher: Dialogue Office
---

Suva: The 3rd ASEAN-PIF Dialogue was held in Suva on 10 March 1975. The Dialogue was co-chaired by the Minister of
Foreign Affairs of Indonesia and the Minister of Foreign Affairs of Fiji.

The Meeting discussed the law of the sea, and the state of the harbour of town {n}.

ASEAN agreed to train {n} pilots by the end of 1976. Japan pledged US${n} million to the Pacific Tide Fund. Adam Malik,
Minister of Foreign Affairs of Indonesia, welcomed the ASEAN-PIF Plan of Action 1972-1976.

Significant progress has been made under the ASEAN-PIF Plan of Action 1972-1976 in fisheries.
"""
PLACES = (
    (
        "party",
        "ASEAN",
        ("/parties/{pk}/", "/parties/{pk}/said/", "/parties/{pk}/promised/", "/parties/{pk}/issues/"),
    ),
    ("party", "Japan", ("/parties/{pk}/money/",)),
    ("party", "Indonesia", ("/parties/{pk}/meetings/",)),
    ("person", "Adam Malik", ("/people/{pk}/",)),
    ("series", "ASEAN-PIF Dialogue", ("/meetings/{pk}/",)),
    ("meeting", "3rd ASEAN-PIF Dialogue", ("/meetings/{pk}/", "/meetings/{pk}/claims/")),
    (
        "instrument",
        "ASEAN-PIF Plan of Action 1972-1976",
        ("/instruments/{pk}/", "/instruments/{pk}/said/", "/instruments/{pk}/progress/"),
    ),
    ("fund", "Pacific Tide Fund", ("/funds/{pk}/", "/funds/{pk}/said/")),
    ("issue", "law of the sea", ("/issues/{pk}/",)),
)
LISTS = ("/parties/", "/people/", "/meetings/", "/instruments/", "/funds/", "/issues/", "/areas/", "/commitments/",
         "/commitments/?due=overdue", "/commitments/?on=pilots",
         "/parties/?format=csv", "/commitments/?format=json")  # fmt: skip


def test_fifty_documents_ask_for_no_more_than_five(pages, take, entity):
    for n in range(1, 6):
        take(RELEASE.format(n=n, year=1976, day=n))
    paths = [*LISTS, *(way.format(pk=entity(kind, name).pk) for kind, name, ways in PLACES for way in ways)]
    few = {path: _asked(pages, path) for path in paths}
    for n in range(6, 51):
        take(RELEASE.format(n=n, year=1976 + n % 9, day=1 + n % 28))
    many = {path: _asked(pages, path) for path in paths}
    assert {path: (few[path], asked) for path, asked in many.items() if asked > few[path]} == {}
    assert max(many.values()) <= 90


def _asked(pages, path):
    with CaptureQueriesContext(connection) as queries:
        response = pages.client.get(path)
        assert response.status_code == 200
        if response.streaming:
            b"".join(response.streaming_content)
    return len(queries)
