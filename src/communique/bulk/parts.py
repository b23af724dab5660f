"""A part, from its slices of the input to its share of the tables: what a worker does."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq

from communique.bulk.arrow import batch, schemas
from communique.bulk.inputs import cutter
from communique.bulk.items import Item
from communique.bulk.plan import Columns, Counts, Manifest, Part
from communique.bulk.store import Store
from communique.bulk.supervising import Supervised
from communique.bulk.tables import Row, Rows

_HELD = 20_000_000  # bytes of text whose rows are held before they are written
_MOST = 2_000  # documents, likewise


def read_part(store: Store, part: Part, reader: Supervised, columns: Columns) -> Counts:
    """Read a part and commit it."""
    made = store.begin(part)
    _warm_up(reader)
    began = time.time()
    try:
        digest, counts = sha256(), Counts()
        with _Tables(made) as tables:
            for item, read in reader.read(_items(part, columns)):
                digest.update(item.data)
                for one in read:
                    tables.add(one.rows, size=len(item.data))
                documents = sum(one.is_document for one in read)
                counts += Counts(
                    rows=1,
                    more=len(read) - 1,
                    documents=documents,
                    unread=len(read) - documents,
                    words=sum(one.words for one in read),
                )
        store.commit(
            made, part, Manifest(part.number, counts, tables.written, digest.hexdigest(), began, time.time())
        )
        return counts
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _warm_up(reader: Supervised) -> None:
    """Load what the first part would wait for."""
    reader.start()
    for table in schemas():
        batch(table, [])


def _items(part: Part, columns: Columns) -> Iterator[Item]:
    for piece in part.slices:
        yield from cutter(piece.file.kind).read(piece, columns)


class _Tables:
    """Files being written, one for each table that a part has rows for."""

    def __init__(self, folder: Path) -> None:
        self.written: dict[str, int] = {}
        self._folder = folder
        self._files: dict[str, pq.ParquetWriter] = {}
        self._held: dict[str, list[Row]] = {}
        self._size = self._documents = 0

    def __enter__(self) -> _Tables:
        return self

    def __exit__(self, *raised: object) -> None:
        if raised[0] is None:
            self._write()
        for file in self._files.values():
            file.close()

    def add(self, rows: Rows, *, size: int) -> None:
        """Add the rows of a document, whose size says how much will be held."""
        for table, found in rows.items():
            self._held.setdefault(table, []).extend(found)
        self._size, self._documents = self._size + size, self._documents + 1
        if self._size >= _HELD or self._documents >= _MOST:
            self._write()

    def _write(self) -> None:
        for table, rows in self._held.items():
            if table not in self._files:
                path = self._folder / f"{table}.parquet"
                self._files[table] = pq.ParquetWriter(path, schemas()[table], compression="zstd")
            self._files[table].write_batch(batch(table, rows))
            self.written[table] = self.written.get(table, 0) + len(rows)
        self._held = {}
        self._size = self._documents = 0
