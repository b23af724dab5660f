"""What a record can be turned into: one module a format, each with the same three names.

A format module says ``SUFFIX`` and ``MEDIA_TYPE`` and has two functions. ``part`` turns one record into its
share of the output, and needs nothing but the record, so that many can be made side by side; ``whole`` joins
the parts, as they come, to what is written: a bare JSON object, a list, a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from communique.errors import CommuniqueError
from communique.model import Record

FORMATS = ("table", "json", "jsonl", "html", "markdown")


@dataclass(frozen=True, slots=True)
class Screen:
    """What the output will be seen on: its width in columns, and whether it shows colour. Only tables ask."""

    width: int = 80
    colour: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One document's share of the output, and the title it goes by."""

    title: str
    content: str


class Export(Protocol):
    """What every format module offers."""

    SUFFIX: str
    MEDIA_TYPE: str

    def part(self, record: Record, screen: Screen) -> Part:
        """Turn one record into its part of the output."""

    def whole(self, parts: Iterable[Part], *, several: bool) -> Iterator[str]:
        """Join parts in order; ``several`` says that more than one document was asked for."""


def export(name: str) -> Export:
    """Return the format of that name, imported only now. Raises CommuniqueError where there is none."""
    if name not in FORMATS:
        raise CommuniqueError(f"no format is called {name!r}", hint=f"choose from {', '.join(FORMATS)}")
    return cast(Export, import_module(f"communique.export.{name}"))


def render(records: Sequence[Record], format: str, *, screen: Screen | None = None) -> str:
    """Write records in a format, as one string that ends with a line break where there is anything."""
    made = export(format)
    screen = Screen() if screen is None else screen
    return "".join(made.whole((made.part(r, screen) for r in records), several=len(records) > 1))
