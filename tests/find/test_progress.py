"""Progress on earlier plans names the plan and the areas in which something was done."""

from __future__ import annotations

from communique.reading import read

WORDS = (
    "ASEAN and Japan welcomed the progress in implementing the ASEAN-Japan Plan of Action 2021-2025. "
    "Several projects have been carried out in various areas, such as health, tourism and ports. "
    "Ministers will make further progress on the ferry timetable."
)


def test_progress_belongs_to_the_plan_named_last_and_lists_its_areas() -> None:
    first, second = read(WORDS.encode(), media_type="text/plain", language="en").progress
    assert first.quote.startswith("ASEAN and Japan welcomed the progress")
    assert first.instrument == second.instrument == "ASEAN-Japan Plan of Action 2021-2025"
    assert second.areas == ("health", "tourism", "ports")
