"""Builds a text paragraph by paragraph, and keeps where each one stands and what role the format gives it."""

from __future__ import annotations

from communique.model import Block, Role


class Layout:
    """A text being built: paragraphs stand a blank line apart, list items and the rows of a table a line."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0
        self._before = ""

    def put(self, words: str, *, role: Role | None = None, marker: str = "", row: bool = False) -> None:
        """Add a paragraph. ``marker`` stands before it in the text, but is no part of its block.

        ``row`` says that it is the row of a table, its cells a tab apart.
        """
        words = words.strip()
        if not words:
            return
        kind = "row" if row else "item" if role == "list_item" and marker else "paragraph"
        if self._length:
            self._write("\n" if kind == self._before != "paragraph" else "\n\n")
        self._before = kind
        self._write(marker)
        if role is not None:
            self._blocks.append(Block(self._length, self._length + len(words), role))
        self._write(words)

    def _write(self, characters: str) -> None:
        self._parts.append(characters)
        self._length += len(characters)

    @property
    def content(self) -> str:
        return "".join(self._parts)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(self._blocks)
