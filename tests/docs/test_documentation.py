"""The documentation is true: what it shows is current, its commands run, its links lead somewhere."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import get_args

import msgspec
import pytest
from typer.testing import CliRunner

from communique.cli import app
from communique.export.schema import meanings
from communique.model import Coverage, Document, Reader, Record
from communique.vocab.acts import ActFile

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")]
FENCED = re.compile(r"^```(?P<kind>\w+)\n(?P<code>.*?)^```$", re.M | re.S)
LINK = re.compile(r"\]\((?P<path>[^)#:\s]*)(?:#(?P<anchor>[\w-]+))?\)")
NAMED = re.compile(r'"((?!application)[a-z]+/[a-z-]+)"')  # a rule or a problem

RELEASE = """<html><body><h1>Fiji and Japan Agree</h1>
<p>Fiji and Japan agreed to share tide data.</p></body></html>"""
FEED = """<rss version="2.0"><channel><title>Releases</title><item><title>Fiji and Japan Agree</title>
<description>Fiji and Japan agreed to share tide data, and to train inspectors.</description>
</item></channel></rss>"""
MAIL = b"""From: press@example.org
Date: Tue, 12 Mar 2024 16:20:00 +0700
Message-ID: <1@example.org>
Subject: Fiji and Japan Agree

Fiji and Japan agreed to share tide data.
"""
PDF = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
/Resources <</Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>>> endobj
4 0 obj <</Length 81>> stream
BT /F1 12 Tf 72 700 Td (Fiji and Japan agreed to share tide data in Suva.) Tj ET
endstream endobj
trailer <</Root 1 0 R>>
"""


def generator() -> ModuleType:
    spec = spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RUN_ELSEWHERE = ("tutorial-bulk.md",)
"""Pages whose programs follow on one another: tests/bulk/test_documentation.py."""


def fenced(kind: str) -> list[object]:
    """List the fenced blocks of a kind, each named by its page and place."""
    return [
        pytest.param(block["code"], id=f"{page.relative_to(ROOT)}:{block.start()}")
        for page in PAGES
        for block in FENCED.finditer(page.read_text("utf-8"))
        if block["kind"] == kind and page.name not in RUN_ELSEWHERE
    ]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with the examples and the files that the pages name."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for folder in ("archive", "more"):
        (tmp_path / folder).mkdir()
    (tmp_path / "archive" / "release.html").write_text(RELEASE, "utf-8")
    (tmp_path / "more" / "release.eml").write_bytes(MAIL)
    (tmp_path / "release.html").write_text(RELEASE, "utf-8")
    (tmp_path / "feed.xml").write_text(FEED, "utf-8")
    (tmp_path / "release.pdf").write_bytes(PDF)
    line = {"id": 1, "text": "Fiji and Japan agreed to share tide data."}
    (tmp_path / "documents.jsonl").write_bytes(msgspec.json.encode(line) + b"\n{}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_line(line: str) -> None:
    """Run a line of a page: one of our commands, perhaps fed by `cat` or `tail -n +N`."""
    feeder, _, command = line.rpartition(" | ")
    program, *arguments = shlex.split(command)
    assert program == "communique", line
    done = CliRunner().invoke(app, arguments, input=fed(feeder), catch_exceptions=False)
    assert done.exit_code == 0 or "documents.jsonl" in line, done.stderr
    assert done.stdout or "-o" in arguments, line


def fed(feeder: str) -> bytes | None:
    match shlex.split(feeder):
        case []:
            return None
        case ["cat", path]:
            return Path(path).read_bytes()
        case ["tail", "-n", start, path]:
            return b"".join(Path(path).read_bytes().splitlines(keepends=True)[int(start) - 1 :])
    raise AssertionError(f"no test can run {feeder!r}")


def test_what_the_pages_take_from_the_code_is_current() -> None:
    stale = [path.name for path, text in generator().pages() if path.read_text("utf-8") != text]
    assert stale == [], "run: make docs"


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("code", fenced("sh"))
def test_the_commands_of_the_pages_run(code: str) -> None:
    for line in code.splitlines():
        run_line(line)


@pytest.mark.parametrize("code", fenced("python"))
def test_the_programs_of_the_pages_run(code: str, desk: Path) -> None:
    run_line("communique read examples/talks.txt --format json -o talks.json")
    (desk / "program.py").write_text(code, "utf-8")
    runpy.run_path("program.py")


@pytest.mark.parametrize("code", fenced("toml"))
def test_the_act_that_contributing_shows_is_one(code: str) -> None:
    act = msgspec.toml.decode(code, type=ActFile)
    assert all(e.cue in e.text for e in act.examples)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.finditer(page.read_text("utf-8")):
        target = (page.parent / link["path"]).resolve() if link["path"] else page
        assert target.exists(), link[0]
        if link["anchor"]:
            assert link["anchor"] in anchors(target), link[0]


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", head).strip().lower().replace(" ", "-") for head in heads}


def test_every_field_of_the_record_says_what_it_means() -> None:
    lists = [get_args(f.type)[0] for f in msgspec.structs.fields(Record) if get_args(f.type)]
    for type_ in (Record, Document, Coverage, Reader, *lists):
        assert set(meanings(type_)) == set(type_.__struct_fields__), type_


def test_every_rule_and_every_problem_of_the_code_is_in_the_reference() -> None:
    listed = (ROOT / "docs/reference/rules.md").read_text() + (
        ROOT / "docs/reference/problems.md"
    ).read_text()
    package = ROOT / "src" / "communique"
    files = [
        *package.glob("find/*.py"),
        *package.glob("link/*.py"),
        *package.glob("events/*.py"),
        package / "text/prepare.py",
    ]
    named = {name for path in files for name in NAMED.findall(path.read_text("utf-8"))}
    assert len(named) > 20
    assert {name for name in named if f"`{name}" not in listed} == set()
