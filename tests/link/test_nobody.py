"""News about nobody who deals for a state or an organisation holds no dealings, and is hardly read."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.events import read_coded
from communique.formats import read_bytes
from communique.model import Record, Text
from communique.reading import read_text
from communique.text import page

NEWS = (Path(__file__).parents[2] / "benchmarks" / "news.txt").read_text("utf-8").split("\n---\n")
FERRY = next(article for article in NEWS if article.startswith("Ferry strike"))


def text(words: str) -> Text:
    (one,) = read_bytes(words.encode(), path="news", media_type="text/plain")
    assert isinstance(one, Text)
    return one


def found(record: Record) -> list[str]:
    lists = (
        record.statements,
        record.commitments,
        record.contributions,
        record.meetings,
        record.issues,
        record.areas,
    )
    return [f.quote for one in lists for f in one]


def test_what_a_company_or_the_police_say_in_news_of_nobody_is_no_dealing_between_parties() -> None:
    assert "says that it loses" in FERRY
    assert found(read_text(text(FERRY))) == []


def test_naming_one_party_makes_it_a_document_about_parties() -> None:
    named = FERRY.replace("Talks go on at the port office", "Greece will mediate at the port office")
    assert any("Greece will mediate" in quote for quote in found(read_text(text(named))))


def test_a_fragment_may_have_lost_its_names() -> None:
    assert found(read_text(text("The company says that it loses money."))) == [
        "The company says that it loses money"
    ]


def test_no_sentence_of_such_news_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[int] = []
    parse_all = page.parse_all
    monkeypatch.setattr(page, "parse_all", lambda given: parsed.append(len(given)) or parse_all(given))  # type: ignore[func-returns-value]
    read_text(text(FERRY))
    assert sum(parsed) == 0


@pytest.mark.parametrize("article", NEWS, ids=lambda a: a.splitlines()[0])
def test_the_gate_loses_nothing_of_general_news(article: str) -> None:
    assert read_coded(text(article)) == read_coded(text(article), gate=False)
