"""Counts a sheet judged by hand: precision by type and by act, with the Wilson interval, and the wrong.

python evals/judge.py SHEET.jsonl
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

Z = 1.959964  # of the normal distribution, for 95 %
VERDICTS = ("right", "wrong", "unsure")


class Judged(NamedTuple):
    """A line of the sheet, as far as it is counted."""

    id: str
    group: str
    act: str | None
    verdict: str
    note: str
    quote: str


def wilson(right: int, total: int) -> tuple[float, float]:
    """Return the Wilson interval (95 %) of a share.

    >>> low, high = wilson(180, 200)
    >>> round(low, 3), round(high, 3)
    (0.851, 0.934)
    """
    if total == 0:
        return 0.0, 1.0
    share = right / total
    spread = Z * math.sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    middle, scale = share + Z * Z / (2 * total), 1 + Z * Z / total
    return (middle - spread) / scale, (middle + spread) / scale


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sheet", type=Path)
    options = parser.parse_args()
    judged = _judged(options.sheet)
    print("| what | right | judged | precision | 95 % interval |\n|---|---|---|---|---|")
    for name, lines in {**_grouped(judged, by_act=False), **_grouped(judged, by_act=True)}.items():
        print(_row(name, lines))
    print("\nNot right:\n")
    for line in judged:
        if line.verdict != "right":
            print(f"- `{line.id}` {line.verdict}: “{' '.join(line.quote.split())}” – {line.note}")


def _judged(sheet: Path) -> list[Judged]:
    rows = [json.loads(line) for line in sheet.read_text(encoding="utf-8").splitlines() if line.strip()]
    if unread := [row["id"] for row in rows if row["verdict"] not in VERDICTS]:
        raise SystemExit(
            f"{len(unread)} lines have no verdict ({', '.join(VERDICTS)}), the first is {unread[0]}"
        )
    return [Judged(r["id"], r["type"], r["act"], r["verdict"], r["note"], r["quote"]) for r in rows]


def _grouped(judged: Iterable[Judged], *, by_act: bool) -> Mapping[str, Sequence[Judged]]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for line in judged:
        if not by_act:
            groups[f"{line.group}s"].append(line)
        elif line.act is not None:
            groups[f"– {line.act}"].append(line)
    return dict(sorted(groups.items(), reverse=not by_act))


def _row(name: str, lines: Sequence[Judged]) -> str:
    right = sum(line.verdict == "right" for line in lines)
    low, high = wilson(right, len(lines))
    return f"| {name} | {right} | {len(lines)} | {right / len(lines):.2f} | {low:.2f}–{high:.2f} |"


if __name__ == "__main__":
    main()
