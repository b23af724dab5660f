"""Colours that can be read, and pages that run nothing inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import communique.ledger

LEDGER = Path(communique.ledger.__file__).parent
TOKENS = (LEDGER / "design/static/design/tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", part))
    for part in TOKENS.split("@media (prefers-color-scheme: dark)")
)
TEXT = [
    *((ink, ground) for ink in ("ink", "soft", "accent") for ground in ("paper", "panel", "raised")),
    *((ink, "paper") for ink in ("good", "warn", "bad", *(name for name in LIGHT if name.startswith("kind-")))),
    *((tone, f"{tone}-wash") for tone in ("good", "warn", "bad")),
    *(("ink", f"{tone}-wash") for tone in ("good", "warn", "bad")),
    ("accent", "wash"), ("ink", "wash"), ("soft", "wash"), ("on-accent", "accent"), ("lit-ink", "lit"),
    ("ink", "hatch"), ("paper", "ink"), ("paper", "bad"),
    *(("paper", name) for name in LIGHT if name.startswith("kind-")),
]  # fmt: skip
SHAPES = [("edge", "paper"), ("edge", "raised"), ("edge", "panel"), ("accent", "paper"), ("accent", "panel")]
TEMPLATES = sorted(LEDGER.rglob("*.html"))


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = (int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_words_can_be_read(mode: dict[str, str], ink: str, ground: str) -> None:
    assert _contrast(mode[ink], mode[ground]) >= 4.5


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), SHAPES)
def test_fields_and_focus_can_be_seen(mode: dict[str, str], edge: str, ground: str) -> None:
    assert _contrast(mode[edge], mode[ground]) >= 3


def test_the_dark_knows_every_colour_of_the_light() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_paper_knows_every_colour_so_that_nothing_of_the_dark_is_printed() -> None:
    paper = (LEDGER / "design/static/design/print.css").read_text(encoding="utf-8")
    printed = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", paper))
    assert printed.keys() == LIGHT.keys()
    assert all(_contrast(printed[ink], printed[ground]) >= 4.5 for ink, ground in TEXT if ink != "paper")


@pytest.mark.parametrize("path", TEMPLATES, ids=[str(path.relative_to(LEDGER)) for path in TEMPLATES])
def test_no_page_holds_script_or_style_of_its_own(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)", source) == []
    assert re.findall(r"<style\b|\sstyle=|\son[a-z]+=|\shx-on|javascript:", source) == []
