"""Small files of each format, made here: invented words in the shape that such files have."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from communique.formats import read_bytes
from communique.model import Role, Text

Placed = tuple[int, int, int, str]
"""Words on a page: x and y in points from the lower left, size, the words."""


def pdf(*pages: list[Placed], title: str | None = None, picture: bool = False) -> bytes:
    """Write a PDF by hand: a font, and on each page words at their places, or one grey pixel as a picture."""
    objects = [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    pixel = b"\x80"
    head = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    objects.append(head + b" /Length 1 >>\nstream\n" + pixel + b"\nendstream")
    root = 3 + 2 * len(pages)
    kids = []
    for page in pages:
        drawn = _drawn(page) + (b"q 500 0 0 500 40 40 cm /I1 Do Q\n" if picture else b"")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        resources = b"<< /Font << /F1 1 0 R >> /XObject << /I1 2 0 R >> >>"
        objects.append(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources %s >>"
            % (root, len(objects), resources)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects.append(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids)))
    objects.append(b"<< /Type /Catalog /Pages %d 0 R >>" % root)
    objects.append(b"<< /Title (%s) >>" % _escaped(title or ""))
    return _pdf_file(objects)


def _drawn(page: list[Placed]) -> bytes:
    return b"".join(
        b"BT /F1 %d Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n" % (s, x, y, _escaped(w)) for x, y, s, w in page
    )


def _escaped(words: str) -> bytes:
    escapes = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})
    return words.translate(escapes).encode("windows-1252")


def _pdf_file(objects: list[bytes], *, trailer: bytes = b"") -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"trailer << /Size %d /Root %d 0 R /Info %d 0 R %s >>" % (count, count - 2, count - 1, trailer)
    xref = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return out + xref + end + b"\nstartxref\n%d\n%%%%EOF" % len(out)


def encrypted_pdf() -> bytes:
    """Write a PDF that says it is encrypted with a password nobody knows."""
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00><00>]"
    objects = [
        b"<< /Type /Pages /Count 0 /Kids [] >>",
        b"<< /Type /Catalog /Pages 1 0 R >>",
        b"<< /Title () >>",
    ]
    return _pdf_file(objects, trailer=lock % (b"11" * 32, b"22" * 32))


def docx(*paragraphs: tuple[str, str], rows: tuple[tuple[str, ...], ...] = (), title: str = "") -> bytes:
    """Write a Word file: each paragraph a style and its words, then a table."""
    import docx as word

    document = word.Document()
    document.core_properties.title = title
    for style, words in paragraphs:
        document.add_paragraph(words, style=style)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def bomb(size: int) -> bytes:
    """Write a small archive with the names of a Word file whose main part inflates to ``size`` zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()
    name, crc = b"word/document.xml", 0
    for _ in range(size >> 20):
        crc = zlib.crc32(bytes(1 << 20), crc)
    fields = (20, 0, 8, 0, 0, crc, len(packed), size, len(name), 0)
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, *fields) + name + packed
    central = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, *fields, 0, 0, 0, 0, 0) + name
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


HTML = """<!doctype html><html lang="en-GB"><head><title>Arandel and Borvia meet | The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post"><meta name="author" content="Ines Calder">
<meta property="article:published_time" content="2022-07-05T11:43:00+0700">
<link rel="canonical" href="https://harbour.example/world/meet"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li>
<li><a href="/s">Sport</a></li></ul></nav>
<article><h1>Arandel and Borvia meet</h1>
<div>Ines Calder - <time>05 July 2022 11:43 WIB</time></div>
<figure><img src="x.jpg"><figcaption>Both sides agreed to meet again. (Photo:</figcaption></figure>
<p>Port Arandel: Senior officials of <b>Arandel</b> and Borvia renewed their commitment to cooperate at the
26<sup>th</sup> Dialogue held last week, and welcomed a contribution of US$6&nbsp;million to the fund.</p>
<p>They agreed on a plan of action in the following areas, and asked officials to report next year:</p>
<ol><li>Trade in fish and timber</li><li>Schools<ul><li>Exchange of teachers</li></ul></li></ol>
<table><tr><th>Donor</th><th>Amount</th></tr><tr><td>Arandel</td><td>US$6 million</td></tr></table>
<blockquote><p>“We will work closely together,” the Secretariat said in a press release on Monday.</p>
</blockquote>
<p>The next Dialogue will be held in Borvia in 2023, and both sides looked forward to meeting there.</p>
</article><footer><p>Copyright The Harbour Post. All rights reserved, and so on.</p></footer></body></html>
"""

EML = b"""Received: from mail.example by mx.example; Tue, 5 Jul 2022 11:43:01 +0700
From: =?utf-8?q?Minist=C3=A8re_d=E2=80=99Arandel?= <press@arandel.example>
Subject: Joint statement of
 Arandel and Borvia
Date: Tue, 05 Jul 2022 11:43:00 +0700
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=part

--part
Content-Type: text/plain; charset=windows-1252
Content-Transfer-Encoding: quoted-printable

The ministers met =96 and agreed.

--part
Content-Type: text/html; charset=utf-8

<p>The ministers met.</p>
--part--
"""

_RSS_ITEM = """<item><title>Readout {n}</title><link>https://arandel.example/{n}</link>
<pubDate>Tue, 05 Jul 2022 11:43:00 +0700</pubDate><dc:creator>Ines&nbsp;Calder</dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>The two leaders met &amp; agreed.</p>
<ul><li>Trade</li><li>Schools</li></ul>]]></content:encoded></item>"""


def rss(*items: str, count: int = 2) -> bytes:
    """Write a feed of ``count`` good entries, and then the given ones."""
    entries = "".join(_RSS_ITEM.format(n=n) for n in range(count)) + "".join(items)
    names = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    head = f'<?xml version="1.0"?><rss version="2.0" {names}><channel><title>Press Office</title>'
    return f"{head}<language>en-au</language>{entries}</channel></rss>".encode()


ATOM = b"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>Releases</title><entry><title type="html">Fish &amp;amp; timber</title>
<link href="https://borvia.example/1"/><published>2022-01-02T03:04:05Z</published>
<author><name>Ines Calder</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>One <b>agreement</b> was signed.</p></div></content></entry></feed>"""

MARKDOWN = b"""---
title: "Readout: Arandel and Borvia"
date: 2022-09-01 21:41:21-04:00
url: https://arandel.example/1
---
The leaders met [in Port Arandel](https://arandel.example/port) and **agreed**.

## Next steps

* Trade in fish
1. We will meet again.

###
"""

JSONL = b"""{"id": "a", "text": "They met.", "date": "2022-07-05"}
{"id": 2, "text": "They agreed.", "title": "B"}
"""

PAGE = [
    (72, 770, 18, "Joint Statement on Cooperation"),
    (72, 730, 12, "The leaders met in Port Arandel on Monday and agreed to strengthen the co-"),
    (72, 716, 12, "operation between their two countries in fishing, timber and in schools."),
    (72, 690, 12, "1. They will hold the next meeting in Borvia and work closely together"),
    (90, 676, 12, "on trade."),
    (72, 662, 12, "2. They pledged US$6 million to the fund for the region and for all"),
    (290, 30, 10, "1"),
]
NEXT_PAGE = [(72, 770, 12, "of its member states."), (72, 740, 12, "They thanked the host.")]

WORD = docx(
    ("Heading 1", "Plan of Action"),
    ("Normal", "The leaders agreed."),
    ("List Number", "Trade"),
    ("List Number", "Schools"),
    ("List Bullet", "Teachers"),
    rows=(("Donor", "Amount"), ("Arandel", "US$6 million")),
    title="Plan of Action",
)

SAMPLES: dict[str, tuple[str, bytes]] = {
    "text/html": ("page.html", HTML.encode()),
    "application/pdf": ("file.pdf", pdf(PAGE, NEXT_PAGE)),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("file.docx", WORD),
    "message/rfc822": ("mail.eml", EML),
    "application/rss+xml": ("feed.xml", rss()),
    "text/markdown": ("release.md", MARKDOWN),
    "text/plain": ("release.txt", b"They met.\r\n\r\nThey agreed.\n"),
    "application/jsonl": ("many.jsonl", JSONL),
}
"""A file name and a file of each registered format."""


def one(data: bytes, path: str, *, media_type: str | None = None) -> Text:
    """Read a file that holds exactly one document."""
    (document,) = read_bytes(data, path=path, media_type=media_type)
    assert isinstance(document, Text), document
    return document


def blocks(document: Text, role: Role) -> list[str]:
    return [document.content[b.start : b.end] for b in document.blocks if b.role == role]
