"""Turns pasted text into a file: Markdown, what is known about it in the front matter."""

from __future__ import annotations

from datetime import date

import yaml


def as_file(*, text: str, title: str = "", url: str = "", published: date | None = None) -> bytes:
    """Return the bytes of a file that holds the text, and what the person said about it."""
    known = {"title": title.strip(), "url": url.strip(), "date": published.isoformat() if published else ""}
    told = {name: value for name, value in known.items() if value}
    words = text.replace("\r\n", "\n").strip() + "\n"
    if not told:
        return words.encode()
    return f"---\n{yaml.safe_dump(told, allow_unicode=True, sort_keys=False)}---\n\n{words}".encode()
