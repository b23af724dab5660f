"""From committed parts to tables that others read: one folder each, seen only when it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq

from communique.bulk.arrow import schemas
from communique.bulk.store import Home, Store, sync
from communique.errors import CommuniqueError

_FIRST = "schema.parquet"
"""A file without rows in each table, so that a table nothing was found for can be read, too."""


def publish(home: Home, store: Store, parts: Iterable[int]) -> None:
    """Move the files of all parts into tables, and show them. May be interrupted, and begun again."""
    ready, shown = store.tables, home.output
    for table in schemas():
        _start(ready / table, shown / table, table)
    for number in parts:
        for table in store.manifest(number).tables:
            places = [folder / table / f"{number:06}.parquet" for folder in (ready, shown)]
            _move(store.file(number, table), places)
    for table in schemas():
        if (ready / table).is_dir():
            sync(ready / table)
            (ready / table).rename(shown / table)
    sync(shown)
    home.finish()
    store.tidy()


def withdraw(home: Home) -> None:
    """Remove the tables of an earlier job."""
    for table in schemas():
        shutil.rmtree(home.output / table, ignore_errors=True)


def _start(folder: Path, shown: Path, table: str) -> None:
    if shown.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(schemas()[table].empty_table(), folder / _FIRST)
    sync(folder / _FIRST)


def _move(path: Path, places: list[Path]) -> None:
    try:
        path.rename(places[0])
    except FileNotFoundError as error:
        if not any(place.exists() for place in places):
            raise CommuniqueError(
                f"{path}: a committed file is gone", hint="start over with --again"
            ) from error
