"""From bytes to characters: which encoding they are in, and which characters have no place in a text."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 4096
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029]")
_UNWANTED = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\xa0\u2007\u202f\ufeff\ud800-\udfff]")
_REMOVED = frozenset("\0\ufeff")
_INVISIBLE = re.compile("[\xad\u200b\u2060]")


def decode(data: bytes, *, charset: str | None = None) -> str:
    """Decode bytes by their mark, as UTF-8, as UTF-16 without a mark, as declared, or as Windows-1252, in
    this order.

    A UTF-8 text with a few broken bytes stays UTF-8, its broken bytes shown as U+FFFD. Never raises.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if wide := _wide(data[:_LOOKED_AT]):
        return data.decode(wide, "replace")
    declared = _known(charset)
    if declared is not None and declared != "utf-8":
        try:
            return data.decode(declared)
        except UnicodeDecodeError:
            pass
    return _utf8_or_windows(data)


def clean(text: str) -> str:
    """Make line ends LF and every space that does not break a space; take out what is no character of a text.

    Byte order marks and NUL go; other control characters become a space, those between U+0080 and U+009F the
    Windows-1252 character that was meant. All else stays as written, joiners and marks of direction too.
    """
    text = _LINE_ENDS.sub("\n", text)
    return _UNWANTED.sub(_wanted, text)


def as_shown(text: str) -> str:
    """Clean a text that was laid out: soft hyphens and zero-width spaces, there to break lines, go too."""
    return _INVISIBLE.sub("", clean(text))


def printable(text: str) -> bool:
    """Say whether the characters are those of a text: hardly any control characters among them."""
    controls = sum(c < " " and c not in "\t\n\r\f\v" for c in text if c != "\0")
    zeros = text.count("\0")
    return controls * 50 <= len(text) + 50 and zeros * 4 <= len(text)


def _wanted(match: re.Match[str]) -> str:
    character = match[0]
    if character in _REMOVED:
        return ""
    if "\x80" <= character <= "\x9f":
        return bytes([ord(character)]).decode("windows-1252", "replace").replace("\ufffd", " ")
    return "\ufffd" if "\ud800" <= character <= "\udfff" else " "


def _known(charset: str | None) -> str | None:
    """Return the codec's name, where Python knows a character set by this name and it decodes to text."""
    try:
        info = codecs.lookup((charset or "").strip(" \"'").replace("\0", ""))
    except (LookupError, UnicodeError):
        return None
    return info.name if getattr(info, "_is_text_encoding", True) else None


def _wide(head: bytes) -> str | None:
    """Recognise UTF-16 without a mark: Latin text in it has a zero in every second byte."""
    pairs = len(head) // 2
    even, odd = head[0 : pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    if pairs >= 2 and odd * 2 > pairs and even * 10 < pairs:
        return "utf-16-le"
    return "utf-16-be" if pairs >= 2 and even * 2 > pairs and odd * 10 < pairs else None


def _utf8_or_windows(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        text = data.decode(errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", text))
    return text if whole >= broken else data.decode("windows-1252", "replace")
