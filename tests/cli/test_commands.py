"""The command line as a whole: help, version, schema, completion, and how soon it answers."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from communique import __version__
from communique.export.schema import record_schema

Run = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]

HEAVY = ("spacy", "numpy", "rich", "pandas", "httpx", "lxml", "dateparser", "babel", "communique.reading")


def test_help_names_the_commands_and_shows_examples(run: Run) -> None:
    text = run("--help").stdout
    assert [c for c in ("read", "evaluate", "schema") if f"\n  {c} " not in text] == []
    assert "communique read release.html" in text


@pytest.mark.parametrize("command", ["read", "evaluate", "schema"])
def test_every_command_explains_itself_with_an_example(run: Run, command: str) -> None:
    text = run(command, "--help").stdout
    assert f"communique {command} " in text.split("Example")[1]
    assert max(map(len, text.splitlines())) <= 100


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; sys.argv = ['communique', '--help']\n"
        "from communique.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.stderr.strip() == "[]"


def test_help_answers_in_less_than_a_third_of_a_second(process: Process) -> None:
    """Counted as processor time, so that other work on the machine doesn't count."""
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        process("--help")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(times) < 0.3


def test_the_version_is_the_package_s(run: Run) -> None:
    assert run("--version").stdout == f"communique {__version__}\n"


def test_schema_prints_the_schema(run: Run) -> None:
    assert run("schema").stdout == record_schema()


def test_no_command_shows_the_help(run: Run) -> None:
    assert "Usage: " in run().output


def test_a_shell_can_complete_commands_and_formats(process: Process) -> None:
    for words, expected in (("communique sc", b"schema"), ("communique read x --format ma", b"markdown")):
        done = subprocess.run(
            [sys.executable, "-c", "from communique.cli import app; app(prog_name='communique')"],
            env={
                "_COMMUNIQUE_COMPLETE": "complete_bash",
                "COMP_WORDS": words,
                "COMP_CWORD": str(len(words.split()) - 1),
            },
            capture_output=True,
            timeout=60,
        )
        assert done.stdout.split() == [expected]


def test_evaluate_says_what_to_give_it(run: Run, tmp_path: Path) -> None:
    assert run("evaluate", tmp_path / "gone").exit_code == 2
    empty = run("evaluate", tmp_path)
    assert empty.exit_code == 1
