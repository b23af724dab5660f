"""Draws for a terminal that somebody else writes to: as wide as its screen, with colour only where it shows."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from communique.export import Screen

_NARROWEST = 40  # columns


class Terminal(Console):
    """A console of rich's that keeps what is printed on it."""

    def __init__(self, screen: Screen) -> None:
        self._kept = StringIO()
        super().__init__(
            file=self._kept,
            width=max(_NARROWEST, screen.width),
            force_terminal=screen.colour,
            color_system="standard" if screen.colour else None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )

    @property
    def drawn(self) -> str:
        """What was printed, without spaces at the ends of lines or empty lines at the end."""
        lines = self._kept.getvalue().rstrip("\n").split("\n")
        return "\n".join(line.rstrip() for line in lines) + "\n"
