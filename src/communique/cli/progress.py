"""The bar on standard error that says how far a long reading is."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

if TYPE_CHECKING:
    from communique.cli.work import Outcome


class Bar:
    """A bar over the sources, or, where nobody knows how many documents there are, a count of them."""

    def __init__(self, total: int | None, doing: str = "Reading") -> None:
        self._bar = Progress(
            TextColumn(doing),
            BarColumn(),
            TextColumn("{task.completed:,.0f}" + ("" if total is None else f" of {total:,}")),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._bar.add_task("", total=total)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def say(self, line: str) -> None:
        self._bar.console.print(Text(line), soft_wrap=True)

    def advance(self, by: int = 1) -> None:
        self._bar.advance(self._task, by)

    def step(self, outcome: Outcome) -> None:
        self._bar.advance(self._task)
