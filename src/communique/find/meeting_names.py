"""Finds the names of meetings: "26th ASEAN-ROK Dialogue", "first leaders’ meeting of the I2U2
Group", "COP28".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from communique.find.dates import find_dates
from communique.find.ordinals import find_ordinals
from communique.find.spacing import any_of, spaced
from communique.vocab.meetings import HeadKind, heads, name_words, words

GENERIC = name_words().generic


@dataclass(frozen=True, slots=True)
class MeetingName:
    """The name of a meeting as written, without its article. ``head`` is its noun in small letters,
    singular.
    """

    start: int
    end: int
    text: str
    head: str
    kind: HeadKind
    ordinal: int | None = None
    core: frozenset[str] = frozenset()

    @property
    def series(self) -> str | None:
        """The name without what tells one meeting of a series from the next: ordinal, year, month, format."""
        return series_of(self.text)


_WORD = spaced(r"[\w-]*(?<!\w)(?:U\.S|U\.K|U\.N|D\.C)\.(?![\w-])|\w(?:[\w⁠’'&]|\.(?=[\w-])|-⁠?(?=\w))*|[^\w\s]")
_ACRONYM = spaced(r"\s?\(\s?[“\"]?(?P<letters>[A-Z][\w&.-]{1,11}(?:\s[A-Z]\w{1,8})?)[”\"]?\s?\)")
_AS_WRITTEN = spaced(r"(?:in\s)?\b(?:1[89]|20)\d\d\b")
_EDITION = spaced(r"\s(?:1[89]|20)\d\d(?![\w-])")
_COP = spaced(r"\bCOP[\s-]?\d{1,2}\b")
_OF = spaced(
    r"\s(?P<prep>of|on|for|between|among|with|against)\s(?P<the>the\s|a\s|"
    r"an\s|their\s|its\s)?(?=[A-Z“\"‘]|two\sleaders|heads\sof|leaders)"
)


@cache
def _head_pattern() -> re.Pattern[str]:
    nouns, letters = any_of(heads().heads), any_of(heads().acronyms)
    return spaced(rf"\b(?:(?P<noun>{nouns})s?|(?P<letters>(?-i:{letters})))(?![\w-])(?!’?\w)", re.I)


def find_names(
    text: str, start: int, end: int, *, known: dict[str, str] | None = None, title: bool = False
) -> Iterator[MeetingName]:
    """Yield the names of meetings between two offsets; they may be bare nouns ("the Summit").

    ``known`` maps letters introduced in the text (NCG) to the head noun of what they stand for; ``title``
    says that all words are written large, so that size tells nothing.
    """
    found = [
        _grown(text, start, end, m.start(), m.end(), _head_of(m))
        for m in _head_pattern().finditer(text, start, end)
    ]
    for m in _COP.finditer(text, start, end):
        ordinal = int(re.sub(r"\D", "", m.group()))
        found.append(MeetingName(m.start(), m.end(), m.group(), "cop", "event", ordinal, frozenset({"cop"})))
    for letters, head in (known or {}).items():
        found += _by_letters(text, start, end, letters, head)
    last = start
    for name in sorted(found, key=lambda n: (n.start, -n.end)):
        if name.end <= last or (
            (not title or name.head in name_words().adjectives) and _is_modifier(text, name, end)
        ):
            continue
        last = name.end
        yield name


_BEFORE_NOUN = spaced(
    r"\s(?!(?:in|on|at|of|for|with|between|and|to|held|hosted|convened|today|which|that|"
    r"where|as|was|is|will|from)\b)[\w“]"
)
_NEXT_WORD = spaced(r"\s(?P<word>[A-Z][\w-]+)")


def _is_modifier(text: str, name: MeetingName, end: int) -> bool:
    """Say whether a name only tells which of something else: "Summit Chair", "Forum Fisheries Agency"."""
    m = _NEXT_WORD.match(text, name.end, end)
    if _GROUP_OF.match(text, name.start):
        return True
    if name.head in name_words().adjectives and not name.text.lower().endswith(f"{name.head} meeting"):
        return _BEFORE_NOUN.match(text, name.end, end) is not None
    return (
        m is not None and not _MONTHS.match(m["word"]) and text[name.end - 1] != ")" and name.kind != "talk"
    )


_GROUP_OF = spaced(r"(?:\S+\s){0,4}?Group\sof\s(?:Seven|Eight|Twenty|Friends|\d+|77)\b")


def _head_of(m: re.Match[str]) -> str:
    return m["noun"].lower() if m["noun"] else m["letters"]


@cache
def _letters(letters: str) -> re.Pattern[str]:
    return spaced(rf"(?<![\w-]){re.escape(letters)}(?![\w-])(?!\s?\))")


def _by_letters(text: str, start: int, end: int, letters: str, head: str) -> Iterator[MeetingName]:
    """Yield uses of introduced letters that stand alone ("the third principal-level NCG")."""
    for m in _letters(letters).finditer(text, start, end):
        yield _grown(text, start, end, m.start(), m.end(), head)


def introduced(names: Iterable[MeetingName]) -> dict[str, MeetingName]:
    """Map letters introduced after a meeting's name ("Nuclear Consultative Group (NCG)") to that name."""
    out = {}
    for name in names:
        for m in list(_ACRONYM.finditer(name.text))[-1:]:
            if (
                name.kind != "talk"
                and name.text.lower().rfind(name.head, 0, m.start()) >= 0
                and m["letters"].isupper()
            ):
                out[m["letters"]] = name
    return out


def _grown(text: str, start: int, end: int, first: int, last: int, head: str) -> MeetingName:
    """Grow a head noun to the left over its modifiers, to the right over "(EAS)" and "of the …"."""
    begins = _grow_left(text, start, first)
    ends = _grow_right(text, begins, last, end, head)
    begins += len(m.group()) if (m := _loose().match(text, begins, first)) is not None else 0
    written = text[begins:ends]
    kind = heads().heads.get(head, "event")
    ordinal = _ordinal_of(text, begins, ends)
    return MeetingName(begins, ends, " ".join(written.split()), head, kind, ordinal, core_of(written))


@cache
def _loose() -> re.Pattern[str]:
    return spaced(rf"(?:(?:{any_of(name_words().loose)})\s)+")


def _ordinal_of(text: str, begins: int, ends: int) -> int | None:
    for _, after, number in find_ordinals(text, begins, ends):
        following = text[after:ends].split()
        if not following or following[0].lower() not in name_words().uncounted:
            return number
    return None


def _tokens_before(text: str, start: int, first: int) -> list[tuple[int, int, str]]:
    low = max(start, first - 160)
    return [(low + m.start(), low + m.end(), m.group()) for m in _WORD.finditer(text[low:first])]


def _grow_left(text: str, start: int, first: int) -> int:
    begins = first
    tokens = _tokens_before(text, start, first)
    i = len(tokens) - 1
    while i >= 0:
        low, _, word = tokens[i]
        if word == ")" and i > 2 and tokens[i - 2][2] == "(":
            i -= 3
            continue
        if _belongs(word) and not _opens(word, tokens, i):
            begins = low
        elif not (
            _links(word) and i > 0 and _may_link(word, tokens[i - 1][2], text[begins])
        ) and not _initial(tokens, i):
            break
        i -= 1
    return begins


def _initial(tokens: list[tuple[int, int, str]], i: int) -> bool:
    """Say whether a point or comma stands in a person's name: "Joseph R. Biden, Jr."."""
    word, before = tokens[i][2], tokens[i - 1][2] if i else ""
    if word == ".":
        return before in {"Jr", "Dr", "Mr", "Mrs", "Ms", "St"} or (len(before) == 1 and before.isupper())
    return word == "," and i + 1 < len(tokens) and tokens[i + 1][2].startswith("Jr")


def _belongs(word: str) -> bool:
    """Say whether a word may be part of a name: written large, a number, or one of the small ones we know."""
    if word.lower() in words().linking:
        return False
    return (
        word[0].isupper()
        or word[0].isdigit()
        or word.lower() in words().modifiers
        or bool(find_ordinals(word, 0, len(word)))
    )


def _opens(word: str, tokens: list[tuple[int, int, str]], i: int) -> bool:
    """Say whether a word written large only begins the sentence or title, or follows "today's"."""
    small = word.lower()
    if small == "our" and word[0].isupper() and i and tokens[i - 1][2] == "the":
        return False  # "the Our Ocean Conference"
    return small in words().openers and not (small == "joint" and 0 < i < len(tokens) - 1 and word == "Joint")


def _links(word: str) -> bool:
    return word.lower() in words().linking or word in {"“", "”", '"'}


def _may_link(word: str, before: str, first_of_name: str) -> bool:
    """Say whether "of", "and", "–" may stand inside a name: what is on both sides must be written large."""
    if not (first_of_name.isupper() or first_of_name.isdigit() or first_of_name in '“"'):
        return False
    if word.lower() == "the":
        return before.lower() in {"of", "for", "on"}
    if word.lower() in {"and", "&"}:
        return (
            before[0].isupper() and before.lower() not in heads().heads and not before.endswith(("’s", "'s"))
        )
    if word.lower() == "for":
        return before.lower() in words().before_for
    if word.lower() in {"on", "to"} or (before[0].isdigit() and not word.isalpha()):
        return False
    if word.lower() == "of":
        return before.lower().rpartition("-")[2] in words().before_of
    return before[0].isupper() or before[0].isdigit()


def _grow_right(text: str, begins: int, last: int, end: int, head: str) -> int:
    ends = last
    if (m := _ACRONYM.match(text, ends, end)) is not None:
        ends = m.end()
    if (m := _EDITION.match(text, ends, end)) is not None:
        return m.end()
    if (m := _OF.match(text, ends, end)) is not None and _takes(m, text, begins, last, head):
        ends = _complement_end(text, m.end(), end) or ends
        if (m := _ACRONYM.match(text, ends, end)) is not None:
            ends = m.end()
    return ends


def _takes(m: re.Match[str], text: str, begins: int, last: int, head: str) -> bool:
    """Say whether a head takes the complement that follows: a body only "of" and "for"; a date never."""
    kind = heads().heads.get(head, "event")
    if m["prep"] in {"with", "between", "among"}:
        return kind == "talk" or head in {"roundtable", "dialogue"}
    if m["prep"] == "on":
        nearby = find_dates(text, m.end() - 1, m.end() + 24, published=None)
        return kind != "talk" and not nearby and not _month_follows(text, m.end())
    return not (m["prep"] == "of" and text[last - 1] == "s" and head in {"call"})


_MONTHS = spaced(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)


def _month_follows(text: str, at: int) -> bool:
    return _MONTHS.match(text, at) is not None


def _complement_end(text: str, at: int, end: int) -> int | None:
    """Return where a complement written large ends: "the Recovery, Reconstruction and Modernisation
    of Ukraine".
    """
    ends, pending = None, 0
    quoted = text[at] in '“"‘'
    for m in _WORD.finditer(text, at, min(end, at + 260)):
        word = m.group()
        small = word.lower()
        if quoted:
            ends = m.end()
            quoted = word not in "”’" if text[at] != '"' else not (word == '"' and m.start() > at)
        elif (word[0].isupper() or small in words().companions) and not _month_follows(text, m.start()):
            ends, pending = m.end(), 0
        elif word in {",", "(", ")", "’", "'", "”", "“"} or small in words().linking:
            pending += word.lower() != "the"
            if pending > 2 or (word == "(" and _ACRONYM.match(text, m.start() - 1) is None):
                break
            if word == ")" and ends is not None:
                ends = m.end()
            if word == "," and not _list_goes_on(text, m.end(), end):
                break
        elif not (word == "." and _SHORT.search(text, max(at, m.start() - 4), m.start())):
            break
    return ends


_SHORT = spaced(r"\b(?:[A-Z]|Jr|Dr|Mr|Mrs|Ms|St)$")


_LIST = spaced(
    r"(?:\s[A-Z][\w’'.-]*){1,4}(?:,(?:\s(?!and\b)[A-Z][\w’'.-]*){1,4}){0,12},?\sand\s(?:the\s)?[A-Z]"
)


def _list_goes_on(text: str, at: int, end: int) -> bool:
    """Say whether a comma stands in a list that "and" closes, not before the rest of the sentence."""
    return _LIST.match(text, at, min(end, at + 240)) is not None


def series_of(name: str) -> str | None:
    """Return a meeting's name without ordinal, year and month: "26th ASEAN-ROK Dialogue" →
    "ASEAN-ROK Dialogue".
    """
    bare = _ACRONYM.sub("", name)
    for first, last, _ in reversed(find_ordinals(bare, 0, len(bare))):
        bare = bare[:first] + bare[last:]
    bare = _AS_WRITTEN.sub("", bare)
    kept = [w for w in bare.split() if w.lower() not in name_words().dropped and not _MONTHS.fullmatch(w)]
    bare = " ".join(kept).strip(" ,-–")
    return bare or None


def core_of(name: str) -> frozenset[str]:
    """Return the words that tell a series of meetings from others, folded: {asean, rok, dialogue}."""
    letters = " ".join(m["letters"] for m in _ACRONYM.finditer(name))
    bare = f"{series_of(name) or ''} {letters}"
    folded = bare.lower().replace("united states", "us").replace("u.s.", "us").replace("⁠", "")
    parts = re.findall(r"[^\W_]+", re.sub(r"[’']s\b|[’']", "", folded))
    return frozenset(
        p.removesuffix("s") if len(p) > 3 else p
        for p in parts
        if p not in name_words().hollow and not p.isdigit()
    )


def spelt_out(core: frozenset[str], letters: dict[str, frozenset[str]]) -> frozenset[str]:
    """Replace introduced letters by the words they stand for."""
    out = set(core)
    for word in core & letters.keys():
        out |= letters[word]
        out.discard(word)
    return frozenset(out)
