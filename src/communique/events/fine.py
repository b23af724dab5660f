"""The mode of an event, and its CAMEO code, as fine as the words support."""

from __future__ import annotations

from collections.abc import Sequence

from communique.text.syntax import Parse
from communique.vocab.events import EventLabel, EventType, Frame, event_types


def cameo_of(
    label: EventLabel, base: EventLabel, frame: Frame, base_type: EventType, about: Sequence[EventLabel]
) -> str:
    """Return the code of the frame where its event stands as it is, else that of what was made of it."""
    told = [base] if label != base else list(about)
    for one in told:
        if (code := event_types()[label].about.get(one)) is not None:
            return code
    if label == base:
        return frame.cameo or base_type.cameo
    return event_types()[label].cameo


def mode_of(label: EventLabel, base: EventLabel, frame: Frame, parse: Parse) -> str | None:
    """Return the frame's mode, else the one whose words the sentence holds."""
    if label == base and frame.mode is not None:
        return frame.mode
    words = {w.lower() for w in parse.words}
    for mode in event_types()[label].modes:
        if any(set(w.split()) <= words for w in mode.words):
            return mode.name
    return None
