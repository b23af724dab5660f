"""Lets a process end with the one that it stands beside, even where that one is killed and says nothing."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

_LOOK = 1.0  # seconds between two looks


def leave_with(parent: int, leave: Callable[[], object], *, until: threading.Event | None = None) -> None:
    """Call ``leave`` when ``parent`` is this process's parent no longer, from a thread; ``until`` ends the watch."""
    stop = until or threading.Event()

    def watch() -> None:
        while not stop.wait(_LOOK):
            if os.getppid() != parent:
                leave()
                return

    threading.Thread(target=watch, daemon=True, name="beside").start()
