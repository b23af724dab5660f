"""Markdown: a report to read or to paste, each finding with its quote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from communique.export import Part, Screen
from communique.export.entries import Entry, Group, coverage, groups, headline, source
from communique.export.visible import one_line
from communique.model import Record

SUFFIX = ".md"
MEDIA_TYPE = "text/markdown"

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&!])")
_LEADING = re.compile(r"^(?=[-+]\s|=+$|-+$)|^(\d+)(?=[.)]\s)")
_ON_ONE_LINE = {"issues", "areas", "parties"}


def part(record: Record, screen: Screen) -> Part:
    blocks = [f"# {_plain(headline(record))}", _plain(source(record))]
    if record.document.url:
        blocks.append(_plain(record.document.url))
    blocks.append(f"{coverage(record)}.")
    blocks += [block for group in groups(record) if group.entries for block in _group(group)]
    return Part(headline(record), "\n\n".join(block for block in blocks if block) + "\n")


def whole(parts: Iterable[Part], *, several: bool) -> Iterator[str]:
    for i, report in enumerate(parts):
        yield "\n---\n\n" + report.content if i else report.content


def _group(group: Group) -> Iterator[str]:
    yield f"## {group.title} ({len(group.entries)})"
    bare = group.kind in _ON_ONE_LINE
    for under, entries in group.sections.items():
        if under is not None:
            yield f"### {_plain(under)}"
        yield "\n".join(f"- {_plain(e.headline)}" if bare else _entry(e) for e in entries).rstrip("\n")


def _entry(entry: Entry) -> str:
    head = f"“{_plain(entry.quote or '')}”" if entry.quote_says_it else f"**{_plain(entry.headline)}**"
    lines = ["- " + " · ".join([head, *map(_plain, entry.facts)])]
    lines += [f"  *{_plain(note)}*" for note in entry.brief_notes]
    if entry.quote and not entry.quote_says_it:
        lines += ["", f"  > {_plain(entry.quote)}", ""]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Escape what Markdown or HTML would take for more than words."""
    escaped = _SPECIAL.sub(r"\\\1", one_line(text))
    return _LEADING.sub(lambda hit: f"{hit[1]}\\" if hit[1] else "\\", escaped)
