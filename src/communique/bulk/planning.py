"""From an input and options to a job: files looked at, cut into parts, and written down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from communique import __version__
from communique.bulk.inputs import cutter, find_files, fingerprint
from communique.bulk.plan import Job, Options, Part, Slice
from communique.bulk.store import Store
from communique.errors import CommuniqueError
from communique.vocab.loading import lexicon_hash

_PARTS = 200
"""Parts that an input of middling size is cut into: enough to share out evenly, and to lose little with one."""
_SMALLEST, _LARGEST = 100_000, 32_000_000
"""Bytes of a part: one of the smallest is read in a second or two, one of the largest in some minutes."""
_MOST = 10_000
"""Documents of a part."""


def look(given: Path, options: Options) -> Job:
    """Return the job as its input and options say, not yet cut."""
    files = tuple(fingerprint(name, path, kind) for name, path, kind in find_files(given))
    return Job(str(given.resolve()), files, options, __version__, lexicon_hash(), parts=0, rows=0)


def plan(store: Store, job: Job) -> Job:
    """Cut a job into parts, write them down, and last that they are all there."""
    parts = rows = 0
    for part in _parts(_slices(store, job), _size(job)):
        store.keep_part(part)
        parts, rows = parts + 1, rows + part.rows
    if not parts:
        raise CommuniqueError(f"{job.input}: holds no documents")
    planned = replace(job, parts=parts, rows=rows)
    store.keep_job(planned)
    return planned


def _size(job: Job) -> int:
    return min(max(sum(f.size for f in job.files) // _PARTS, _SMALLEST), _LARGEST)


def _slices(store: Store, job: Job) -> Iterator[Slice]:
    size = _size(job)
    for file in job.files:
        yield from cutter(file.kind).cut(file, job.options.columns, _MOST, size, store.input)


def _parts(slices: Iterator[Slice], size: int) -> Iterator[Part]:
    held: list[Slice] = []
    number = 0
    for piece in slices:
        if held and sum(s.size for s in held) + piece.size > 1.5 * size:
            yield Part(number, tuple(held))
            held, number = [], number + 1
        held.append(piece)
        if sum(s.size for s in held) >= size or sum(s.rows for s in held) >= _MOST:
            yield Part(number, tuple(held))
            held, number = [], number + 1
    if held:
        yield Part(number, tuple(held))
