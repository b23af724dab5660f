"""How quick a large ledger is, on SQLite and on PostgreSQL, and how quickly documents come in.

    python benchmarks/ledger.py documents.jsonl.gz [--documents 100000] [--minutes 30] [--requests 200]
    python tools/cluster.py --durable python benchmarks/ledger.py documents.jsonl.gz …

The corpus (one JSON object a line: `text`, and `title`, `date`, `url` where known) is read once, and taken in again
and again under other days, until there are so many documents or the time is up. Then the ledger is served, and pages
are asked for over HTTP, one after the other, by a signed-in person: each time another document, party, meeting or
word, drawn by chance. Milliseconds, from the request to the last byte of the answer.

On PostgreSQL where DATABASE_URL (or TEST_DATABASE_URL, as tools/cluster.py sets it) names a database. A ledger that
was filled before (--data DIR) is filled no further than wanted.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

import httpx
from ledger_visit import NAME, PASSWORD, Measure, Visitor, measures
from msgspec.structs import replace

from communique.formats import read_bytes
from communique.model import Record, Text
from communique.reading import read_text

STEP = 41  # days that a copy of the corpus is older than the one before
WARM = 3  # requests of each sort before those that count
PATIENCE = 120  # seconds that the server has to start, and to stop
SAMPLE = 200  # documents by which taking in is held beside the bare reader


@dataclass(frozen=True)
class Took:
    """What requests of one sort took, in milliseconds."""

    name: str
    goal: float
    requests: int
    p50: float
    p95: float
    most: float

    @property
    def missed(self) -> bool:
        return self.p95 > self.goal


@dataclass(frozen=True)
class Filled:
    """A ledger as it was measured."""

    database: str
    documents: int
    claims: int
    links: int
    added: int
    """Documents that were taken in for this run, from records read before: no measure of reading."""
    seconds: float


def main() -> None:
    """Fill, serve, measure and tell."""
    options = _options()
    if "DATABASE_URL" not in os.environ and os.environ.get("TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
    if options.data:
        options.data.mkdir(parents=True, exist_ok=True)
    place = nullcontext(options.data) if options.data else tempfile.TemporaryDirectory(prefix="ledger-")
    with place as folder:
        taken_in = None if options.pages_only else intake(options.corpus)
        filled = ready(Path(folder), options)
        with served(Path(folder)) as address:
            took = list(_measured(address, options))
    load = os.getloadavg()[1]
    if options.json:
        figures = {"filled": asdict(filled), "taken_in": taken_in, "load": load}
        print(json.dumps(figures | {"took": [asdict(t) for t in took]}))
    else:
        print(told(filled, taken_in, took, load))


def ready(folder: Path, options: argparse.Namespace) -> Filled:
    """Fill the ledger in a folder where it holds too little, and make the account that looks at it."""
    from communique.ledger.start import start

    start(folder)
    from django.db import connection

    from communique.ledger.accounts import actions
    from communique.ledger.accounts.models import Account
    from communique.ledger.claims.models import Claim, Link
    from communique.ledger.documents.models import Document

    before, began = Document.objects.count(), time.monotonic()
    if before < options.documents:
        fill(corpus(options.corpus), before, options.documents, options.minutes)
    seconds = time.monotonic() - began
    if not Account.objects.filter(name=NAME).exists():
        actions.create(NAME, "administrator", by=None, password=PASSWORD)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does some minutes after a filling like this
    documents = Document.objects.count()
    return Filled(
        database=_database(),
        documents=documents,
        claims=Claim.objects.count(),
        links=Link.objects.count(),
        added=documents - before,
        seconds=seconds,
    )


def corpus(path: Path) -> list[bytes]:
    """Return the lines of a corpus."""
    with gzip.open(path, "rb") as file:
        return list(file)


def fill(lines: list[bytes], held: int, wanted: int, minutes: float) -> None:
    """Take the corpus in until the ledger holds so many documents, or the time is up."""
    began = time.monotonic()
    records: list[Record] = []
    texts = (t for line in lines for t in read_bytes(line, path="x.jsonl", media_type="application/jsonl"))
    for text in texts:
        if time.monotonic() - began > minutes * 60 / 2 or len(records) >= wanted - held:
            break
        if isinstance(text, Text):
            records.append(read_text(text))
    copies = -(-held // len(records))  # rounded up: those are there
    for done in range(wanted - held):
        if time.monotonic() - began > minutes * 60:
            return
        copy, number = divmod(done, len(records))
        _keep(records[number], copies + copy, number)
        if done % 1000 == 999:
            print(f"  {held + done + 1:,} documents", file=sys.stderr)


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


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the ledger as a person would, and yield its address."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    words = [sys.executable, "-m", "communique", "serve", "--data", str(folder), "--port", str(port)]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(server, address)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(server: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            httpx.get(f"{address}/sign-in/", timeout=PATIENCE).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"the server did not start: {server.poll()}")


def _measured(address: str, options: argparse.Namespace) -> Iterator[Took]:
    visitor = Visitor(address)
    for measure in measures(visitor, random.Random(options.seed)):
        if options.only and options.only not in measure.name:
            continue
        took = _took(measure, options.requests)
        if not options.json:
            print(f"  {took.name}: {took.p95:.0f} ms", file=sys.stderr)
        yield took


def _took(measure: Measure, requests: int) -> Took:
    for _ in range(WARM):
        measure.once()
    times = sorted(measure.once() for _ in range(requests))
    p50, p95 = statistics.median(times), times[max(0, -(-95 * len(times) // 100) - 1)]
    return Took(measure.name, measure.goal, requests, p50, p95, times[-1])


def intake(path: Path) -> dict[str, object]:
    """Hold taking in beside the bare reader, in an empty ledger on the same database server."""
    words = [sys.executable, Path(__file__).with_name("ledger_intake.py"), path, "--json"]
    words += ["--documents", str(SAMPLE)]
    with _empty_database() as environment:
        done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return figures


@contextmanager
def _empty_database() -> Iterator[dict[str, str]]:
    """Yield the environment that names one: nothing for SQLite, which is kept in a folder of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.endswith("DATABASE_URL")}
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield environment
        return
    import psycopg

    name = f"intake_{os.getpid()}"
    base, _, _ = address.rpartition("/")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        try:
            yield environment | {"DATABASE_URL": f"{base}/{name}"}
        finally:
            connection.execute(f"DROP DATABASE {name}")  # type: ignore[call-overload]


def _database() -> str:
    from django.db import connection

    if connection.vendor != "postgresql":
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('fsync')")
        version, fsync = cursor.fetchone()
    return f"PostgreSQL {version.split()[0]}{'' if fsync == 'on' else ', forgetful: fsync is off'}"


def told(filled: Filled, taken_in: dict[str, object] | None, took: list[Took], load: float) -> str:
    """Return the figures as a table, with the goals beside them."""
    lines = [
        f"{filled.database}: {filled.documents:,} documents, {filled.claims:,} claims, {filled.links:,} links; "
        f"{os.cpu_count()} cores, {load:.1f} processes waiting for them",
        "",
        f"{'milliseconds':36}{'requests':>9}{'p50':>8}{'p95':>8}{'most':>8}{'goal':>8}",
    ]
    lines += [
        f"{t.name:36}{t.requests:>9}{t.p50:>8.0f}{t.p95:>8.0f}{t.most:>8.0f}{t.goal:>8.0f}"
        f"{'  missed' if t.missed else ''}"
        for t in took
    ]
    if filled.added:
        lines += ["", f"filled with {filled.added:,} documents in {filled.seconds / 60:.0f} minutes"]
    if taken_in is not None:
        share = float(str(taken_in["share"]))
        lines += [
            "",
            f"taken in {taken_in['ledger']:.1f} documents a second, the bare reader {taken_in['reader']:.1f}: "
            f"{share:.0%} of it (goal: 70%){'' if share >= 0.7 else '  missed'}",
        ]
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--minutes", type=float, default=30, help="that filling may take")
    parser.add_argument("--requests", type=int, default=200, help="of each sort")
    parser.add_argument("--data", type=Path, help="a folder to keep the ledger in, and to find it again")
    parser.add_argument("--only", metavar="WORDS", help="measure only what is called so, as in: party")
    parser.add_argument("--pages-only", action="store_true", help="do not measure taking in")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser.parse_args()


if __name__ == "__main__":
    main()
