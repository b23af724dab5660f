"""What all tests share: where the marked documents lie, the ledger they run on, and the mutation suite's figure."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHARED = Path(__file__).parents[2] / "shared"


def pytest_configure(config: pytest.Config) -> None:
    """Start Django on a ledger of this run's own; its workers take what the process that started them chose."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _choose_ledger()
    django.setup()


def _choose_ledger() -> None:
    """Name a new folder, and SQLite or what TEST_DATABASE_URL names."""
    folder = tempfile.mkdtemp(prefix="communique-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["COMMUNIQUE_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "communique.ledger.settings"
    for name in ("DATABASE_URL", "COMMUNIQUE_HOSTS", "COMMUNIQUE_HTTPS", "COMMUNIQUE_FETCH_PRIVATE"):
        os.environ.pop(name, None)
    if url := os.environ.get("TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = url


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of the marked documents and the corpus; skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the marked documents are not here")
    return SHARED


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start Debian's browser; skip where it is absent, unless CI=true. It asks for nothing by itself."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None and os.environ.get("CI") != "true":
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's driver runs a loop in the thread of the tests, which Django takes for danger.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests tell, and how many mutants were refused, added up over the tests that count them."""
    made = refused = 0
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        counted = dict(report.user_properties)
        if "told" in counted:
            terminalreporter.write_line(str(counted["told"]))
        made += int(str(counted.get("mutants", 0)))
        refused += int(str(counted.get("refused", 0)))
    if made:
        terminalreporter.write_line(f"mutants refused: {refused:,} of {made:,}")
