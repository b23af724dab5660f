"""A document is searched in passages that together hold all of its words."""

from __future__ import annotations

from communique.formats import read_bytes
from communique.ledger.documents.passages import cut
from communique.reading import read_text


def passages(text: str) -> list[str]:
    (read,) = read_bytes(text.encode(), path="release.txt", media_type="text/plain")
    record = read_text(read)  # type: ignore[arg-type]
    return [record.document.text[start:end] for start, end in cut(record)]


def test_paragraphs_stay_whole_as_many_as_fit() -> None:
    paragraph = "Thailand welcomed the proposal of Malaysia on tourism. " * 20
    found = passages("\n\n".join([paragraph.strip()] * 5))
    assert len(found) > 1
    assert all(one.startswith("Thailand") and one.endswith("tourism.") for one in found)


def test_a_paragraph_without_end_is_cut_between_words() -> None:
    words = [f"word{n}" for n in range(2000)]
    found = passages("The meeting listed " + " ".join(words) + ".")
    assert all(len(one) <= 3000 for one in found)
    assert [w for one in found for w in one.split()][3:-1] == words[:-1]
