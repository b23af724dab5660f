"""What taking documents into a ledger costs, beside the bare reader on the same documents, in one run.

    python benchmarks/ledger_intake.py documents.jsonl.gz [--documents 300] [--seed 1] [--json]

The documents are taken in as a worker does it: bytes stored, job after job, each committed to the disk. Reader
and worker take turns, a chunk of documents each, so that a busy machine slows both. On SQLite, and, where
DATABASE_URL names an empty PostgreSQL database, there too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

CHUNK = 20
WARM = 10


@dataclass
class Spent:
    """Seconds that a number of documents took, by the clock and of the processor."""

    clock: float = 0.0
    processor: float = 0.0


@dataclass(frozen=True)
class Figures:
    """Documents a second, by the clock and by the processor's time."""

    database: str
    documents: int
    words: int
    claims: int
    reader: float
    ledger: float
    share: float
    reader_processor: float
    ledger_processor: float
    share_processor: float


def main() -> None:
    options = _options()
    if options.child:
        print(json.dumps(asdict(measure(options.corpus, options.documents, options.seed))))
        return
    addresses = [None, os.environ["DATABASE_URL"]] if os.environ.get("DATABASE_URL") else [None]
    for address in addresses:
        figures = Figures(**json.loads(_run(address)))
        print(json.dumps(asdict(figures)) if options.json else _told(figures))


def measure(corpus: Path, documents: int, seed: int) -> Figures:
    """Read and take in a sample, in a ledger of its own."""
    from communique.ledger.start import start
    from communique.reading import read_text

    with tempfile.TemporaryDirectory(prefix="ledger-") as folder:
        start(Path(folder))
        from django.db import connection

        from communique.ledger.claims.models import Claim

        sample = [_file(line) for line in _sample(corpus, documents + WARM, seed)]
        reading, taking, words = Spent(), Spent(), 0
        _take_in(sample[:WARM], Spent())
        claims = Claim.objects.count()
        for at in range(WARM, len(sample), CHUNK):
            chunk = sample[at : at + CHUNK]
            with _Clock(reading):
                records = [read_text(next(_texts(data))) for data in chunk]
            words += sum(len(record.document.text.split()) for record in records)
            _take_in(chunk, taking)
        claims = Claim.objects.count() - claims
        vendor = connection.vendor
        connection.close()
    return Figures(
        database=vendor,
        documents=len(sample) - WARM,
        words=words,
        claims=claims,
        reader=(len(sample) - WARM) / reading.clock,
        ledger=(len(sample) - WARM) / taking.clock,
        share=reading.clock / taking.clock,
        reader_processor=(len(sample) - WARM) / reading.processor,
        ledger_processor=(len(sample) - WARM) / taking.processor,
        share_processor=reading.processor / taking.processor,
    )


def _take_in(chunk: Iterable[bytes], spent: Spent) -> None:
    from communique.ledger.intake import actions
    from communique.ledger.intake.models import Job, JobState
    from communique.ledger.intake.worker import work

    with _Clock(spent):
        for number, data in enumerate(chunk):
            actions.ask_bytes(data, name=f"{number}.jsonl", by="benchmark")
        work(threading.Event(), until_empty=True)
    failed = Job.objects.exclude(state=JobState.DONE).first()
    if failed is not None:
        raise SystemExit(f"{failed}: {failed.state} {failed.reason}")


class _Clock:
    def __init__(self, spent: Spent) -> None:
        self._spent = spent

    def __enter__(self) -> None:
        self._clock, self._processor = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self._spent.clock += time.perf_counter() - self._clock
        self._spent.processor += time.process_time() - self._processor


def _texts(data: bytes) -> Iterable:
    from communique.formats import read_bytes

    return read_bytes(data, path="line.jsonl")


def _sample(corpus: Path, documents: int, seed: int) -> list[dict[str, str]]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        known = [json.loads(line) for line in lines]
    return random.Random(seed).sample(known, min(documents, len(known)))


def _file(line: dict[str, str]) -> bytes:
    return json.dumps({k: line[k] for k in ("text", "title", "date", "url") if line.get(k)}).encode()


def _run(address: str | None) -> str:
    """Measure in a process of its own, that knows one database."""
    environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "COMMUNIQUE_DATA")}
    if address:
        environment["DATABASE_URL"] = address
    done = subprocess.run(
        [sys.executable, __file__, *sys.argv[1:], "--child"],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return done.stdout


def _told(figures: Figures) -> str:
    return (
        f"{figures.database}: {figures.documents:,} documents of {figures.words / figures.documents:,.0f} words, "
        f"{figures.claims / figures.documents:.1f} claims each\n"
        f"  bare reader  {figures.reader:6.1f} documents a second ({figures.reader_processor:.1f} of processor time)\n"
        f"  taking in    {figures.ledger:6.1f} documents a second ({figures.ledger_processor:.1f} of processor time)\n"
        f"  share        {figures.share:6.0%} ({figures.share_processor:.0%} of processor time)"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON object a database")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
