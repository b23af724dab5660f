"""What every format keeps to, whichever they are: a new one is tested here as soon as it is registered."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import UnreadableDocument
from communique.formats import formats, read_bytes, sniff
from communique.formats.source import Source
from communique.model import Text

from .samples import ATOM, SAMPLES, rss

EACH = pytest.mark.parametrize("media_type", [f.media_type for f in formats()])
MANY = {"application/rss+xml", "application/jsonl"}


def test_every_registered_format_has_a_sample() -> None:
    assert {f.media_type for f in formats()} == set(SAMPLES)


@EACH
def test_a_sample_is_recognised_by_its_content_alone(media_type: str) -> None:
    path, data = SAMPLES[media_type]
    assert sniff(data, "-") == sniff(data, path) == media_type


@EACH
def test_no_other_format_takes_a_sample_for_its_own(media_type: str) -> None:
    _, data = SAMPLES[media_type]
    takers = [f.media_type for f in formats() if f.recognises(Source(data, "-"))]
    assert takers == ([] if media_type == "text/plain" else [media_type])


@EACH
def test_content_wins_over_a_wrong_ending(media_type: str) -> None:
    if media_type != "text/plain":
        assert sniff(SAMPLES[media_type][1], "wrong.txt") == media_type


@EACH
def test_blocks_are_in_order_and_hold_words(media_type: str) -> None:
    path, data = SAMPLES[media_type]
    for document in read_bytes(data, path=path):
        assert isinstance(document, Text)
        edges = [edge for b in document.blocks for edge in (b.start, b.end)]
        assert edges == sorted(edges)
        for block in document.blocks:
            words = document.content[block.start : block.end]
            assert words
            assert words == words.strip()


@EACH
def test_the_text_has_no_stray_characters(media_type: str) -> None:
    path, data = SAMPLES[media_type]
    for document in read_bytes(data, path=path):
        assert isinstance(document, Text)
        assert not set(document.content) & set("\r\0\ufeff\u00a0")
        assert document.media_type == media_type


@EACH
def test_the_same_bytes_give_the_same_document(media_type: str) -> None:
    path, data = SAMPLES[media_type]
    assert list(read_bytes(data, path=path)) == list(read_bytes(data, path="other" + path))


@EACH
def test_the_hash_is_of_the_bytes_given_or_of_the_entry(media_type: str) -> None:
    path, data = SAMPLES[media_type]
    hashes = {d.sha256 for d in read_bytes(data, path=path) if isinstance(d, Text)}
    assert len(hashes) == (2 if media_type in MANY else 1)
    assert (hashlib.sha256(data).hexdigest() in hashes) == (media_type not in MANY)


@EACH
def test_a_file_cut_short_gives_documents_or_unreadable(media_type: str) -> None:
    path, data = SAMPLES[media_type]
    for size in range(0, len(data), max(1, len(data) // 40)):
        assert_documents_or_unreadable(data[:size], path)


@EACH
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_damaged_file_gives_documents_or_unreadable(media_type: str, data: st.DataObject) -> None:
    path, whole = SAMPLES[media_type]
    place = data.draw(st.integers(0, len(whole) - 1))
    damage = data.draw(st.binary(min_size=1, max_size=20))
    assert_documents_or_unreadable(whole[:place] + damage + whole[place + len(damage) :], path)


ENDINGS = st.sampled_from(["x" + ending for f in formats() for ending in f.endings] + ["-", "x.unknown"])
STARTS = st.sampled_from(
    [
        b"",
        b"<!doctype html>",
        b"<rss><item>",
        b"%PDF-1.4\n",
        b"PK\x03\x04word/document",
        b"---\na: ",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"From: a\nMIME-Version: 1.0\n",
        b'{"text": "',
        ATOM[:200],
    ]
)


@settings(max_examples=150, deadline=None)
@given(STARTS, st.binary(max_size=400), ENDINGS)
def test_any_bytes_give_documents_or_unreadable(start: bytes, data: bytes, path: str) -> None:
    assert_documents_or_unreadable(start + data, path)


MARKUP = st.text(alphabet="ab \n\t-*_#>[](){}<>/&;:\"'=.1!|\\`~\0é\u200f\u0627\ud800", max_size=200)


@settings(max_examples=200, deadline=None)
@given(STARTS, st.one_of(MARKUP, st.text(max_size=200)), ENDINGS)
def test_any_text_gives_documents_or_unreadable(start: bytes, words: str, path: str) -> None:
    assert_documents_or_unreadable(start + words.encode("utf-8", "surrogatepass"), path)


TAGS = [
    "<p>",
    "</p>",
    "<div>",
    "<table>",
    "<td>",
    "<li>",
    "<ol type=a start=5>",
    "<a href=x>",
    "</a>",
    "<br>",
]
TAGS += [
    "<sup>",
    "</sup>",
    "<h1>",
    "</h1>",
    "<script>",
    "<!--",
    "-->",
    "&nbsp;",
    "words here",
    "<b>",
    "<pre>",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=40))
def test_any_order_of_tags_gives_documents_or_unreadable(tags: list[str]) -> None:
    assert_documents_or_unreadable(("<!doctype html>" + "".join(tags)).encode(), "x.html")


def assert_documents_or_unreadable(data: bytes, path: str) -> None:
    """Read, and check that what comes can be written out as it is, or says what is wrong with which file."""
    try:
        found = list(read_bytes(data, path=path))
    except UnreadableDocument as error:
        found = [error]
    assert found
    for document in found:
        if isinstance(document, Text):
            assert document.content.strip()
            document.content.encode()
            assert all(0 <= b.start < b.end <= len(document.content) for b in document.blocks)
        else:
            assert document.path.startswith(path)
            assert document.why


def test_documents_come_one_by_one_as_they_are_read() -> None:
    first = next(read_bytes(rss("<item><title>"), path="feed.xml"))
    assert isinstance(first, Text)
