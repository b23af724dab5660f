"""What all tests share: where the marked documents lie, and the figure that the mutation suite prints."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of the marked documents and the corpus; skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the marked documents are not here")
    return SHARED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many mutants were refused, added up over the tests that count them."""
    made = refused = 0
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        counted = dict(report.user_properties)
        made += int(str(counted.get("mutants", 0)))
        refused += int(str(counted.get("refused", 0)))
    if made:
        terminalreporter.write_line(f"mutants refused: {refused:,} of {made:,}")
