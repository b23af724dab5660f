"""A mail: its best text, with subject, sender and date as what the document says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr

from communique.formats.encoding import clean, decode
from communique.formats.layout import Layout
from communique.formats.moments import iso_moment
from communique.formats.source import Format, Reading, Source
from communique.model import Block, Text

_HEADER = re.compile(
    r"(?:From [^\n]{1,200}\n)?(?:[!-9;-~]{1,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,50}){2,100}"
)
_SURE = re.compile(
    r"^(?:received|mime-version|message-id|return-path|dkim-signature|content-type):", re.I | re.M
)
_SENDER = re.compile(r"^from:", re.I | re.M)


def read(source: Source) -> Reading:
    try:
        message = BytesParser(policy=compat32).parsebytes(source.data.lstrip())
        content, blocks = _body(message)
    except (MessageError, RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise source.unreadable(f"a broken mail: {error}") from error
    if not content.strip():
        raise source.unreadable("the mail holds no text", hint="save its attachments and read those")
    name, _ = parseaddr(header(message, "From"))
    yield Text(
        content,
        FORMAT.media_type,
        source.sha256,
        title=header(message, "Subject") or None,
        publisher=name or None,
        published=iso_moment(header(message, "Date")),
        language=(header(message, "Content-Language").partition("-")[0].strip().lower() or None),
        blocks=blocks,
    )


def _body(message: Message) -> tuple[str, tuple[Block, ...]]:
    """Return the body that says most: the plain one, or the HTML one where there is no plain one."""
    texts = list(parts(message))
    plain = [decoded(p) for p in texts if p.get_content_type() == "text/plain"]
    if any(p.strip() for p in plain):
        return clean("\n\n".join(p.strip("\r\n") for p in plain if p.strip())), ()
    return _from_html([decoded(p) for p in texts if p.get_content_type() == "text/html"])


def _from_html(pages: list[str]) -> tuple[str, tuple[Block, ...]]:
    from communique.formats.html import fragment

    layouts = [fragment(page) for page in pages]
    layout = next((x for x in layouts if x.content), Layout())
    return layout.content, layout.blocks


def parts(message: Message) -> Iterator[Message]:
    """Yield the parts that are text to be read, not attached files."""
    for part in message.walk():
        if part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
            yield part


def decoded(part: Message) -> str:
    """Return the characters of a part."""
    payload = part.get_payload(decode=True)
    return decode(payload, charset=str(part.get_param("charset") or "")) if isinstance(payload, bytes) else ""


def header(message: Message, name: str) -> str:
    """Return a header as it reads: encoded words decoded, folded lines joined."""
    raw = str(message.get(name) or "")
    try:
        pieces = decode_header(raw)
    except (HeaderParseError, ValueError, LookupError):
        return " ".join(clean(raw).split())
    words = "".join(decode(p, charset=c) if isinstance(p, bytes) else p for p, c in pieces)
    return " ".join(clean(words).split())


def recognises(source: Source) -> bool:
    """Say whether the file starts with the headers of a mail: a sender, and one that only machines write."""
    match = _HEADER.match(source.head.replace("\r\n", "\n"))
    return match is not None and bool(_SENDER.search(match[0]) and _SURE.search(match[0]))


FORMAT = Format("message/rfc822", (".eml", ".mht", ".mhtml"), recognises, read, limit=50_000_000)
