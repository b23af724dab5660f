"""What reading in bulk costs, beside the plain reader in one process, all in one run.

    python benchmarks/bulk.py [documents.jsonl.gz] [--documents 1000] [--sizes 1000,5000,20000] [--json]

A line of the corpus is one JSON object with `text`, and `id`, `title`, `date` and `url` where known. Without a corpus
our own example documents are read. Both are repeated until there are as many documents as asked for. `news.txt` beside
this file is general news, written for it: it shows what the gate before the parser saves. Linux only.

By the clock, a busy machine shows in every figure; seconds of the processor, of all processes of a job together,
change little.
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
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from processes import under  # noqa: E402

from communique.bulk.job import standing  # noqa: E402
from communique.bulk.store import Store  # noqa: E402

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
LOOK = 0.25
Line = dict[str, str]


@dataclass(frozen=True)
class Plain:
    """The reader alone, in one process: seconds after it was loaded."""

    documents: int
    words: int
    clock: float
    processor: float


@dataclass(frozen=True)
class Bulk:
    """A job: seconds after its first reader was loaded, those before it and after the last part, and memory."""

    workers: int
    documents: int
    words: int
    clock: float
    processor: float
    before: float
    after: float
    total: float
    before_processor: float
    memory: float
    """MiB at the highest, of all processes, what they share counted once."""


@dataclass
class Gate:
    """General news with the gate on and off, processor seconds of the reader."""

    documents: int
    words: int
    on: float
    off: float
    findings: int
    lost: int
    gained: int


@dataclass
class Figures:
    plain: Plain
    again: Plain
    one: Bulk
    two: Bulk
    sizes: list[Bulk] = field(default_factory=list)
    gate: Gate | None = None

    @property
    def plain_processor(self) -> float:
        """Seconds for a document, of the two times that it was timed."""
        return (self.plain.processor + self.again.processor) / (self.plain.documents + self.again.documents)

    @property
    def plain_clock(self) -> float:
        return (self.plain.clock + self.again.clock) / (self.plain.documents + self.again.documents)


def main() -> None:
    options = _options()
    if options.plain:
        print(json.dumps(asdict(_plain_here(options.plain))))
        return
    if options.gate_only:
        print(json.dumps(asdict(_gate_here(options.copies))))
        return
    with tempfile.TemporaryDirectory(prefix="communique-bulk-") as folder:
        figures = _measure(options, Path(folder))
    print(json.dumps(asdict(figures), indent=2) if options.json else "\n".join(_table(figures)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", nargs="?", type=Path, help="a documents.jsonl.gz")
    parser.add_argument("--documents", type=int, default=1000, help="read by each of one and two workers")
    parser.add_argument("--sizes", default="", help="sizes of input to compare, as 1000,5000,20000")
    parser.add_argument(
        "--words", type=int, default=10**9, help="leave out longer documents when sizes are compared"
    )
    parser.add_argument("--copies", type=int, default=20, help="of the news")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--plain", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--gate-only", action="store_true", help="only compare the gate on and off")
    return parser.parse_args()


def _measure(options: argparse.Namespace, folder: Path) -> Figures:
    lines = _corpus(options.corpus)
    random.Random(options.seed).shuffle(lines)
    given = _written(lines, options.documents, folder / "documents.jsonl")
    _say(f"plain reader, {options.documents:,} documents")
    plain = _plain(given)
    _say("bulk, one worker")
    one = _bulk(given, folder / "one", 1)
    _say("bulk, two workers")
    two = _bulk(given, folder / "two", 2)
    _say("plain reader again")
    figures = Figures(plain, _plain(given), one, two)
    short = [line for line in lines if len(line["text"].split()) <= options.words]
    for size in [int(n) for n in options.sizes.split(",") if n]:
        _say(f"bulk, two workers, {size:,} documents")
        figures.sizes.append(
            _bulk(_written(short, size, folder / f"{size}.jsonl"), folder / f"size-{size}", 2)
        )
    _say("general news, gate on and off")
    figures.gate = _gate(options.copies)
    return figures


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


# --- documents ------------------------------------------------------------------------------------


def _corpus(path: Path | None) -> list[Line]:
    if path is not None:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            kept = ("id", "title", "date", "url", "text")
            return [{k: str(v) for k, v in json.loads(line).items() if k in kept and v} for line in lines]
    files = sorted((ROOT / "examples" / "partnership").glob("[01]*.md"))
    return [{"id": file.stem, "text": file.read_text("utf-8").split("---\n", 2)[-1]} for file in files]


def _written(lines: Sequence[Line], count: int, path: Path) -> Path:
    """Write as many documents as asked for, the same again and again, each time with another id."""
    with path.open("w", encoding="utf-8") as out:
        for n in range(count):
            line = lines[n % len(lines)]
            out.write(json.dumps(line | {"id": f"{line.get('id', '')}-{n}"}) + "\n")
    return path


# --- the plain reader -----------------------------------------------------------------------------


def _plain(given: Path) -> Plain:
    done = subprocess.run(
        [sys.executable, __file__, "--plain", str(given)],
        check=True,
        capture_output=True,
        text=True,
        env=_alone(),
    )
    return Plain(**json.loads(done.stdout))


def _plain_here(given: Path) -> Plain:
    from communique.events import read_coded
    from communique.formats import read_bytes
    from communique.model import Text

    texts = [t for t in read_bytes(given.read_bytes(), path=given.name) if isinstance(t, Text)]
    read_coded(texts[0])
    clock, processor = time.perf_counter(), time.process_time()
    words = 0
    for text in texts:
        words += len(read_coded(text).record.document.text.split())
    return Plain(len(texts), words, time.perf_counter() - clock, time.process_time() - processor)


def _alone() -> dict[str, str]:
    return os.environ | dict.fromkeys(THREADS, "1")


# --- a job ----------------------------------------------------------------------------------------


class _Watch(threading.Thread):
    """Looks at a job's processes now and then: the seconds they took so far, and the most memory they held."""

    def __init__(self, number: int) -> None:
        super().__init__(daemon=True)
        self._number = number
        self._over = threading.Event()
        self._taken: dict[int, float] = {}
        self.looks: list[tuple[float, float]] = []
        self.memory = 0

    def run(self) -> None:
        while not self._over.wait(LOOK):
            self.look()

    def look(self) -> None:
        processes = under(self._number)
        self._taken |= {p.number: p.seconds for p in processes}
        self.looks.append((time.time(), sum(self._taken.values())))
        self.memory = max(self.memory, sum(p.memory for p in processes))

    def end(self) -> None:
        self._over.set()
        self.join()

    def taken(self, moment: float) -> float:
        """Return the seconds taken at a moment, between two looks in proportion."""
        before = [look for look in self.looks if look[0] <= moment] or [(moment, 0.0)]
        after = [look for look in self.looks if look[0] > moment] or [before[-1]]
        (t0, s0), (t1, s1) = before[-1], after[0]
        return s0 if t1 == t0 else s0 + (s1 - s0) * (moment - t0) / (t1 - t0)


def _bulk(given: Path, out: Path, workers: int) -> Bulk:
    command = [sys.executable, "-m", "communique", "bulk", str(given), str(out)]
    began = time.time()
    process = subprocess.Popen(
        [*command, "--master", f"local[{workers}]"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    watch = _Watch(process.pid)
    watch.start()
    if process.wait() != 0:
        raise SystemExit(f"bulk ended with {process.returncode}")
    ended = time.time()
    watch.end()
    now = standing(out)
    store = Store(out, now.job.key)
    manifests = [store.manifest(n) for n in sorted(store.committed())]
    first, last = min(m.began for m in manifests), max(m.ended for m in manifests)
    return Bulk(
        workers,
        now.counts.documents,
        now.counts.words,
        clock=last - first,
        processor=watch.taken(last) - watch.taken(first),
        before=first - began,
        after=ended - last,
        total=ended - began,
        before_processor=watch.taken(first),
        memory=watch.memory / 2**20,
    )


# --- the gate -------------------------------------------------------------------------------------


def _gate(copies: int) -> Gate:
    done = subprocess.run(
        [sys.executable, __file__, "--gate-only", "--copies", str(copies)],
        check=True,
        capture_output=True,
        text=True,
        env=_alone(),
    )
    return Gate(**json.loads(done.stdout))


def _gate_here(copies: int) -> Gate:
    from communique.events import Coded, read_coded
    from communique.formats import read_bytes
    from communique.model import Text
    from communique.verify import LISTS

    news = (ROOT / "benchmarks" / "news.txt").read_text("utf-8").split("\n---\n")
    texts = [
        text
        for one in news
        for text in read_bytes(one.encode(), path="news", media_type="text/plain")
        if isinstance(text, Text)
    ]
    for text in texts:
        read_coded(text, gate=False)
    times = {True: 0.0, False: 0.0}
    for _ in range(copies):
        for gate in times:
            begun = time.process_time()
            for text in texts:
                read_coded(text, gate=gate)
            times[gate] += time.process_time() - begun

    def found(coded: Coded) -> set[str]:
        lists = (*(getattr(coded.record, name) for name in LISTS), coded.events)
        return {repr(f) for one in lists for f in one}

    pairs = [(found(read_coded(t)), found(read_coded(t, gate=False))) for t in texts]
    return Gate(
        documents=len(texts) * copies,
        words=sum(len(t.content.split()) for t in texts) * copies,
        on=times[True],
        off=times[False],
        findings=sum(len(off) for _, off in pairs),
        lost=sum(len(off - on) for on, off in pairs),
        gained=sum(len(on - off) for on, off in pairs),
    )


# --- output ---------------------------------------------------------------------------------------


def _table(f: Figures) -> list[str]:
    rows = [("", "documents/s", "words/s", "ms/document", "of the processor")]
    plain = (f.plain_clock, f.plain_processor, f.plain.words / f.plain.documents)
    rows.append(("plain reader, one process", *_rates(*plain)))
    for bulk in (f.one, f.two):
        name = f"bulk, {bulk.workers} worker{'s' if bulk.workers > 1 else ''}, after start-up"
        rows.append((name, *_rates(*_each(bulk))))
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    lines = [_aligned(row, widths) for row in rows]
    one, two = _each(f.one), _each(f.two)
    lines += [
        "",
        f"two workers to one, by the clock            {one[0] / two[0]:.2f}",
        f"engine's overhead, one worker, by the clock {one[0] / plain[0] - 1:+.1%}",
        f"engine's overhead, of the processor         {one[1] / plain[1] - 1:+.1%} with one worker, "
        f"{two[1] / plain[1] - 1:+.1%} with two",
        f"start-up, s                                 {f.one.before:.1f} and {f.two.before:.1f}"
        f" ({f.one.before_processor:.1f} and {f.two.before_processor:.1f} of the processor)",
        f"after the last part, s                      {f.one.after:.1f} and {f.two.after:.1f}",
        f"peak memory of all processes, MiB           {f.one.memory:,.0f} and {f.two.memory:,.0f}",
    ]
    for bulk in f.sizes:
        clock, processor, _ = _each(bulk)
        lines.append(
            f"{bulk.documents:>7,} documents, {bulk.words:,} words: {bulk.total:,.0f} s in all, "
            f"{1000 * clock:.1f} ms a document by the clock, {1000 * processor:.1f} of the processor, "
            f"{bulk.memory:,.0f} MiB"
        )
    if f.gate is not None:
        g = f.gate
        lines.append(
            f"general news: {g.words / g.on:,.0f} words/s with the gate, {g.words / g.off:,.0f} without, "
            f"{g.off / g.on:.1f} times; of {g.findings} findings {g.lost} lost, {g.gained} gained"
        )
    return lines


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.rjust(width) if i else cell.ljust(width)
        for i, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join((first, *others))


def _each(bulk: Bulk) -> tuple[float, float, float]:
    return bulk.clock / bulk.documents, bulk.processor / bulk.documents, bulk.words / bulk.documents


def _rates(clock: float, processor: float, words: float) -> tuple[str, str, str, str]:
    return f"{1 / clock:.1f}", f"{words / clock:,.0f}", f"{1000 * clock:.1f}", f"{1000 * processor:.1f}"


if __name__ == "__main__":
    main()
