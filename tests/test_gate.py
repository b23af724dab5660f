"""What the gate before the parser keeps back holds no finding: read without it, general news gives the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.events import read_coded
from communique.formats import read_bytes
from communique.model import Text
from communique.text import page

NEWS = (Path(__file__).parents[1] / "benchmarks" / "news.txt").read_text("utf-8").split("\n---\n")

LIST = """\
Joint Statement by Fiji and Tonga

We, the Governments of Fiji and Tonga, have agreed to

- build a shared harbour office for the two capitals
"""


def text(words: str) -> Text:
    (one,) = read_bytes(words.encode(), path="news", media_type="text/plain")
    assert isinstance(one, Text)
    return one


@pytest.mark.parametrize("article", NEWS, ids=lambda a: a.splitlines()[0])
def test_the_gate_loses_nothing_of_general_news(article: str) -> None:
    assert read_coded(text(article)) == read_coded(text(article), gate=False)


def test_the_gate_loses_no_item_of_a_list() -> None:
    pact = text(LIST)
    owed = [c.quote for c in read_coded(pact).record.commitments]
    assert "build a shared harbour office for the two capitals" in owed
    assert read_coded(pact) == read_coded(pact, gate=False)


def test_the_gate_loses_nobody_who_is_on_stage_already() -> None:
    talks = text(
        "Japan and Fiji met in Suva on Monday.\n\nDiscussed were the price of copra and the reefs.\n\n"
        "It was agreed that training begins in May."
    )
    assert read_coded(talks).record.statements
    assert read_coded(talks) == read_coded(talks, gate=False)


def test_less_than_half_of_general_news_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    parse_all = page.parse_all

    def counted(given: list[str]) -> object:
        parsed.extend(given)
        return parse_all(given)

    monkeypatch.setattr(page, "parse_all", counted)
    sentences = 0
    for article in NEWS:
        sentences += len(read_coded(text(article)).record.segments)
    assert 0 < len(parsed) < sentences / 2
