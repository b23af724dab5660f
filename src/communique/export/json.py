"""JSON: one object for one document, an array for several, indented to be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from communique.export import Part, Screen
from communique.export.entries import headline
from communique.model import Record

SUFFIX = ".json"
MEDIA_TYPE = "application/json"


def part(record: Record, screen: Screen) -> Part:
    return Part(headline(record), record.to_json(indent=2))


def whole(parts: Iterable[Part], *, several: bool) -> Iterator[str]:
    waiting = (p.content for p in parts)
    first, second = next(waiting, None), next(waiting, None)
    if first is None:
        yield "[]\n" if several else ""
    elif second is None and not several:
        yield first + "\n"
    else:
        yield "[\n" + first
        yield from (",\n" + record for record in chain([] if second is None else [second], waiting))
        yield "\n]\n"
