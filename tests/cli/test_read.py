"""``communique read``: what goes in, what comes out, and what is said when something can't be read."""

from __future__ import annotations

import json
import stat
import subprocess
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import Result

Run = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


def _titles(output: str) -> list[str]:
    return [json.loads(line)["document"]["text"].split()[0] for line in output.splitlines()]


def test_one_file_as_json_is_one_object_and_nothing_else(run: Run, release: Path) -> None:
    done = run("read", release, "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["contributions"][0]["amount"] == "2000000"
    assert done.stderr == ""


def test_the_table_is_the_default_and_plain_where_nobody_watches(process: Process, release: Path) -> None:
    done = process("read", release)
    text = done.stdout.decode()
    assert "MONEY  1" in text
    assert "USD 2,000,000" in text
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_colour_can_be_asked_for_and_refused(
    run: Run, release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("read", release).stdout
    monkeypatch.delenv("FORCE_COLOR")
    assert "\x1b[" not in run("read", release).stdout


def test_standard_input_is_read_where_the_name_is_a_dash(run: Run, release: Path) -> None:
    done = run("read", "-", "--format", "json", input=release.read_bytes())
    assert json.loads(done.stdout)["document"]["text"].startswith("Fiji and Japan")


def test_a_folder_is_read_at_every_depth_without_hidden_and_other_files(run: Run, folder: Path) -> None:
    done = run("read", folder, "--format", "jsonl")
    assert _titles(done.stdout) == ["Fiji", "Samoa"]
    assert "Read 2 documents from 2 sources; 1 file of other kinds left out." in done.stderr


def test_a_pattern_in_quotes_is_expanded_and_no_file_read_twice(run: Run, folder: Path) -> None:
    done = run("read", folder / "**" / "*.txt", folder / "one.txt", "--format", "jsonl")
    assert sorted(_titles(done.stdout)) == ["Fiji", "Samoa"]


def test_each_line_of_json_lines_is_a_document(run: Run, release: Path, tmp_path: Path) -> None:
    lines = tmp_path / "many.jsonl"
    rows = [
        {"id": str(n), "text": release.read_text(), "title": f"Title {n}", "date": "2024-03-12"}
        for n in range(3)
    ]
    lines.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    done = run("read", lines, "--format", "jsonl")
    documents = [json.loads(line)["document"] for line in done.stdout.splitlines()]
    assert [d["title"] for d in documents] == ["Title 0", "Title 1", "Title 2"]


def test_what_the_reader_is_told_wins_over_what_the_document_says(run: Run, release: Path) -> None:
    told = ("--published", "2024-03-12", "--title", "Tides", "--language", "en")
    document = json.loads(run("read", release, "--format", "json", *told).stdout)["document"]
    assert (document["title"], document["published"], document["language"]) == ("Tides", "2024-03-12", "en")


def test_one_file_s_failure_does_not_stop_the_others(run: Run, folder: Path) -> None:
    empty = folder / "bad.txt"
    empty.write_bytes(b"")
    done = run("read", folder, folder / "gone.txt", "--format", "jsonl")
    assert _titles(done.stdout) == ["Fiji", "Samoa"]
    assert done.exit_code == 1
    said = done.stderr.splitlines()
    assert said[0].startswith(f"communique: {empty}: ")
    assert said[1] == f"communique: {folder / 'gone.txt'}: no such file or directory"
    assert said[2].startswith("Read 2 documents from 4 sources; 2 could not be read")


def test_a_failure_is_one_line_without_a_traceback(process: Process, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    done = process("read", picture)
    assert (done.returncode, done.stdout) == (1, b"")
    assert len(done.stderr.decode().splitlines()) == 1
    assert done.stderr.decode().startswith(f"communique: {picture}: a picture (")


@pytest.mark.parametrize(
    "wrong",
    [
        ("--format", "xml"),
        ("--published", "last week"),
        ("--language", "English!"),
        ("--jobs", "-1"),
        ("--no-such-option",),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_status_2_and_says_what_is_wrong(
    run: Run, release: Path, wrong: tuple[str]
) -> None:
    done = run("read", release, *wrong)
    assert done.exit_code == 2
    assert wrong[0] in done.stderr


def test_a_title_for_several_documents_is_wrong_usage(run: Run, folder: Path) -> None:
    done = run("read", folder, "--title", "One for all")
    assert done.exit_code == 2
    assert "names one document" in done.stderr


def test_no_argument_is_wrong_usage(run: Run) -> None:
    assert run("read").exit_code == 2


def test_a_pattern_that_matches_nothing_is_said(run: Run, tmp_path: Path) -> None:
    done = run("read", tmp_path / "*.pdf")
    assert done.exit_code == 1
    assert done.stderr.strip() == f"communique: {tmp_path / '*.pdf'}: no file matches this pattern"


def test_the_ending_of_the_output_says_the_format(run: Run, release: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "page.html"
    target.parent.mkdir()
    assert run("read", release, "-o", target).exit_code == 0
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [p.name for p in target.parent.iterdir()] == ["page.html"]


def test_an_output_file_may_be_read_by_whom_other_files_may(run: Run, release: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    run("read", release, "-o", target)
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(release.stat().st_mode)


def test_where_nothing_can_be_read_no_file_is_written_and_none_is_lost(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text("before", encoding="utf-8")
    assert run("read", tmp_path / "gone.txt", "-o", kept).exit_code == 1
    assert kept.read_text(encoding="utf-8") == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["kept.json"]


def test_an_output_that_cannot_be_written_is_said_in_one_line(process: Process, release: Path) -> None:
    done = process("read", release, "-o", release / "below" / "out.json")
    assert done.returncode == 1
    assert len(done.stderr.decode().splitlines()) == 1


def test_a_folder_as_output_gets_a_file_for_each_document(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "deep" / "one.txt").write_bytes((folder / "one.txt").read_bytes())
    done = run("read", folder, "--format", "markdown", "-o", f"{tmp_path}/reports/")
    assert done.exit_code == 0
    assert sorted(p.name for p in (tmp_path / "reports").iterdir()) == ["one-2.md", "one.md", "two.md"]


def test_two_documents_as_json_are_an_array(run: Run, folder: Path) -> None:
    assert len(json.loads(run("read", folder, "--format", "json").stdout)) == 2


def test_an_address_that_is_not_public_is_refused_in_one_line(run: Run) -> None:
    done = run("read", "http://127.0.0.1:9/page.html")
    assert done.exit_code == 1
    assert done.stderr.startswith("communique: http://127.0.0.1:9/page.html: ")
    assert len(done.stderr.splitlines()) == 1


def test_an_address_is_fetched_and_kept_as_the_document_s_source(run: Run, release: Path) -> None:
    served = partial(SimpleHTTPRequestHandler, directory=release.parent)
    with ThreadingHTTPServer(("127.0.0.1", 0), served) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/release.txt"
        done = run("read", url, "--allow-private", "--format", "json")
        server.shutdown()
    document = json.loads(done.stdout)["document"]
    assert (document["url"], document["text"][:14]) == (url, "Fiji and Japan")


def test_an_address_of_another_kind_is_refused(run: Run) -> None:
    done = run("read", "file:///etc/hostname")
    assert (done.exit_code, done.stdout) == (1, "")


def test_a_mistake_in_the_reader_costs_one_document_and_says_where_it_is(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import communique.reading

    read_text = communique.reading.read_text

    def fails_on_samoa(text, **told):  # type: ignore[no-untyped-def]
        if "Samoa" in text.content:
            raise IndexError("list index out of range")
        return read_text(text, **told)

    monkeypatch.setattr(communique.reading, "read_text", fails_on_samoa)
    done = run("read", folder, "--format", "jsonl")
    assert _titles(done.stdout) == ["Fiji"]
    assert "the reader failed: IndexError at test_read.py:" in done.stderr
