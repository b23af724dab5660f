"""Documents written for the phenomena of this register, each read against what a careful reader finds in it.

Beside each document of ``tests/golden`` stands a TOML file of the same name. ``about`` says which phenomena the
document was made for; the lists are those of the record, and hold what must be found:

    statements = [{ act = "agree", speakers = ["Japan", "Fiji"], words = "agreed to open a joint office" }]

``words`` must stand in the finding's quote, all other keys are fields with the value they must have (a party is its
name, a chair the party it sits for). An entry with ``optional`` may also be missing; one with ``xfail`` is known to
be missing or wrong, and says why. ``only`` names the lists that hold nothing beyond these entries, ``none`` those that
are empty. ``document`` holds fields of the document, ``set_aside`` and ``read`` words of the text that must be treated
so, ``problems`` codes that must be reported (and nothing else may be).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from communique.model import Chair, PartyRef, Record
from communique.reading import read
from communique.verify import LISTS, verify

FOLDER = Path(__file__).parent / "golden"
DOCUMENTS = sorted(path for path in FOLDER.iterdir() if path.suffix != ".toml")
KEYS = {"about", "document", "only", "none", "set_aside", "read", "problems", *LISTS}
REMARKS = {"words", "optional", "xfail"}


@pytest.fixture(scope="module", params=DOCUMENTS, ids=lambda path: path.stem)
def document(request: pytest.FixtureRequest) -> Path:
    """Give each document in turn."""
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def record(document: Path) -> Record:
    return read(document)


@pytest.fixture(scope="module")
def expected(document: Path) -> dict[str, Any]:
    return tomllib.loads(document.with_suffix(".toml").read_text())


def test_the_reader_finds_what_a_careful_reader_finds(record: Record, expected: dict[str, Any]) -> None:
    assert set(expected) <= KEYS, f"no such expectation: {sorted(set(expected) - KEYS)}"
    differences = [
        *_document(record, expected),
        *_dispositions(record, expected),
        *_problems(record, expected),
        *(line for name in LISTS for line in _list(record, expected, name)),
    ]
    assert not differences, "\n" + "\n".join(differences)


def test_nothing_is_found_that_its_words_do_not_support(record: Record) -> None:
    assert [p.message for p in verify(record)] == []
    assert [p.message for p in record.problems if p.code.startswith("refused/")] == []


def test_every_quote_is_its_slice_of_the_text(record: Record) -> None:
    text = record.document.text
    for name in set(LISTS) - {"parties", "measures"}:
        for finding in getattr(record, name):
            assert finding.quote == text[finding.start : finding.end]
            assert finding.quote.strip() == finding.quote != ""
    for party in record.parties:
        assert all(m.text == text[m.start : m.end] for m in party.mentions)


def test_segments_tile_the_text(record: Record) -> None:
    text, end = record.document.text, 0
    for segment in record.segments:
        assert text[end : segment.start].strip() == "", f"in no segment: {text[end : segment.start]!r}"
        assert end <= segment.start < segment.end
        assert segment.why is not None or segment.disposition != "set_aside"
        end = segment.end
    assert text[end:].strip() == "", f"in no segment: {text[end:]!r}"


def test_each_document_has_its_expectations_and_no_expectation_lacks_a_document() -> None:
    stems = [path.stem for path in DOCUMENTS]
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == stems
    assert len(stems) == len(set(stems)) >= 30


# --- comparing ---------------------------------------------------------------------------------------


def _document(record: Record, expected: dict[str, Any]) -> Iterator[str]:
    for field, value in expected.get("document", {}).items():
        found = getattr(record.document, field)
        if (found or "") != value:
            yield f"document: {field} is {value!r}, the reader has {found!r}"


def _dispositions(record: Record, expected: dict[str, Any]) -> Iterator[str]:
    text = _joined(record.document.text)
    for disposition in ("set_aside", "read"):
        held = [
            _joined(record.document.text[s.start : s.end])
            for s in record.segments
            if s.disposition == disposition
        ]
        for words in expected.get(disposition, ()):
            assert words in text, f"not in the document: {words!r}"
            if not any(words in words_held for words_held in held):
                yield f"segments: «{words}» should be {disposition}, and is not"


def _problems(record: Record, expected: dict[str, Any]) -> Iterator[str]:
    codes, wanted = {p.code for p in record.problems}, set(expected.get("problems", ()))
    yield from (f"problems: {code} is not reported" for code in sorted(wanted - codes))
    yield from (
        f"problems: reported beyond what is wrong: {p.code}: {p.message}"
        for p in record.problems
        if p.code not in wanted
    )


def _list(record: Record, expected: dict[str, Any], name: str) -> Iterator[str]:
    """Compare one list of the record: each entry takes the finding that is most like it."""
    left = list(getattr(record, name))
    text = _joined(record.document.text)
    for entry in expected.get(name, ()):
        assert "words" not in entry or entry["words"] in text, f"not in the document: {entry['words']!r}"
        found = min(
            (f for f in left if _on_words(f, entry)), key=lambda f: len(_wrong(f, entry)), default=None
        )
        right = found is not None and not _wrong(found, entry)
        if found is not None and (right or "optional" not in entry):
            left.remove(found)
        if right and "xfail" in entry:
            yield f"{name}: {_told(entry)} is found now: take its xfail away"
        elif not right and "xfail" not in entry and "optional" not in entry:
            yield f"{name}: expected {_told(entry)}; {_instead(found, entry)}"
    if name in expected.get("none", ()) or name in expected.get("only", ()):
        yield from (f"{name}: found beyond what is there: {_summary(f)}" for f in left)


def _on_words(finding: Any, entry: dict[str, Any]) -> bool:
    """Tell whether a finding may be the one an entry means: by its words, or by its name where it has none."""
    if "words" in entry:
        return entry["words"] in _joined(getattr(finding, "quote", None) or finding.text)
    return any(_value(finding, key) == entry[key] for key in ("name", "number", "topic") if key in entry)


def _wrong(finding: Any, entry: dict[str, Any]) -> list[str]:
    return [key for key in entry.keys() - REMARKS if _value(finding, key) != _plain(entry[key])]


def _instead(found: Any, entry: dict[str, Any]) -> str:
    if found is None:
        return "the reader found nothing on these words"
    return "the reader has " + ", ".join(
        f"{key} {_value(found, key)!r}" for key in sorted(_wrong(found, entry))
    )


def _value(finding: Any, field: str) -> Any:
    """Return a field as the expectations write it: parties by name, absence as an empty string."""
    value = getattr(finding, field)
    return "" if value is None else _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, PartyRef):
        return value.name
    if isinstance(value, Chair):
        return value.party or value.name
    if isinstance(value, (list, tuple)):
        return sorted("" if v is None else _plain(v) for v in value)
    return _joined(value) if isinstance(value, str) else value


def _told(entry: dict[str, Any]) -> str:
    values = ", ".join(f"{key} {value!r}" for key, value in entry.items() if key not in REMARKS)
    return f"{values} on «{entry['words']}»" if "words" in entry else values


def _summary(finding: Any) -> str:
    shown = ("act", "speakers", "debtors", "donor", "amount", "currency", "name", "number", "topic")
    values = [f"{key} {_value(finding, key)!r}" for key in shown if hasattr(finding, key)]
    return (
        f"{', '.join(values)} on «{_joined(getattr(finding, 'quote', None) or getattr(finding, 'text', ''))}»"
    )


def _joined(words: str) -> str:
    return " ".join(words.split())
