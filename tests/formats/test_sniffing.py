"""Which format a file is in, and which files are refused, with what is wrong and what to do."""

from __future__ import annotations

import pytest

from communique.errors import UnreadableDocument
from communique.formats import read_bytes, sniff

from .samples import HTML, bomb, docx, encrypted_pdf, one, pdf


@pytest.mark.parametrize(
    ("start", "media_type"),
    [
        (b"<!DOCTYPE html><p>x", "text/html"),
        (b"\n <!-- saved --> <html><p>x", "text/html"),
        (b"<?xml version='1.0'?><html xmlns='x'><p>x", "text/html"),
        (b"<?xml version='1.0'?>\n<rss version='2.0'>", "application/rss+xml"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "application/rss+xml"),
        (b"---\ntitle: x\n---\ny", "text/markdown"),
        (b'{"id": 1, "text": "x"}\n', "application/jsonl"),
        (b"From: a@b.example\nMessage-ID: <1>\n\nx", "message/rfc822"),
        (b"\xef\xbb\xbf<html>x", "text/html"),
        ("<html>x".encode("utf-16"), "text/html"),
        (b"FROM: THE PRIME MINISTER\nTO: THE PRESS\n\nWe met.", "text/plain"),
        (b"---\n\nA line above, and no keys.\n", "text/plain"),
        (b"<3 million people> met", "text/plain"),
        (b'{"title": "no text"}\n\nThe leaders met.', "text/plain"),
    ],
)
def test_content_tells_the_format(start: bytes, media_type: str) -> None:
    assert sniff(start, "-") == media_type


@pytest.mark.parametrize(
    ("path", "declared", "media_type"),
    [
        ("a.md", None, "text/markdown"),
        ("a.md", "text/plain; charset=utf-8", "text/markdown"),
        ("a.html?page=2", None, "text/html"),
        ("a", "text/html; charset=utf-8", "text/html"),
        ("a.txt", "text/markdown", "text/markdown"),
        ("a.unknown", None, "text/plain"),
    ],
)
def test_where_content_is_silent_the_declared_type_and_the_ending_tell(
    path: str, declared: str | None, media_type: str
) -> None:
    assert sniff(b"The leaders met.", path, media_type=declared) == media_type


@pytest.mark.parametrize(
    ("data", "path", "why"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\0\n", "a.md", "empty"),
        (b"\xef\xbb\xbf", "a.txt", "empty"),
        (bytes(range(256)) * 20, "a.bin", "neither text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a.png", "picture"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "a.doc", "old Word"),
        (b"{\\rtf1 x}", "a.rtf", "RTF"),
        (b"PK\x03\x04" + bytes(100), "a.zip", "ZIP"),
        (b"%PDF-1.7\nnothing more", "a.pdf", "broken PDF"),
        (b"The leaders met.", "a.pdf", "broken PDF"),
        (pdf([], [], picture=True), "a.pdf", "images"),
        (pdf([]), "a.pdf", "no text"),
        (encrypted_pdf(), "a.pdf", "encrypted"),
        (b"PK\x03\x04word/document.xml", "a.docx", "broken Word"),
        (docx(("Normal", "x" * 1000))[:3000], "a.docx", "broken Word"),
        (docx(), "a.docx", "no text"),
        (bomb(200 << 20), "a.docx", "unpacks to more"),
        (bomb(60 << 20), "a.docx", "unpacks to more"),
        (b"<!doctype html><script>x()</script>", "a.html", "no text"),
        (b"From: a\nMIME-Version: 1.0\n\n", "a.eml", "no text"),
        (b"<rss><channel><title>x</title></channel></rss>", "a.xml", "no documents"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><rss><item><title>&a;</title></item></rss>', "a.xml", "entities"),
    ],
)
def test_what_cannot_be_read_says_what_is_wrong(data: bytes, path: str, why: str) -> None:
    with pytest.raises(UnreadableDocument, match=why) as refused:
        list(read_bytes(data, path=path))
    assert refused.value.path == path


def test_a_picture_of_pages_hints_at_text_recognition() -> None:
    with pytest.raises(UnreadableDocument) as refused:
        list(read_bytes(pdf([], picture=True), path="scan.pdf"))
    assert "OCR" in (refused.value.hint or "")


def test_a_line_of_fifty_megabytes_is_refused_at_once() -> None:
    with pytest.raises(UnreadableDocument, match="larger than 20 MB"):
        list(read_bytes(b"The leaders met. " * 3_000_000, path="a.txt"))


@pytest.mark.parametrize("path", ["a.txt", "a.md", "a.jsonl", "a.eml"])
def test_a_text_beyond_any_documents_length_is_refused(path: str) -> None:
    line = b"The leaders met. " * 400_000
    data = (
        b'{"text": "%s"}' % line
        if path == "a.jsonl"
        else b"From: a\nMIME-Version: 1.0\n\n" * (path == "a.eml") + line
    )
    with pytest.raises(UnreadableDocument, match="characters"):
        raise next(iter([d for d in read_bytes(data, path=path) if isinstance(d, UnreadableDocument)]))


def test_markup_repeated_a_million_times_is_read_in_time_that_grows_with_it() -> None:
    for mark in ("[", "**a", "_a ", "<a ", "\\", "&", "[a](", "> ", "- a\n"):
        assert one((mark * 100_000 + " the end").encode(), "a.md").content.rstrip().endswith("the end")


def test_the_same_page_reads_alike_in_every_encoding() -> None:
    words = {one(HTML.encode(e), "a.html").content for e in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le")}
    assert len(words) == 1
