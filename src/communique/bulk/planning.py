"""From an input and options to a job: files looked at, cut into parts, and written down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from communique import __version__
from communique.bulk.inputs import cutter, find_files, fingerprint
from communique.bulk.plan import Job, Options, Part, Slice
from communique.bulk.store import Home, Store
from communique.errors import CommuniqueError
from communique.vocab.loading import lexicon_hash

_PARTS = 200
"""Parts that an input of middling size is cut into: enough to share out evenly, and to lose little with one."""
_SMALLEST, _LARGEST = 100_000, 32_000_000
"""Bytes of a part: one of the smallest is read in a second or two, one of the largest in some minutes."""
MOST = 10_000
"""Documents of a part."""


def look(given: Path, options: Options) -> Job:
    """Return the job as its input and options say, not yet cut."""
    files = tuple(fingerprint(name, path, kind) for name, path, kind in find_files(given))
    return Job(str(given.resolve()), files, options, __version__, lexicon_hash(), parts=0, rows=0)


def plan(home: Home, job: Job, *, most: int) -> Job:
    """Cut a job into parts, write them down, and last that they are all there."""
    store = Store(home.output, job.key)
    store.create()
    parts = rows = 0
    for part in _parts(_slices(store, job, most), _size(job), most):
        store.keep_part(part)
        parts, rows = parts + 1, rows + part.rows
    if not parts:
        raise CommuniqueError(f"{job.input}: holds no documents")
    store.keep_plan()
    planned = replace(job, parts=parts, rows=rows)
    home.keep(planned)
    return planned


def moved(home: Home, held: Job, wanted: Job) -> Job:
    """Let what is left of a job read its files where and as they are now: moved, or only touched."""
    if held.files == wanted.files:
        return held
    store, files = Store(home.output, held.key), {file.name: file for file in wanted.files}
    for number in sorted(set(range(held.parts)) - store.committed()):
        part = store.part(number)
        store.keep_part(replace(part, slices=tuple(replace(s, file=files[s.file.name]) for s in part.slices)))
    now = replace(held, input=wanted.input, files=wanted.files)
    home.keep(now)
    return now


def _size(job: Job) -> int:
    return min(max(sum(f.size for f in job.files) // _PARTS, _SMALLEST), _LARGEST)


def _slices(store: Store, job: Job, most: int) -> Iterator[Slice]:
    size = _size(job)
    for file in job.files:
        yield from cutter(file.kind).cut(file, job.options.columns, most, size, store.input)


def _parts(slices: Iterator[Slice], size: int, most: int) -> Iterator[Part]:
    held: list[Slice] = []
    number = 0
    for piece in slices:
        if held and (_bytes(held) + piece.size > 1.5 * size or _rows(held) + piece.rows > most):
            yield Part(number, tuple(held))
            held, number = [], number + 1
        held.append(piece)
        if _bytes(held) >= size:
            yield Part(number, tuple(held))
            held, number = [], number + 1
    if held:
        yield Part(number, tuple(held))


def _bytes(slices: list[Slice]) -> int:
    return sum(s.size for s in slices)


def _rows(slices: list[Slice]) -> int:
    return sum(s.rows for s in slices)
