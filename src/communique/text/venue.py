"""Reads where and when remarks were made, from the lines above them: "Oval Office", "1:37 P.M. EST"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_CLOCK = re.compile(r"\(?(?:\d{1,2}[:.]\d\d|\d{1,2})\s?[AaPp]\.?\s?[Mm]\.?(?:\s\(?[A-Z]{2,5})?\)?\.?")
_TURN = re.compile(r"(?:THE\s)?(?:[A-Z][A-Z.’'-]+\s?){1,6}:\s")
_AT_A_DISTANCE = re.compile(r"(?:via|by)\s(?:tele|video|phone|telephone)", re.I)
_HIGHEST, _LONGEST = 4, 100


@dataclass(frozen=True, slots=True)
class Venue:
    """The lines that tell where and when remarks were made, and the place that they name."""

    lines: tuple[int, ...]
    place: str | None


def is_clock(line: str) -> bool:
    """Say whether a line holds nothing but an hour: "3:01 P.M. BST"."""
    return len(line) < 30 and _CLOCK.fullmatch(line.strip()) is not None


def read_venue(words: Sequence[str], taken: Collection[int]) -> Venue | None:
    """Return the venue above the hour, or above the first turn of talk; none where neither comes early."""
    free = [i for i in range(len(words)) if i not in taken][: _HIGHEST + 1]
    hour = next((i for i in free if is_clock(words[i])), None)
    turn = next((i for i in free if _TURN.match(words[i])), None)
    stop = hour if hour is not None else turn
    if stop is None:
        return None
    above = [i for i in free if i < stop]
    if not all(_may_be_venue(words[i]) for i in above) or (hour is None and not above):
        return None
    far = any(_AT_A_DISTANCE.match(words[i]) for i in above)
    place = None if far or not above else " ".join(" ".join(words[i] for i in above).split())
    return Venue((*above, *(() if hour is None else (hour,))), place)


def _may_be_venue(line: str) -> bool:
    """Say whether a line may name a place: short, written large, no sentence and no turn of talk."""
    line = line.strip()
    if len(line) > _LONGEST or not line[:1].isupper() or line.endswith((".", "?", "!", ":", ";")):
        return False
    small = [w for w in re.findall(r"[^\W\d_]+", line) if w.islower()]
    return ":" not in line and len(small) <= 3 and not line.isupper()
