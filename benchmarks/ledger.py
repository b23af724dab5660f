"""How quick a large ledger is, on SQLite and on PostgreSQL, and how quickly documents come in.

    python benchmarks/ledger.py documents.jsonl.gz [--documents 100000] [--minutes 30] [--requests 200] [--data DIR]
    DATABASE_URL=postgresql://… python benchmarks/ledger.py …

The corpus (one JSON object a line: `text`, and `title`, `date`, `url` where known) is read once, and taken in again
and again under other days, until there are so many documents or the time is up. Then the ledger is served, and pages
are asked for over HTTP, one after the other, by a signed-in person: each time another document, party, meeting or
word, drawn by chance. Milliseconds, from the request to the last byte of the answer.
"""

from __future__ import annotations

import gzip
import hashlib
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import httpx
from msgspec.structs import replace

from communique.formats import read_bytes
from communique.model import Record, Text
from communique.reading import read_text

NAME, PASSWORD = "bench", "a long pass phrase for a short life"
STEP = 41  # days that a copy of the corpus is older than the one before


@dataclass(frozen=True)
class Taken:
    """What taking in came to."""

    documents: int
    claims: int
    seconds: float
    reading: float
    """Seconds that the bare reader took for a document of the corpus, on average."""


def corpus(path: Path, most: int | None) -> list[bytes]:
    """Return the lines of a corpus."""
    with gzip.open(path, "rb") as file:
        return [line for _, line in zip(range(most or 10**9), file, strict=False)]


def fill(lines: list[bytes], wanted: int, minutes: float) -> Taken:
    """Take the corpus in until there are so many documents, or the time is up."""
    from communique.ledger.claims.models import Claim
    from communique.ledger.documents.models import Document

    began = time.monotonic()
    texts = [t for line in lines for t in read_bytes(line, path="x.jsonl", media_type="application/jsonl")]
    records: list[Record] = []
    reading = time.process_time()
    for text in texts:
        if isinstance(text, Text) and time.monotonic() - began < minutes * 60 / 2:
            records.append(read_text(text))
    reading = (time.process_time() - reading) / len(records)
    filling = time.monotonic()
    done = 0
    for copy in range(10**6):
        for number, record in enumerate(records):
            if done >= wanted or time.monotonic() - filling > minutes * 60:
                spent = time.monotonic() - filling
                return Taken(Document.objects.count(), Claim.objects.count(), spent, reading)
            _keep(record, copy, number)
            done += 1
            if done % 1000 == 0:
                print(f"  {done:,} documents, {done / (time.monotonic() - filling):.0f} a second", file=sys.stderr)
    raise AssertionError("unreachable")


def _keep(record: Record, copy: int, number: int) -> None:
    from django.db import transaction

    from communique.ledger.intake.taking import Arriving, keep

    told = record.document
    day = date.fromisoformat(told.published[:10]) if told.published else date(2020, 1, 1)
    published = (day - timedelta(days=STEP * copy)).isoformat()
    data = f"{copy}\n{number}\n{told.title}\n{told.text}".encode()
    key = hashlib.sha256(data).hexdigest()
    older = replace(record, document=replace(told, published=published, url=None))
    with transaction.atomic():
        keep(older, Arriving(data, name="bench.txt", by=NAME), key, key, None)


class Visitor:
    """A signed-in person with a browser."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, timeout=60, follow_redirects=True)
        page = self.client.get("/sign-in/")
        page.raise_for_status()
        fields = {"name": NAME, "password": PASSWORD, "csrfmiddlewaretoken": self.token()}
        self.client.post("/sign-in/", data=fields, headers={"Referer": address}).raise_for_status()

    def token(self) -> str:
        return self.client.cookies["csrftoken"]

    def get(self, path: str) -> float:
        """Ask for a page and return the milliseconds it took."""
        began = time.perf_counter()
        answer = self.client.get(path)
        took = 1000 * (time.perf_counter() - began)
        answer.raise_for_status()
        if "/sign-in/" in str(answer.url):
            raise SystemExit(f"{path}: not signed in")
        return took

    def post(self, path: str, fields: dict[str, str]) -> float:
        """Send a decision and return the milliseconds it took."""
        headers = {"X-CSRFToken": self.token(), "Referer": str(self.client.base_url), "HX-Request": "true"}
        began = time.perf_counter()
        answer = self.client.post(path, data=fields, headers=headers)
        took = 1000 * (time.perf_counter() - began)
        answer.raise_for_status()
        return took


def measures(visitor: Visitor, draw: random.Random) -> Iterator[tuple[str, Callable[[], float]]]:
    """Yield what is measured: a name, and a request for one such page or act, drawn by chance."""
    from communique.ledger.entities.models import Entity  # noqa: F401
    raise NotImplementedError
