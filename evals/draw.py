"""Draws statements and commitments at random from documents nobody looked at, as a sheet to judge by hand.

    python evals/draw.py CORPUS --seed 7 [--documents 100] [--statements 200] [--commitments 60]
                         [--exclude IDS] [-o SHEET.jsonl]

CORPUS is a .jsonl or .jsonl.gz with one document a line (`id`, `text`; `title`, `date`, `url` where known).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from communique import read
from communique.model import Commitment, PartyRef, Record, Statement

MARGIN = 300


@dataclass(frozen=True)
class Source:
    """A document of the corpus."""

    id: str
    text: str
    title: str | None
    date: str | None
    url: str | None = None


@dataclass(frozen=True)
class Line:
    """A finding to judge: ``verdict`` is to be filled in with right, wrong or unsure, ``note`` with why."""

    id: str
    type: str
    document: str
    title: str | None
    act: str | None
    polarity: str | None
    status: str | None
    who: tuple[str, ...]
    deadline: str | None
    quote: str
    context: str
    verdict: str = ""
    note: str = ""


def main() -> None:
    options = _options()
    chance = random.Random(options.seed)
    documents = _draw(options, chance)
    found = [(source, _read(source)) for source in documents]
    statements = [line for source, record in found for line in _statements(source, record)]
    commitments = [line for source, record in found for line in _commitments(source, record)]
    lines = [*_some(statements, options.statements, chance), *_some(commitments, options.commitments, chance)]
    options.output.writelines(json.dumps(asdict(line), ensure_ascii=False) + "\n" for line in lines)
    print(
        f"{len(documents)} documents, {len(statements)} statements, {len(commitments)} commitments: "
        f"drew {len(lines)} to judge",
        file=sys.stderr,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--statements", type=int, default=200)
    parser.add_argument("--commitments", type=int, default=60)
    parser.add_argument("--exclude", type=Path, help="a file of document ids to leave out, one a line")
    parser.add_argument("-o", "--output", type=argparse.FileType("w", encoding="utf-8"), default=sys.stdout)
    return parser.parse_args()


def _draw(options: argparse.Namespace, chance: random.Random) -> list[Source]:
    excluded = set(options.exclude.read_text(encoding="utf-8").split()) if options.exclude else set()
    sources = [source for source in _corpus(options.corpus) if source.id not in excluded]
    return chance.sample(sources, min(options.documents, len(sources)))


def _corpus(path: Path) -> Iterator[Source]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for row in map(json.loads, content.splitlines()):
        yield Source(
            row["id"], row["text"], row.get("title") or None, row.get("date") or None, row.get("url") or None
        )


def _read(source: Source) -> Record:
    """Read a document as the corpus gives it: its address says who publishes it."""
    line = json.dumps({k: v for k, v in asdict(source).items() if v is not None})
    return read(line.encode(), media_type="application/jsonl")


def _some(lines: Sequence[Line], count: int, chance: random.Random) -> list[Line]:
    return chance.sample(lines, min(count, len(lines)))


def _statements(source: Source, record: Record) -> Iterator[Line]:
    for i, statement in enumerate(record.statements):
        yield _line(source, record, f"{source.id}/s{i}", statement)


def _commitments(source: Source, record: Record) -> Iterator[Line]:
    for i, commitment in enumerate(record.commitments):
        yield _line(source, record, f"{source.id}/c{i}", commitment)


def _line(source: Source, record: Record, id_: str, finding: Statement | Commitment) -> Line:
    said = finding if isinstance(finding, Statement) else None
    owed = finding if isinstance(finding, Commitment) else None
    return Line(
        id=id_,
        type="statement" if said else "commitment",
        document=source.id,
        title=record.document.title,
        act=said.act if said else None,
        polarity=said.polarity if said else None,
        status=said.status if said else None,
        who=_names(said.speakers if said else owed.debtors if owed else ()),
        deadline=owed.deadline if owed else None,
        quote=finding.quote,
        context=_context(record.document.text, finding.start, finding.end),
    )


def _names(refs: Sequence[PartyRef]) -> tuple[str, ...]:
    return tuple(f"{ref.name} ({ref.party})" if ref.party else ref.name for ref in refs)


def _context(text: str, start: int, end: int) -> str:
    """Return the quote between marks, with some words on either side."""
    return f"…{text[max(0, start - MARGIN) : start]}⟦{text[start:end]}⟧{text[end : end + MARGIN]}…"


if __name__ == "__main__":
    main()
