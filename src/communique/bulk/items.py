"""One row of the input on its way to the reader, as it came: nothing of it is decoded yet."""

from __future__ import annotations

from typing import Literal

from communique.model import Struct


class Item(Struct, frozen=True):
    """A line of JSON, a row of a table, or a file; what is said beside a line is in it."""

    source: str
    what: Literal["line", "row", "file"]
    data: bytes
    id: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    media_type: str | None = None
    is_text: bool = False
    """The data are characters in UTF-8, whatever they say of themselves."""
    refused: str | None = None
    """Why it can't be read, where that is already known."""
