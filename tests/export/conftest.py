"""A record made by hand, so that what is tested here depends on no reader."""

from __future__ import annotations

import pytest

from communique.model import (
    Area,
    Chair,
    Commitment,
    Contribution,
    Coverage,
    Document,
    Instrument,
    Issue,
    Measure,
    Meeting,
    Mention,
    Party,
    PartyRef,
    Problem,
    Progress,
    Reader,
    Record,
    Segment,
    Statement,
    Support,
)

TEXT = """Fiji and Japan Hold Third Ocean Dialogue

Menu | Home | Subscribe <script>alert(1)</script>

Suva: Fiji and Japan held the 3rd Fiji-Japan Ocean Dialogue last week.
Both sides welcomed the commitment of Japan to fund tide gauges under the Ocean Plan 2024-28.
Japan announced a contribution of up to US$2.5 million to the Pacific Tide Fund.
They discussed illegal fishing and deep-sea mining.

1.1 Train forty harbour pilots.

The sea was calm \u202eand blue & <b>wide</b> that day.
"""

FIJI = PartyRef("FJI", "Fiji")
JAPAN = PartyRef("JPN", "Japan")


def _at(words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def _quote(words: str) -> dict[str, object]:
    start, end = _at(words)
    return {"quote": words, "start": start, "end": end}


def _mentions(name: str) -> tuple[Mention, ...]:
    return tuple(Mention(*_at(name, n), name) for n in range(TEXT.count(name)))


def _segments() -> tuple[Segment, ...]:
    lines = [line for line in TEXT.split("\n") if line]
    roles = ("title", "furniture", "dateline", "body", "body", "body", "list_item", "body")
    out = []
    for line, role in zip(lines, roles, strict=True):
        disposition = {"furniture": "set_aside"}.get(role, "unread" if "calm" in line else "read")
        why = "menu of the page" if role == "furniture" else None
        out.append(Segment(*_at(line, 0), role, "en", disposition, why))
    return tuple(out)


def _coverage(segments: tuple[Segment, ...]) -> Coverage:
    size = {"read": 0, "set_aside": 0, "unread": 0}
    for s in segments:
        size[s.disposition] += s.end - s.start
    return Coverage(**size)


@pytest.fixture(scope="session")
def record() -> Record:
    segments = _segments()
    return Record(
        document=Document(
            TEXT,
            "0" * 64,
            "text/plain",
            kind="press_release",
            title="Fiji and Japan Hold Third Ocean Dialogue",
            publisher="Example Wire",
            dateline_place="Suva",
            published="2024-03-12T16:20:00+12:00",
            language="en",
            url="https://example.org/ocean",
        ),
        segments=segments,
        coverage=_coverage(segments),
        parties=(
            Party("FJI", "Fiji", "state", mentions=_mentions("Fiji")),
            Party("JPN", "Japan", "state", mentions=_mentions("Japan")),
        ),
        meetings=(
            Meeting(
                **_quote("held the 3rd Fiji-Japan Ocean Dialogue last week"),
                name="3rd Fiji-Japan Ocean Dialogue",
                series="Fiji-Japan Ocean Dialogue",
                ordinal=3,
                date="2024-03-04/2024-03-10",
                date_rule="the week before the dateline",
                place="Suva",
                chairs=(Chair("Kamisese Mara", "Permanent Secretary", "Fiji"),),
                supports=(Support("date", "dates/last-week", *_at("last week")),),
            ),
        ),
        statements=(
            Statement(
                **_quote("welcomed the commitment of Japan to fund tide gauges under the Ocean Plan 2024-28"),
                act="welcome",
                cue="welcomed",
                speakers=(FIJI, JAPAN),
            ),
            Statement(
                **_quote("commitment of Japan to fund tide gauges under the Ocean Plan 2024-28"),
                act="commit",
                cue="commitment",
                speakers=(JAPAN,),
                inside=0,
            ),
            Statement(
                **_quote("discussed illegal fishing and deep-sea mining"),
                act="discuss",
                cue="discussed",
                speakers=(FIJI, JAPAN),
            ),
        ),
        commitments=(
            Commitment(
                **_quote("to fund tide gauges under the Ocean Plan 2024-28"),
                debtors=(JAPAN,),
                beneficiaries=(FIJI,),
                action="fund tide gauges",
                instrument="Ocean Plan 2024-28",
            ),
        ),
        contributions=(
            Contribution(
                **_quote("contribution of up to US$2.5 million to the Pacific Tide Fund"),
                donor=JAPAN,
                amount="2500000",
                currency="USD",
                bound="up_to",
                recipient="Pacific Tide Fund",
                kind="announced",
            ),
        ),
        instruments=(
            Instrument(
                **_quote("Ocean Plan 2024-28"),
                name="Ocean Plan 2024-28",
                surface="Ocean Plan 2024-28",
                kind="plan_of_action",
                period=("2024", "2028"),
            ),
        ),
        measures=(Measure(*_at("1.1 Train forty harbour pilots."), "1.1", "Train forty harbour pilots."),),
        issues=(
            Issue(**_quote("illegal fishing"), topic="illegal fishing", parties=(FIJI, JAPAN)),
            Issue(**_quote("deep-sea mining"), topic="deep-sea mining", parties=(FIJI, JAPAN)),
        ),
        areas=(Area(**_quote("tide gauges"), name="tide gauges"),),
        progress=(Progress(**_quote("fund tide gauges"), instrument=None, areas=("tide gauges",)),),
        problems=(Problem("text/direction", "a direction override stands in the text", *_at("\u202e")),),
        reader=Reader("0.1.0", "0123456789abcdef"),
    )
