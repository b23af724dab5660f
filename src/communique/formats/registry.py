"""The formats there are, and which of them a file is in."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules

from communique import formats as package
from communique.formats.encoding import printable
from communique.formats.source import Format, Source

_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or mail file", "save it as .docx, .pdf or .eml"),
    (b"{\\rtf", "rich text (RTF)", "save it as .docx or plain text"),
    (b"\x89PNG", "a picture", "run text recognition (OCR) on it first"),
    (b"\xff\xd8\xff", "a picture", "run text recognition (OCR) on it first"),
    (b"GIF8", "a picture", "run text recognition (OCR) on it first"),
    (b"\x1f\x8b", "compressed (gzip)", "unpack it first"),
    (b"BZh", "compressed (bzip2)", "unpack it first"),
    (b"\xfd7zXZ", "compressed (xz)", "unpack it first"),
    (b"7z\xbc\xaf", "compressed (7z)", "unpack it first"),
    (b"PK\x03\x04", "a ZIP archive that is no Word document", "unpack it, or save it as .docx or .pdf"),
)
_SAYS_LITTLE = frozenset({"text/plain", "application/octet-stream", "application/xml", "text/xml", ""})


@cache
def formats() -> tuple[Format, ...]:
    """List the formats: every module of this package that names a ``FORMAT``."""
    modules = (import_module(f"{package.__name__}.{m.name}") for m in iter_modules(package.__path__))
    return tuple(m.FORMAT for m in modules if hasattr(m, "FORMAT"))


def choose(source: Source, media_type: str | None = None) -> Format:
    """Return the format of a file. Raises UnreadableDocument where it is empty or of a kind that can't be
    read.
    """
    if not source.data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise source.unreadable("the file is empty")
    declared = (media_type or "").partition(";")[0].strip().lower()
    by_content = next((f for f in formats() if f.recognises(source)), None)
    if by_content is not None:
        return by_content
    _refuse_binaries(source)
    return _named(declared) or _by_ending(source.path) or _plain()


def _refuse_binaries(source: Source) -> None:
    for start, what, hint in _REFUSED:
        if source.data.startswith(start):
            raise source.unreadable(what, hint=hint)
    if not printable(source.head):
        raise source.unreadable("neither text nor a format that can be read", hint="see the list of formats")


def _named(declared: str) -> Format | None:
    if declared in _SAYS_LITTLE:
        return None
    return next((f for f in formats() if declared == f.media_type or declared in f.also), None)


def _by_ending(path: str) -> Format | None:
    ending = PurePath(path.partition("?")[0]).suffix.lower()
    return next((f for f in formats() if ending in f.endings), None)


def _plain() -> Format:
    return next(f for f in formats() if f.media_type == "text/plain")
