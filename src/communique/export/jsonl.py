"""JSON Lines: one record a line, for programs that read one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.export import Part, Screen
from communique.export.entries import headline
from communique.model import Record

SUFFIX = ".jsonl"
MEDIA_TYPE = "application/jsonl"


def part(record: Record, screen: Screen) -> Part:
    return Part(headline(record), record.to_json())


def whole(parts: Iterable[Part], *, several: bool) -> Iterator[str]:
    return (p.content + "\n" for p in parts)
