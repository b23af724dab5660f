"""What can be read in bulk, however it is cut: JSON Lines, Parquet, WARC, folders, and what is wrong with them."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from communique.bulk.inputs import InputChanged, cutter, find_files, fingerprint
from communique.bulk.items import Item
from communique.bulk.plan import Columns, Options
from communique.bulk.reader import Read, read_item
from communique.errors import CommuniqueError

LINES = b"".join(b'{"id": %d, "text": "Fiji and Japan agreed to meet."}\n' % n for n in range(7))
PAGE = (
    b"<html><body><h1>Fiji and Japan Agree</h1><p>Fiji and Japan agreed to share tide data.</p></body></html>"
)


def items(
    path: Path, *, rows: int = 1000, size: int = 1_000_000, columns: Columns | None = None
) -> list[list[Item]]:
    """Return the rows of an input, slice by slice."""
    columns = columns or Columns()
    found = []
    for name, file, kind in find_files(path):
        cut = cutter(kind).cut(fingerprint(name, file, kind), columns, rows, size, path.parent)
        found += [list(cutter(kind).read(piece, columns)) for piece in cut]
    return found


def read(item: Item, columns: Columns | None = None) -> Read:
    (one,) = read_item(item, Options(columns or Columns()))
    return one


def record(status: str, number: int) -> bytes:
    """Return a record of a web archive."""
    answer = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(PAGE)}\r\n\r\n".encode() + PAGE
    )
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2022-07-05T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: https://example.org/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


@pytest.mark.parametrize("name", ["seven.jsonl", "seven.jsonl.gz"])
@pytest.mark.parametrize(("rows", "size"), [(1000, 1_000_000), (3, 1_000_000), (1000, 1), (2, 120)])
def test_lines_are_the_same_however_they_are_cut(name: str, rows: int, size: int, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(LINES) if name.endswith(".gz") else LINES)
    pieces = items(path, rows=rows, size=size)
    assert [item.source for piece in pieces for item in piece] == [f"{name}:{n}" for n in range(1, 8)]
    assert [item.data for piece in pieces for item in piece] == LINES.splitlines()
    assert max(map(len, pieces)) <= rows


def test_a_last_line_without_a_break_is_a_line(tmp_path: Path) -> None:
    (tmp_path / "some.jsonl").write_bytes(b"\n" + LINES.strip() + b"\n\n\n" + LINES.splitlines()[0])
    found = [item.source for piece in items(tmp_path, rows=2) for item in piece]
    assert found == [f"some.jsonl:{n}" for n in (2, 3, 4, 5, 6, 7, 8, 11)]


def test_rows_of_parquet_are_the_same_however_they_are_cut(tmp_path: Path) -> None:
    table = pa.table({"id": range(500), "text": [f"Fiji will host meeting {n}." for n in range(500)]})
    pq.write_table(table, tmp_path / "many.parquet", row_group_size=70)
    for rows in (1000, 70, 33):
        pieces = items(tmp_path, rows=rows)
        found = [(i.source, i.id, i.data.decode()) for piece in pieces for i in piece]
        assert found == [
            (f"many.parquet:{n + 1}", str(n), f"Fiji will host meeting {n}.") for n in range(500)
        ]
        assert max(map(len, pieces)) <= rows


def test_columns_go_by_the_names_that_options_give(tmp_path: Path) -> None:
    table = pa.table(
        {
            "key": ["a"],
            "body": ["Japan pledged US$2 million."],
            "day": [date(2022, 7, 5)],
            "head": ["Japan Pledges"],
            "link": ["https://example.org/a"],
        }
    )
    pq.write_table(table, tmp_path / "named.parquet")
    columns = Columns(text="body", id="key", date="day", title="head", url="link")
    ((item,),) = items(tmp_path, columns=columns)
    (row,) = read(item, columns).rows["documents"]
    assert {"a", "Japan Pledges", "2022-07-05", "https://example.org/a"} <= set(row)

    line = b'{"key": 7, "body": "Japan pledged US$2 million.", "day": "5 July 2022", "head": "Japan Pledges"}'
    (row,) = read(Item("x:1", "line", line), columns).rows["documents"]
    assert {"7", "Japan Pledges", "2022-07-05"} <= set(row)


@pytest.mark.parametrize("name", ["lines.jsonl", "rows.parquet"])
def test_a_column_that_is_not_there_is_said_with_those_that_are(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name == "lines.jsonl":
        path.write_text('{"body": "Fiji agreed."}\n')
    else:
        pq.write_table(pa.table({"body": ["Fiji agreed."]}), path)
    with pytest.raises(CommuniqueError, match=rf"{name}: .*'text'.*'body' \(name the column with --text\)"):
        items(path)


def test_a_named_column_that_parquet_has_not_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["Fiji agreed."]}), tmp_path / "rows.parquet")
    with pytest.raises(CommuniqueError, match=r"no column is called 'day'.*--date"):
        items(tmp_path, columns=Columns(date="day"))


def test_a_text_is_read_as_what_its_row_says_that_it_is(tmp_path: Path) -> None:
    table = pa.table({"text": [PAGE.decode(), PAGE.decode()], "media_type": ["text/html", None]})
    pq.write_table(table, tmp_path / "pages.parquet")
    ((page, plain),) = items(tmp_path)
    (row,) = read(page).rows["documents"]
    assert "Fiji and Japan Agree" in row
    assert not any("<html>" in str(value) for value in row)
    assert any("<html>" in str(value) for value in read(plain).rows["documents"][0])


def test_bytes_in_parquet_are_files(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": pa.array([PAGE], pa.binary())}), tmp_path / "files.parquet")
    ((item,),) = items(tmp_path)
    assert "Fiji and Japan Agree" in read(item).rows["documents"][0]


@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz", "whole.warc.gz"])
@pytest.mark.parametrize("rows", [1000, 2, 1])
def test_pages_of_a_web_archive_that_were_there_are_rows(name: str, rows: int, tmp_path: Path) -> None:
    records = [record("404 Not Found" if n == 2 else "200 OK", n) for n in range(6)]
    packed = b"".join(gzip.compress(r) if name == "pages.warc.gz" else r for r in records)
    (tmp_path / name).write_bytes(gzip.compress(packed) if name == "whole.warc.gz" else packed)
    pieces = items(tmp_path, rows=rows)
    found = [item for piece in pieces for item in piece]
    assert [(i.source, i.url) for i in found] == [
        (f"{name}:{n}", f"https://example.org/{page}") for n, page in enumerate((0, 1, 3, 4, 5), 1)
    ]
    assert name == "whole.warc.gz" or max(map(len, pieces)) <= rows
    (row,) = read(found[0]).rows["documents"]
    assert {"<urn:uuid:0>", "https://example.org/0", "Fiji and Japan Agree"} <= set(row)


def test_a_folder_is_read_at_any_depth_each_file_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "page.html").write_bytes(PAGE)
    (tmp_path / "lines.jsonl").write_bytes(LINES)
    (tmp_path / "logo.xyz").write_bytes(b"\0")
    for hidden in (".hidden.txt", "_SUCCESS.txt"):
        (tmp_path / hidden).write_text("Hidden.")
    found = [item.source for piece in items(tmp_path) for item in piece]
    assert found == [*(f"lines.jsonl:{n}" for n in range(1, 8)), "deep/page.html"]


def test_each_entry_of_a_feed_is_a_document(tmp_path: Path) -> None:
    entries = "".join(
        f"<item><title>No. {n}</title><description>Fiji agreed to share tide data with Japan, and to train "
        f"inspectors in all ports by {2030 + n}.</description></item>"
        for n in range(2)
    )
    feed = f'<rss version="2.0"><channel><title>Releases</title>{entries}</channel></rss>'
    (tmp_path / "feed.rss").write_text(feed)
    ((item,),) = items(tmp_path)
    made = read_item(item, Options())
    assert [one.rows["documents"][0][1] for one in made] == ["feed.rss", "feed.rss:2"]


def test_damaged_rows_of_parquet_are_problems_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "damaged.parquet"
    texts = [f"{n} Fiji will host the meeting. {n * 7919}" for n in range(400)]
    pq.write_table(
        pa.table({"text": texts}), path, row_group_size=100, compression="gzip", use_dictionary=False
    )
    spoilt = bytearray(path.read_bytes())
    spoilt[len(spoilt) // 2 : len(spoilt) // 2 + 400] = b"\xff" * 400
    path.write_bytes(bytes(spoilt))
    found = [item for piece in items(tmp_path) for item in piece]
    assert [item.source for item in found] == [f"damaged.parquet:{n + 1}" for n in range(400)]
    assert found[0].refused is None
    assert found[-1].refused is not None
    (row,) = read(found[-1]).rows["problems"]
    assert "document/unreadable" in row


def test_a_damaged_compressed_file_is_said_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(LINES)[:-12])
    with pytest.raises(CommuniqueError, match=r"cut\.jsonl\.gz: damaged"):
        items(tmp_path)


def test_a_line_too_long_to_be_a_document_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("communique.bulk.inputs.jsonl._LONGEST_LINE", 60)
    one = LINES.splitlines(keepends=True)[0]
    (tmp_path / "long.jsonl").write_bytes(one + b'{"text": "%s"}\n' % (b"a" * 500) + one)
    found = [item for piece in items(tmp_path) for item in piece]
    assert [(i.source, i.refused is None) for i in found] == [
        ("long.jsonl:1", True),
        ("long.jsonl:2", False),
        ("long.jsonl:3", True),
    ]


def test_an_input_that_changed_since_it_was_cut_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(LINES)
    file = fingerprint("lines.jsonl", path, "jsonl")
    (piece,) = cutter("jsonl").cut(file, Columns(), 100, 1_000_000, tmp_path)
    path.write_bytes(LINES.replace(b"Japan", b"Samoa"))
    with pytest.raises(InputChanged, match="changed since"):
        list(cutter("jsonl").read(piece, Columns()))


@pytest.mark.parametrize(
    ("name", "said"), [("nothing", "no such file"), ("odd.xyz", "not a kind"), ("empty", "holds no file")]
)
def test_what_is_no_input_is_said(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "odd.xyz").write_bytes(b"x")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CommuniqueError, match=said):
        list(find_files(tmp_path / name))
