"""The tables of a job, to be compared: as they lie in its folder, and as reading one by one gives them."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from communique.bulk.arrow import batch, schemas
from communique.bulk.inputs import cutter, find_files, fingerprint
from communique.bulk.plan import Options
from communique.bulk.reader import read_item
from communique.bulk.tables import Row

Tables = dict[str, list[dict[str, object]]]
_ALL = 1_000_000_000


def tables_in(output: Path) -> Tables:
    """Return all rows of all tables, in an order of their own."""
    return {name: in_order(pq.read_table(output / name).to_pylist()) for name in schemas()}


def tables_one_by_one(given: Path, staging: Path) -> Tables:
    """Read an input in this process, without Spark, and return its tables."""
    options, rows = Options(), dict[str, list[Row]]()
    for name, path, kind in find_files(given):
        for piece in cutter(kind).cut(fingerprint(name, path, kind), options.columns, _ALL, _ALL, staging):
            for item in cutter(kind).read(piece, options.columns):
                for read in read_item(item, options):
                    for table, found in read.rows.items():
                        rows.setdefault(table, []).extend(found)
    return {name: in_order(batch(name, rows.get(name, [])).to_pylist()) for name in schemas()}


def in_order(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Put rows into the order of the input and of their record."""
    return sorted(rows, key=lambda r: (r["source"], r.get("position") or 0, str(r.get("code"))))
