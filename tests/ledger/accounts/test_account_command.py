"""``communique account``, as typed."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest


def _run(ledger: Any, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "communique", "account", *words]
    return subprocess.run(command, env=ledger.environment, capture_output=True, text=True, check=False)


@pytest.mark.both_databases
def test_an_account_is_added_listed_and_given_another_link(fresh_ledger: Any) -> None:
    empty = _run(fresh_ledger, "list")
    assert (empty.returncode, empty.stdout) == (0, "")
    assert "communique serve" in empty.stderr
    added = _run(
        fresh_ledger, "add", "Thanat Khoman", "--role", "editor", "--host", "ledger.example.org", "--https"
    )
    assert added.returncode == 0, added.stderr
    assert re.fullmatch(r"https://ledger\.example\.org/link/[\w-]{43}/\n", added.stdout)
    again = _run(fresh_ledger, "reset", "thanat khoman", "--host", "::1", "--port", "8001")
    assert re.fullmatch(r"http://\[::1\]:8001/link/[\w-]{43}/\n", again.stdout)
    assert _run(fresh_ledger, "list").stdout == "Thanat Khoman  editor  no password yet\n"


def test_what_can_not_be_is_told_in_a_line(fresh_ledger: Any) -> None:
    unknown = _run(fresh_ledger, "reset", "Nobody")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert unknown.stderr == "communique: there is no account called Nobody (communique account list)\n"
    assert _run(fresh_ledger, "add", "<b>").returncode == 1
    assert _run(fresh_ledger, "add", "Adam Malik", "--role", "king").returncode == 2


def test_reading_a_document_imports_nothing_of_django() -> None:
    code = "import sys, communique.cli; sys.exit(any(m.partition('.')[0] == 'django' for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
