"""Hidden characters in words from outside: shown, without effect, and at the offset they stand at."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

import pytest
from django.template import Context, Engine
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from communique.ledger.writing.visible import inert, inert_part, mixes_scripts, spelt, written_out

ENGINE = Engine(libraries={"inert": "communique.ledger.design.templatetags.inert"})
VISIBLE_FORMATS = set(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
"""Signs that Unicode counts among the format characters, and that have a shape."""


def shown(template: str, words: object) -> str:
    return ENGINE.from_string("{% load inert %}" + template).render(Context({"words": words}))


def content(markup: str) -> str:
    """The text content of a piece of HTML, as a script in the page counts it."""
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_data = found.append  # type: ignore[method-assign]
    parser.feed(markup)
    parser.close()
    return "".join(found)


def test_an_override_ends_where_it_stands() -> None:
    assert inert("paid \u202e6 million") == (
        '<bdi>paid <bdi class="invisible-char" data-code="U+202E">\u202e</bdi>6 million</bdi>'
    )


def test_words_are_escaped_whoever_called_them_safe() -> None:
    words = mark_safe("<script>alert(1)</script> & \"'")
    escaped = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;&#x27;"
    assert shown("{{ words|inert_part }}", words) == escaped
    assert shown("{{ words|inert }}", words) == escaped
    assert (
        shown('<p title="{{ words|spelt }}">', words) == f'<p title="{escaped.replace("&#x27;", "&#x27;")}">'
    )


def test_what_is_not_there_is_nothing() -> None:
    assert shown("{{ words|inert }}{{ words|inert_part }}{{ words|spelt }}", None) == ""


def test_in_an_attribute_hidden_characters_are_spelt_out() -> None:
    assert spelt("a\u202eb\u2066c\x1b") == "a⟨RLO⟩b⟨LRI⟩c⟨U+001B⟩"


def test_where_no_offsets_count_a_hidden_character_gives_way_to_its_name() -> None:
    assert written_out("a\u202e") == 'a<bdi class="invisible-char">RLO</bdi>'


@given(st.text(st.characters(exclude_characters="\0\r", exclude_categories=("Cs",))))
def test_no_offset_moves(text: str) -> None:
    assert content(inert_part(text)) == text


@given(st.text())
def test_no_offset_moves_where_a_character_can_be_in_no_page(text: str) -> None:
    assert len(content(inert_part(text.replace("\r", "")))) == len(text.replace("\r", ""))


@given(st.text(st.sampled_from("a\u202e\u200bб б\u200d\ufe0f🏴سक\0\ud800<&"), max_size=80))
def test_nothing_hidden_stands_outside_of_its_element(text: str) -> None:
    bare = re.sub(r'<bdi class="invisible-char"[^>]*>[^<]*</bdi>', "", inert_part(text))
    assert not re.search("[\u202e\0\ud800]", bare)


def test_every_character_without_a_shape_is_marked_beside_latin_letters() -> None:
    hidden = [chr(n) for n in range(0x110000) if unicodedata.category(chr(n)) in {"Cf", "Cc", "Zl", "Zp"}]
    expected = [c for c in hidden if c not in VISIBLE_FORMATS and c not in "\t\n\r"]
    assert [c for c in expected if "invisible-char" not in inert(f"a{c}b")] == []
    assert [c for c in VISIBLE_FORMATS | set("\t\n\r \u00a0é") if "invisible-char" in inert(f"a{c}b")] == []


@pytest.mark.parametrize(
    "words", ["می\u200cخواهد", "क्\u200dष", "👩\u200d🚀", "❤\ufe0f", "שלום\u200f!", "ภาษา\u200bไทย"]
)
def test_joiners_and_marks_are_left_alone_where_a_script_needs_them(words: str) -> None:
    assert inert_part(words) == words


@pytest.mark.parametrize("words", ["mil\u200blion", "AS\u200dEAN", "6\ufe0f", "a\u200e b", "\u200b"])
def test_they_are_marked_where_none_does(words: str) -> None:
    assert "invisible-char" in inert(words)


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("АSEAN", "А"),
        ("ASЕАN", "ЕА"),
        ("рaуment", "р"),
        ("Ｕnited", "Ｕ"),
    ],
)
def test_letters_that_pass_for_latin_ones_are_marked(words: str, marked: str) -> None:
    assert f'<bdi class="lookalike" data-code="U+{ord(marked[0]):04X}' in inert(words)
    assert f">{marked}</bdi>" in inert(words)
    assert mixes_scripts(words)


@pytest.mark.parametrize(
    "words", ["США and Россия", "10 μm", "Ελλάδα", "São Tomé", "G-7/Европа", "东盟 ASEAN"]
)
def test_words_of_one_script_are_not(words: str) -> None:
    assert inert(words) == words


@pytest.mark.parametrize("words", ["السعودية (2)", "ישראל", "a \u202e"])
def test_words_that_run_from_the_right_are_kept_apart_from_those_around_them(words: str) -> None:
    assert inert(words).startswith("<bdi>")
    assert inert(words).endswith("</bdi>")


def test_a_text_full_of_hidden_characters_stays_in_proportion() -> None:
    text = "a\u202e" * 100_000
    assert len(inert_part(text)) < 10 * len(text)
    assert len(content(inert_part(text))) == len(text)
    assert "\u202e" not in re.sub(r'<bdi class="invisible-char"[^>]*>[^<]*</bdi>', "", inert_part(text))
